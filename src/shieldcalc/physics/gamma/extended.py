"""Rooms with free bodies and sources that have an extent: every line followed through space by the compiled kernel.

The field is that of ``GammaField``; its lines are told apart by place, not by what they cross. What one place gets of
one source is computed once: over few nodes of the source to compare places, refined to the tolerance for doses told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import dist, log
from typing import TYPE_CHECKING, NamedTuple, Self

from shieldcalc import beams
from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.paths import Rays
from shieldcalc.model.result import PointResult
from shieldcalc.model.scene import Scene
from shieldcalc.model.shapes import Point, Shape
from shieldcalc.photons.broad_beam import is_annihilation
from shieldcalc.photons.dose import H10
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import Layer as Sheet
from shieldcalc.photons.shield import notes, tables
from shieldcalc.photons.source import Emission
from shieldcalc.physics.field import Bare, Received, Seen
from shieldcalc.physics.gamma.closed import Closed
from shieldcalc.physics.gamma.emitter import Emitters
from shieldcalc.physics.gamma.emitters import Through
from shieldcalc.physics.gamma.field import FAINTEST, GammaField, Room
from shieldcalc.physics.gamma.passing import sheet
from shieldcalc.physics.gamma.sealed import ON_ITS_WAY, Behind
from shieldcalc.physics.gamma.solids import all_bodies, as_layers, meets
from shieldcalc.physics.gamma.told import beyond_tables
from shieldcalc.physics.terms import Term
from shieldcalc.tables import table

if TYPE_CHECKING:
    from shieldcalc.physics.point_kernel.among import Among
    from shieldcalc.physics.point_kernel.crossings import Crossings
    from shieldcalc.physics.point_kernel.palette import Palette
    from shieldcalc.physics.point_kernel.received import Received as Got
    from shieldcalc.physics.point_kernel.sampled import Accuracy

LIMITS = "limits.csv"
_ROUGHLY = 4
_ENDS_M = 0.25  # a source that reaches so far from its middle is looked at from its ends too
_KEPT = 200_000  # places of which something is remembered
_MINOR, _SAFELY = (
    0.005,
    1.2,
)  # what gives so little of a dose behind other layers counts so much more than few nodes say
_ROOMS = 4  # with faces elsewhere, of which lines are remembered


class ExtendedRoom(Room):
    """The sources of a room with their shapes, and the bodies that stand in it.

    Lines are followed through space by the point kernel: from sources with a shape, and from point sources that the
    kernel computes. Against what another method computes (patients, SRS 47, 511 keV by TG-108) and sources on their way
    out of a device bodies count for nothing: an upper value.
    """

    def __init__(self, scene: Scene, emitter_of: Emitters) -> None:
        super().__init__(scene, emitter_of)
        self.shapes = {each.id: each.sealed.shape for each in scene.sources if each.sealed and each.sealed.shape}
        self.bodies = all_bodies(scene)
        self.followed = {quality: way for quality, way in self._followed() if way is not None}
        self.nothing = frozenset[Layer]().union(*(w.nothing for w in self.ways.values() if isinstance(w, Through)))
        self.rays = Rays(scene)
        self.coarse: dict[Ask, dict[Xyz, Got]] = defaultdict(dict)
        self.fine: dict[Ask, dict[Xyz, Got]] = defaultdict(dict)
        self._held: dict[Xyz, bool] = {}
        self._boxes = [Closed.of("point_in_body", each.id, each.shape) for each in self.bodies]
        self._boxes += [Closed.of("point_on_source", name, shape) for name, shape in self.shapes.items()]
        self._kinds: list[Crossings] = []
        self._among: dict[Ask, Among] = {}
        self._palettes: dict[tuple[float, ...], Palette] = {}

    def _followed(self) -> Iterator[tuple[Quality, Behind | None]]:
        """Yield each way with the lines that are followed through space, None for one that bodies do not count for."""
        for quality, way in self.ways.items():
            plain = way.way if isinstance(way, Through) else way
            known = isinstance(plain, Behind) and (quality.key in self.shapes or not _other_than_kernel(plain))
            yield quality, plain if known and isinstance(plain, Behind) else None

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
        return [as_layers(self.bodies)]

    def counted(self, stack: Iterable[Layer]) -> tuple[Layer, ...]:
        """Return the layers of a stack whose attenuation of gamma rays is known; the others count for nothing."""
        return tuple(each for each in stack if each not in self.nothing)

    def among(self, ask: "Ask") -> "Among":
        """Return what follows the lines of one way of a source from one place."""
        from shieldcalc.physics.point_kernel.fewer import fewer

        if ask not in self._among:
            way = self.followed[ask.quality]
            shape = self.shapes.get(way.source) or Point(position=ask.start)
            lines = fewer(way.lines) if shape.dimensions else ()
            few = self._by_lines(shape, lines, way.around) if lines else None
            self._among[ask] = self._by_lines(shape, way.lines, way.around, few)
        return self._among[ask]

    def _by_lines(
        self, shape: Shape, lines: Sequence[Emission], around: Sequence[Layer], few: "Among | None" = None
    ) -> "Among":
        from shieldcalc.physics.point_kernel.among import Among
        from shieldcalc.physics.point_kernel.palette import Palette

        energies = tuple(each.energy_MeV for each in lines)
        palette = self._palettes.setdefault(energies, Palette(energies))
        return Among(shape, lines, around, self.bodies, palette, self.nothing, few)

    def kinds(self, rays: Rays | None = None) -> "Crossings":
        """Return the kinds of lines through the room, or through it with faces of barriers elsewhere.

        Those of the last few are kept: behind the same faces the same places are judged by other layers, and in full.
        """
        from shieldcalc.physics.point_kernel.crossings import Crossings

        rays = rays or self.rays
        for known in self._kinds:
            if known.rays.alike(rays):
                return known
        self._kinds = [*self._kinds[:1], *self._kinds[1:][-_ROOMS:], Crossings(rays)]
        return self._kinds[-1]

    def accuracy(self, *, rough: bool = False) -> "Accuracy":
        """Return to what relative error sources are integrated, and with how many lines to one point at most.

        ``rough``: to some times that, to see whether a thickness holds; what is left is a tenth of the error estimated.
        """
        from shieldcalc.physics.point_kernel.sampled import Accuracy

        wanted = self.scene.integration_tolerance
        most = int(next(table(LIMITS).where(name="integration_lines"))["value"])
        tolerance = rule("integration_tolerance") if wanted is None else wanted
        return Accuracy(_ROUGHLY * tolerance if rough else tolerance, most)

    def notices(self, points: Sequence[PointResult]) -> Iterator[Notice]:
        """Yield to what error sources with an extent were integrated, and against which sources no body counts."""
        parts = [part for each in points for part in each.components if part.source in self.shapes]
        errors = [part.integration_error for part in parts if part.integration_error is not None]
        if errors:
            said = {"tolerance": _percent(self.accuracy().tolerance), "error": _percent(max(errors))}
            yield Notice("assumptions.gamma_integrated", said)
        for name in self.emitters if self.bodies else ():
            ways = [quality for quality in self.ways if quality.key == name]
            if not all(quality in self.followed for quality in ways):
                yield Notice("assumptions.bodies_not_counted", {"source": name})
            elif any(part.source == name and in_transit(part.beam) for each in points for part in each.components):
                yield Notice("assumptions.bodies_on_its_way", {"source": name})


class Ask(NamedTuple):
    """The lines of one way of a source from one of its places; ``scaled``: times the distance squared."""

    quality: Quality
    start: Xyz
    scaled: bool


class ExtendedField(GammaField):
    """A field that follows every line from the places of a source through bodies and barriers to a place.

    Codes of transmissions below zero are those of places; the others are those of ``Field``, by layers alone.
    """

    room: ExtendedRoom

    def __init__(self, room: ExtendedRoom, quantity: str, hours_h: float, others: tuple[Seen, ...] = ()) -> None:
        super().__init__(room, quantity, hours_h, others)
        self._in_h10 = quantity == H10
        self.moves = True  # what bodies let through is harder than what passes beside them
        self.ends = [place for start in self.starts for place in _ends(room, start)]
        self._asks: list[Ask] = []
        self._spatial = [(each, self._asked(each.term)) for each in self._parts if self._follows(each.term)]
        self._parts = [each for each in self._parts if not self._follows(each.term)]
        self._ways = [room.followed[ask.quality] for ask in self._asks]
        self._numbers: dict[Xyz, int] = {}
        self._places: list[Xyz] = []
        self.rays, self._got = room.rays, [room.coarse[ask] for ask in self._asks]
        self._kinds: Crossings | None = None
        self._finely = self._surely = self._closely = False
        self.approximate = bool(room.shapes)

    def _follows(self, term: Term) -> bool:
        return term.quality in self.room.followed and not in_transit(term.beam)

    def _asked(self, term: Term) -> list[int]:
        """Return the numbers of what is asked of a term: one for each of its starts."""
        asks = [Ask(term.quality, start, len(term.starts) > 1) for start in term.starts]
        self._asks += [each for each in asks if each not in self._asks]
        return [self._asks.index(each) for each in asks]

    def exact(self, *, surely: bool = False) -> Self:
        """Return the field with every source integrated to the tolerance; behind other layers only if ``surely``."""
        exact = super().exact(surely=surely)
        if self._finely and self._surely == surely:
            return exact
        other = self._copy()
        other.others, other._finely, other._surely, other._kinds = exact.others, True, surely, self._kinds
        if self.rays is self.room.rays:
            other._got = [self.room.fine[ask] for ask in self._asks]
        return other

    def closer(self) -> Self:
        """Return the field by many more nodes of every source, all at the same places."""
        closer = super().closer()
        if not self.approximate or self._closely:
            return closer
        other = self._copy()
        other.others, other._closely, other._kinds = closer.others, True, self._kinds
        return other

    def ahead(self, positions: Sequence[Xyz]) -> None:
        """Follow the lines to many places at once."""
        super().ahead(positions)
        free = [each for each in positions if not self.room.holds(each)]
        if self._surely and self.rays is not self.room.rays and len(self._asks) > 1:
            self._estimate(free)
        for number in range(len(self._asks)):
            self._follow(number, free)

    def _estimate(self, positions: Sequence[Xyz]) -> None:
        """Take what gives little of every dose at a place by few nodes, somewhat more than they say: an upper value."""
        rough = self._copy()
        rough._surely, rough._kinds = False, self._kinds
        rough.ahead(positions)
        for position in positions:
            given = {number: [0.0, 0.0, 0.0] for number in range(len(self._asks))}
            for part, gain, codes in rough._bare(position):
                for number in (divmod(-1 - code, len(self._asks))[1] for code in codes if code < 0):
                    share = gain * rough._share(number, position)
                    amounts = (part.week, part.hour, part.beam_on)
                    given[number] = [a + share * b for a, b in zip(given[number], amounts, strict=True)]
            whole = [sum(column) for column in zip(*given.values(), strict=True)]
            for number, own in given.items():
                if all(a <= _MINOR * b for a, b in zip(own, whole, strict=True)):
                    got = rough._one(number, position)
                    self._got[number][position] = got._replace(kerma=_SAFELY * got.kerma, h10=_SAFELY * got.h10)

    @property
    def prepares(self) -> bool:
        """Return True: lines to many places cost little more than those to one."""
        return True

    def received(self, term: Term, position: Xyz) -> Received:
        """Return how a place sees a source; refuses a place in a body, or in or on a source (OutsideDataError)."""
        refused = self.room.inside(position)
        if refused is not None:
            place = " ".join(f"{x:g}" for x in position)
            raise OutsideDataError(refused[0], point=place, source=refused[1], body=refused[1])
        if not self._follows(term):
            return super().received(term, position)
        asked = self._asked(term)
        number = max(asked, key=lambda each: self._share(each, position))
        got, way, ask = self._one(number, position), self.room.followed[term.quality], self._asks[number]
        d = min(dist(self._asks[each].start, position) for each in asked) if ask.scaled else got.inverse_square**-0.5
        B = self._share(number, position) * (1.0 if ask.scaled else d * d)
        crossed, sheets = self._crossing(way, ask.start, position)
        said = [*notes(sheets, min((each.energy_MeV for each in way.lines), default=1.0))]
        said += beyond_tables(way.source, way.rates._replace(kerma=got.kerma, beyond=got.beyond))
        if not got.reached:
            said.append(Notice("warnings.gamma_integration", {"source": way.source, "error": _percent(got.error)}))
        through = beams.Transmission(log(max(B, FAINTEST)), B, "broder", tables(sheets), tuple(said), {})
        return Received(d, through, crossed, got.error if way.source in self.room.shapes else None)

    def _bare(self, position: Xyz) -> list[Bare]:
        """Return every part with the number of its place; nobody is inside a body."""
        if self.room.holds(position):
            return []
        found = super()._bare(position) if self._parts else []
        number = self._numbers.get(position)
        if number is None:
            number = self._numbers[position] = len(self._places)
            self._places.append(position)
        last = -1 - number * len(self._asks)
        for part, asks in self._spatial:
            gain = part.gain(position)
            if gain:
                if len(asks) > 1:
                    gain /= min([dist(start, position) for start in part.term.starts]) ** 2
                found.append((part, gain, [last - index for index in asks]))
        return found

    def _transmission(self, term: Term, code: int) -> float:
        """Return this field's quantity at a place, for one of it at 1 m with nothing in the way."""
        if code >= 0:
            return super()._transmission(term, code)
        place, number = divmod(-1 - code, len(self._asks))
        return self._share(number, self._places[place])

    def _share(self, number: int, position: Xyz) -> float:
        """Return this field's quantity at a place for one at 1 m with nothing in the way; scaled to 1 m if so asked."""
        ask, way, got = self._asks[number], self._ways[number], self._one(number, position)
        if self._in_h10:
            share = (got.h10 + way.neutrons_h10 * got.inverse_square) / way.rates.h10
        else:
            share = got.kerma / way.rates.kerma
        return share * dist(ask.start, position) ** 2 if ask.scaled else share

    def _one(self, number: int, position: Xyz) -> "Got":
        got = self._got[number].get(position)
        return self._follow(number, [position])[position] if got is None else got

    def _follow(self, number: int, positions: Iterable[Xyz]) -> "Mapping[Xyz, Got]":
        """Return what places get of one that is asked, those asked for with what is known; none lies in anything."""
        if self._kinds is None:
            self._kinds = self.room.kinds(self.rays)
        ask, known = self._asks[number], self._got[number]
        new = [each for each in dict.fromkeys(positions) if each not in known]
        if not new:
            return known
        if len(known) > _KEPT:
            known.clear()
        among = self.room.among(ask)
        if self._finely and not self._surely and self.rays is not self.room.rays:
            found = among.with_others(new, self._kinds, self.room.kinds())
        elif self._finely:
            found = among.refined(new, self._kinds, self.room.accuracy(rough=self.rays is not self.room.rays))
        else:
            found = among.quickly(new, self._kinds, closely=self._closely)
        known.update(zip(new, found, strict=True))
        return known

    def _crossing(self, way: Behind, start: Xyz, position: Xyz) -> tuple[tuple[str, ...], list[Sheet]]:
        """Return what the line from the middle of a source meets: the names, and the materials with their data."""
        bodies = [each for each in self.room.bodies if each.id != way.source and meets(each, start, position)]
        own = [each for each in self.room.bodies if each.id == way.source]
        stacks, names = self.rays.stacks(self.rays.key(start, position))
        layers = (*way.around, *as_layers((*own, *bodies)), *self.room.counted(stacks[0]))
        return (*(each.id for each in bodies), *names[0]), [sheet(each) for each in layers]

    def _copy(self) -> Self:
        other = super()._copy()
        other._got, other._kinds = [{} for _ in self._asks], None
        return other

    def replacing(self, layers: Mapping[str, tuple[Layer, ...]]) -> Self:
        """Return the field with other layers in some barriers."""
        other = super().replacing(layers)
        if self._kinds is None:
            self._kinds = self.room.kinds(self.rays)
        other._kinds = self._kinds.behind(other.rays)
        return other


def in_transit(beam: str) -> bool:
    """Return whether a beam is that of a source on its way out of its device and back."""
    return beam.endswith(ON_ITS_WAY)


def _other_than_kernel(way: Behind) -> bool:
    """Return whether a way counts betas, or passes some material by a published transmission in place of the kernel."""
    return way.betas is not None or (way.published and any(is_annihilation(each.energy_MeV) for each in way.lines))


def _ends(room: ExtendedRoom, start: Xyz) -> Iterator[Xyz]:
    """Yield the ends of a long source along its axes: it is looked at from there too."""
    for shape in room.shapes.values():
        if shape.position == start and shape.dimensions:
            for axis in shape.axes:
                if (reach := shape.extent(axis)) > _ENDS_M:
                    yield from (_beside(start, axis, reach), _beside(start, axis, -reach))


def _beside(start: Xyz, axis: Xyz, way: float) -> Xyz:
    return start[0] + way * axis[0], start[1] + way * axis[1], start[2] + way * axis[2]


def _percent(share: float) -> str:
    return f"{100 * share:.2g}"
