"""What is told of a treatment room beside its doses: its maze as each accelerator sees it, and neutrons."""

from collections.abc import Iterator
from dataclasses import replace

from shieldcalc.model.result import MazeFigure, MazeResult, Requirement
from shieldcalc.model.scene import Scene
from shieldcalc.physics.therapy.document import CONCRETE
from shieldcalc.physics.therapy.energy import Energy
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


def against_neutrons(found: Requirement) -> Requirement:
    """Return why no thickness of a material will do: where it never does and holds no neutrons back, these."""
    beside = found.reason in ("passes_beside", "with_neighbours")
    if found.required_mm is None and beside and found.material != CONCRETE:
        return replace(found, reason="neutrons")
    return found
