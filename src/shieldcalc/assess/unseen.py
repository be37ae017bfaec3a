"""Places with people where a method gives no dose: facts that say so, so that nothing there counts as kept."""

from collections.abc import Iterator
from typing import Any

from shieldcalc.assess.kinds import kinds_of
from shieldcalc.builtins import places
from shieldcalc.model.build import console_beyond
from shieldcalc.model.design import Beyond, Design
from shieldcalc.model.result import Fact, Result
from shieldcalc.model.scene import Scene
from shieldcalc.regulations.taxonomy import taxonomy
from shieldcalc.regulations.view import SUBJECT

NOBODY = "nothing"  # the kind of place where nobody can be


def places_without_dose(design: Design, scene: Scene, result: Result) -> Iterator[Fact]:
    """Return the facts of every place that a method says nothing of: who is there, and that no dose is known."""
    kinds = kinds_of(design)
    for name, beyond, key in _unseen(design, scene, result):
        head: dict[str, Any] = {"subject": name, "place": beyond.kind, "person": beyond.person, "equipment": kinds}
        yield Fact(quantity=SUBJECT, value="point", **head)
        yield Fact(subject=name, quantity="place", value=_names(beyond))
        yield Fact(subject=name, quantity="designation", value=beyond.designation)
        yield Fact(subject=name, quantity="occupancy", value=beyond.occupancy)
        for (quantity, averaging), row in taxonomy().doses.items():
            by: dict[str, Any] = {"averaging": averaging, "provenance": key, "method": result.method}
            yield Fact(quantity=quantity, value=None, unit=row.unit, **by, **head)


def _unseen(design: Design, scene: Scene, result: Result) -> Iterator[tuple[str, Beyond, str]]:
    """Yield id, place and what would say more: barriers with people behind them, and the console."""
    seen = {point.point.barrier for point in result.points}
    for barrier in scene.barriers:
        if barrier.beyond is not None and barrier.beyond.kind != NOBODY and barrier.id not in seen:
            yield barrier.id, barrier.beyond, f"{result.method}: {barrier.id}"
    found = {point.point.id for point in result.points}
    for point in design.points:
        if point.id not in found and point.beyond.kind != NOBODY:
            yield point.id, point.beyond, f"{result.method}: {point.id}"
    console = design.console
    outside = console is not None and console.location == "outside"
    known = (point.point.role == "console" or (outside and _operated(point.point.beyond)) for point in result.points)
    if console is not None and not any(known):
        yield "console.place", console_beyond(), "console.position"


def _operated(beyond: Beyond) -> bool:
    return "control_room" in _names(beyond)


def _names(beyond: Beyond) -> tuple[str, ...]:
    return tuple(places().get(beyond.kind, {}).get("places", ()))
