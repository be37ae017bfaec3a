"""Doses around tubes and accelerators that are aimed in declared directions: barrier equations solved for the dose.

Symbols as in ``room_equations``; ``c`` turns Gy (``c_L`` mGy) into the unit of the result, ``W`` is Gy at 1 m of a
week or of the busiest hour, ``U`` the share of it in a direction, ``B`` the transmission; ``Y`` output mGy/mAs at 1 m,
``Q`` charge mAs of one exposure and ``n`` their number, ``I`` current mA; ``L`` leakage mGy/h at 1 m with the current
``I_L``.
"""

from shieldcalc.model.trace import equation

_SOLVED = "solved for the dose"
_SRS, _NCRP, _GBZT = "IAEA SRS 47 (2006)", "NCRP 151 (2005)", "GBZ/T 250-2014, clause 3.2"
_OLD = f"NCRP 49 (1976) {_SOLVED}"
_PRIMARY = f"{_SRS}, equation 5 {_SOLVED}; {_NCRP}, equation 2.1 {_SOLVED}; {_OLD}; {_GBZT} {_SOLVED}"
_LEAKAGE = f"{_SRS}, equation 8 {_SOLVED}; {_NCRP}, equation 2.8 {_SOLVED}; {_OLD}; {_GBZT} {_SOLVED}"
_SCATTER = f"{_SRS}, equation 9 {_SOLVED}; {_NCRP}, equation 2.7 {_SOLVED}; {_OLD}; {_GBZT} {_SOLVED}"
_CHARGE = "output times charge"


@equation("W", "Y * Q * n / 1000", "Gy/week", _CHARGE)
def workload(Y: float, Q: float, n: float) -> float:
    """Return the dose at 1 m of ``n`` exposures of ``Q`` mAs each."""
    return Y * Q * n / 1000


@equation("DR_0", "Y * I * 3600 / 1000", "Gy/h", _CHARGE)
def dose_rate(Y: float, I: float) -> float:  # noqa: E741
    """Return the dose rate at 1 m."""
    return Y * I * 3600 / 1000


@equation("H", "c * W * U * B / d**2", "mGy/week", _PRIMARY)
def primary(c: float, W: float, U: float, B: float, d: float) -> float:
    """Return the dose in the primary beam, ``d`` from the focus."""
    return c * W * U * B / d**2


@equation("H", "c * a * W * U * F / F_0 * B / (d_sca * d_sec)**2", "mGy/week", _SCATTER)
def scatter(
    c: float, a: float, W: float, U: float, F: float, F_0: float, B: float, d_sca: float, d_sec: float
) -> float:
    """Return the dose scattered by patient or object; ``U`` shares out the whole workload among the directions."""
    return c * a * W * U * F / F_0 * B / (d_sca * d_sec) ** 2


@equation("H", "c * f_L * W * U * B / d**2", "mGy/week", _LEAKAGE)
def leakage(c: float, f_L: float, W: float, U: float, B: float, d: float) -> float:
    """Return the dose by leakage of ``f_L`` of the useful beam; ``U`` shares out the whole workload."""
    return c * f_L * W * U * B / d**2


@equation("H", "c_L * L * Q * n * U / (3600 * I_L) * B / d**2", "mGy/week", _LEAKAGE)
def leakage_by_charge(c_L: float, L: float, Q: float, n: float, U: float, I_L: float, B: float, d: float) -> float:
    """Return the dose by leakage stated as a rate ``L`` with the current ``I_L``."""
    return c_L * L * Q * n * U / (3600 * I_L) * B / d**2


@equation("IDR", "c * DR_0 * B / d**2", "uGy/h", _PRIMARY)
def primary_rate(c: float, DR_0: float, B: float, d: float) -> float:
    """Return the rate in the primary beam."""
    return c * DR_0 * B / d**2


@equation("IDR", "c * a * DR_0 * F / F_0 * B / (d_sca * d_sec)**2", "uGy/h", _SCATTER)
def scatter_rate(c: float, a: float, DR_0: float, F: float, F_0: float, B: float, d_sca: float, d_sec: float) -> float:
    """Return the rate scattered by patient or object."""
    return c * a * DR_0 * F / F_0 * B / (d_sca * d_sec) ** 2


@equation("IDR", "c * f_L * DR_0 * B / d**2", "uGy/h", _LEAKAGE)
def leakage_rate(c: float, f_L: float, DR_0: float, B: float, d: float) -> float:
    """Return the rate by leakage of ``f_L`` of the useful beam."""
    return c * f_L * DR_0 * B / d**2


@equation("IDR", "c_L * L * I / I_L * B / d**2", "uGy/h", _LEAKAGE)
def leakage_rate_by_current(c_L: float, L: float, I: float, I_L: float, B: float, d: float) -> float:  # noqa: E741
    """Return the rate by leakage stated as a rate ``L`` with the current ``I_L``."""
    return c_L * L * I / I_L * B / d**2
