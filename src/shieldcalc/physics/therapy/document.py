"""What a document has to tell of a beam: printed tenth value layers, scatter fractions, constants."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.grid import along, points, upper
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.physics.therapy.rules import rule

if TYPE_CHECKING:
    from shieldcalc.physics.therapy.maze_data import Maze

PRIMARY, LEAKAGE, SCATTER, SECONDARY = "primary", "leakage", "scatter", "secondary"
CONCRETE, LEAD, STEEL = "concrete", "lead", "steel"
AT_DEPTH, MAXIMUM = "at_depth", "maximum"
Row = Mapping[str, str]


class Beam(NamedTuple):
    """An energy, the part of its radiation, and for scatter the angle from the beam in degrees."""

    energy: Energy
    component: str
    angle_deg: float | None = None

    @property
    def angle(self) -> float:
        """Return the angle of scatter; raises OutsideDataError where none is given."""
        if self.angle_deg is None:
            raise OutsideDataError("therapy_angle_missing")
        return self.angle_deg


class Fraction(NamedTuple):
    """A scatter fraction at 1 m for the reference field, with its data files and remarks."""

    a: float
    tables: tuple[str, ...]
    notices: tuple[Notice, ...] = ()


class Document(NamedTuple):
    """One document: name, words, how equations cite it, file of its constants, layers and scatter fractions.

    ``layers(beam, material)`` as printed, None where the document prints none for the material; ``fraction(beam,
    column)``. Both raise OutsideDataError for an energy or an angle that the document has not. ``long_maze``: it has
    a layer of lead for the doors of long mazes; ``second_bend``: a factor for a second bend; ``laminates``: a formula
    for neutrons of metal in a beam.
    """

    name: str
    words: str
    short: str
    rules: str
    layers: Callable[[Beam, str], Layers | None]
    fraction: Callable[[Beam, str], Fraction]
    maze: "Maze | None" = None
    long_maze: bool = False
    second_bend: bool = False
    laminates: bool = False

    def rule(self, name: str) -> float:
        """Return one constant of the document."""
        return rule(self.rules, name)


def cited(step: Step, short: str) -> Step:
    """Return a step with what the document of that name says of its equation, where it says anything."""
    return step._replace(source=_of_document(step.source, short))


@lru_cache(maxsize=256)
def _of_document(source: str, short: str) -> str:
    own = [part for part in source.split("; ") if short in part]
    return "; ".join(own) or source


class Seen(NamedTuple):
    """A value at an energy, and what is to be said where the energy has no row of its own."""

    value: float
    notices: tuple[Notice, ...]


def look_up(rows: Iterable[Row], column: str, beam: Beam, what: str, key: str = "energy") -> Seen:
    """Return a column of rows at the beam's energy: its own row, the upper one of two neighbours between rows.

    Rows with an ``angle`` count at the beam's. Raises OutsideDataError where the table ``what`` does not reach.
    """
    energy = beam.energy
    several, name = list(rows), energy.name
    own = [row for row in several if row[key] == name]
    if own:
        return Seen(_at_angle(own, column, beam), ())
    names = dict.fromkeys(row[key] for row in several)
    found = {name: _at_angle([row for row in several if row[key] == name], column, beam) for name in names}
    known = sorted((float(name), y) for name, y in found.items() if name[0].isdigit())
    at = energy.MV if energy.kV is None else energy.kV
    value = None if at is None else upper(known, at)
    allowed = ", ".join(found)
    if value is None:
        raise OutsideDataError("therapy_outside", energy=energy.words, table=what, allowed=allowed)
    return Seen(value, (Notice("warnings.therapy_between", {"energy": energy.words, "table": what, "rows": allowed}),))


def _at_angle(rows: list[Row], column: str, beam: Beam) -> float:
    """Return a column of the rows of one energy, at the beam's angle where they have several."""
    return along(points(rows, "angle", column), beam.angle) if "angle" in rows[0] else float(rows[0][column])


def check_angle(beam: Beam, low: float, high: float) -> None:
    """Refuse an angle of scatter outside low to high degrees."""
    if not low <= beam.angle <= high:
        raise OutsideDataError("therapy_angle", angle=f"{beam.angle:g}", low=f"{low:g}", high=f"{high:g}")


def at_least(found: Layers, primary: Layers, beam: Beam, least: float) -> Layers:
    """Return scatter's layers below the first angle of their table: never less than those of the primary beam."""
    if beam.angle >= least:
        return found
    said = Notice("warnings.therapy_primary_layers", {"angle": f"{beam.angle:g}", "least": f"{least:g}"})
    return found._replace(
        first_mm=max(found.first_mm, primary.first_mm),
        further_mm=max(found.further_mm, primary.further_mm),
        tables=(*found.tables, *(name for name in primary.tables if name not in found.tables)),
        notices=(*found.notices, said),
    )
