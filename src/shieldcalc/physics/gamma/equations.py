"""Printed equations of sealed sources. Rates in uGy/h and uSv/h, weeks in mGy and mSv, distances in m."""

from math import exp, log

from shieldcalc.model.trace import equation

_KERNEL = "J. K. Shultis and R. E. Faw, Radiation Shielding: point kernel, lines added up"
_DOSE = "ICRP Publication 74 (1996), Tables A.1 and A.21, line by line"
_PATIENT = "tissue-air ratio of IAEA SRS 47 (2006), Table 21"
_DECAY = "exponential decay; half-lives of ICRP Publication 107 (2008)"


@equation("A", "A_0 * exp(-log(2) * t / T_half)", "GBq", _DECAY)
def decayed(A_0: float, t: float, T_half: float) -> float:
    """Return the activity t days after the reference date."""
    return A_0 * exp(-log(2) * t / T_half)


@equation("K_rate_1", "n * A * Gamma * B_c", "uGy/h", _KERNEL)
def rate_at_1m(n: float, A: float, Gamma: float, B_c: float) -> float:
    """Return the air kerma rate at 1 m of n sources of A GBq behind the layers that always stand around them."""
    return n * A * Gamma * B_c


@equation("K", "K_rate_1 * t * B / d**2 / 1000", "mGy/week", _KERNEL)
def week(K_rate_1: float, t: float, B: float, d: float) -> float:
    """Return the air kerma of a week with t hours, behind barriers of transmission B."""
    return K_rate_1 * t * B / d**2 / 1000


@equation("K", "F2 * K_rate_1 * t * B / d**2 / 1000", "mGy/week", f"{_KERNEL}; {_PATIENT}")
def week_in_patient(F2: float, K_rate_1: float, t: float, B: float, d: float) -> float:
    """Return the air kerma of a week with t hours of treatment, behind the patient and barriers of transmission B."""
    return F2 * K_rate_1 * t * B / d**2 / 1000


@equation("K_hour", "F2 * K_rate_1 * t * B / d**2", "uGy", f"{_KERNEL}; {_PATIENT}")
def hour_in_patient(F2: float, K_rate_1: float, t: float, B: float, d: float) -> float:
    """Return the air kerma of the busiest hour with t of treatment, behind the patient."""
    return F2 * K_rate_1 * t * B / d**2


@equation("K_rate_1", "K_safe", "uGy/h", "declared of the safe; H*(10) as declared, air kerma as much")
def behind_safe(K_safe: float) -> float:
    """Return the rate declared at 1 m from sources at rest."""
    return K_safe


@equation("K_hour", "K_rate_1 * t * B / d**2", "uGy", _KERNEL)
def hour(K_rate_1: float, t: float, B: float, d: float) -> float:
    """Return the air kerma of the busiest hour, t of which counts."""
    return K_rate_1 * t * B / d**2


@equation("K_rate", "K_rate_1 * B / d**2", "uGy/h", _KERNEL)
def rate(K_rate_1: float, B: float, d: float) -> float:
    """Return the air kerma rate behind barriers of transmission B."""
    return K_rate_1 * B / d**2


@equation("H10", "h * K", "mSv/week", _DOSE)
def h10_week(h: float, K: float) -> float:
    """Return H*(10) of a week; h is that of the lines behind the layers, collided photons with their largest ratio."""
    return h * K


@equation("H10", "h * K + H_other", "mSv/week", f"{_DOSE}; other contributions as declared, at the bound of H*(10)")
def h10_week_with(h: float, K: float, H_other: float) -> float:
    """Return H*(10) of a week with what other sources are declared to give."""
    return h * K + H_other


@equation("H10_rate", "h * K + H_other", "uSv/h", f"{_DOSE}; other contributions as declared")
def h10_rate(h: float, K: float, H_other: float) -> float:
    """Return the H*(10) rate, or its mean over the busiest hour, with what other sources are declared to give."""
    return h * K + H_other


@equation("H10_year", "weeks * T * H10", "mSv/year", "weeks of a year times occupancy")
def h10_year(weeks: float, T: float, H10: float) -> float:
    """Return H*(10) of a year."""
    return weeks * T * H10


@equation("K_T", "T * K", "mGy/week", "occupancy")
def occupied(T: float, K: float) -> float:
    """Return the air kerma of a week with occupancy."""
    return T * K


@equation("K_year", "weeks * K", "mGy/year", "weeks of a year")
def year(weeks: float, K: float) -> float:
    """Return the air kerma of a year."""
    return weeks * K
