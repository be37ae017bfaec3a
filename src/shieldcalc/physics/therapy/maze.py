"""Photons of one beam at the door of a maze: equations 2.9 to 2.14 of NCRP 151, those of SRS 47.

The factor 2.64 for all gantry angles holds for 2 <= d_z/sqrt(h w) <= 6 and 1 <= h/w <= 2: outside nothing is answered.
A door that sees source or patient has a direct path that no maze term replaces: that is the caller's to know, and it is
said. Doses of several energies add up.
"""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import maze_equations as by
from shieldcalc.physics.therapy.counted import Sheet, behind
from shieldcalc.physics.therapy.document import AT_DEPTH, LEAKAGE, SCATTER, Beam, Document, Fraction, cited
from shieldcalc.physics.therapy.energy import COBALT, Energy
from shieldcalc.physics.therapy.maze_data import Maze, Wall

BEAM, MEAN = "beam", "mean"


class Work(NamedTuple):
    """One energy's week: workload Gy at 1 m, that of leakage, share of the gantry angle, field cm2, patient.

    ``angle_deg`` of scatter towards the wall that the door sees; ``a`` and ``f`` stated, else of the tables.
    """

    energy: Energy
    W: float
    W_L: float
    U_G: float
    F: float
    angle_deg: float
    d_sca: float = 1.0
    a: float | None = None
    f: float | None = None
    f_L: float | None = None


class Met(NamedTuple):
    """One reflection: its area m2, how the wall is met, alpha where it is stated."""

    A: float
    wall: Wall
    alpha: float | None = None


class Ways(NamedTuple):
    """Distances m (as the documents name them), reflections, the maze's width and height m, its wall.

    ``d_sec`` patient and ``d_leak`` target to the wall that the door sees; ``leaking`` which row of energy leakage is
    reflected by: its ``mean`` energy (Co-60's row, above 1.4 and 1.5 MeV) or the ``beam``'s.
    """

    d_h: float
    d_r: float
    d_z: float
    d_sec: float
    d_leak: float
    d_zz: float
    d_L: float
    first: Met
    second: Met
    seen: Met
    width: float
    height: float
    layers: tuple[Sheet, ...] = ()
    B: float | None = None
    leaking: str = MEAN
    alpha_leak: float | None = None


class Door(NamedTuple):
    """Photons at the door in Sv/week: parts at one gantry angle, all angles together, steps, remarks, data files."""

    parts: dict[str, float]
    H_tot: float
    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]


def of(document: Document) -> Maze:
    """Return what a document tells of mazes; raises OutsideDataError for one that tells nothing."""
    if document.maze is None:
        raise OutsideDataError("therapy_no_maze", document=document.words)
    return document.maze


def maze_photons(document: Document, work: Work, ways: Ways) -> Door:
    """Return the photons of one beam at the door; raises OutsideDataError beyond tables and the rule of 2.64."""
    check_shape(document, ways.d_z, ways.width, ways.height)
    try:
        return _photons(document, work, ways)
    except (OverflowError, ZeroDivisionError) as error:
        raise OutsideDataError("therapy_numbers") from error


class _Used(NamedTuple):
    """Reflection at the first, second and seen wall, of leakage at the seen one; scatter fraction."""

    first: Fraction
    second: Fraction
    seen: Fraction
    leaked: Fraction
    a: Fraction


class Reflected(NamedTuple):
    """Wall scatter, leakage scatter and patient scatter at one gantry angle, remarks, data files."""

    steps: tuple[Step, Step, Step]
    notices: tuple[Notice, ...]
    tables: tuple[str, ...]


def reflected(document: Document, work: Work, ways: Ways) -> Reflected:
    """Return what walls reflect to the door at one gantry angle; raises OutsideDataError beyond the tables."""
    used = _used(document, work, ways)
    notices = tuple(each for source in used for each in source.notices)
    kept = tuple(each for at, each in enumerate(notices) if each not in notices[:at])
    tables = tuple(dict.fromkeys((*(name for each in used for name in each.tables), document.rules)))
    return Reflected(_parts(document, work, ways, used), kept, tables)


def check_shape(document: Document, d_z: float, width: float, height: float) -> None:
    """Refuse a maze outside the range in which the sum over all gantry angles holds."""
    length, shape = d_z / sqrt(height * width), height / width
    for value, name in ((length, "length"), (shape, "shape")):
        low, high = document.rule(f"maze_{name}_least"), document.rule(f"maze_{name}_most")
        if not low <= value <= high:
            told = {"value": f"{value:.3g}", "low": f"{low:g}", "high": f"{high:g}"}
            raise OutsideDataError(f"therapy_maze_{name}", **told)


