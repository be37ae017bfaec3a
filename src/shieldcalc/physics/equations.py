"""The printed equations of NCRP Report No. 147 (2004), sections 4 and 5 and Appendices B and C, one function each.

Symbols are the report's own: ``K1_P`` and ``K1_sec`` air kerma in mGy per patient at 1 m, ``N`` patients per week,
``U`` use factor, ``T`` occupancy, ``P`` design goal in mGy per week, ``d_*`` metres, ``x_*`` millimetres, ``B``
transmission, ``Y`` tube output in mGy m2/mAs, ``I`` tube current in mA, ``a1`` scattered fraction per cm2 of field at
1 m, ``F`` field in cm2 at ``d_F`` metres. Every expression is evaluated again by a test.
"""

from math import exp

from shieldcalc.model.trace import equation

_REPORT = "NCRP Report No. 147 (2004)"
_SECTION_4 = f"{_REPORT}, section 4"
_LEAKAGE = f"{_REPORT}, section C.2"
_SCATTER = f"{_REPORT}, Appendix C, Fig. C.1"
_CT = f"{_REPORT}, section 5.6"
_DECLARED = "scatter at 1 m, declared or published"
_H10 = "ICRP Publication 74 (1996), photon coefficients, largest ratio of H*(10) to air kerma"


# Weekly air kerma from the number of patients


@equation("K_P", "K1_P * U * N / d_P**2", "mGy/week", f"{_SECTION_4}, with Table 4.5")
def primary_air_kerma(K1_P: float, U: float, N: float, d_P: float) -> float:
    """Return the unshielded primary air kerma of N patients a week, d_P metres from the focus."""
    return K1_P * U * N / d_P**2


@equation("K_sec", "K1_sec * N / d_sec**2", "mGy/week", f"{_SECTION_4}, with Table 4.7")
def secondary_air_kerma(K1_sec: float, N: float, d_sec: float) -> float:
    """Return the unshielded secondary air kerma of N patients a week at d_sec metres."""
    return K1_sec * N / d_sec**2


@equation("K_sec", "K1_sec * s * N / d_sec**2", "mGy/week", f"{_SECTION_4}, with Table 4.7, share s of one beam")
def secondary_air_kerma_of_beam(K1_sec: float, s: float, N: float, d_sec: float) -> float:
    """Return the unshielded secondary air kerma of the share s of N patients' workload that one beam carries."""
    return K1_sec * s * N / d_sec**2


@equation("s", "U * W / W_sum", "", f"{_SECTION_4}, with Table 4.3")
def workload_share(U: float, W: float, W_sum: float) -> float:
    """Return the share of one beam in a tube's workload: U x Wnorm over the sum of U x Wnorm of all its beams."""
    return U * W / W_sum


@equation("B", "(P / T) * d_P**2 / (K1_P * U * N)", "", f"{_REPORT}, Eq. 4.3")
def required_primary_transmission(P: float, T: float, d_P: float, K1_P: float, U: float, N: float) -> float:
    """Return the transmission that barrier and preshielding together may have; above 1 nothing is needed."""
    return (P / T) * d_P**2 / (K1_P * U * N)


@equation("B", "(P / T) * d_sec**2 / (K1_sec * N)", "", f"{_REPORT}, Eq. 4.4")
def required_secondary_transmission(P: float, T: float, d_sec: float, K1_sec: float, N: float) -> float:
    """Return the transmission that a secondary barrier may have; above 1 nothing is needed."""
    return (P / T) * d_sec**2 / (K1_sec * N)


@equation("B", "(P / T) / K", "", f"{_SECTION_4}, transmission of a barrier")
def required_transmission(P: float, T: float, K: float) -> float:
    """Return the transmission that brings a weekly air kerma K (mGy) down to the goal P/T."""
    return (P / T) / K


@equation("K_x", "K * B", "mGy/week", f"{_SECTION_4}, transmission of a barrier")
def shielded_air_kerma(K: float, B: float) -> float:
    """Return the weekly air kerma behind a barrier of transmission B."""
    return K * B


@equation("x_barrier", "x_total - x_pre", "mm", f"{_REPORT}, Eq. 4.8, with Table 4.6")
def net_thickness(x_total: float, x_pre: float) -> float:
    """Return what the barrier itself needs when x_pre of the same material already stands in the primary beam."""
    return x_total - x_pre


@equation("P", "P_year / weeks", "mGy/week", f"{_REPORT}, section 1.4")
def weekly_goal(P_year: float, weeks: float) -> float:
    """Return the weekly share of a yearly goal (mGy per year)."""
    return P_year / weeks


@equation("K_T", "T * K", "mGy/week", f"{_REPORT}, section 4, with Table 4.1")
def occupied_air_kerma(T: float, K: float) -> float:
    """Return the weekly air kerma of the person who is there for the share T of the time."""
    return T * K


@equation("K_year", "weeks * K", "mGy/year", f"{_REPORT}, section 1.4")
def yearly_air_kerma(weeks: float, K: float) -> float:
    """Return the yearly air kerma from the weekly one (mGy)."""
    return weeks * K


