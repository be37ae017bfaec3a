"""A whole site: every room with what the other rooms give at its places, shared points, what the files contradict."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from math import dist
from typing import Any

from shieldcalc import __version__, plugins
from shieldcalc.assess import Among, assess, day_of
from shieldcalc.errors import InputError, Notice, Problem
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Beyond, Design, UserPoint
from shieldcalc.model.loader.site_places import walls_reaching_in
from shieldcalc.model.neighbours import holds, seen_as
from shieldcalc.model.scene import Neighbour, Point, Scene
from shieldcalc.model.site import Site, SiteAssessment, SiteRoom

SITE = "@site"
WORST_FIRST = (1, 3, 0)
SAME_PLACE_M = 0.5


def assess_site(
    site: Site,
    regulations: tuple[str, ...] = (),
    methods: tuple[str, ...] = (),
    on: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> SiteAssessment:
    """Return an assessment of every room of a site, each with the doses that the other rooms give at its places.

    Date, instruments and methods are those given here, else the site's, else what all rooms agree on. The exit code is
    the worst of the rooms'. Raises what ``assess`` raises, and InputError where the rooms do not agree.
    """
    _agree(site, regulations, methods, on)
    day = on or (None if site.on is None else site.on.isoformat())
    by_room, given = methods_by_room(site, methods), frozenset(methods or site.methods)
    found = tuple(
        assess(
            room.design,
            regulations or site.instruments,
            by_room[room.id] if given.issuperset(by_room[room.id]) else (),
            day,
            options,
            among_others(site, room, by_room),
        )
        for room in site.rooms
    )
    return SiteAssessment(
        site=site,
        rooms=tuple(_with_remarks(site, room, each) for room, each in zip(site.rooms, found, strict=True)),
        notices=remarks(site, found),
        exit_code=next(code for code in WORST_FIRST if code in {each.exit_code for each in found}),
        on=found[0].on,
        instruments=found[0].instruments,
        version=__version__,
    )


def check_any(
    asked: Design | Site,
    regulations: tuple[str, ...] = (),
    methods: tuple[str, ...] = (),
    on: str | None = None,
) -> Assessment | SiteAssessment:
    """Return what one check finds of a room or of a site."""
    if isinstance(asked, Site):
        return assess_site(asked, regulations, methods, on)
    return assess(asked, regulations, methods, on)


def _agree(site: Site, regulations: tuple[str, ...], methods: tuple[str, ...], on: str | None) -> None:
    """Raise InputError where the rooms' files say different things and neither the site nor the caller decides."""
    by_room = methods_by_room(site, methods)
    said: dict[str, tuple[object, list[Any]]] = {
        "date": (day_of(on) or site.on, [room.design.on for room in site.rooms]),
        "instruments": (regulations or site.instruments, [room.design.instruments for room in site.rooms]),
        "methods": (_can_add(site, by_room), list(by_room.values())),
    }
    first = site.rooms[0]
    problems: list[Problem] = []
    for key, (decided, values) in said.items():
        other = next((index for index, value in enumerate(values) if value != values[0]), 0)
        if other and not decided:
            told = {"one": first.id, "first": _told(values[0])}
            told |= {"other": site.rooms[other].id, "second": _told(values[other])}
            place = f"room.{other + 1}.file"
            problems.append(Problem(site.file, site.lines.get(place), place, f"site.disagree_{key}", told))
    if problems:
        raise InputError(problems)


def _told(value: Any) -> str:
    return ", ".join(value) or "-" if isinstance(value, tuple) else str(value)


