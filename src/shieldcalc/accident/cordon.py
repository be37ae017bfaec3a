"""The safety perimeter: by situation, by the dose rate of a stated source, by a survey; the largest governs.

By dose rate: H*(10) of a point source falls with the inverse square of the distance behind the layers that stand
between; the air counts for nothing, so that the radius is never too small. A survey reading counts where it reaches
the rate, and where a point source in the middle would still give the rate: r = d sqrt(rate / 100 uSv/h).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from math import cos, fsum, pi, sin, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from shieldcalc.accident.law import force_of
from shieldcalc.accident.told import say, up
from shieldcalc.errors import Notice, UnknownNameError
from shieldcalc.model.result import Force
from shieldcalc.regulations.rules import Rule, load
from shieldcalc.resources import data_path

if TYPE_CHECKING:
    from shieldcalc.model.design import Xy
    from shieldcalc.photons.neutrons import Bounded
    from shieldcalc.photons.shield import Layer
    from shieldcalc.photons.source import Source

CORDONS_TABLE = "accident/cordons.toml"
ROOMS, BUILDING = "rooms", "building"
CORNERS = 72
INSTRUMENTS = ("VN-24-2012", "IAEA-EPR-FR")
MICRO_PER_MILLI = 1000.0


class Row(NamedTuple):
    """The radius in m that one instrument gives for a situation."""

    instrument: str
    article: str
    radius_m: float
    force: Force


class Situation(NamedTuple):
    """A situation with its radii; ``or_more``: at least that; ``indoors``: what is cordoned off inside a building."""

    name: str
    indoors: str
    or_more: bool
    rows: tuple[Row, ...]

    @property
    def radius_m(self) -> float:
        """Return the largest radius of the instruments."""
        return max(row.radius_m for row in self.rows)


class Reach(NamedTuple):
    """How far two dose rates reach, in m: the survey's 100 uSv/h and the 100 mSv/h that the circular prints.

    ``rate_at_1m`` in uSv/h; behind the layers where ``shielded``.
    """

    shielded: bool
    rate_at_1m: float
    radius_m: float
    as_printed_m: float
    notices: tuple[Notice, ...]
    tables: tuple[str, ...]


class Reading(NamedTuple):
    """A survey reading: distance in m, H*(10) rate in uSv/h, whether it reaches the rate, how far that would reach."""

    distance_m: float
    rate: float
    reaches: bool
    radius_m: float


class Perimeter(NamedTuple):
    """The perimeter: its radius in m (None: nothing gives one), all readings, those at places, the contour round them.

    ``placed``: places in m from the source with their readings; ``contour``: empty where none of them gives one.
    """

    radius_m: float | None
    readings: tuple[Reading, ...]
    placed: "tuple[tuple[Xy, Reading], ...]"
    contour: "tuple[Xy, ...]"


@cache
def data() -> dict[str, Any]:
    """Return the file of perimeters."""
    import tomllib

    with open(data_path(*CORDONS_TABLE.split("/")), "rb") as file:
        return tomllib.load(file)


def situations() -> tuple[str, ...]:
    """Return the names of the situations."""
    return tuple(row["name"] for row in data()["situation"])


def situation(name: str, on: date | None = None) -> Situation:
    """Return one situation with the force of each radius on a day; raise UnknownNameError for another name."""
    found = next((row for row in data()["situation"] if row["name"] == name), None)
    if found is None:
        raise UnknownNameError("situation", name, situations())
    named = [rule for instrument in INSTRUMENTS for rule in load(instrument).rules if _about(rule, name)]
    rows = tuple(
        Row(rule.instrument, rule.article, float(str(rule.value)), force_of(rule.instrument, rule.confidence, on))
        for rule in named
        if rule.quantity == "cordon_radius"
    )
    rooms = any(rule.quantity == "cordon_extent" and isinstance(rule.value, tuple) for rule in named)
    return Situation(name, ROOMS if rooms else BUILDING, found.get("or_more", False), rows)


def _about(rule: Rule, name: str) -> bool:
    """Return whether a rule is about a situation."""
    asked = (each for each in rule.when if not isinstance(each, str) and each.quantity == "incident_situation")
    return any(name in each.value if isinstance(each.value, tuple) else name == each.value for each in asked)


def figure(name: str) -> float:
    """Return the figure of a rule, "VN-24-2012/III.III.1"."""
    instrument, _, rule = name.partition("/")
    return float(str(load(instrument).rule(rule).value))


def survey_rate() -> float:
    """Return the rate in uSv/h from which an area is cordoned off."""
    return figure(data()["survey"]["rule"]) * MICRO_PER_MILLI


def printed_rate() -> float:
    """Return the rate in uSv/h that the circular prints, a misprint that is shown and never used."""
    return figure(data()["survey"]["printed"]) * MICRO_PER_MILLI


def rates_in_words() -> tuple[str, str]:
    """Return the rate of the survey and the one that the circular prints as people write them."""
    return f"{survey_rate():g} uSv/h", f"{printed_rate() / MICRO_PER_MILLI:g} mSv/h"


def printed_rate_notice() -> Notice:
    """Return that the circular misprints the rate of the survey, with both rates."""
    rate, printed = rates_in_words()
    return Notice("warnings.accident.printed_rate", {"rate": rate, "printed": printed})


def reach(source: "Source", bounded: "Bounded | None", layers: "Sequence[Layer]" = ()) -> Reach:
    """Return how far the two rates of a point source reach behind layers, neutrons with nothing in their way included.

    Never less than the layers are thick. Raises OutsideDataError where the point kernel does.
    """
    from shieldcalc.photons.dose import H10
    from shieldcalc.photons.neutrons import h10_rate
    from shieldcalc.photons.point import rates

    thick = fsum(each.thickness_mm for each in layers) / 1000
    at = max(1.0, 2 * thick)
    found = rates(source, at, layers)
    rate = (found.doses[H10] + (h10_rate(bounded, at) if bounded is not None else 0.0)) * at**2
    near, far = (max(sqrt(rate / bound), thick) for bound in (printed_rate(), survey_rate()))
    return Reach(bool(layers), rate, far, near, found.notices, (*found.tables, CORDONS_TABLE))


def together(reaches: "Sequence[Reach]") -> Reach:
    """Return how far several unshielded sources in one place reach: their rates add up, so do the squares of radii."""
    return Reach(
        False,
        fsum(each.rate_at_1m for each in reaches),
        sqrt(fsum(each.radius_m**2 for each in reaches)),
        sqrt(fsum(each.as_printed_m**2 for each in reaches)),
        tuple(notice for each in reaches for notice in each.notices),
        tuple(table for each in reaches for table in each.tables),
    )


def reading(distance_m: float, rate: float) -> Reading:
    """Return what a survey reading says of the perimeter."""
    limit = survey_rate()
    return Reading(distance_m, rate, rate >= limit, max(distance_m * sqrt(rate / limit), 0.0))


def perimeter(
    chosen: Situation | None,
    reaches: Sequence[Reach],
    readings: Sequence[Reading],
    placed: "Sequence[tuple[Xy, Reading]]",
    *,
    indoors: bool,
) -> Perimeter:
    """Return the perimeter of a situation, of how far sources reach, of readings at distances and at places."""
    every = (*readings, *(read for _, read in placed))
    base = governing(chosen, reaches, readings, indoors=indoors)
    radius = governing(chosen, reaches, every, indoors=indoors)
    return Perimeter(radius, every, tuple(placed), contour(base, placed) if placed else ())


def told_reading(read: Reading) -> Notice:
    """Return what a reading says in words."""
    code = "cordon.reading_over" if read.reaches else "cordon.reading_under"
    return say(code, rate=f"{read.rate:g}", distance=f"{read.distance_m:g}", radius=up(read.radius_m))


def governing(
    chosen: Situation | None, reaches: Sequence[Reach], readings: Sequence[Reading], *, indoors: bool
) -> float | None:
    """Return the radius in m of the perimeter outdoors: the largest of all; None where nothing gives one.

    ``reaches`` are that behind the layers, where there are any, and that of the bare source last. A situation is one in
    which the shield may be lost: then the bare source counts.
    Indoors a situation cordons off rooms, or the building with its outdoor radius; what is computed or measured stays.
    A reading of nothing says nothing of the perimeter.
    """
    counted = reaches[:1] if chosen is None else reaches[-1:]
    found = [each.radius_m for each in counted] + [each.radius_m for each in readings if each.rate > 0]
    found += [each.distance_m for each in readings if each.reaches]
    if chosen is not None and not (indoors and chosen.indoors == ROOMS):
        found.append(chosen.radius_m)
    return max(found, default=None)


def distances() -> Mapping[str, float]:
    """Return the distances of advice to the public in m: evacuate, keep_away, shelter."""
    return {name: figure(rule) for name, rule in data()["distances"].items()}


def contour(base_m: float | None, placed: "Sequence[tuple[Xy, Reading]]") -> "tuple[Xy, ...]":
    """Return the contour of the perimeter in metres from the source, counterclockwise; nothing where nothing gives one.

    The least convex line round the perimeter of ``base_m``, and round every reading at a place that reaches the rate,
    out to where a point source in the middle would still give it. Readings alone: round the farthest of them.
    """
    reached = [(place, read) for place, read in placed if read.reaches]
    radius = max((read.radius_m for _, read in placed), default=0.0) if base_m is None else base_m
    if radius == 0:
        return ()
    steps = [2 * pi * k / CORNERS for k in range(CORNERS)]
    outer = radius / cos(pi / CORNERS)
    corners = [(outer * cos(turn), outer * sin(turn)) for turn in steps]
    for (x, y), read in reached:
        stretch = max(read.radius_m / read.distance_m, 1.0)
        corners.append((x * stretch, y * stretch))
    return _hull(corners)


def _hull(places: "Sequence[Xy]") -> "tuple[Xy, ...]":
    """Return the convex hull of places, counterclockwise (monotone chain)."""
    ordered = sorted(set(places))
    return (*_chain(ordered)[:-1], *_chain(ordered[::-1])[:-1])


def _chain(places: "Sequence[Xy]") -> "list[Xy]":
    found: list[Xy] = []
    for x, y in places:
        while len(found) > 1 and _turn(found[-2], found[-1], (x, y)) <= 0:
            found.pop()
        found.append((x, y))
    return found


def _turn(a: "Xy", b: "Xy", c: "Xy") -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
