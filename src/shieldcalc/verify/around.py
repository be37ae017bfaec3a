"""How a design of a submission is computed: by itself, or with what the other rooms of its site give at its places."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from os.path import join, relpath
from typing import Any, NamedTuple

from shieldcalc import plugins
from shieldcalc.assess import Among, assess, computed
from shieldcalc.assess.barriers import Wanted
from shieldcalc.assess.site import among_others, methods_by_room
from shieldcalc.assess.site import remarks as remarks_of
from shieldcalc.errors import InputError, Notice
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design
from shieldcalc.model.loader import load_any
from shieldcalc.model.result import Fact
from shieldcalc.model.site import Site, SiteRoom
from shieldcalc.verify.refusal import SubmissionError
from shieldcalc.verify.workplace import Workplace


class Asked(NamedTuple):
    """What is asked of a design, as of ``assess``; empty where the design says it itself."""

    regulations: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    on: str | None = None
    building: bool = True
    wanted: Wanted | None = None


class Again(NamedTuple):
    """One design of a submission, which may be changed, computed again where it stands.

    ``facts`` of a changed design by some methods on a day, with options of the methods.
    """

    assess: Callable[[Design, Asked], Assessment]
    facts: Callable[[Design, tuple[str, ...], str, Mapping[str, Any]], tuple[Fact, ...]]


class Rooms:
    """The site of a submission, where it has one, and its rooms by the names of their files."""

    def __init__(self, file: str, place: Workplace, designs: Mapping[str, Design]) -> None:
        """Read the site file in ``place``; raise SubmissionError where it names a room that is no design of it."""
        self.site: Site | None = None
        self.rooms: dict[str, SiteRoom] = {}
        if not file:
            return
        top = place.path()
        self.site = _site(file, top)
        for room in self.site.rooms:
            name = relpath(room.design.file, top).replace("\\", "/")
            if name not in designs:
                raise SubmissionError("submission.site_room", name=file, room=name)
            self.rooms[name] = replace(room, design=designs[name])
        self.site = replace(self.site, rooms=tuple(self.rooms.values()), file=file)

    def assess(self, name: str, design: Design, asked: Asked) -> Assessment:
        """Return one design judged; what the site says stands in the place of what its rooms' files say."""
        room, site, among = self.rooms.get(name), self.site, None
        regulations, methods, day = asked.regulations, asked.methods, asked.on
        if room is not None and site is not None:
            among = self._among(name, design, methods)
            day = day or (None if site.on is None else site.on.isoformat())
            regulations, methods = regulations or site.instruments, methods_by_room(site, methods)[room.id]
        return assess(design, regulations, methods, day, None, among, building=asked.building, wanted=asked.wanted)

    def _facts(
        self, name: str, design: Design, methods: tuple[str, ...], on: str, options: Mapping[str, Any]
    ) -> tuple[Fact, ...]:
        among = self._among(name, design, methods) if name in self.rooms else None
        return computed(design, methods, date.fromisoformat(on), options, among).facts

    def _among(self, name: str, design: Design, methods: tuple[str, ...]) -> Among | None:
        rooms = {key: replace(each, design=design) if key == name else each for key, each in self.rooms.items()}
        if self.site is None:
            return None
        site = replace(self.site, rooms=tuple(rooms.values()))
        return among_others(site, rooms[name], methods_by_room(site, methods))

    def again(self, name: str) -> Again:
        """Return how one design is computed again."""
        return Again(partial(self.assess, name), partial(self._facts, name))

    def remarks(self, found: Mapping[str, Assessment]) -> Iterator[Notice]:
        """Yield what the files of the site contradict."""
        if self.site is not None:
            told = remarks_of(self.site, tuple(found[name] for name in self.rooms))
            yield from (each for each in told if each.code.startswith("warnings."))


def _site(file: str, top: str) -> Site:
    try:
        found = load_any(join(top, *file.split("/")), plugins.catalog())
    except InputError as refused:
        told = [each._replace(file=relpath(each.file, top).replace("\\", "/")) for each in refused.problems]
        raise InputError(told) from refused
    if not isinstance(found, Site):
        raise SubmissionError("submission.no_site", name=file)
    return found
