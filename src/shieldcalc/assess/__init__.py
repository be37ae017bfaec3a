"""Design -> Scene -> Result -> Facts -> Findings: what ``check``, ``verify`` and the Python API share."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from shieldcalc import __version__, plugins
from shieldcalc.assess.barriers import Wanted, as_computed, barrier_verdicts
from shieldcalc.assess.boundaries import reaches_of
from shieldcalc.assess.compare import comparisons, differences
from shieldcalc.assess.facts import facts_of, not_assessed
from shieldcalc.assess.kinds import kinds_of
from shieldcalc.assess.located import located
from shieldcalc.assess.missing import explained
from shieldcalc.assess.outcome import exit_code
from shieldcalc.assess.zones import zones_of
from shieldcalc.errors import InputError, Notice, OutsideDataError, ShieldcalcError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.build import fixed_points, scene_of
from shieldcalc.model.design import Design
from shieldcalc.model.result import Fact, Finding, Method, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.regulations import judge, status
from shieldcalc.regulations.articles import not_computed
from shieldcalc.regulations.taxonomy import is_a, taxonomy

UNDETERMINED = 3
LEAD_ROW = "findings.lead_row_not_verified"


class AssessError(ShieldcalcError):
    """A question that cannot be put: no instrument, a date that is none, a method that adds no rooms."""


class Among(NamedTuple):
    """A room's scene, the points that its site adds in the room's frame, the designs of this room and the others."""

    scene: Scene
    points: tuple[Point, ...]
    designs: tuple[Design, ...]


def assess(
    design: Design,
    regulations: tuple[str, ...] = (),
    methods: tuple[str, ...] = (),
    on: str | None = None,
    options: Mapping[str, Any] | None = None,
    among: Among | None = None,
    *,
    building: bool = True,
    wanted: Wanted | None = None,
) -> Assessment:
    """Return everything that one check finds of a design.

    ``regulations`` and ``methods`` replace those of the file when given; ``on`` (ISO date) replaces its date. Names
    given here or in the file are asked for by name, which decides how far a rule of a secondary source weighs.
    ``among`` holds what a site adds: the scene with its other rooms, shared points, all designs for naming a refusal.
    Without ``building`` no verdict of a barrier and no thickness that it would need is worked out: most of the time.
    Where ``wanted`` is given, no thickness but of the materials that it names for a barrier.

    Raises AssessError, UnknownNameError, what the rules refuse, and InputError with the place in the file for what a
    method refuses.
    """
    day = day_of(on) or design.on
    names, lost = _named(regulations or design.instruments)
    instruments = tuple(plugins.instrument(name) for name in names)
    scene, chosen, results, facts = computed(design, methods, day, options or {}, among)
    findings = as_computed(judge(facts, instruments, on=day, asked_by_name=frozenset(names)), results)
    judged = zip(chosen, results, strict=True) if building else ()
    verdicts = tuple(
        each for method, result in judged for each in barrier_verdicts(scene, method, result, findings, wanted)
    )
    notices = _notices(design, scene, results, findings, named=bool(methods), lost=lost)
    return Assessment(
        design=design,
        scene=scene,
        on=day.isoformat(),
        instruments=names,
        asked_by_name=names,
        results=results,
        facts=facts,
        findings=findings,
        barriers=verdicts,
        notices=(*notices, *_not_computed(design, names)),
        exit_code=exit_code(findings, facts, frozenset(names)) or (UNDETERMINED if lost else 0),
        version=__version__,
        plugins=plugins.loaded(),
        tables=_provenance(results),
        instrument_status=status(instruments, day),
        comparisons=comparisons(results),
        zones=zones_of(results, findings, facts),
        reaches=reaches_of(design, results, findings),
    )


class Computed(NamedTuple):
    """What is computed of a room before any rule is read."""

    scene: Scene
    methods: tuple[Method, ...]
    results: tuple[Result, ...]
    facts: tuple[Fact, ...]


def computed(
    design: Design, methods: tuple[str, ...], day: date, options: Mapping[str, Any], among: Among | None = None
) -> Computed:
    """Return the results and facts of a design on a day, as ``assess`` judges them; raise what methods refuse."""
    among = among or Among(scene_of(design), (), (design,))
    scene = _on(among.scene, day)
    among = among._replace(scene=scene)
    chosen = tuple(plugins.method(name) for name in _unique(methods or design.methods))
    compute = _compute if len(chosen) == 1 else _of_several
    results = tuple(compute(method, design, among, options) for method in chosen)
    facts = dict.fromkeys(fact for result in results for fact in explained(facts_of(design, scene, result), result))
    return Computed(scene, chosen, results, tuple(facts))


def _named(asked: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """Return the instruments to judge by, each once, and why others that are asked for cannot be judged by."""
    if not asked:
        raise AssessError("no_instrument")
    lost = {name: said for name in asked if (said := plugins.lost_instrument(name)) is not None}
    return tuple(name for name in _unique(asked) if name not in lost), tuple(lost.values())


def _on(scene: Scene, day: date) -> Scene:
    """Return the scene and those of its site's other rooms on the day of evaluation; the same one where it is that."""
    if scene.on == day:
        return scene
    others = tuple(replace(each, scene=_on(each.scene, day)) for each in scene.others)
    return replace(scene, on=day, others=others)


