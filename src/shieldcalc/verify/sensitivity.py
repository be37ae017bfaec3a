"""Which assumption turns a pass into a fail, and how near it is.

Workload, distance, occupancy and the current of the maximum technique multiply doses, so the facts are judged again;
density, thickness and tube potential change the physics, so the design is computed again.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from typing import Any, NamedTuple

from shieldcalc import plugins
from shieldcalc.assess.facts import room_facts
from shieldcalc.errors import ShieldcalcError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design, Layer, Source
from shieldcalc.model.result import Fact, Finding
from shieldcalc.physics.known import PLACES
from shieldcalc.regulations.drafts import Draft
from shieldcalc.regulations.taxonomy import taxonomy
from shieldcalc.verify.around import Again
from shieldcalc.verify.claimed import refusal
from shieldcalc.verify.model import Flip
from shieldcalc.verify.rises import Raised, raised, scene_after, simple
from shieldcalc.verify.scaled import KEPT, bounded, doses, is_rate, judged_about, named, rejudged, rejudged_with, worse
from shieldcalc.verify.vocabulary import rule

Broken = tuple[Finding, ...]
Change = Callable[[float], Broken]
WITH_OCCUPANCY = ("air_kerma_week_occupied_mGy", "air_kerma_year_mGy", "h10_year_mSv")
NO_REASON = "occupancy"  # told, no reason for any outcome
CHEAP, DEAR = 16, 4  # halvings: of facts, of whole rooms


class Way(NamedTuple):
    """One assumption: its unit, what breaks at a change, how often an interval is halved.

    ``surely``: whether a change certainly breaks something, where that is found more quickly than what.
    """

    name: str
    unit: str
    change: Change
    halvings: int
    surely: Callable[[float], bool] = lambda _: False


def flips(found: Assessment, again: Again, *, whole: bool = True) -> tuple[Flip, ...]:
    """Return, for each assumption, what no longer passes at its usual tolerance, and the least change that does it.

    Without ``whole`` nothing is tried beyond the usual tolerance, and no assumption that no outcome rests on.
    """
    return tuple(_flip(way, *_span(way), whole=whole) for way in _ways(found, again) if whole or way.name != NO_REASON)


def _span(way: Way) -> tuple[float, float]:
    """Return the usual tolerance and the largest change tried, as fractions for what is told in percent."""
    if way.name == NO_REASON:
        return 1.0, 1.0
    part = 0.01 if way.unit == "percent" else 1.0
    return rule(way.name) * part, rule(f"most_{way.name}") * part


def _ways(found: Assessment, again: Again) -> tuple[Way, ...]:
    def judged_again(factor: Callable[[Fact, float], float]) -> Change:
        return lambda change: rejudged(found, lambda fact: factor(fact, change))

    def computed_again(changed: Callable[[Design, float], Design]) -> Change:
        return lambda change: _computed_again(found, changed(found.design, change), again)

    def layered_again(changed: Callable[[Design, float], Design]) -> Change:
        return lambda change: _layered_again(found, changed(found.design, change), again)

    occupancy = {fact.subject: fact.value for fact in found.facts if fact.quantity == "occupancy"}
    return (
        Way("density", "percent", layered_again(_lighter), DEAR),
        Way("thickness", "percent", layered_again(_thinner), DEAR),
        Way("workload", "percent", judged_again(lambda fact, x: 1.0 if is_rate(fact) else 1 + x), CHEAP),
        Way("occupancy", "share", judged_again(lambda fact, x: _occupied(fact, occupancy.get(fact.subject), x)), CHEAP),
        Way("distance", "percent", judged_again(lambda _, x: (1 - x) ** -2), CHEAP),
        Way("kv", "kV", computed_again(_harder), DEAR, lambda x: _surely_broken(found, _harder(found.design, x))),
        Way("technique", "percent", judged_again(lambda fact, x: 1 + x if is_rate(fact) else 1.0), CHEAP),
    )


def _flip(way: Way, change: float, most: float, *, whole: bool) -> Flip:
    own: dict[str, Any] = {"assumption": way.name, "change": change, "unit": way.unit}
    try:
        at_change = way.change(change)
        if not at_change and not whole:
            return Flip(most=change, **own)
        beyond, own["most"] = (at_change, most) if at_change else _further(way, change, most)
        if not beyond:
            return Flip(**own)
        high, beyond = _least(way, beyond, *((0.0, change) if at_change else (change, most)), whole=whole)
    except ShieldcalcError as refused:
        return Flip(refused=refusal(refused), **{"most": most, **own})
    first = beyond[0]
    places = tuple(dict.fromkeys(each.subject for each in at_change))
    return Flip(flips=places, least=high, subject=first.subject, rule=first.rule, **own)


def _least(way: Way, beyond: Broken, low: float, high: float, *, whole: bool) -> tuple[float, Broken]:
    """Return the least change that breaks something, by halves, and what it breaks; ``beyond`` is broken at ``high``.

    Of dear ones the smallest step is tried first: what depends on whether a bound is passed at all breaks there.
    Without ``whole`` what is broken at the least change may be told as that at a larger one.
    """
    steps = list(accumulate(range(way.halvings), lambda step, _: (low + step) / 2, initial=high))
    if not whole and way.surely(steps[-1]):
        return steps[-1], beyond
    if way.halvings == DEAR and (broken := way.change(steps[-1])):
        return steps[-1], broken
    for _ in range(way.halvings):
        middle = (low + high) / 2
        broken = () if way.halvings == DEAR and middle == steps[-1] else way.change(middle)
        low, high, beyond = (low, middle, broken) if broken else (middle, high, beyond)
    return high, beyond


def _further(way: Way, change: float, most: float) -> tuple[Broken, float]:
    """Return what breaks at the largest change that the method still computes, and that change."""
    step = most - change
    for tried in (most, most - step / 3, most - step / 2):
        if tried <= change:
            break
        try:
            return way.change(tried), tried
        except ShieldcalcError:
            continue
    return (), change


def _layered_again(found: Assessment, changed: Design, again: Again) -> Broken:
    """Return what no longer passes with other layers: nothing where no dose comes to its bound."""
    there = raised(found, changed)
    if there is not None and there.kept:
        return ()
    return worse(found.findings, _judged(found, changed, again, there))


def _computed_again(found: Assessment, changed: Design, again: Again) -> Broken:
    """Return what no longer passes in other beams: where no dose comes to its bound, other facts decide alone."""
    if changed == found.design:
        return ()
    there = raised(found, changed)
    by_others = None if there is None or not there.kept else _by_other_facts(found, changed, there)
    return worse(found.findings, _judged(found, changed, again, there)) if by_others is None else by_others


def _by_other_facts(found: Assessment, changed: Design, there: Raised) -> Broken | None:
    """Return what no longer passes by the facts that no method computes; None where doses below their bounds count.

    They do not where every rule on a dose is kept with each as high as it may be, for rules bound them from above, or
    where the same is found with none.
    """
    others = tuple(room_facts(changed, there.scene))
    judged = rejudged_with(found, others, max(there.most.values(), default=1.0))
    broken = worse(found.findings, judged)
    if not broken or all(each.outcome in KEPT for each in judged if each.quantity in doses()):
        return broken
    without = worse(found.findings, rejudged_with(found, others, 0.0))
    return broken if list(map(named, broken)) == list(map(named, without)) else None


def _surely_broken(found: Assessment, changed: Design) -> bool:
    """Return whether the facts that no method computes break something, whatever the doses: with none of them."""
    if not simple(found) or not bounded(found) or changed == found.design:
        return False
    others = room_facts(changed, scene_after(found, changed))
    return bool(worse(found.findings, rejudged_with(found, others, 0.0)))


def _judged(found: Assessment, changed: Design, again: Again, there: Raised | None) -> tuple[Draft, ...]:
    """Return what is found in a changed design by the rules that the change may touch."""
    methods = tuple(result.method for result in found.results)
    facts = again.facts(changed, methods, found.on, {} if there is None else {PLACES: there.places})
    return judged_about(found, facts, frozenset(facts) ^ frozenset(found.facts))


def _occupied(fact: Fact, occupancy: object, change: float) -> float:
    """Return how much more a dose with occupancy is when T goes that far of the way to 1."""
    row = taxonomy().quantities.get((fact.quantity, fact.averaging))
    counted = fact.averaging == "per_week" or (row is not None and row.dose in WITH_OCCUPANCY)
    if not counted or not isinstance(occupancy, float) or occupancy <= 0:
        return 1.0
    return (occupancy + (1 - occupancy) * change) / occupancy


def _layered(design: Design, changed: Callable[[Layer], Layer]) -> Design:
    """Return the design with every layer of every barrier, and of what stands around sealed sources, changed."""

    def each(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(replace(row, layers=tuple(map(changed, row.layers))) for row in rows)  # type: ignore[type-var, attr-defined]

    slabs = {
        name: None if (slab := getattr(design, name)) is None else each((slab,))[0] for name in ("floor", "ceiling")
    }
    rows = {name: each(getattr(design, name)) for name in ("walls", "openings", "screens")}
    sources = tuple(_contained(source, changed) for source in design.sources)
    return replace(design, sources=sources, **rows, **slabs)  # type: ignore[arg-type]


def _contained(source: Source, changed: Callable[[Layer], Layer]) -> Source:
    held = source.sealed
    if held is None:
        return source
    container, shield = (tuple(map(changed, layers)) for layers in (held.container, held.shield))
    return replace(source, sealed=replace(held, container=container, shield=shield))


def _lighter(design: Design, change: float) -> Design:
    """Return the design with everything that counts by its mass lighter by a share: with gamma sources every body."""
    known = plugins.catalog().materials
    gamma = all(source.gamma_place is not None for source in design.sources)

    def usual(name: str) -> float | None:
        material = known.get(name)
        if material is not None and material.scaled:
            return material.density_g_per_cm3
        return _gamma_density(name) if gamma else None

    def lighter(layer: Layer) -> Layer:
        by_mass = gamma or ((material := known.get(layer.material)) is not None and material.scaled)
        density = (layer.density_g_per_cm3 or usual(layer.material)) if by_mass else None
        return layer if density is None else replace(layer, density_g_per_cm3=density * (1 - change))

    bodies = tuple(
        replace(body, density_g_per_cm3=density * (1 - change)) if density else body
        for body in design.bodies
        for density in [body.density_g_per_cm3 or _gamma_density(body.material)]
    )
    return replace(_layered(design, lighter), bodies=bodies)


def _gamma_density(name: str) -> float | None:
    """Return the density that a material of the gamma data has where none is declared; None where there is none."""
    from shieldcalc.photons.materials import material

    try:
        return material(name).density(None)
    except ShieldcalcError:
        return None


def _thinner(design: Design, change: float) -> Design:
    def thinner(layer: Layer) -> Layer:
        lead = layer.lead_equivalent_mm
        less = None if lead is None else lead * (1 - change)
        return replace(layer, thickness_mm=layer.thickness_mm * (1 - change), lead_equivalent_mm=less)

    return _layered(design, thinner)


def _harder(design: Design, change: float) -> Design:
    """Return the design with every declared tube potential higher; workload distributions have none to change."""
    return replace(design, sources=tuple(_at_higher_kv(source, change) for source in design.sources))


def _at_higher_kv(source: Source, change: float) -> Source:
    technique, kv = source.max_technique, source.ct_kv
    protocols = (replace(each, kv=None if each.kv is None else each.kv + change) for each in source.protocols)
    return replace(
        source,
        max_technique=None if technique is None else replace(technique, kv=technique.kv + change),
        ct_kv=None if kv is None else kv + change,
        kap=None if source.kap is None else replace(source.kap, kv=source.kap.kv + change),
        protocols=tuple(protocols),
    )
