"""How far a dose reaches in the open: inverse square from tube and patient, and in the primary beam from the focus."""

from shieldcalc.kernels.roots import falling_root
from shieldcalc.model.trace import Step, equation, evaluate

_SOURCE = "inverse square from tube and patient, the nearer of them"
_PRIMARY = "inverse square from the focus, with what goes aside from s nearer"
NEAREST_M = 1e-6


@equation("R", "d_1 * sqrt(D_1 / D_max)", "m", _SOURCE)
def reach_aside(d_1: float, D_1: float, D_max: float) -> float:
    """Return the distance from tube and patient at which D_1, the dose at d_1 metres, has fallen to D_max."""
    return float(d_1 * (D_1 / D_max) ** 0.5)


@equation("D", "P_1 * (d_1 / R_P)**2 + D_1 * (d_1 / (R_P - s))**2", "", _PRIMARY)
def dose_in_primary(P_1: float, d_1: float, R_P: float, D_1: float, s: float) -> float:
    """Return the dose R_P metres from the focus in the primary beam.

    P_1 and D_1 of primary and all else at d_1 metres, s metres from focus to patient; R_P beyond the patient.
    """
    return P_1 * (d_1 / R_P) ** 2 + D_1 * (d_1 / (R_P - s)) ** 2


def aside(D_1: float, limit: float, unit: str) -> Step:
    """Return the step that gives how far from tube and patient a dose of ``D_1`` at 1 m keeps a limit in ``unit``."""
    inputs = {"d_1": (1.0, "m"), "D_1": (D_1, unit), "D_max": (limit, unit)}
    return evaluate(reach_aside, inputs)


def in_primary(P_1: float, D_1: float, s: float, limit: float, unit: str) -> Step:
    """Return the step that shows the limit reached in the primary beam; its input ``R_P`` is the distance in m.

    The dose falls all the way from the patient on, so that there is one such place. Either part alone reaches the limit
    before it, and both do beyond it where the nearer distance counts for both.
    """
    fixed = {"P_1": (P_1, unit), "d_1": (1.0, "m"), "D_1": (D_1, unit), "s": (s, "m")}

    def over(R_P: float) -> float:
        return dose_in_primary(P_1=P_1, d_1=1.0, R_P=R_P, D_1=D_1, s=s) / limit - 1

    near = max(s + (D_1 / limit) ** 0.5, (P_1 / limit) ** 0.5, s + NEAREST_M)
    far = max(s + ((P_1 + D_1) / limit) ** 0.5, near)
    return evaluate(dose_in_primary, {**fixed, "R_P": (falling_root(over, near, far), "m")})._replace(unit=unit)
