"""The equations of SRS 47 for brachytherapy, one function each.

Symbols: ``RAKR`` reference air kerma rate per activity in uGy m2/(MBq h), ``A`` activity in MBq of all sources
together, ``t`` time of one treatment in h, ``n`` treatments a week, ``F2`` tissue-air ratio of the patient, ``W``
workload in uGy m2/week, ``P`` weekly goal in uSv, ``d`` distance in m, ``T`` occupancy factor, ``B`` transmission,
``D0`` dose rate at 1 m in uGy/h, ``IDR`` limit of the instantaneous dose rate in uSv/h. 1 uGy counts as
1 uSv, as in the report.
"""

from math import exp, log

from shieldcalc.model.trace import equation

_REPORT = "IAEA SRS 47 (2006), Section 8.5"
_IDR = "IAEA SRS 47 (2006), Section 8.5: instantaneous dose rate"


@equation("W", "RAKR * A * t * n", "uGy m2/week", _REPORT)
def workload(RAKR: float, A: float, t: float, n: float) -> float:
    """Return the air kerma at 1 m of a week's treatments."""
    return RAKR * A * t * n


@equation("W", "F2 * RAKR * A * t * n", "uGy m2/week", f"{_REPORT}; tissue-air ratio of Table 21")
def workload_in_patient(F2: float, RAKR: float, A: float, t: float, n: float) -> float:
    """Return the air kerma at 1 m of a week's treatments behind 10 cm of the patient."""
    return F2 * RAKR * A * t * n


@equation("B", "P * d**2 / (W * T)", "", _REPORT)
def required_transmission(P: float, d: float, W: float, T: float) -> float:
    """Return the transmission that keeps the weekly goal; 1 and above: no barrier is needed. U = 1: isotropic."""
    return P * d**2 / (W * T)


@equation("D0", "RAKR * A", "uGy/h", _IDR)
def rate_at_1m(RAKR: float, A: float) -> float:
    """Return the dose rate at 1 m of all sources of the unit, outside their safe."""
    return RAKR * A


@equation("B", "IDR * d**2 / D0", "", _IDR)
def required_transmission_of_rate(IDR: float, d: float, D0: float) -> float:
    """Return the transmission that keeps a limit on the instantaneous dose rate: no use factor, no occupancy."""
    return IDR * d**2 / D0


@equation("n_TVL", "-log(B) / log(10)", "", "IAEA SRS 47 (2006): number of tenth value layers")
def tenth_value_layers(B: float) -> float:
    """Return how many tenth value layers a transmission is; not below 0 for B up to 1."""
    return -log(B) / log(10)


@equation("K", "W * B / d**2 / 1000", "mGy/week", _REPORT)
def week(W: float, B: float, d: float) -> float:
    """Return the air kerma of a week at d metres behind barriers of transmission B."""
    return W * B / d**2 / 1000


@equation("K_hour", "D0 * t * B / d**2", "uGy", _IDR)
def hour(D0: float, t: float, B: float, d: float) -> float:
    """Return the air kerma of the busiest hour, in t of which the sources are out."""
    return D0 * t * B / d**2


@equation("K_hour", "F2 * D0 * t * B / d**2", "uGy", f"{_IDR}; tissue-air ratio of Table 21")
def hour_in_patient(F2: float, D0: float, t: float, B: float, d: float) -> float:
    """Return the air kerma of the busiest hour behind 10 cm of the patient."""
    return F2 * D0 * t * B / d**2


@equation("K_rate", "D0 * B / d**2", "uGy/h", _IDR)
def rate(D0: float, B: float, d: float) -> float:
    """Return the air kerma rate at d metres with all sources out; no patient counts."""
    return D0 * B / d**2


@equation("B", "exp(-log(10) * n_TVL)", "", "IAEA SRS 47 (2006): number of tenth value layers")
def transmission(n_TVL: float) -> float:
    """Return the transmission of so many tenth value layers."""
    return exp(-log(10) * n_TVL)


_MAZE = "GBZ/T 201.3-2014, as an evaluation report of an Ir-192 room uses it"


@equation("H_s", "D0 * alpha * A_w / (d_1 * d_2)**2", "uSv/h", _MAZE)
def reflected(D0: float, alpha: float, A_w: float, d_1: float, d_2: float) -> float:
    """Return the rate at a maze's door by one reflection at a wall of ``A_w`` m2, ``alpha`` of it back per m2."""
    return D0 * alpha * A_w / (d_1 * d_2) ** 2


@equation("H", "H_s * B + H_t", "uSv/h", f"{_MAZE}; what comes through the wall counts as if there were no door")
def behind_maze_door(H_s: float, B: float, H_t: float) -> float:
    """Return the rate behind a door of transmission ``B`` for what is reflected; ``H_t`` comes straight."""
    return H_s * B + H_t


@equation("H", "K_w * alpha * A_w * B / d_2**2", "", _MAZE)
def from_the_wall(K_w: float, alpha: float, A_w: float, B: float, d_2: float) -> float:
    """Return what a wall of ``A_w`` m2 on which ``K_w`` falls gives ``d_2`` m on, behind a transmission ``B``."""
    return K_w * alpha * A_w * B / d_2**2
