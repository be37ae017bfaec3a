"""The dose field of gamma sources: in air kerma, or in H*(10) of the same lines behind the same layers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from math import dist, log

from shieldcalc import beams
from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice
from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.result import PointResult
from shieldcalc.model.scene import Neighbour, Point, Scene
from shieldcalc.photons.dose import H10, KERMA
from shieldcalc.physics.field import Field, Seen, Strengths
from shieldcalc.physics.gamma.emitter import Emitter, Emitters, Way
from shieldcalc.physics.gamma.passing import Rates
from shieldcalc.physics.gamma.presence import hours
from shieldcalc.physics.gamma.sky import under_open_sky
from shieldcalc.physics.terms import Term
from shieldcalc.physics.therapy.rules import SKYSHINE

FAINTEST = 1e-300


def extended(scene: Scene) -> bool:
    """Return whether bodies stand in a room or a source has an extent: then lines are followed through space."""
    return bool(scene.bodies) or any(each.sealed is not None and each.sealed.shape for each in scene.sources)


class Room:
    """The gamma sources of one room on its day, and what of them passes each stack of layers, computed once."""

    def __init__(self, scene: Scene, emitter_of: Emitters) -> None:
        self.scene = scene
        self.emitters: dict[str, Emitter] = {each.id: emitter_of(each, scene) for each in scene.sources}
        self.ways: dict[Quality, Way] = {
            quality: way for made in self.emitters.values() for quality, way in made.ways.items()
        }
        self._places = [place for each in self.emitters.values() for place in each.places]
        self.through = cache(self._through)

    def _through(self, quality: Quality, stack: tuple[Layer, ...]) -> Rates:
        return self.ways[quality].through(stack)

    def radiation(self, hours_h: float, quantity: str) -> Strengths:
        """Return what gives the terms of a source, with people there for so many hours a week."""
        return lambda source: [self.emitters[source.id].radiation(hours_h, quantity)]

    def field(self, quantity: str, hours_h: float, others: tuple[Seen, ...]) -> "GammaField":
        """Return the field in one quantity, with people there for so many hours a week."""
        return GammaField(self, quantity, hours_h, others)

    def solids(self) -> list[tuple[Layer, ...]]:
        """Return what else than barriers and containers lets through less, as layers without a thickness."""
        return []

    def notices(self, points: Sequence[PointResult]) -> Iterator[Notice]:  # noqa: ARG002
        """Yield what has to be said of the doses at points beyond what stands there."""
        yield from ()

    def holds(self, position: Xyz) -> bool:
        """Return whether no dose is computed at a place, as something that belongs to a source stands there."""
        return any(dist(position, place) <= nearest for place, nearest in self._places)


class GammaField(Field):
    """A field in air kerma (mGy, uGy, uGy/h) or, by ``quantity``, in H*(10) (mSv, uSv, uSv/h)."""

    def __init__(self, room: Room, quantity: str, hours_h: float, others: tuple[Seen, ...] = ()) -> None:
        self.quantity, self.room = quantity, room
        super().__init__(room.scene, room.radiation(hours_h, quantity), others)
        self.together = True  # gamma sources never switch off, whatever an interlock keeps from X-ray equipment
        self.interlocks = ()
        self.moves = len(room.emitters) > 1  # nuclides differ in what holds them back

    def transmission_of(self, term: Term, stack: tuple[Layer, ...]) -> float:
        """Return the share of this field's quantity that passes a stack, of what passes the source's own layers."""
        bare, through = self.room.ways[term.quality].rates, self.room.through(term.quality, stack)
        return through.h10 / bare.h10 if self.quantity == H10 else through.kerma / bare.kerma

    def passed(self, term: Term, stack: tuple[Layer, ...]) -> beams.Transmission:
        """Return the transmission of one stack, with what has to be said of it."""
        B, told = self.transmission_of(term, stack), self.room.ways[term.quality].told(stack)
        return beams.Transmission(log(max(B, FAINTEST)), B, told.rule, told.tables, told.notices, {})

    def left_out(self, point: Point, *, aside: bool) -> Iterator[Notice]:
        """Yield that skyshine over a thin roof is not known, where the sources send enough through it."""
        if aside and not self.scene.open_site and self.once(_under_open_sky):
            yield Notice(SKYSHINE, {"point": point.id})
        yield from super().left_out(point, aside=aside)

    def lead_equivalent(self, term: Term, layers: tuple[Layer, ...]) -> tuple[float | None, str]:  # noqa: ARG002
        """Return none: a lead equivalent of X-rays says nothing of gamma rays."""
        return None, ""


def _under_open_sky(field: GammaField) -> bool:
    return under_open_sky(field.totals, field.scene)


class Fields:
    """All fields of one scene: air kerma and H*(10), for people of working hours and of the whole week.

    Sources of the site's other rooms are emitters by the method of their room; people are there for this room's hours.
    """

    def __init__(self, scene: Scene, emitter_of: Emitters) -> None:
        self.scene = scene
        self.room = _room(scene, emitter_of)
        self.others = [(each, Fields(each.scene, _emitters(each, emitter_of))) for each in scene.others]
        self.of: Callable[[str, bool], GammaField] = cache(self._of)
        self.during: Callable[[str, float], GammaField] = cache(self._during)

    @property
    def emitters(self) -> dict[str, Emitter]:
        """Return the sources of this room by id."""
        return self.room.emitters

    def _of(self, quantity: str, whole: bool) -> GammaField:
        return self.during(quantity, hours(self.scene, whole=whole))

    def _during(self, quantity: str, hours_h: float) -> GammaField:
        others = tuple(Seen(each.room, fields.during(quantity, hours_h), each.move) for each, fields in self.others)
        return self.room.field(quantity, hours_h, others)

    def containers(self) -> Iterator[tuple[str, Xyz, float]]:
        """Yield id, position and the distance in m within which layers of its own stand of every source."""
        yield from ((name, place, nearest) for name, each in self.emitters.items() for place, nearest in each.places)
        for other, fields in self.others:
            yield from ((name, other.move.place(at), nearest) for name, at, nearest in fields.containers())

    def holds(self, position: Xyz) -> bool:
        """Return whether no dose is computed at a place, as something that belongs to a source or a body is there."""
        if self.room.holds(position):
            return True
        return any(fields.holds(other.move.back(position)) for other, fields in self.others)

    @property
    def approximate(self) -> bool:
        """Return whether sources of this room or of the site's others have an extent."""
        return self.of(H10, True).approximate or any(fields.approximate for _, fields in self.others)

    def notices(self, points: Iterable[PointResult]) -> list[Notice]:
        """Return what has to be said of bodies and sources with an extent, in this room and the site's others."""
        points = tuple(points)
        found = [*self.room.notices(points)]
        for _, fields in self.others:
            found += fields.room.notices(points)
        return list({(each.code, repr(each.params)): each for each in found}.values())

    def pair(self, whole: bool) -> tuple[GammaField, GammaField]:
        """Return the fields in air kerma and in H*(10)."""
        return self.of(KERMA, whole), self.of(H10, whole)


def _room(scene: Scene, emitter_of: Emitters) -> Room:
    """Return the room by its layers alone, or with its bodies and extended sources where there are any."""
    if not extended(scene):
        return Room(scene, emitter_of)
    from shieldcalc.physics.gamma.extended import ExtendedRoom

    return ExtendedRoom(scene, emitter_of)


def _emitters(other: Neighbour, own: Emitters) -> Emitters:
    """Return the emitters of another room: by its own method, by default where that is one of X-rays."""
    if not other.method:
        return own
    from shieldcalc.physics.gamma.emitters import emitter
    from shieldcalc.plugins import method

    return method(other.method).emitter_of or emitter


def kept_fields(emitter_of: Emitters) -> Callable[[Scene], Fields]:
    """Return what gives the fields of a scene, the last one kept: they are asked for again for each barrier."""
    kept: list[Fields] = []

    def fields_of(scene: Scene) -> Fields:
        if not kept or kept[0].scene is not scene:
            kept[:] = [Fields(scene, emitter_of)]
        return kept[0]

    return fields_of