# CT and bone densitometry


@equation("K1", "kappa * (L / p) * mAs * nCTDI_100", "mGy", _CT)
def ct_air_kerma_by_ctdi(kappa: float, L: float, p: float, mAs: float, nCTDI_100: float) -> float:
    """Return the secondary air kerma at 1 m of one CT scan.

    kappa per cm, scan length L in cm, pitch p, charge of one rotation in mAs, nCTDI_100 at the edge of the phantom in
    mGy/mAs.
    """
    return kappa * (L / p) * mAs * nCTDI_100


@equation("K1", "kappa_head * DLP", "mGy", _CT)
def ct_air_kerma_head_by_dlp(kappa_head: float, DLP: float) -> float:
    """Return the secondary air kerma at 1 m of one head scan with a dose-length product in mGy cm."""
    return kappa_head * DLP


@equation("K1", "f_body * kappa_body * DLP", "mGy", _CT)
def ct_air_kerma_body_by_dlp(f_body: float, kappa_body: float, DLP: float) -> float:
    """Return the secondary air kerma at 1 m of one body scan with a dose-length product in mGy cm.

    ``f_body`` is the report's factor for the body, which the head does not carry.
    """
    return f_body * kappa_body * DLP


@equation("K_sec", "m * K1 * N / d**2", "mGy/week", _CT)
def ct_weekly_air_kerma(m: float, K1: float, N: float, d: float) -> float:
    """Return the unshielded weekly air kerma of N scans of one region; m is the contrast multiplier."""
    return m * K1 * N / d**2


@equation("t", "N * n * t_scan / 3600", "h/week", f"{_REPORT}, section 5.7")
def scanning_hours(N: float, n: float, t_scan: float) -> float:
    """Return the weekly hours of N patients with n scans of t_scan seconds each."""
    return N * n * t_scan / 3600


@equation("K_sec", "K_rate * t / d**2", "mGy/week", f"{_REPORT}, section 5.7")
def dxa_weekly_air_kerma(K_rate: float, t: float, d: float) -> float:
    """Return the unshielded weekly air kerma of a bone densitometer with K_rate in mGy/h at 1 m."""
    return K_rate * t / d**2


# Scatter declared by the maker or measured


@equation("K1", "K_rate * t / 3600", "mGy", f"{_DECLARED}, rate by time of one exposure")
def declared_air_kerma(K_rate: float, t: float) -> float:
    """Return the air kerma at 1 m of one exposure of t seconds with a declared rate in mGy/h."""
    return K_rate * t / 3600


@equation("K_S", "K1 * n * U * B / d_S**2", "mGy", f"{_DECLARED}, inverse square of the distance")
def declared_scatter(K1: float, n: float, U: float, B: float, d_S: float) -> float:
    """Return the scattered air kerma of the share U of n exposures with K1 mGy at 1 m each."""
    return K1 * n * U * B / d_S**2


@equation("K_rate_1", "3.6e6 * K1 / t", "uGy/h", f"{_DECLARED}, over the time of one exposure")
def declared_rate(K1: float, t: float) -> float:
    """Return the air kerma rate at 1 m during an exposure of t seconds with K1 mGy at 1 m."""
    return 3.6e6 * K1 / t


@equation("K_rate_1", "1e3 * K_rate", "uGy/h", _DECLARED)
def rate_in_micrograys(K_rate: float) -> float:
    """Return a rate at 1 m in uGy/h from mGy/h."""
    return 1e3 * K_rate


@equation("K_rate_1", "K_rate_p * I / I_p", "uGy/h", f"{_DECLARED}, scaled to the highest tube current")
def declared_rate_at_current(K_rate_p: float, I: float, I_p: float) -> float:  # noqa: E741
    """Return the rate at 1 m at I mA from that at the protocol's I_p mA."""
    return K_rate_p * I / I_p


@equation("K_rate_S", "K_rate_1 * B / d_S**2", "uGy/h", f"{_DECLARED}, inverse square of the distance")
def beam_on_declared(K_rate_1: float, B: float, d_S: float) -> float:
    """Return the scattered air kerma rate behind transmission B."""
    return K_rate_1 * B / d_S**2


# Single tube potential: output, scatter, leakage


@equation("a1", "1e-6 * (a * (kV - 125) + b0 + b1 * theta + b2 * theta**2 + b3 * theta**3)", "1/cm2", _SCATTER)
def scatter_fraction(a: float, b0: float, b1: float, b2: float, b3: float, kV: float, theta: float) -> float:
    """Return the scattered fraction at 1 m per cm2 of field area at 1 m; theta in degrees from the forward beam."""
    return 1e-6 * (a * (kV - 125) + b0 + b1 * theta + b2 * theta**2 + b3 * theta**3)


