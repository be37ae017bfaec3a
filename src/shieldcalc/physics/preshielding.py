"""What stands in the primary beam before a barrier: patient support and image receptor (Table 4.6), as layers."""

from functools import cache

from shieldcalc import beams
from shieldcalc.beams import Layer as Sheet
from shieldcalc.model.design import Layer
from shieldcalc.physics.terms import Term
from shieldcalc.physics.values import BIR_PRESHIELDING, PRESHIELDING
from shieldcalc.tables import table

LEAD = "lead"


def passed(term: Term, stack: tuple[Layer, ...]) -> beams.Transmission:
    """Return the transmission of a stack in a term's beam, with what stands in the primary beam (Table 4.6).

    That counts in a material of the barrier which the table has (of several, the one that lets least through), as lead
    where the barrier has another material: so another layer never raises the dose. With no barrier the most holds.
    """
    return beams.log_transmission(term.quality, with_preshielding(term, stack))


def with_preshielding(term: Term, stack: tuple[Layer, ...]) -> tuple[beams.LayerLike, ...]:
    """Return a stack with the reading of what stands before it that ``passed`` tells of."""
    if term.preshielding == "none":
        return stack
    choices: list[tuple[beams.LayerLike, ...]] = [
        (sheet, *stack) for sheet in _in_front(term.preshielding, {each.material for each in stack})
    ]
    if len(choices) == 1:
        return choices[0]
    return (min if stack else max)(choices, key=lambda choice: beams.log_transmission(term.quality, choice)[0])


@cache
def _preshielding(kind: str) -> dict[str, Sheet]:
    rows = table(table_of(kind)).where(kind=kind)
    return {row["material"]: Sheet(row["material"], float(row["thickness_mm"])) for row in rows}


def table_of(kind: str) -> str:
    """Return the table that has a kind of preshielding: those of BIR are named ``bir_...``."""
    return BIR_PRESHIELDING if kind.startswith("bir_") else PRESHIELDING


def _in_front(kind: str, materials: set[str]) -> list[Sheet]:
    """Return the readings of Table 4.6 that a barrier of some materials allows."""
    known = _preshielding(kind)
    if not materials:
        return list(known.values())
    own = [sheet for material, sheet in known.items() if material in materials]
    return own if materials <= known.keys() or LEAD in materials else [*own, known[LEAD]]