def _photons(document: Document, work: Work, ways: Ways) -> Door:
    found, wall = reflected(document, work, ways), _wall(document, work.energy, ways)
    leak = inputs(f_L=document.rule("leakage_fraction"), W_L=work.W_L, U_G=work.U_G)
    steps = [*found.steps, evaluate(by.leakage_through, leak | inputs(B=wall.a, d_L=ways.d_L))]
    parts = {step.symbol: step.value for step in steps}
    f = of(document).through_patient(work.energy) if work.f is None else work.f
    steps.append(evaluate(by.one_gantry_angle, inputs(f=f, **parts)))
    steps.append(evaluate(by.all_gantry_angles, inputs(k=document.rule("maze_total"), H_G=steps[-1].value)))
    warnings = (*_general(work.energy), *found.notices, *wall.notices)
    names = dict.fromkeys((*found.tables, *wall.tables, document.rules))
    kept = tuple(each for at, each in enumerate(warnings) if each not in warnings[:at])
    return Door(parts, steps[-1].value, tuple(cited(each, document.short) for each in steps), kept, tuple(names))


def _used(document: Document, work: Work, ways: Ways) -> _Used:
    maze, energy = of(document), work.energy
    slow = f"{document.rule('albedo_scattered'):g}MeV"
    scattered = Beam(energy, SCATTER, work.angle_deg)
    return _Used(
        first=_alpha(maze, energy.name, ways.first),
        second=_alpha(maze, slow, ways.second),
        seen=_alpha(maze, slow, ways.seen),
        leaked=_leaked(maze, energy, ways),
        a=document.fraction(scattered, AT_DEPTH) if work.a is None else Fraction(work.a, ()),
    )


def _parts(document: Document, work: Work, ways: Ways, used: _Used) -> tuple[Step, Step, Step]:
    """Return wall scatter, leakage scatter and patient scatter at one gantry angle."""
    f_L = document.rule("leakage_fraction") if work.f_L is None else work.f_L
    whole = inputs(W=work.W, U_G=work.U_G)
    leak = inputs(f_L=f_L, W_L=work.W_L, U_G=work.U_G)
    beam = inputs(alpha_0=used.first.a, A_0=ways.first.A, alpha_z=used.second.a, A_z=ways.second.A)
    leaked = inputs(alpha_1=used.leaked.a, A_1=ways.seen.A, d_sec=ways.d_leak, d_zz=ways.d_zz)
    patient = inputs(a=used.a.a, F=work.F, F_0=document.rule("reference_field"), alpha_1=used.seen.a, A_1=ways.seen.A)
    return (
        evaluate(by.wall_scatter, whole | beam | inputs(d_h=ways.d_h, d_r=ways.d_r, d_z=ways.d_z)),
        evaluate(by.leakage_scatter, leak | leaked),
        evaluate(by.patient_scatter, whole | patient | inputs(d_sca=work.d_sca, d_sec=ways.d_sec, d_zz=ways.d_zz)),
    )


UNITS = {
    "W": "Gy/week", "W_L": "Gy/week", "F": "cm2", "F_0": "cm2", "A_0": "m2", "A_z": "m2", "A_1": "m2", "d_h": "m",
    "d_r": "m", "d_z": "m", "d_sec": "m", "d_zz": "m", "d_sca": "m", "d_L": "m", "H_S": "Sv/week", "H_LS": "Sv/week",
    "H_ps": "Sv/week", "H_LT": "Sv/week", "H_G": "Sv/week", "B": "",
}  # fmt: skip


def inputs(**numbers: float) -> dict[str, tuple[float, str]]:
    """Return numbers of the equations with their units."""
    return {symbol: (number, UNITS.get(symbol, "")) for symbol, number in numbers.items()}


def _alpha(maze: Maze, row: str, met: Met) -> Fraction:
    return maze.reflection(row, met.wall) if met.alpha is None else Fraction(met.alpha, ())


def _leaked(maze: Maze, energy: Energy, ways: Ways) -> Fraction:
    if ways.alpha_leak is not None:
        return Fraction(ways.alpha_leak, ())
    return _alpha(maze, COBALT if ways.leaking == MEAN else energy.name, ways.seen)


def _wall(document: Document, energy: Energy, ways: Ways) -> Fraction:
    """Return the transmission of the maze's wall for leakage."""
    if ways.B is not None:
        return Fraction(ways.B, ())
    if not ways.layers:
        raise OutsideDataError("therapy_maze_wall")
    found = behind(document, Beam(energy, LEAKAGE), ways.layers)
    return Fraction(10**-found.tenths, found.tables, found.notices)


def _general(energy: Energy) -> Sequence[Notice]:
    unseen = Notice("warnings.therapy_maze_unseen", {})
    if not energy.makes_neutrons:
        return (unseen,)
    return unseen, Notice("warnings.therapy_maze_neutrons", {"energy": energy.words})


def summed(doors: Sequence[Door]) -> float:
    """Return the photons of several energies together in Sv/week."""
    return sum(door.H_tot for door in doors)
