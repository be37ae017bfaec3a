"""The equations of the BIR/IPEM method, one function each.

Symbols: ``KAP`` kerma-area product in Gy cm2 a week or an exposure, ``S`` factor in uGy/(Gy cm2) at 1 m, ``ESD``
entrance surface dose in mGy, ``n`` exposures a week or in the busiest hour, ``U`` the share of them in one direction,
``d_*`` metres, ``B`` transmission, ``T`` occupancy, ``D_c`` dose constraint in mSv a year, ``Y`` tube output in mGy
m2/mAs, ``Q`` mAs, ``I`` mA, ``F`` field in cm2 at ``d_F`` metres, ``L1`` leakage in mGy per mA min at 1 m, ``FFD``,
``df`` and ``dw`` metres from the film to focus, skin and person. Every expression is evaluated again by a test.
"""

from shieldcalc.model.trace import equation

_BIR = "BIR/IPEM (Sutton et al. 2012)"
_RPII = "RPII 09/01 (2009), section 5.3.1"
_LEAKAGE = "leakage as in NCRP Report No. 147 (2004), section C.2, at the limit of IEC 60601-1-3"
_CT = "Wallace et al., J. Radiol. Prot. 32 (2012) 389-402"
_FIELD = "kerma-area product from output and field: the same at every distance"


# Scatter factors


@equation("S_max", "m * kV + c", "uGy/(Gy cm2)", f"{_BIR}, largest scatter factor of one side; {_RPII} for walls")
def largest_scatter_factor(m: float, kV: float, c: float) -> float:
    """Return S_max at 1 m from the patient at a tube potential of 50 to 125 kV."""
    return m * kV + c


@equation(
    "S",
    "(a * theta**4 + b * theta**3 + c * theta**2 + d * theta + e) * ((kV - kV_0) * f + 1)",
    "uGy/(Gy cm2)",
    f"{_BIR}, scatter factor by angle",
)
def scatter_factor(
    a: float, b: float, c: float, d: float, e: float, f: float, theta: float, kV: float, kV_0: float
) -> float:
    """Return S at 1 m from the patient, theta degrees (0 to 180) from the forward beam, 50 to 125 kV."""
    return (a * theta**4 + b * theta**3 + c * theta**2 + d * theta + e) * ((kV - kV_0) * f + 1)


# Kerma-area product


@equation("KAP", "1e-3 * Y * Q * F / d_F**2", "Gy cm2", _FIELD)
def kap_of_charge(Y: float, Q: float, F: float, d_F: float) -> float:
    """Return the kerma-area product of one exposure: air kerma at d_F times the field area there."""
    return 1e-3 * Y * Q * F / d_F**2


@equation(
    "KAP", "1e-3 * ESD * F * ((FFD - df) / d_F)**2", "Gy cm2", "entrance surface dose times the field at the skin"
)
def kap_of_entrance_dose(ESD: float, F: float, FFD: float, df: float, d_F: float) -> float:
    """Return the kerma-area product of one exposure from its entrance surface dose, backscatter included."""
    return 1e-3 * ESD * F * ((FFD - df) / d_F) ** 2


@equation("KAP_rate", "3.6 * Y * I * F / d_F**2", "Gy cm2/h", _FIELD)
def kap_rate(Y: float, I: float, F: float, d_F: float) -> float:  # noqa: E741
    """Return the kerma-area product per hour of continuous exposure."""
    return 3.6 * Y * I * F / d_F**2


@equation("Q", "1e3 * KAP * d_F**2 / (Y * F)", "mAs", f"{_FIELD}, solved for the charge")
def charge_of_kap(KAP: float, d_F: float, Y: float, F: float) -> float:
    """Return the charge that gives a kerma-area product with this output and field."""
    return 1e3 * KAP * d_F**2 / (Y * F)


# A room: week and busiest hour


@equation("K_S", "1e-3 * S * KAP * n * U * B / d_S**2", "mGy", f"{_BIR}; {_RPII}, example 3")
def scatter(S: float, KAP: float, n: float, U: float, B: float, d_S: float) -> float:
    """Return the scattered air kerma of n exposures of which the share U is made in this direction."""
    return 1e-3 * S * KAP * n * U * B / d_S**2


@equation("K_P", "n * U * ESD * ((FFD - df) / d_P)**2 * B", "mGy", f"{_RPII}, example 2")
def primary_of_entrance_dose(n: float, U: float, ESD: float, FFD: float, df: float, d_P: float, B: float) -> float:
    """Return the primary air kerma of n exposures d_P metres from the focus, the patient's attenuation not counted."""
    return n * U * ESD * ((FFD - df) / d_P) ** 2 * B


@equation("K_P", "1e3 * KAP * n * U / F * (d_F / d_P)**2 * B", "mGy", f"{_RPII}, with the incident dose KAP/F at d_F")
def primary_of_kap(KAP: float, n: float, U: float, F: float, d_F: float, d_P: float, B: float) -> float:
    """Return the primary air kerma of n exposures d_P metres from the focus, the patient's attenuation not counted."""
    return 1e3 * KAP * n * U / F * (d_F / d_P) ** 2 * B


