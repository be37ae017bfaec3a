"""The equations of patients with radiopharmaceuticals, those of TG-108 among them; one function each.

Symbols: ``Gamma`` dose rate constant of the patient in uSv m2/(MBq h), ``N`` patients a week, ``A`` administered
activity in MBq, ``t_U`` uptake time and ``t_I`` imaging time in h, ``h`` half-life in h, ``R`` dose reduction by decay
during a stay, ``F_U`` decay during uptake, ``v`` share of the activity left after voiding, ``d`` distance in m, ``D``
dose in uSv a week, ``P`` weekly goal in uSv, ``T`` occupancy factor, ``B`` transmission. Of rooms: ``Gamma`` in
air kerma, uGy m2/(MBq h), ``t`` time with one patient in h, ``n_h`` patients in the busiest
hour, ``n`` patients at once.
"""

from math import exp, log

from shieldcalc.model.trace import equation

_REPORT = "AAPM TG-108 (2006)"


@equation("R", "h / (log(2) * t) * (1 - exp(-log(2) * t / h))", "", f"{_REPORT}, Eq. 1: R(t) = 1.443 (T/t) (1 - ...)")
def reduction(h: float, t: float) -> float:
    """Return the ratio of the dose in a time t > 0 to that without decay; 1 as t goes to 0."""
    return h / (log(2) * t) * (1 - exp(-log(2) * t / h))


@equation("F_U", "exp(-log(2) * t_U / h)", "", f"{_REPORT}, section on the tomograph room")
def decay_in_uptake(t_U: float, h: float) -> float:
    """Return the activity left when imaging begins, as a share of the administered one."""
    return exp(-log(2) * t_U / h)


@equation("D", "Gamma * N * A * t_U * R / d**2", "uSv/week", f"{_REPORT}, uptake room")
def uptake_dose(Gamma: float, N: float, A: float, t_U: float, R: float, d: float) -> float:
    """Return the unshielded weekly dose at d metres from patients in the uptake room."""
    return Gamma * N * A * t_U * R / d**2


@equation("D", "Gamma * N * A * v * F_U * t_I * R / d**2", "uSv/week", f"{_REPORT}, tomograph room")
def imaging_dose(Gamma: float, N: float, A: float, v: float, F_U: float, t_I: float, R: float, d: float) -> float:
    """Return the unshielded weekly dose at d metres from patients in the imaging room."""
    return Gamma * N * A * v * F_U * t_I * R / d**2


@equation("P", "P_year / weeks", "uSv/week", f"{_REPORT}, Example 6")
def weekly_goal(P_year: float, weeks: float) -> float:
    """Return the share of a week in a yearly goal."""
    return P_year / weeks


@equation("B", "P / (T * D)", "", f"{_REPORT}, transmission factor")
def required_transmission(P: float, T: float, D: float) -> float:
    """Return the transmission that keeps the goal; above 1 no shielding is needed."""
    return P / (T * D)


@equation("K_1", "Gamma * A * v * F_U", "uGy/h", f"{_REPORT}, section on the tomograph room; in air kerma")
def patient_rate(Gamma: float, A: float, v: float, F_U: float) -> float:
    """Return the air kerma rate at 1 m of one patient when the stay begins."""
    return Gamma * A * v * F_U


@equation("K", "K_1 * N * t * R * B / d**2 / 1000", "mGy/week", f"{_REPORT}: dose of a week; in air kerma")
def patients_week(K_1: float, N: float, t: float, R: float, B: float, d: float) -> float:
    """Return the air kerma of a week of N patients, each present for t hours, behind barriers of transmission B."""
    return K_1 * N * t * R * B / d**2 / 1000


@equation("K_hour", "K_1 * n_h * t * R * B / d**2", "uGy", f"{_REPORT}: dose of one hour; in air kerma")
def patients_hour(K_1: float, n_h: float, t: float, R: float, B: float, d: float) -> float:
    """Return the air kerma of the busiest hour, in which each of n_h patients is present for t hours, at most one."""
    return K_1 * n_h * t * R * B / d**2


@equation("K_rate", "K_1 * n * B / d**2", "uGy/h", f"{_REPORT}; in air kerma")
def patients_rate(K_1: float, n: float, B: float, d: float) -> float:
    """Return the air kerma rate of n patients at once, each as at the beginning of the stay."""
    return K_1 * n * B / d**2
