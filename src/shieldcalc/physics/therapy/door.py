"""The layers of a maze door: borated polyethylene against neutrons, lead against photons.

``P`` is shared between neutrons and photons (NCRP 151: half each). Scattered photons and capture gammas each have their
own tenth value layer of lead; the lead is the least that brings their sum to its share.
"""

from math import log10
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.kernels.roots import falling_root
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import neutron_equations as by
from shieldcalc.physics.therapy.document import Document, cited

WEEK = "Sv/week"


class Arriving(NamedTuple):
    """At the door in Sv/week: scattered photons, capture gammas, neutrons; occupancy; length of the maze m."""

    H_tot: float
    H_cg: float
    H_n: float
    T: float = 1.0
    maze_m: float | None = None


class Door(NamedTuple):
    """Lead and borated polyethylene in mm, what is left behind them in Sv/week, steps, remarks, data files."""

    lead_mm: float
    bpe_mm: float
    left: float
    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]


def door(document: Document, at: Arriving, P: float) -> Door:
    """Return the door that keeps ``P`` Sv/week by a document's tenth value layers; no layer where none is needed."""
    try:
        return _door(document, at, P)
    except (OverflowError, ZeroDivisionError) as error:
        raise OutsideDataError("therapy_numbers") from error


def _door(document: Document, at: Arriving, P: float) -> Door:
    goal = document.rule("door_share") * P
    steps = []
    if at.T * at.H_n > goal:
        told = {"TVL": (document.rule("door_bpe_tvl"), "mm"), "H": (at.T * at.H_n, WEEK), "P": (goal, WEEK)}
        steps.append(evaluate(by.door_layer, told, "BPE"))
    bpe = steps[0].value if steps else 0.0
    lead, photons = _lead(document, at, goal)
    neutrons = {"T": (at.T, ""), "H_n": (at.H_n, WEEK), "x": (bpe, "mm"), "TVL": (document.rule("door_bpe_tvl"), "mm")}
    steps += [photons, evaluate(by.behind_polyethylene, neutrons, "BPE")]
    return Door(
        lead_mm=lead,
        bpe_mm=bpe,
        left=steps[-2].value + steps[-1].value,
        steps=tuple(cited(step, document.short) for step in steps),
        warnings=(Notice("warnings.therapy_door", {}),),
        tables=(document.rules,),
    )


def _lead(document: Document, at: Arriving, goal: float) -> tuple[float, Step]:
    """Return the least lead that brings the photons to their share, and the step that shows it."""
    told = {
        "T": (at.T, ""), "H_cg": (at.H_cg, WEEK), "TVL_c": (capture_tvl(document, at.maze_m), "mm"),
        "H_tot": (at.H_tot, WEEK), "TVL_s": (document.rule("door_lead_tvl_scattered"), "mm"),
    }  # fmt: skip
    numbers = {symbol: value for symbol, (value, _) in told.items()}
    total = at.T * (at.H_cg + at.H_tot)
    most = max(numbers["TVL_c"], numbers["TVL_s"]) * max(0.0, log10(total / goal)) if total > 0 else 0.0
    lead = falling_root(lambda x: by.behind_lead(x=x, **numbers) - goal, 0.0, most)
    return lead, evaluate(by.behind_lead, {**told, "x": (lead, "mm")}, "lead")


def capture_tvl(document: Document, maze_m: float | None) -> float:
    """Return the tenth value layer of lead in mm for capture gammas: SRS 47 has a thinner one for long mazes."""
    if document.long_maze and maze_m is not None and maze_m > document.rule("door_lead_long_maze"):
        return document.rule("door_lead_tvl")
    return document.rule("door_lead_tvl_short" if document.long_maze else "door_lead_tvl")
