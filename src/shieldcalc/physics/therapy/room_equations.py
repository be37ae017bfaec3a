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
_PRIMARY = f"{_NCRP}, equation 2.1 solved for the dose; {_SRS}, equation 5 solved for the dose"
_LEAKAGE = f"{_NCRP}, equations 2.8 and 3.2 solved for the dose; {_SRS}, equation 8 and Section 9.3"
_SCATTER = f"{_NCRP}, equation 2.7 solved for the dose; {_SRS}, equation 9 solved for the dose"
_DOOR = f"{_NCRP}, Section 2.4: at the door of the maze; {_SRS}, Section 6.3.3: at the door of the maze"
SIEVERT = f"{_NCRP}, Section 1.4: 1 Gy counts as 1 Sv"
_RATE = (
    f"{_NCRP}, Section 3.3: instantaneous dose rate, neither use factor nor occupancy"
    f"; {_SRS}, equation 1: neither use factor nor occupancy"
)


@equation(
    "H",
    "c * W * U * B / d**2",
    "mGy/week",
    _PRIMARY,
)
def primary(c: float, W: float, U: float, B: float, d: float) -> float:
    """Return the dose in the primary beam, ``d`` from the target."""
    return c * W * U * B / d**2


@equation(
    "H",
    "c * f_L * C_I * W * B / d**2",
    "mGy/week",
    _LEAKAGE,
)
def leakage(c: float, f_L: float, C_I: float, W: float, B: float, d: float) -> float:
    """Return the dose by leakage, ``d`` from the isocentre; ``C_I`` monitor units over conventional ones, U = 1."""
    return c * f_L * C_I * W * B / d**2


@equation(
    "H",
    "c * a * W * F / F_0 * B / (d_sca * d_sec)**2",
    "mGy/week",
    _SCATTER,
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


_SKY = (
    f"{_NCRP}, equation 5.1, counted k times for its uncertainty; {_SRS} prints none: McGinley's equation, counted k "
    "times for its uncertainty"
)


@equation("H", "c * k * c_k * W * U * B * Omega**1.3 / (d_i * d_s)**2", "mGy/week", _SKY)
def skyshine(
    c: float, k: float, c_k: float, W: float, U: float, B: float, Omega: float, d_i: float, d_s: float
) -> float:
    """Return skyshine beside a room: ``W`` Gy at 1 m (or Gy/h) of a beam that points up through a roof of ``B``."""
    return float(c * k * c_k * W * U * B * Omega**1.3 / (d_i * d_s) ** 2)


_LAMINATE = f"{_NCRP}, Section 2.2.1.3: McGinley's laminates; B by the layers, in uSv/(cGy m2)"


@equation("H", "c * c_D * W * U * F_max * B", "mSv/week", _LAMINATE)
def laminate_neutrons(c: float, c_D: float, W: float, U: float, F_max: float, B: float) -> float:
    """Return neutrons that a primary beam makes in the metal of a wall, 0.3 m behind it and anywhere farther."""
    return c * c_D * W * U * F_max * B


@equation("H", "c * (m - 1) * W * U * B / d**2", "mGy/week", _LAMINATE)
def laminate_captures(c: float, m: float, W: float, U: float, B: float, d: float) -> float:
    """Return what capture gammas add to the photons of a primary beam behind metal: ``m`` times as much in all."""
    return c * (m - 1) * W * U * B / d**2


_NEUTRONS = (
    f"{_NCRP}, Table B.9 and equation 2.16: neutrons of the head and those scattered in the room"
    f"; {_SRS}, Table 9 and equation 23: neutrons of the head and those scattered in the room"
)
_CAPTURES = f"{_NCRP}, equations 2.15 and 2.16 at the place itself; {_SRS}, equations 23 and 24 at the place itself"


@equation("s", "2 * (c_s + c_t / beta) / S_r * r**2", "1/m2", _NEUTRONS)
def scattered_neutrons(c_s: float, c_t: float, beta: float, S_r: float, r: float) -> float:
    """Return scattered and thermal neutrons of a room of ``S_r`` m2 over direct ones at 1 m.

    ``r``: 1 in the room, beyond its farthest corner the distance of that corner over the place's.
    """
    return 2 * (c_s + c_t / beta) / S_r * r**2


@equation("H", "c * C_I * W * H_0 * d_0**2 * (1 / d**2 + s) * B", "mSv/week", _NEUTRONS)
def neutrons(c: float, C_I: float, W: float, H_0: float, d_0: float, d: float, s: float, B: float) -> float:
    """Return neutrons ``d`` from the isocentre; all with the dose per neutron of the direct ones."""
    return c * C_I * W * H_0 * d_0**2 * (1 / d**2 + s) * B


@equation("H", "c * C_I * W * K * beta * Q_n / Omega * (1 / d**2 + s) * B", "mSv/week", _CAPTURES)
def capture_gammas(
    c: float, C_I: float, W: float, K: float, beta: float, Q_n: float, Omega: float, d: float, s: float, B: float
) -> float:
    """Return gammas of neutrons captured in the walls around, ``d`` from the isocentre; ``Omega``: 4 pi sr."""
    return c * C_I * W * K * beta * Q_n / Omega * (1 / d**2 + s) * B


@equation(
    "H",
    "c * H_door * g * B",
    "mSv/week",
    _DOOR,
)
def along_maze(c: float, H_door: float, g: float, B: float) -> float:
    """Return what a maze lets through to a place: ``g`` is 1 behind its door, more farther in, less farther out."""
    return c * H_door * g * B