@equation("B_h", "L / (60 * I_L * Y_1)", "", _LEAKAGE)
def housing_transmission(L: float, I_L: float, Y_1: float) -> float:
    """Return what the housing lets through at the leakage technique.

    L in mGy/h at 1 m, I_L in mA, Y_1 the report's output at that kV in mGy per mA min at 1 m.
    """
    return L / (60 * I_L * Y_1)


@equation("K_P", "Y * Q * n * U * B / d_P**2", "mGy", f"{_SECTION_4}, with the tube's own output")
def exposures_primary(Y: float, Q: float, n: float, U: float, B: float, d_P: float) -> float:
    """Return the primary air kerma of n exposures of Q mAs behind transmission B."""
    return Y * Q * n * U * B / d_P**2


@equation("K_S", "Y * Q * n * U * a1 * (F / d_F**2) * B / d_S**2", "mGy", _SCATTER)
def exposures_scatter(
    Y: float, Q: float, n: float, U: float, a1: float, F: float, d_F: float, B: float, d_S: float
) -> float:
    """Return the air kerma scattered by the patient in the share U of n exposures of Q mAs."""
    return Y * Q * n * U * a1 * (F / d_F**2) * B / d_S**2


@equation("K_L", "L / (60 * I_L) * (kV / kV_L)**2 * (B_h / B_hL) * (Q * n / 60) * U * B / d_L**2", "mGy", _LEAKAGE)
def exposures_leakage(
    L: float,
    I_L: float,
    kV: float,
    kV_L: float,
    B_h: float,
    B_hL: float,
    Q: float,
    n: float,
    U: float,
    B: float,
    d_L: float,
) -> float:
    """Return the leakage air kerma of the share U of n exposures of Q mAs; B_h and B_hL: housing at kV and at kV_L."""
    return L / (60 * I_L) * (kV / kV_L) ** 2 * (B_h / B_hL) * (Q * n / 60) * U * B / d_L**2


@equation("B_L", "exp(-alpha * x)", "", f"{_LEAKAGE}, alpha of Table A.1")
def leakage_transmission(alpha: float, x: float) -> float:
    """Return the transmission of leakage through x mm; alpha per mm at high attenuation."""
    return exp(-alpha * x)


@equation("K_rate_P", "3.6e6 * Y * I * B / d_P**2", "uGy/h", f"{_SECTION_4}, beam-on rate")
def beam_on_primary(Y: float, I: float, B: float, d_P: float) -> float:  # noqa: E741
    """Return the primary air kerma rate while the beam is on."""
    return 3.6e6 * Y * I * B / d_P**2


@equation("K_rate_S", "3.6e6 * Y * I * a1 * (F / d_F**2) * B / d_S**2", "uGy/h", _SCATTER)
def beam_on_scatter(Y: float, I: float, a1: float, F: float, d_F: float, B: float, d_S: float) -> float:  # noqa: E741
    """Return the scattered air kerma rate while the beam is on."""
    return 3.6e6 * Y * I * a1 * (F / d_F**2) * B / d_S**2


@equation("K_rate_L", "1e3 * L * (kV / kV_L)**2 * (I / I_L) * (B_h / B_hL) * B / d_L**2", "uGy/h", _LEAKAGE)
def beam_on_leakage(
    L: float,
    kV: float,
    kV_L: float,
    I: float,  # noqa: E741
    I_L: float,
    B_h: float,
    B_hL: float,
    B: float,
    d_L: float,
) -> float:
    """Return the leakage air kerma rate while the beam is on; L in mGy/h at 1 m at kV_L and I_L."""
    return 1e3 * L * (kV / kV_L) ** 2 * (I / I_L) * (B_h / B_hL) * B / d_L**2


@equation("K_rate_CT", "3.6e6 * (K1 / t_scan) * B / d**2", "uGy/h", _CT)
def beam_on_ct(K1: float, t_scan: float, B: float, d: float) -> float:
    """Return the CT air kerma rate while scanning: K1 in mGy at 1 m a scan of t_scan seconds."""
    return 3.6e6 * (K1 / t_scan) * B / d**2


# Other quantities


@equation("K_hour", "1e3 * K", "uGy", "unit: mGy to uGy, over the busiest hour")
def hour_air_kerma(K: float) -> float:
    """Return the air kerma of the busiest hour in uGy from mGy."""
    return 1e3 * K


@equation("H10", "h * K", "mSv", _H10)
def ambient_dose_equivalent(h: float, K: float) -> float:
    """Return an upper bound of the ambient dose equivalent (mSv) of an air kerma (mGy)."""
    return h * K


@equation("H10_rate", "h * K_rate", "uSv/h", _H10)
def ambient_dose_equivalent_rate(h: float, K_rate: float) -> float:
    """Return an upper bound of the ambient dose equivalent rate (uSv/h) of an air kerma rate (uGy/h)."""
    return h * K_rate


@equation("H10_hour", "h * K_hour", "uSv", _H10)
def ambient_dose_equivalent_hour(h: float, K_hour: float) -> float:
    """Return an upper bound of the ambient dose equivalent (uSv) of the busiest hour's air kerma (uGy)."""
    return h * K_hour
