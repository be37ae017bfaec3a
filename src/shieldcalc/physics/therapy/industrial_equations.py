"""Industrial X-ray rooms: each printed equation one function.

Symbols: ``H_c`` dose rate allowed uSv/h, ``R`` tube to point and ``R_s`` scattering object to point m, ``I`` current
mA, ``Y`` output mGy m2/(mA min) and ``H_0`` the same in uSv m2/(mA h), ``H_L`` leakage uSv/h at 1 m,
``C`` R0^2/(F alpha).
"""

from shieldcalc.model.trace import equation

_GBZT = "GBZ/T 250-2014, clause 3.2"


@equation("H_0", "1000 * m * Y", "uSv m2/(mA h)", f"{_GBZT}; 1 mGy counts as 1 mSv")
def output_per_hour(m: float, Y: float) -> float:
    """Return the output per hour; ``m`` minutes of an hour."""
    return 1000 * m * Y


@equation("H_c", "H_w / (t * U * T)", "uSv/h", "GBZ/T 250-2014, clause 3.1")
def rate_of_a_week(H_w: float, t: float, U: float, T: float) -> float:
    """Return the dose rate that brings ``H_w`` uSv in ``t`` h a week."""
    return H_w / (t * U * T)


@equation("H_c", "min(H_d, H_max)", "uSv/h", "GBZ/T 250-2014, clause 3.1: the smaller of both")
def rate_allowed(H_d: float, H_max: float) -> float:
    """Return the dose rate allowed: that of a week's dose, and never more than the highest."""
    return min(H_d, H_max)


@equation("B", "H_c * R**2 / (I * H_0)", "", _GBZT)
def primary(H_c: float, R: float, I: float, H_0: float) -> float:  # noqa: E741
    """Return the transmission that keeps the rate in the useful beam."""
    return H_c * R**2 / (I * H_0)


@equation("B", "H_c * R**2 / H_L", "", _GBZT)
def leakage(H_c: float, R: float, H_L: float) -> float:
    """Return the transmission that keeps the rate against leakage."""
    return H_c * R**2 / H_L


@equation("B", "H_c * R_s**2 / (I * H_0) * C", "", _GBZT)
def scatter(H_c: float, R_s: float, I: float, H_0: float, C: float) -> float:  # noqa: E741
    """Return the transmission that keeps the rate against scatter at 90 degrees."""
    return H_c * R_s**2 / (I * H_0) * C


@equation("H_1", "I * H_0 * B + H_L * B_L", "uSv/h", f"{_GBZT}: solved for the rate at 1 m")
def rate_in_beam(I: float, H_0: float, B: float, H_L: float, B_L: float) -> float:  # noqa: E741
    """Return the dose rate at 1 m in the useful beam, with leakage, behind the object."""
    return I * H_0 * B + H_L * B_L


@equation("H_1", "H_L * B_L + m_a * I * H_0 / C * B_s", "uSv/h", f"{_GBZT}: solved for the rate at 1 m")
def rate_outside_beam(H_L: float, B_L: float, m_a: float, I: float, H_0: float, C: float, B_s: float) -> float:  # noqa: E741
    """Return leakage and scatter together at 1 m; ``m_a`` largest scatter over that at 90 degrees."""
    return H_L * B_L + m_a * I * H_0 / C * B_s


@equation("K", "H_c * R**2 / (m * I * X)", "R/(mA min)", "NCRP 49 (1976): exposure per workload; its unit is recalled")
def exposure_behind(H_c: float, R: float, I: float, m: float, X: float) -> float:  # noqa: E741
    """Return the exposure at 1 m per workload that keeps the rate; ``X`` uSv per R."""
    return H_c * R**2 / (m * I * X)