def methods_by_room(site: Site, methods: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the methods that each room is computed by.

    Methods given, or named in the site file, hold for the rooms whose kinds of equipment they treat, gamma methods for
    rooms of gamma sources alone; a room that none of them treats keeps its own.
    Where one of them treats no room it is asked of every room, so that its refusal is told.
    """
    given = methods or site.methods
    if any(not any(_treats(name, room) for room in site.rooms) for name in given):
        return dict.fromkeys((room.id for room in site.rooms), given)
    return {room.id: tuple(name for name in given if _treats(name, room)) or room.design.methods for room in site.rooms}


def _treats(name: str, room: SiteRoom) -> bool:
    """Return whether a method may treat a room: of one that is neither of X-rays nor of gamma sources, always."""
    method = plugins.method(name)
    kinds = {source.kind for source in room.design.sources if source.gamma_place is None}
    if method.xray is None and method.emitter_of is None:
        return True
    return method.emitter_of is not None if not kinds else not kinds.isdisjoint(method.valid_for)


def _can_add(site: Site, by_room: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether rooms by different methods add: one method each, of those that know how to add others."""
    found = [tuple(plugins.method(name) for name in by_room[room.id]) for room in site.rooms]
    return all(len(own) == 1 and (own[0].emitter_of or own[0].xray) is not None for own in found)


def among_others(site: Site, room: SiteRoom, by_room: Mapping[str, tuple[str, ...]] | None = None) -> Among:
    """Return the room's scene among the others; alone on its site it is as it is by itself.

    ``by_room`` are the methods of each room: where they differ, the sources of each count by their own.
    """
    others = [each for each in site.rooms if each.id != room.id]
    methods = by_room or methods_by_room(site, ())
    apart = _apart(methods)
    scene = replace(
        scene_of(room.design),
        room=room.id,
        others=tuple(
            Neighbour(
                room=each.id,
                scene=seen_as(_bare(each), each.id),
                move=room.move.of(each.move),
                method=methods[each.id][0] if apart else "",
            )
            for each in others
        ),
        never_together=tuple(frozenset(group.rooms) for group in site.never_together),
    )
    points = tuple(_shared(point, room) for point in site.points)
    return Among(scene, points, (room.design, *(each.design for each in others)))


def _apart(by_room: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether rooms count by methods of their own: different ones, or one that counts equipment by its kind."""
    names = set(by_room.values())
    if len(names) > 1:
        return True
    xrays = [plugins.method(name).xray for own in names for name in own if len(own) == 1]
    return any(xray is not None and xray.of is not None for xray in xrays)


def _bare(room: SiteRoom) -> Scene:
    return replace(scene_of(room.design), room=room.id)


def _shared(point: UserPoint, room: SiteRoom) -> Point:
    place = room.move.back(point.position)
    return Point(id=f"{point.id}{SITE}", position=place, barrier=None, beyond=point.beyond, role="site")


def _with_remarks(site: Site, room: SiteRoom, found: Assessment) -> Assessment:
    """Return a room's assessment with what has to be said of the other rooms in its own report."""
    others = [each.id for each in site.rooms if each.id != room.id]
    if not others:
        return found
    said = [Notice("assumptions.rooms_added", {"rooms": ", ".join(others)}), *_operation(site)]
    return replace(found, notices=_distinct((*found.notices, *said, *_inside(found), *_declared_too(room))))


def _operation(site: Site) -> Iterator[Notice]:
    for group in site.never_together:
        yield Notice("assumptions.rooms_never_together", {"rooms": ", ".join(group.rooms), "because": group.because})
    kept = {room for group in site.never_together for room in group.rooms}
    steady = [room.id for room in site.rooms if room.id in kept and _has_gamma(room)]
    if steady:
        yield Notice("assumptions.gamma_never_off", {"rooms": ", ".join(steady)})
    if len(site.rooms) > 1 and len(kept) < len(site.rooms):
        yield Notice("assumptions.rooms_together", {})


def _has_gamma(room: SiteRoom) -> bool:
    return any(source.gamma_place is not None for source in room.design.sources)


def _inside(found: Assessment) -> Iterator[Notice]:
    """Yield which barriers have their worst places in another room, whose own sources are not added there."""
    for result in found.results:
        for each in result.points:
            for other in found.scene.others if each.point.role == "worst" else ():
                if holds(other.scene, other.move.back(each.point.position)):
                    yield Notice("assumptions.inside_other_room", {"place": each.point.id, "room": other.room})


def _declared_too(room: SiteRoom) -> Iterator[Notice]:
    for name, there in _neighbours(room.design):
        for given in there.other_contributions:
            said = {"room": room.id, "place": name, "origin": given.origin}
            yield Notice("warnings.declared_beside_site", said)


def _neighbours(design: Design) -> Iterator[tuple[str, Beyond]]:
    yield from ((wall.id, wall.beyond) for wall in design.walls)
    yield from ((opening.id, opening.beyond) for opening in design.openings)
    yield from ((slab.id, slab.beyond) for slab in (design.floor, design.ceiling) if slab)
    yield from ((point.id, point.beyond) for point in design.points)


def remarks(site: Site, found: tuple[Assessment, ...]) -> tuple[Notice, ...]:
    """Return what is said of the site as a whole, each once: assumptions, then what its files contradict."""
    return _distinct(_remarks(site, found))


def _remarks(site: Site, found: tuple[Assessment, ...]) -> Iterator[Notice]:
    """Yield what is said of the site as a whole: assumptions, then what its files contradict."""
    yield from site.assumptions
    if len(site.rooms) > 1:
        yield Notice("assumptions.rooms_added_site", {})
    yield from _operation(site)
    for one, other, metres in walls_reaching_in(site.rooms):
        yield Notice("warnings.wall_in_other_room", {"one": one, "other": other, "mm": round(1000 * metres)})
    for room in site.rooms:
        yield from _declared_too(room)
    readings = {room.id: room.design.reading_15_3 for room in site.rooms}
    if len({None if each is None else each.averaging for each in readings.values()}) > 1:
        yield Notice("warnings.readings_differ", {"rooms": ", ".join(readings)})
    yield from _named_alike(site)
    yield from _close_by(site, found)


def _distinct(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple({(notice.code, repr(notice.params)): notice for notice in notices}.values())


def _named_alike(site: Site) -> Iterator[Notice]:
    """Yield the places that two files call by one name and describe differently."""
    places: dict[str, list[tuple[str, str, Beyond]]] = {}
    for room in site.rooms:
        for name, there in _neighbours(room.design):
            places.setdefault(" ".join(there.name.casefold().split()), []).append((room.id, name, there))
    for point in site.points:
        places.setdefault(" ".join(point.beyond.name.casefold().split()), []).append(("", point.id, point.beyond))
    for alike in places.values():
        for one, other in combinations(alike, 2):
            if one[0] != other[0] and _person(one[2]) != _person(other[2]):
                yield Notice("warnings.place_differs", _contradiction(one, other))


def _close_by(site: Site, found: tuple[Assessment, ...]) -> Iterator[Notice]:
    """Yield points of two rooms at one place of the site that their files describe differently."""
    points = [
        (room.id, each.point.id, each.point.beyond, room.move.place(each.point.position))
        for room, assessment in zip(site.rooms, found, strict=True)
        for each in assessment.results[0].points
        if each.point.role != "site"
    ]
    for one, other in combinations(points, 2):
        if one[0] != other[0] and dist(one[3], other[3]) <= SAME_PLACE_M and _person(one[2]) != _person(other[2]):
            yield Notice("warnings.place_differs", _contradiction(one[:3], other[:3]))


def _person(beyond: Beyond) -> tuple[float, str, str]:
    return beyond.occupancy, beyond.designation, beyond.person


def _contradiction(one: tuple[str, str, Beyond], other: tuple[str, str, Beyond]) -> dict[str, object]:
    (room, name, here), (its_room, its_name, there) = one, other
    return {
        "place": here.name,
        "one": "/".join(part for part in (room, name) if part),
        "other": "/".join(part for part in (its_room, its_name) if part),
        "occupancy": here.occupancy,
        "other_occupancy": there.occupancy,
        "designation": here.designation,
        "other_designation": there.designation,
        "person": here.person,
        "other_person": there.person,
    }
