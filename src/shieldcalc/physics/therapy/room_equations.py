"""Doses in and around a treatment room: the documents' barrier equations solved for the dose behind a barrier.

Symbols as in ``equations``; ``c`` turns Gy into the unit of the result, ``W`` is Gy at 1 m of a week or of the busiest
hour, ``B`` the transmission. 1 Gy counts as 1 Sv.
"""

from shieldcalc.model.trace import equation

_NCRP, _SRS, _OLD, _GBZT = "NCRP 151 (2005)", "IAEA SRS 47 (2006)", "NCRP 49 (1976)", "GBZ/T 250-2014"
_OCCUPANCY = f"{_NCRP}, Section 1.4: occupancy; {_SRS}, Section 8.1: occupancy; {_OLD}: occupancy; {_GBZT}: occupancy"
_WEEKS = "goals of a week are yearly ones over 50 weeks"
_YEAR = f"{_NCRP}, Section 1.4: {_WEEKS}; {_SRS}, Section 8.1: {_WEEKS}; {_OLD}: {_WEEKS}; {_GBZT}: {_WEEKS}"
_REST = "leakage of the source at rest, as the maker states it"
SIEVERT = f"{_NCRP}, Section 1.4: 1 Gy counts as 1 Sv"
_RATE = f"{_NCRP}, Section 3.3: instantaneous dose rate, neither use factor nor occupancy; {_SRS}, equations 1 to 4"


@equation(
    "H",
    "c * W * U * B / d**2",
    "mGy/week",
    f"{_NCRP}, equation 2.1 solved for the dose; {_SRS}, equation 5 solved for the dose",
)
def primary(c: float, W: float, U: float, B: float, d: float) -> float:
    """Return the dose in the primary beam, ``d`` from the target."""
    return c * W * U * B / d**2


@equation(
    "H",
    "c * f_L * C_I * W * B / d**2",
    "mGy/week",
    f"{_NCRP}, equations 2.8 and 3.2 solved for the dose; {_SRS}, equation 8 solved for the dose",
)
def leakage(c: float, f_L: float, C_I: float, W: float, B: float, d: float) -> float:
    """Return the dose by leakage, ``d`` from the isocentre; ``C_I`` monitor units over conventional ones, U = 1."""
    return c * f_L * C_I * W * B / d**2


@equation(
    "H",
    "c * a * W * F / F_0 * B / (d_sca * d_sec)**2",
    "mGy/week",
    f"{_NCRP}, equation 2.7 solved for the dose; {_SRS}, equation 9 solved for the dose",
)
def scatter(c: float, a: float, W: float, F: float, F_0: float, B: float, d_sca: float, d_sec: float) -> float:
    """Return the dose scattered by the patient; U = 1 as printed."""
    return c * a * W * F / F_0 * B / (d_sca * d_sec) ** 2


@equation("IDR", "c * DR_0 * B / d**2", "uGy/h", _RATE)
def primary_rate(c: float, DR_0: float, B: float, d: float) -> float:
    """Return the rate in the primary beam at the largest dose rate ``DR_0`` Gy/h."""
    return c * DR_0 * B / d**2


@equation("IDR", "c * f_L * DR_0 * B / d**2", "uGy/h", _RATE)
def leakage_rate(c: float, f_L: float, DR_0: float, B: float, d: float) -> float:
    """Return the rate by leakage at the largest dose rate ``DR_0`` Gy/h."""
    return c * f_L * DR_0 * B / d**2


@equation("IDR", "c * a * DR_0 * F / F_0 * B / (d_sca * d_sec)**2", "uGy/h", _RATE)
def scatter_rate(c: float, a: float, DR_0: float, F: float, F_0: float, B: float, d_sca: float, d_sec: float) -> float:
    """Return the rate scattered by the patient at the largest dose rate ``DR_0`` Gy/h."""
    return c * a * DR_0 * F / F_0 * B / (d_sca * d_sec) ** 2


@equation("K_T", "T * K", "mGy/week", _OCCUPANCY)
def occupied(T: float, K: float) -> float:
    """Return the dose of a week to somebody who is there for the share T of it."""
    return T * K


@equation("K_year", "weeks * K", "mGy/year", _YEAR)
def year(weeks: float, K: float) -> float:
    """Return the dose of a year."""
    return weeks * K


@equation("H", "c * L * t * B / d**2", "mGy/week", _REST)
def at_rest(c: float, L: float, t: float, B: float, d: float) -> float:
    """Return the dose by leakage of a cobalt unit at rest, ``L`` mGy/h at 1 m in ``t`` hours."""
    return c * L * t * B / d**2


@equation("IDR", "c * L * B / d**2", "uGy/h", _REST)
def at_rest_rate(c: float, L: float, B: float, d: float) -> float:
    """Return the rate by leakage of a cobalt unit at rest."""
    return c * L * B / d**2
