"""What is told of a treatment room beside its doses: its maze as each accelerator sees it, and neutrons."""

from collections.abc import Iterator
from dataclasses import replace

from shieldcalc.model.result import MazeFigure, MazeResult, Requirement, Result
from shieldcalc.model.scene import Scene
from shieldcalc.physics.therapy.document import CONCRETE, LEAD, PRIMARY, STEEL, Document
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.laminate import yield_known
from shieldcalc.physics.therapy.room_field import RoomField


def mazes_of(field: RoomField) -> Iterator[MazeResult]:
    """Yield the maze of the room as each accelerator sees it."""
    for name, machine in field.turning.items():
        lay, maze = machine.stray.lay, field.scene.maze
        if lay is not None and maze is not None:
            figures = (
                MazeFigure(symbol=symbol, value=each.value, unit=each.unit, stated=each.stated, plan=each.plan)
                for symbol, each in lay.figures.items()
            )
            yield MazeResult(
                source=name,
                figures=tuple(figures),
                path=lay.line.corners,
                door_sees_isocentre=lay.sees_isocentre,
                document=maze.document,
            )


def makes_neutrons(scene: Scene) -> bool:
    """Return whether a beam of the room makes neutrons."""
    found = (source.accelerator.energies for source in scene.sources if source.accelerator is not None)
    return any(Energy(MV=each.MV).makes_neutrons for energies in found for each in energies)


def computed_against_neutrons(field: RoomField, document: Document, result: Result, barrier: str) -> tuple[str, ...]:
    """Return the materials of which a thickness can be told: metal where all neutrons behind it are computed.

    Those of the head are of machines that turn; those that a primary beam makes in it, or in what stands beside it,
    where the yield is known.
    """
    of = {source.id: [Energy(MV=each.MV) for each in source.accelerator.energies]
          for source in field.scene.sources if source.accelerator is not None}  # fmt: skip
    if any(energy.makes_neutrons for name in of if name not in field.turning for energy in of[name]):
        return (CONCRETE,)
    edge = field.scene.by_id[barrier].edge
    grown = {barrier, *(each.id for each in field.scene.barriers if edge is not None and each.edge == edge)}
    behind = [part for each in result.points if each.point.barrier in grown for part in each.components]
    aimed = [energy for name in {part.source for part in behind if part.kind == PRIMARY} for energy in of.get(name, [])]
    metals = (each for each in (LEAD, STEEL) if all(yield_known(document, energy, each) for energy in aimed))
    return CONCRETE, *metals


def against_neutrons(found: Requirement) -> Requirement:
    """Return why no thickness of a material will do: where it never does and holds no neutrons back, these."""
    if found.required_mm is None and found.reason == "passes_beside" and found.material != CONCRETE:
        return replace(found, reason="neutrons")
    return found