@equation("K_L", "L1 * Q / 60 * n * U * B / d_L**2", "mGy", _LEAKAGE)
def leakage(L1: float, Q: float, n: float, U: float, B: float, d_L: float) -> float:
    """Return the leakage air kerma of n exposures of charge Q."""
    return L1 * Q / 60 * n * U * B / d_L**2


# A room: while the beam is on


@equation("K_rate_S", "S * KAP_rate * B / d_S**2", "uGy/h", _BIR)
def beam_on_scatter(S: float, KAP_rate: float, B: float, d_S: float) -> float:
    """Return the scattered air kerma rate at a kerma-area product rate in Gy cm2/h."""
    return S * KAP_rate * B / d_S**2


@equation("K_rate_P", "1e6 * KAP_rate / F * (d_F / d_P)**2 * B", "uGy/h", f"{_RPII}, as a rate")
def beam_on_primary(KAP_rate: float, F: float, d_F: float, d_P: float, B: float) -> float:
    """Return the primary air kerma rate at a kerma-area product rate in Gy cm2/h."""
    return 1e6 * KAP_rate / F * (d_F / d_P) ** 2 * B


@equation("K_rate_L", "6e4 * L1 * I * B / d_L**2", "uGy/h", _LEAKAGE)
def beam_on_leakage(L1: float, I: float, B: float, d_L: float) -> float:  # noqa: E741
    """Return the leakage air kerma rate at a tube current of I mA."""
    return 6e4 * L1 * I * B / d_L**2


# Intra-oral films


@equation("K_S", "1e-3 * k_S * n * U * B / d_S**2", "mGy", f"{_RPII}, example 4; BIR/IPEM (2000)")
def intraoral_scatter(k_S: float, n: float, U: float, B: float, d_S: float) -> float:
    """Return the weighted mean of scatter and primary of n films; k_S in uGy a film at 1 m from the patient."""
    return 1e-3 * k_S * n * U * B / d_S**2


@equation("K_P", "1e-3 * k_P * n * U * B / d_S**2", "mGy", f"{_RPII}; BIR/IPEM (2000)")
def intraoral_primary(k_P: float, n: float, U: float, B: float, d_S: float) -> float:
    """Return the primary that passes the patient's head in n films; k_P in uGy a film at 1 m from the patient."""
    return 1e-3 * k_P * n * U * B / d_S**2


# CT


@equation("K_CT", "1e-3 * m * s * DLP * N * B / d**2", "mGy", _CT)
def ct_scatter(m: float, s: float, DLP: float, N: float, B: float, d: float) -> float:
    """Return the scattered air kerma of N scans; s in uGy at 1 m per mGy cm in the sector of the point."""
    return 1e-3 * m * s * DLP * N * B / d**2


@equation("K_rate_CT", "3600 * s * (DLP / t_scan) * B / d**2", "uGy/h", _CT)
def beam_on_ct(s: float, DLP: float, t_scan: float, B: float, d: float) -> float:
    """Return the scattered air kerma rate while scanning; t_scan in s."""
    return 3600 * s * (DLP / t_scan) * B / d**2


# Constraint, occupancy, year


@equation("K_inc", "n * ESD * ((FFD - df) / (FFD + dw))**2", "mGy/week", f"{_RPII}, example 2")
def incident_primary(n: float, ESD: float, FFD: float, df: float, dw: float) -> float:
    """Return the weekly primary air kerma dw metres behind the film."""
    return n * ESD * ((FFD - df) / (FFD + dw)) ** 2


@equation("K_S", "1e-3 * S * KAP / d**2", "mGy/week", f"{_RPII}, example 3")
def weekly_scatter(S: float, KAP: float, d: float) -> float:
    """Return the weekly scattered air kerma at d metres from the patient."""
    return 1e-3 * S * KAP / d**2


@equation("K_F", "1e-3 * k * n / d**2", "mGy/week", f"{_RPII}, example 4; BIR/IPEM (2000)")
def weekly_films(k: float, n: float, d: float) -> float:
    """Return the weekly air kerma of n intra-oral films of k uGy a film at 1 m."""
    return 1e-3 * k * n / d**2


@equation("B", "q * D_c / (weeks * T * K)", "", f"{_RPII}, transmission of a barrier; 1 mGy taken as 1 mSv")
def required_transmission(q: float, D_c: float, weeks: float, T: float, K: float) -> float:
    """Return the transmission that keeps the share q of the constraint D_c; above 1 nothing is needed."""
    return q * D_c / (weeks * T * K)


@equation("x_barrier", "x_total - x_pre", "mm", f"{_RPII}, attenuation by cassette and table")
def net_thickness(x_total: float, x_pre: float) -> float:
    """Return what the barrier itself needs when x_pre of the same material already stands in the primary beam."""
    return x_total - x_pre


@equation("K_T", "T * K", "mGy/week", "RPII 09/01 (2009), Table 5.5")
def occupied_air_kerma(T: float, K: float) -> float:
    """Return the weekly air kerma of the person who is there for the share T of the time."""
    return T * K


@equation("K_year", "weeks * K", "mGy/year", f"{_RPII}, 52 weeks a year")
def yearly_air_kerma(weeks: float, K: float) -> float:
    """Return the yearly air kerma from the weekly one (mGy)."""
    return weeks * K
