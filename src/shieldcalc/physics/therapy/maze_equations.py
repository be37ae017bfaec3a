"""Photons at the door of a maze: each printed equation one function.

Symbols: ``W`` Gy/week at 1 m (or a dose rate: the result then is one too), ``U_G`` share of the gantry angle, ``alpha``
reflection of a wall (per m2 as the tables have it), ``A`` areas m2, ``d`` distances m, ``f_L`` leakage fraction,
``B`` transmission of the maze wall. Results in Sv/week for W in Gy/week.
"""

from shieldcalc.model.trace import equation

_NCRP = "NCRP 151 (2005), equations 2.9 to 2.14"
_SRS = "IAEA SRS 47 (2006), equations 11 to 18"
_BOTH = f"{_NCRP}; {_SRS}"


@equation("H_S", "W * U_G * alpha_0 * A_0 * alpha_z * A_z / (d_h * d_r * d_z)**2", "Sv/week", _BOTH)
def wall_scatter(
    W: float, U_G: float, alpha_0: float, A_0: float, alpha_z: float, A_z: float, d_h: float, d_r: float, d_z: float
) -> float:
    """Return what the primary beam gives by reflection at a wall of the room and one of the maze."""
    return W * U_G * alpha_0 * A_0 * alpha_z * A_z / (d_h * d_r * d_z) ** 2


@equation("H_LS", "f_L * W_L * U_G * alpha_1 * A_1 / (d_sec * d_zz)**2", "Sv/week", _BOTH)
def leakage_scatter(
    f_L: float, W_L: float, U_G: float, alpha_1: float, A_1: float, d_sec: float, d_zz: float
) -> float:  # fmt: skip
    """Return what leakage gives by one reflection at the far wall of the maze."""
    return f_L * W_L * U_G * alpha_1 * A_1 / (d_sec * d_zz) ** 2


@equation("H_ps", "a * W * U_G * (F / F_0) * alpha_1 * A_1 / (d_sca * d_sec * d_zz)**2", "Sv/week", _BOTH)
def patient_scatter(
    a: float, W: float, U_G: float, F: float, F_0: float, alpha_1: float, A_1: float,
    d_sca: float, d_sec: float, d_zz: float,
) -> float:  # fmt: skip
    """Return what scatter by the patient gives by one reflection at the far wall of the maze."""
    return a * W * U_G * (F / F_0) * alpha_1 * A_1 / (d_sca * d_sec * d_zz) ** 2


@equation("H_ps", "a * W * U_G * (F / F_0) * alpha_1 * A_1 * alpha_2 * A_2 / (d_sca * d_1 * d_2)**2", "Sv/week", _SRS)
def patient_scatter_twice(
    a: float, W: float, U_G: float, F: float, F_0: float, alpha_1: float, A_1: float, alpha_2: float, A_2: float,
    d_sca: float, d_1: float, d_2: float,
) -> float:  # fmt: skip
    """Return what scatter by the patient gives by two reflections, as Section 6.2.3 of SRS 47 writes it."""
    return a * W * U_G * (F / F_0) * alpha_1 * A_1 * alpha_2 * A_2 / (d_sca * d_1 * d_2) ** 2


@equation("H_w", "W * U_G * B * alpha * A / (d_P * d_PP)**2", "Sv/week", _SRS)
def transmitted_scatter(
    W: float, U_G: float, B: float, alpha: float, A: float, d_P: float, d_PP: float
) -> float:  # fmt: skip
    """Return what a beam behind a wall of transmission B gives by one reflection."""
    return W * U_G * B * alpha * A / (d_P * d_PP) ** 2


@equation("H_LT", "f_L * W_L * U_G * B / d_L**2", "Sv/week", _BOTH)
def leakage_through(f_L: float, W_L: float, U_G: float, B: float, d_L: float) -> float:
    """Return what leakage gives straight through the wall of the maze."""
    return f_L * W_L * U_G * B / d_L**2


@equation("H_G", "f * H_S + H_LS + H_ps + H_LT", "Sv/week", _BOTH)
def one_gantry_angle(f: float, H_S: float, H_LS: float, H_ps: float, H_LT: float) -> float:
    """Return the sum at one gantry angle; the patient's transmission ``f`` acts on wall scatter alone."""
    return f * H_S + H_LS + H_ps + H_LT


@equation("H_G", "f * H_S + H_LS + H_ps", "Sv/week", f"{_BOTH}; leakage through the wall of the maze counts apart")
def reflected_at_one_angle(f: float, H_S: float, H_LS: float, H_ps: float) -> float:
    """Return what walls reflect to the door at one gantry angle."""
    return f * H_S + H_LS + H_ps


@equation("H_tot", "k * H_G", "Sv/week", _BOTH)
def all_gantry_angles(k: float, H_G: float) -> float:
    """Return the sum of all gantry angles, ``k`` (2.64) times that of the angle that points at the maze."""
    return k * H_G
