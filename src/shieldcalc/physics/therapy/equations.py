"""Barriers of megavoltage rooms: each printed equation one function.

Symbols: ``P`` goal Sv/week, ``W`` workload Gy/week at 1 m, ``W_L`` that of leakage, ``U`` use factor, ``T`` occupancy,
``d`` distance m (primary from the target, leakage from the isocentre), ``d_sca`` target to patient and ``d_sec``
patient to point m, ``a`` scatter fraction for the field ``F_0`` cm2, ``F`` field cm2 there, ``B`` transmission,
``DR_0`` dose rate Gy/h at 1 m, ``IDR`` instantaneous dose rate Sv/h,
``g`` dose at the point per Gy at 1 m without a barrier, ``TVL_1`` and ``TVL_e`` tenth value layers mm.
"""

from math import cos, log, radians

from shieldcalc.model.trace import equation

_NCRP = "NCRP 151 (2005)"
_SRS = "IAEA SRS 47 (2006)"
_GBZT = "GBZ/T 250-2014, clause 3.2"
_LAYERS = f"{_NCRP}, equations 2.2 and 2.3; {_SRS}, Section 5; {_GBZT}"
_RATES = f"{_SRS}, equations 1 to 4; {_NCRP}, Section 3.3"


@equation("B", "P * d**2 / (W * U * T)", "", f"{_NCRP}, equation 2.1; {_SRS}, equation 5")
def primary(P: float, d: float, W: float, U: float, T: float) -> float:
    """Return the transmission that keeps the goal in the primary beam; ``d`` from the target."""
    return P * d**2 / (W * U * T)


@equation("B", "P * d**2 / (f_L * W_L * T)", "", f"{_NCRP}, equation 2.8; {_SRS}, equation 8")
def leakage(P: float, d: float, f_L: float, W_L: float, T: float) -> float:
    """Return the transmission that keeps the goal against leakage, ``f_L`` of the beam; U = 1."""
    return P * d**2 / (f_L * W_L * T)


@equation("B", "P * d_sca**2 * d_sec**2 * F_0 / (a * W * T * F)", "", f"{_NCRP}, equation 2.7; {_SRS}, equation 9")
def scatter(P: float, d_sca: float, d_sec: float, F_0: float, a: float, W: float, T: float, F: float) -> float:
    """Return the transmission that keeps the goal against scatter by the patient; U = 1 as printed."""
    return P * d_sca**2 * d_sec**2 * F_0 / (a * W * T * F)


@equation("B", "P * d_sca**2 * d_sec**2 * F_0 / (a * W * U * T * F)", "", f"{_NCRP}, Section 7.1: workload times U")
def scatter_with_use(
    P: float, d_sca: float, d_sec: float, F_0: float, a: float, W: float, U: float, T: float, F: float
) -> float:
    """Return ``scatter`` for the share U of the workload whose beam is aimed so."""
    return P * d_sca**2 * d_sec**2 * F_0 / (a * W * U * T * F)


@equation("B", "P * d_w**2 * d_r**2 / (alpha * A * W * U * T)", "", f"{_SRS}, equation 10")
def wall_scatter(P: float, d_w: float, d_r: float, alpha: float, A: float, W: float, U: float, T: float) -> float:
    """Return the transmission that keeps the goal against the beam reflected by ``A`` m2 of a wall."""
    return P * d_w**2 * d_r**2 / (alpha * A * W * U * T)


@equation("n", "-log(B) / log(10)", "", _LAYERS)
def tenth_value_layers(B: float) -> float:
    """Return how many tenth value layers a transmission is."""
    return -log(B) / log(10)


@equation("x", "TVL_1 + (n - 1) * TVL_e", "mm", _LAYERS)
def thickness(n: float, TVL_1: float, TVL_e: float) -> float:
    """Return the thickness of one tenth value layer and more."""
    return TVL_1 + (n - 1) * TVL_e


@equation("x", "n * TVL_1", "mm", f"{_LAYERS}; below one layer: a rule of this program")
def thickness_below_one(n: float, TVL_1: float) -> float:
    """Return the thickness of less than one tenth value layer."""
    return n * TVL_1


@equation("x", "x_1 + h * TVL", "mm", f"{_NCRP}, Section 2.2.2.3; {_SRS}, Section 5: two-source rule; {_GBZT}")
def two_sources(x_1: float, h: float, TVL: float) -> float:
    """Return the larger of two thicknesses that lie less than one TVL apart, plus one HVL (``h`` of the TVL)."""
    return x_1 + h * TVL


@equation("x", "x_slant * cos(radians(theta))", "mm", f"{_NCRP}, Section 7.1: oblique incidence")
def normal_thickness(x_slant: float, theta: float) -> float:
    """Return the thickness of a wall whose slant thickness at ``theta`` from its normal is wanted."""
    return x_slant * cos(radians(theta))


@equation("w", "c * d + 2 * m", "m", f"{_NCRP}, Section 2.2.1.2; {_SRS}, Section 6.2: width of the primary barrier")
def beam_width(c: float, d: float, m: float) -> float:
    """Return the width of a beam of ``c`` m per metre at ``d`` m from the target, with a margin on both sides."""
    return c * d + 2 * m


