"""The equations of the Chinese practice, one function each: beam-on time, and dose from rate and time.

``t`` hours a week with the beam on, ``W`` charge a week in mA min, ``I`` the highest tube current in mA, ``U`` the
share of the time in one beam, ``K_rate`` air kerma rate in uGy/h while the beam is on, ``T`` occupancy.
"""

from shieldcalc.model.trace import equation

_PRACTICE = "GBZ 130-2020, practice of evaluation bodies: rate x hours x occupancy"
_TIME = "beam-on time at the highest tube current"


@equation("t", "W / (60 * I)", "h/week", _TIME)
def time_by_charge(W: float, I: float) -> float:  # noqa: E741
    """Return the beam-on hours of a week from its charge, as if all of it were at the highest current."""
    return W / (60 * I)


@equation("t", "m * N * t_scan / 3600", "h/week", "scanning time of the protocol, contrast included")
def time_by_scans(m: float, N: float, t_scan: float) -> float:
    """Return the beam-on hours of a week of N scans of t_scan seconds."""
    return m * N * t_scan / 3600


@equation("t", "U * t_year / weeks", "h/week", "beam-on time a year as declared")
def time_declared(U: float, t_year: float, weeks: float) -> float:
    """Return the beam-on hours of a week in one beam from the declared hours of a year."""
    return U * t_year / weeks


@equation("K_week", "1e-3 * K_rate * t", "mGy/week", _PRACTICE)
def air_kerma_of_week(K_rate: float, t: float) -> float:
    """Return the air kerma of a week from the beam-on rate."""
    return 1e-3 * K_rate * t


@equation("K_T", "T * K", "mGy/week", _PRACTICE)
def occupied_air_kerma(T: float, K: float) -> float:
    """Return the weekly air kerma of the person who is there for the share T of the time."""
    return T * K


@equation("K_year", "weeks * K", "mGy/year", _PRACTICE)
def yearly_air_kerma(weeks: float, K: float) -> float:
    """Return the yearly air kerma from the weekly one."""
    return weeks * K
