"""Rooms with free bodies and sources that have an extent: every line followed through space by the compiled kernel.

The field is that of ``GammaField``; its lines are told apart by place, not by what they cross. What one place gets of
one source is computed once: over few nodes of the source to compare places, refined to the tolerance for doses told.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import hypot, log
from typing import TYPE_CHECKING, NamedTuple, Self

from shieldcalc import beams
from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.bodies import NEAR, Body
from shieldcalc.model.design import Layer, Source, Xyz
from shieldcalc.model.overlap import overlap
from shieldcalc.model.paths import Rays
from shieldcalc.model.result import Result
from shieldcalc.model.scene import Scene
from shieldcalc.model.shapes import UPRIGHT, Cylinder, Point, Shape, minus, turned_to
from shieldcalc.photons.dose import H10
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import Layer as Sheet
from shieldcalc.photons.shield import notes, tables
from shieldcalc.physics.field import Bare, Received, Seen
from shieldcalc.physics.gamma.emitter import Emitters
from shieldcalc.physics.gamma.field import FAINTEST, GammaField, Room
from shieldcalc.physics.gamma.passing import sheet
from shieldcalc.physics.gamma.sealed import Behind, beyond_tables
from shieldcalc.physics.terms import Term
from shieldcalc.tables import table

if TYPE_CHECKING:
    from shieldcalc.physics.point_kernel.among import Accuracy, Among
    from shieldcalc.physics.point_kernel.among import Received as Got
    from shieldcalc.physics.point_kernel.crossings import Crossings
    from shieldcalc.physics.point_kernel.palette import Palette

LIMITS = "limits.csv"
_THREAD_M = 1e-6
_ENDS_M = 0.25  # a source that reaches so far from its middle is looked at from its ends too
_KEPT = 200_000  # places whose doses are remembered


class _Box(NamedTuple):
    """A shape in which no dose is computed, the box along the axes that holds it, the refusal and its name."""

    code: str
    name: str
    shape: Shape
    least: Xyz
    most: Xyz

    @classmethod
    def of(cls, code: str, name: str, shape: Shape) -> "_Box":
        x, y, z = shape.position
        a, b, c = (shape.extent(axis) + NEAR for axis in UPRIGHT)
        return cls(code, name, shape, (x - a, y - b, z - c), (x + a, y + b, z + c))

    def holds(self, position: Xyz) -> bool:
        (x, y, z), (x0, y0, z0), (x1, y1, z1) = position, self.least, self.most
        if not (x0 <= x <= x1 and y0 <= y <= y1 and z0 <= z <= z1):
            return False
        return self.shape.distance(position) < (-NEAR if self.shape.dimensions == 3 else NEAR)


class ExtendedRoom(Room):
    """The sources of a room with their shapes, and the bodies that stand in it."""

    def __init__(self, scene: Scene, emitter_of: Emitters) -> None:
        super().__init__(scene, emitter_of)
        self.bodies = all_bodies(scene)
        self.shapes = {each.id: shape_of(each) for each in scene.sources if each.sealed is not None}
        self.rays = Rays(scene)
        self.coarse: dict[tuple[Quality, Xyz], Got] = {}
        self.fine: dict[tuple[Quality, Xyz], Got] = {}
        self._held: dict[Xyz, bool] = {}
        self._boxes = [_Box.of("point_in_body", each.id, each.shape) for each in self.bodies]
        self._boxes += [_Box.of("point_on_source", name, shape) for name, shape in self.shapes.items()]
        self._kinds: Crossings | None = None
        self._among: dict[Quality, Among] = {}
        self._palettes: dict[tuple[float, ...], Palette] = {}
        for quality, way in self.ways.items():
            if not isinstance(way, Behind):
                raise OutsideDataError("gamma_bodies_kind", source=quality.key)

    def field(self, quantity: str, hours_h: float, others: tuple[Seen, ...]) -> GammaField:
        """Return the field in one quantity, with people there for so many hours a week."""
        return ExtendedField(self, quantity, hours_h, others)

    def holds(self, position: Xyz) -> bool:
        """Return whether a place lies in a container, in a body, or in or on a source."""
        found = self._held.get(position)
        if found is None:
            found = super().holds(position) or self.inside(position) is not None
            if len(self._held) < _KEPT:
                self._held[position] = found
        return found

    def inside(self, position: Xyz) -> tuple[str, str] | None:
        """Return what a place lies in: the code of the refusal and the name of the body or source."""
        return next(((each.code, each.name) for each in self._boxes if each.holds(position)), None)

    def solids(self) -> list[tuple[Layer, ...]]:
        """Return the materials of all bodies as layers."""
        return [_as_layers(self.bodies)]

    def among(self, quality: Quality) -> "Among":
        """Return what follows the lines of one way of a source."""
        from shieldcalc.physics.point_kernel.among import Among
        from shieldcalc.physics.point_kernel.palette import Palette

        if quality not in self._among:
            way = self.ways[quality]
            assert isinstance(way, Behind)
            energies = tuple(each.energy_MeV for each in way.lines)
            palette = self._palettes.setdefault(energies, Palette(energies))
            self._among[quality] = Among(self.shapes[quality.key], way.lines, way.around, self.bodies, palette)
        return self._among[quality]

    def kinds(self) -> "Crossings":
        """Return the kinds of lines through the room as it stands."""
        from shieldcalc.physics.point_kernel.crossings import Crossings

        if self._kinds is None:
            self._kinds = Crossings(self.rays)
        return self._kinds

    def accuracy(self) -> "Accuracy":
        """Return to what relative error sources are integrated, and with how many lines to one point at most."""
        from shieldcalc.physics.point_kernel.among import Accuracy

        wanted = self.scene.integration_tolerance
        most = int(next(table(LIMITS).where(name="integration_lines"))["value"])
        return Accuracy(rule("integration_tolerance") if wanted is None else wanted, most)

    def notices(self, found: Result) -> tuple[Notice, ...]:
        """Return to what error the sources of a result were integrated, where one has an extent."""
        errors = [part.integration_error for point in found.points for part in point.components]
        known = [each for each in errors if each is not None]
        if not known:
            return ()
        said = {"tolerance": _percent(self.accuracy().tolerance), "error": _percent(max(known))}
        return (Notice("assumptions.gamma_integrated", said),)


class ExtendedField(GammaField):
    """A field that follows every line from the places of a source through bodies and barriers to a place."""

    room: ExtendedRoom

    def __init__(self, room: ExtendedRoom, quantity: str, hours_h: float, others: tuple[Seen, ...] = ()) -> None:
        super().__init__(room, quantity, hours_h, others)
        self.starts = [place for start in self.starts for place in _seen_from(room, start)]
        self._qualities = list(dict.fromkeys(term.quality for term in self.terms))
        self._numbers: dict[Xyz, int] = {}
        self._places: list[Xyz] = []
        self.rays, self._got = room.rays, room.coarse
        self._kinds: Crossings | None = None
        self._finely = False

    def exact(self) -> "ExtendedField":
        """Return the field with every source integrated to the tolerance."""
        if self._finely:
            return self
        other = self._copy()
        other._finely, other._kinds = True, self._kinds
        if self.rays is self.room.rays:
            other._got = self.room.fine
        return other

    def ahead(self, positions: Sequence[Xyz]) -> None:
        """Follow the lines to many places at once."""
        for quality in self._qualities:
            self._follow(quality, positions)

    def received(self, term: Term, position: Xyz) -> Received:
        """Return how a place sees a source; refuses a place in a body, or in or on a source (OutsideDataError)."""
        refused = self.room.inside(position)
        if refused is not None:
            place = " ".join(f"{x:g}" for x in position)
            raise OutsideDataError(refused[0], point=place, source=refused[1], body=refused[1])
        got, way = self._one(term.quality, position), self.room.ways[term.quality]
        B = self._share(term.quality, got) / got.inverse_square
        crossed, sheets = self._crossing(term, position)
        assert isinstance(way, Behind)
        said = [*notes(sheets, min(each.energy_MeV for each in way.lines))]
        said += beyond_tables(way.source, way.rates._replace(kerma=got.kerma, beyond=got.beyond))
        wide = self.room.shapes[way.source].dimensions > 0
        if not got.reached:
            said.append(Notice("warnings.gamma_integration", {"source": way.source, "error": _percent(got.error)}))
        through = beams.Transmission(log(max(B, FAINTEST)), B, "broder", tables(sheets), tuple(said), {})
        return Received(got.inverse_square**-0.5, through, crossed, got.error if wide else None)

    def _bare(self, position: Xyz) -> list[Bare]:
        """Return every part with the number of its place; nobody is inside a body."""
        if self.room.holds(position):
            return []
        number = self._numbers.get(position)
        if number is None:
            number = self._numbers[position] = len(self._places)
            self._places.append(position)
        first = number * self._lines.qualities
        return [(part, 1.0, [first + part.quality]) for part in self._parts]

    def _transmission(self, term: Term, code: int) -> float:
        """Return this field's quantity at a place, for one of it at 1 m with nothing in the way."""
        position = self._places[code // self._lines.qualities]
        return self._share(term.quality, self._one(term.quality, position))

    def _share(self, quality: Quality, got: "Got") -> float:
        way = self.room.ways[quality]
        assert isinstance(way, Behind)
        if self.quantity == H10:
            return (got.h10 + way.neutrons_h10 * got.inverse_square) / way.rates.h10
        return got.kerma / way.rates.kerma

    def _one(self, quality: Quality, position: Xyz) -> "Got":
        if (quality, position) not in self._got:
            self._follow(quality, [position])
        return self._got[quality, position]

    def _follow(self, quality: Quality, positions: Iterable[Xyz]) -> None:
        from shieldcalc.physics.point_kernel.crossings import Crossings

        if self._kinds is None:
            self._kinds = self.room.kinds() if self.rays is self.room.rays else Crossings(self.rays)
        new = [each for each in dict.fromkeys(positions) if (quality, each) not in self._got]
        new = [each for each in new if not self.room.holds(each)]
        if not new:
            return
        if len(self._got) > _KEPT:
            self._got.clear()
        among = self.room.among(quality)
        if self._finely and self.rays is not self.room.rays:
            found = [among.with_others(each, self._kinds, self.room.kinds()) for each in new]
        elif self._finely:
            found = among.refined(new, self._kinds, self.room.accuracy())
        else:
            found = among.quickly(new, self._kinds)
        self._got.update(((quality, each), got) for each, got in zip(new, found, strict=True))

    def _crossing(self, term: Term, position: Xyz) -> tuple[tuple[str, ...], list[Sheet]]:
        """Return what the line from the middle of a source meets: the names, and the materials with their data."""
        way = self.room.ways[term.quality]
        assert isinstance(way, Behind)
        start = term.starts[0]
        bodies = [each for each in self.room.bodies if each.id != way.source and _meets(each, start, position)]
        own = [each for each in self.room.bodies if each.id == way.source]
        stacks, names = self.rays.stacks(self.rays.key(start, position))
        layers = (*way.around, *_as_layers((*own, *bodies)), *stacks[0])
        return (*(each.id for each in bodies), *names[0]), [sheet(each) for each in layers]

    def _copy(self) -> Self:
        other = super()._copy()
        other._got, other._kinds = {}, None
        return other

    def replacing(self, layers: Mapping[str, tuple[Layer, ...]]) -> Self:
        """Return the field with other layers in some barriers."""
        from shieldcalc.physics.point_kernel.crossings import Crossings

        other = self._copy()
        other.rays = self.rays.replacing(layers)
        if self._kinds is None:
            self._kinds = Crossings(self.rays)
        other._kinds = self._kinds.behind(other.rays)
        return other


def all_bodies(scene: Scene) -> tuple[Body, ...]:
    """Return the bodies of a scene and those that its sources are; sources in the same place are one body."""
    found = [*scene.bodies]
    for source in scene.sources:
        sealed = source.sealed
        if sealed is not None and sealed.shape is not None and sealed.absorber is not None:
            body = Body(
                id=source.id,
                shape=sealed.shape,
                material=sealed.absorber,
                density_g_per_cm3=sealed.absorber_density_g_per_cm3,
            )
            if not any(each.shape == body.shape for each in found):
                found.append(body)
    return tuple(found)


def shape_of(source: Source) -> Shape:
    """Return the shape of a sealed source, a point where it has none."""
    assert source.sealed is not None
    return source.sealed.shape or Point(position=source.sealed.position)


def _as_layers(bodies: Iterable[Body]) -> tuple[Layer, ...]:
    """Return the materials of bodies; the thickness says nothing."""
    return tuple(
        Layer(material=each.material, thickness_mm=1.0, density_g_per_cm3=each.density_g_per_cm3) for each in bodies
    )


def _meets(body: Body, start: Xyz, end: Xyz) -> bool:
    """Return whether a straight line meets a body."""
    way = minus(end, start)
    middle = (start[0] + way[0] / 2, start[1] + way[1] / 2, start[2] + way[2] / 2)
    thread = Cylinder(position=middle, axes=turned_to(way), radius_m=_THREAD_M, height_m=hypot(*way))
    return overlap(thread, body.shape)


def _seen_from(room: ExtendedRoom, start: Xyz) -> list[Xyz]:
    """Return the places from which a source is looked at: its middle and, of a long one, its ends along its axes."""
    found = [start]
    for shape in room.shapes.values():
        if shape.position == start and shape.dimensions:
            for axis in shape.axes:
                reach = shape.extent(axis)
                if reach > _ENDS_M:
                    found += [_beside(start, axis, reach), _beside(start, axis, -reach)]
    return found


def _beside(start: Xyz, axis: Xyz, way: float) -> Xyz:
    return start[0] + way * axis[0], start[1] + way * axis[1], start[2] + way * axis[2]


def _percent(share: float) -> str:
    return f"{100 * share:.2g}"
