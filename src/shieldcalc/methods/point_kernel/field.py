"""The dose field of sealed sources: in air kerma, or in H*(10) of the same lines behind the same layers."""

from collections.abc import Callable
from functools import cache
from math import log

from shieldcalc import beams
from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.point_kernel.passing import Rates, sheet
from shieldcalc.methods.point_kernel.presence import hours
from shieldcalc.methods.point_kernel.terms import Behind, Emitter, beyond_tables, emitter, radiation_of
from shieldcalc.model.design import Layer, Source
from shieldcalc.model.scene import Scene
from shieldcalc.photons.dose import H10, KERMA
from shieldcalc.photons.shield import merged, notes, tables
from shieldcalc.physics.field import Field, Seen, Strengths
from shieldcalc.physics.terms import Radiation, Term

KINDS = ("source_store", "gauge")
FAINTEST = 1e-300


class Room:
    """The sealed sources of one room on its day, and what of them passes each stack of layers, computed once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.emitters: dict[str, Emitter] = {each.id: self._emitter(each) for each in scene.sources}
        self.behind: dict[Quality, Behind] = {
            quality: behind for made in self.emitters.values() for quality, behind in made.behind.items()
        }
        self.through = cache(self._through)

    def _emitter(self, source: Source) -> Emitter:
        if source.sealed is None:
            raise OutsideDataError("gamma_kind", source=source.id, kind=source.kind, allowed=", ".join(KINDS))
        return emitter(source, source.sealed, self.scene.on)

    def _through(self, quality: Quality, stack: tuple[Layer, ...]) -> Rates:
        return self.behind[quality].through(stack)

    def radiation(self, hours_h: float, quantity: str) -> Strengths:
        """Return what gives the terms of a source, with people there for so many hours a week."""

        def of(source: Source) -> list[Radiation]:
            assert source.sealed is not None, "a room of sealed sources alone"
            return [radiation_of(source, source.sealed, self.emitters[source.id], hours_h, quantity)]

        return of


class GammaField(Field):
    """A field in air kerma (mGy, uGy, uGy/h) or, by ``quantity``, in H*(10) (mSv, uSv, uSv/h)."""

    def __init__(self, room: Room, quantity: str, hours_h: float, others: tuple[Seen, ...] = ()) -> None:
        self.quantity, self.room = quantity, room
        super().__init__(room.scene, room.radiation(hours_h, quantity), others)
        self.together = True  # sealed sources never switch off

    def transmission_of(self, term: Term, stack: tuple[Layer, ...]) -> float:
        """Return the share of this field's quantity that passes a stack, of what passes the source's own layers."""
        bare, through = self.room.behind[term.quality].rates, self.room.through(term.quality, stack)
        return through.h10 / bare.h10 if self.quantity == H10 else through.kerma / bare.kerma

    def passed(self, term: Term, stack: tuple[Layer, ...]) -> beams.Transmission:
        """Return the transmission of one stack, with what has to be said of it."""
        behind = self.room.behind[term.quality]
        B = self.transmission_of(term, stack)
        sheets = merged(sheet(each) for each in (*behind.around, *stack))
        said = (
            *notes(sheets, min(each.energy_MeV for each in behind.lines)),
            *beyond_tables(term.source, self.room.through(term.quality, stack)),
        )
        return beams.Transmission(log(max(B, FAINTEST)), B, "broder", tables(sheets), said, {})

    def lead_equivalent(self, term: Term, layers: tuple[Layer, ...]) -> tuple[float | None, str]:  # noqa: ARG002
        """Return none: a lead equivalent of X-rays says nothing of gamma rays."""
        return None, ""


class Fields:
    """All fields of one scene: air kerma and H*(10), for people of working hours and of the whole week."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.room = Room(scene)
        self.others = [(each, Fields(each.scene)) for each in scene.others]
        self.of: Callable[[str, bool], GammaField] = cache(self._of)

    def _of(self, quantity: str, whole: bool) -> GammaField:
        others = tuple(Seen(each.room, fields.of(quantity, whole), each.move) for each, fields in self.others)
        return GammaField(self.room, quantity, hours(self.scene, whole=whole), others)

    def pair(self, whole: bool) -> tuple[GammaField, GammaField]:
        """Return the fields in air kerma and in H*(10)."""
        return self.of(KERMA, whole), self.of(H10, whole)


_kept: list[Fields] = []


def fields_of(scene: Scene) -> Fields:
    """Return the fields of a scene, the last one kept."""
    if not _kept or _kept[0].scene is not scene:
        _kept[:] = [Fields(scene)]
    return _kept[0]
