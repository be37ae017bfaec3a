"""Neutrons made in the metal of a laminated primary barrier, at 0.3 m behind it (McGinley, in NCRP 151)."""

from collections.abc import Sequence
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import neutron_equations as by
from shieldcalc.physics.therapy.barrier import is_heavy
from shieldcalc.physics.therapy.counted import SAME, Sheet, behind
from shieldcalc.physics.therapy.document import CONCRETE, PRIMARY, Beam, Document, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.tables import table

YIELD = "laminate_R_"
CGY, MM, USV = 100.0, 1e-3, 1e-6


def per_gray(document: Document, energy: Energy, sheets: Sequence[Sheet]) -> float:
    """Return neutrons behind a wall in uSv per cGy at the isocentre and m2 of field, 0 without metal of known yield.

    Layers from the inside: concrete before the first metal and behind the last one counts, all between only as metal.
    The power of the distance is recalled: of the first and the second that which gives more.
    """
    at = [index for index, each in enumerate(sheets) if is_heavy(each.material)]
    if not at or not document.laminates:
        return 0.0
    metals = sheets[at[0] : at[-1] + 1]
    try:
        found = [_yield(document, energy, SAME.get(sheets[index].material, sheets[index].material)) for index in at]
    except OutsideDataError:
        return 0.0
    inside, outside = (_concrete_m(document, each) for each in (sheets[: at[0]], sheets[at[-1] + 1 :]))
    concrete = document.layers(Beam(energy, PRIMARY), CONCRETE)
    assert concrete is not None
    away = MM * sum(each.mm for each in metals) / 2 + outside + document.rule("laminate_beyond")
    tenths = inside / (MM * concrete.first_mm) + outside / (MM * document.rule("laminate_tvl_neutron"))
    return float(max(found) * max(1 / away, 1 / away**2) * 10**-tenths)


def yield_known(document: Document, energy: Energy, metal: str) -> bool:
    """Return whether the document says how many neutrons a beam makes in a metal, as in beams that make none."""
    try:
        return not energy.makes_neutrons or (document.laminates and _yield(document, energy, metal) > 0)
    except OutsideDataError:
        return False


def _concrete_m(document: Document, sheets: Sequence[Sheet]) -> float:
    """Return the concrete of a stack in m at the document's density."""
    density = document.rule("density_concrete")
    return sum(
        MM * each.mm * (each.density_g_per_cm3 or density) / density for each in sheets if each.material == CONCRETE
    )


class Laminate(NamedTuple):
    """Concrete inside, metal, concrete outside in mm; the metal; the largest field m2 and the workload at 1 m."""

    inside_mm: float
    metal_mm: float
    outside_mm: float
    metal: str
    F_max: float
    W: float


class Made(NamedTuple):
    """Neutrons in Sv/week, transmission of the photons times their factor for capture gammas, steps, remarks, files."""

    H_n: float
    photons: float
    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]


def laminate(document: Document, energy: Energy, wall: Laminate) -> Made:
    """Return what is behind a laminated barrier; raises OutsideDataError for metals without a neutron yield.

    Of the two readings of the distance that counts which gives more. Below 10 MV there are no neutrons: refused. The
    yield is that of the energy's row: between rows that of the next higher.
    """
    if not energy.makes_neutrons:
        raise OutsideDataError("therapy_no_neutrons", energy=energy.words)
    wall = wall._replace(metal=SAME.get(wall.metal, wall.metal))
    R = _yield(document, energy, wall.metal)
    concrete = document.layers(Beam(energy, PRIMARY), CONCRETE)
    if concrete is None:
        raise OutsideDataError("therapy_laminate", metal=wall.metal, energy=energy.words, allowed="-")
    told = {
        "D_0": (CGY * wall.W, "cGy/week"), "R": (R, "uSv/(cGy m2)"), "F_max": (wall.F_max, "m2"),
        "t_m": (MM * wall.metal_mm, "m"), "t_1": (MM * wall.inside_mm, "m"), "t_2": (MM * wall.outside_mm, "m"),
        "TVL_x": (MM * concrete.first_mm, "m"), "TVL_n": (MM * document.rule("laminate_tvl_neutron"), "m"),
    }  # fmt: skip
    made = max((evaluate(each, told) for each in (by.laminate_neutrons, by.laminate_neutrons_squared)), key=_value)
    around = [Sheet(CONCRETE, wall.inside_mm), Sheet(wall.metal, wall.metal_mm), Sheet(CONCRETE, wall.outside_mm)]
    sheets = [each for each in around if each.mm]
    through = behind(document, Beam(energy, PRIMARY), sheets)
    return Made(
        H_n=USV * made.value,
        photons=min(1.0, document.rule("laminate_photons") * 10**-through.tenths),
        steps=(cited(made, document.short),),
        warnings=(Notice("warnings.therapy_laminate", {}), *through.notices),
        tables=tuple(dict.fromkeys((*through.tables, *concrete.tables, document.rules))),
    )


def _value(step: Step) -> float:
    return step.value


def _yield(document: Document, energy: Energy, metal: str) -> float:
    rows = [row for row in table(document.rules).rows if row["name"].startswith(YIELD)]
    named = {row["name"].removeprefix(YIELD): float(row["value"]) for row in rows}
    own = sorted((float(name.split("_")[1]), value) for name, value in named.items() if name.split("_")[0] == metal)
    above = [value for MV, value in own if energy.MV is not None and energy.MV <= MV]
    if not above:
        allowed = ", ".join(f"{name.replace('_', ' ')} MV" for name in named) or "-"
        raise OutsideDataError("therapy_laminate", metal=metal, energy=energy.words, allowed=allowed)
    return above[0]