def _compute(method: Method, design: Design, among: Among, options: Mapping[str, Any]) -> Result:
    if among.scene.others and not method.adds_rooms:
        raise AssessError("method_without_rooms", method=method.name)
    told = {"plugins": design.plugins, **options}
    why = next((each for room in among.designs for each in room.lost), None)
    method = method if why is None else plugins.without(method, why)
    try:
        return method.compute(among.scene, (*fixed_points(design, among.scene), *among.points), told)
    except OutsideDataError as refused:
        raise located(among.designs, among.scene.room, refused) from refused


def _of_several(method: Method, design: Design, among: Among, options: Mapping[str, Any]) -> Result:
    """Return one method's result of several; a refusal names the method.

    None is left out in silence: a verdict by those that remain would not say that another had been asked for.
    """
    try:
        return _compute(method, design, among, options)
    except InputError as refused:
        raise InputError(problem._replace(method=method.name) for problem in refused.problems) from refused


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def day_of(text: str | None) -> date | None:
    """Return the day written as 2025-06-30, None for None; raise AssessError for what is no date."""
    try:
        day = None if text is None else date.fromisoformat(text)
    except ValueError:
        day = None
    if text is not None and (day is None or day.isoformat() != text):
        raise AssessError("date", value=text)
    return day


def _notices(
    design: Design,
    scene: Scene,
    results: tuple[Result, ...],
    findings: tuple[Finding, ...],
    *,
    named: bool,
    lost: tuple[Notice, ...],
) -> tuple[Notice, ...]:
    """Return every assumption and warning once, in the order of its first use; ``named``: the caller gave methods.

    ``lost``: the instruments that could not be judged by.
    """
    assumed = (notice for notice in design.assumptions if not (named and notice.code == "assumptions.method"))
    of_plugins = (*plugins.troubles(), *plugins.remarks())
    found: list[Notice] = [*assumed, *not_assessed(design, scene), *of_plugins, *lost, *differences(results)]
    for result in results:
        found.extend(result.notices)
        for point in result.points:
            found.extend(point.notices)
    found.extend(_lead_rows(findings))
    return tuple({(notice.code, repr(notice.params)): notice for notice in found}.values())


def _lead_rows(findings: tuple[Finding, ...]) -> tuple[Notice, ...]:
    """Return which rules on lead equivalents this room was judged by that no copy shows, whatever they found."""
    judged = [finding for finding in findings if finding.outcome != "not_applicable"]
    names = dict.fromkeys(each.rule for each in judged if any(note.code == LEAD_ROW for note in each.notices))
    return (Notice("warnings.lead_rows_not_verified", {"rules": ", ".join(names)}),) if names else ()


def _not_computed(design: Design, names: tuple[str, ...]) -> Iterator[Notice]:
    """Yield what an instrument asks of such rooms that nothing here computes: no verdict holds it."""
    kinds = kinds_of(design)
    for row in not_computed():
        binds = any(is_a(taxonomy().equipment, kind, row.equipment) for kind in kinds) if row.equipment else False
        if row.instrument in names and binds:
            yield Notice(
                "warnings.articles_not_computed", {"instrument": row.instrument, "articles": ", ".join(row.articles)}
            )


def _provenance(results: tuple[Result, ...]) -> tuple[Mapping[str, str], ...]:
    from shieldcalc.tables import provenance

    return tuple(provenance(name) for name in dict.fromkeys(name for result in results for name in result.tables))