@equation("C_I", "MU_IMRT / MU_conv", "", f"{_NCRP}, Section 3.2.2; {_SRS}, Section 9.3")
def imrt_factor(MU_IMRT: float, MU_conv: float) -> float:
    """Return the monitor units per Gy with intensity modulation over those without."""
    return MU_IMRT / MU_conv


@equation("W_L", "W_conv + W_TBI + C_I * W_IMRT + C_QA * W_QA", "Gy/week", f"{_NCRP}, Section 3.2; {_SRS}, Section 9.3")
def leakage_workload(W_conv: float, W_TBI: float, C_I: float, W_IMRT: float, C_QA: float, W_QA: float) -> float:
    """Return the workload of leakage, neutrons and capture gammas; the IMRT factor acts on these alone."""
    return W_conv + W_TBI + C_I * W_IMRT + C_QA * W_QA


@equation("W_TBI", "D * d_TBI**2", "Gy/week", f"{_SRS}, equation 39; {_NCRP}, Section 3.2")
def tbi_workload(D: float, d_TBI: float) -> float:
    """Return the workload at 1 m of total body irradiation with ``D`` Gy/week at ``d_TBI`` m."""
    return D * d_TBI**2


@equation("IDR", "DR_0 * B / d**2", "Sv/h", _RATES)
def instantaneous_rate(DR_0: float, B: float, d: float) -> float:
    """Return the instantaneous dose rate: the largest dose rate, neither use factor nor occupancy."""
    return DR_0 * B / d**2


@equation("g", "1 / d**2", "1/m2", "inverse square of the distance from the target")
def of_primary(d: float) -> float:
    """Return the dose at the point per Gy at 1 m, without a barrier, in the primary beam."""
    return 1 / d**2


@equation("g", "f_L / d**2", "1/m2", f"{_NCRP}, equation 2.8; {_SRS}, equation 8")
def of_leakage(f_L: float, d: float) -> float:
    """Return the dose at the point per Gy at 1 m, without a barrier, by leakage."""
    return f_L / d**2


@equation("g", "a * F / F_0 / (d_sca * d_sec)**2", "1/m2", f"{_NCRP}, equation 2.7; {_SRS}, equation 9")
def of_scatter(a: float, F: float, F_0: float, d_sca: float, d_sec: float) -> float:
    """Return the dose at the point per Gy at 1 m, without a barrier, by scatter of the patient."""
    return a * F / F_0 / (d_sca * d_sec) ** 2


@equation("B", "IDR / (DR_0 * g)", "", f"{_SRS}, equation 7")
def required_of_rate(IDR: float, DR_0: float, g: float) -> float:
    """Return the transmission that keeps a limit on the instantaneous dose rate: no use factor, no occupancy."""
    return IDR / (DR_0 * g)


@equation("R_8", "IDR * W_d * U / (8 * DR_0)", "Sv/h", _RATES)
def rate_over_a_day(IDR: float, W_d: float, U: float, DR_0: float) -> float:
    """Return the dose rate averaged over 8 h with the workload ``W_d`` Gy of a day."""
    return IDR * W_d * U / (8 * DR_0)


@equation("R_w", "IDR * W * U / DR_0", "Sv/week", _RATES)
def dose_in_a_week(IDR: float, W: float, U: float, DR_0: float) -> float:
    """Return the time averaged dose of a week; R_w T may not be above P."""
    return IDR * W * U / DR_0


@equation("R_h", "IDR * W_h * U / DR_0", "Sv", _RATES)
def dose_in_an_hour(IDR: float, W_h: float, U: float, DR_0: float) -> float:
    """Return the dose in the busiest hour with ``W_h`` Gy; never times occupancy."""
    return IDR * W_h * U / DR_0


@equation("B", "H_h / (W_h * U * g)", "", f"{_RATES}: R_h solved for the transmission")
def required_of_hour(H_h: float, W_h: float, U: float, g: float) -> float:
    """Return the transmission that keeps ``H_h`` Sv in the busiest hour; never times occupancy."""
    return H_h / (W_h * U * g)


@equation("P", "P_year / weeks / 1000", "Sv/week", f"{_NCRP}, Section 1.4; {_SRS}, Section 8.1")
def weekly_goal(P_year: float, weeks: float) -> float:
    """Return the share of a week in Sv of a yearly goal in mSv."""
    return P_year / weeks / 1000


@equation("H", "P * B_x / B", "", f"{_NCRP}, equation 2.1; {_SRS}, equation 5: solved for the dose behind a wall")
def behind_wall(P: float, B_x: float, B: float) -> float:
    """Return what a wall of transmission ``B_x`` leaves where ``B`` would leave the limit P, in the limit's unit."""
    return P * B_x / B


@equation("x_slant", "x / cos(radians(theta))", "mm", f"{_NCRP}, Section 7.1: oblique incidence")
def slant_thickness(x: float, theta: float) -> float:
    """Return the path through a wall of thickness ``x`` at ``theta`` from its normal."""
    return x / cos(radians(theta))
