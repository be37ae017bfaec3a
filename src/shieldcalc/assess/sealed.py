"""Facts of sealed sources: rates around their containers, and where a part of the dose is not computed."""

from collections.abc import Iterator

from shieldcalc.assess.bremsstrahlung import Uncounted, uncounted, uncounted_around
from shieldcalc.assess.fission import around_source, of_fission
from shieldcalc.assess.maze import behind_maze
from shieldcalc.assess.photons_alone import photons_alone, under_skyshine, unverified
from shieldcalc.errors import Notice
from shieldcalc.model.design import Design, Source
from shieldcalc.model.result import ContainerRates, Fact, PointResult, Result
from shieldcalc.model.scene import Scene
from shieldcalc.photons.left_out import left_out
from shieldcalc.photons.neutrons import is_bounded, is_emitter, is_unknown
from shieldcalc.photons.nuclides import is_neutron_source, spelled
from shieldcalc.physics.gamma.betas import bounds_betas
from shieldcalc.physics.gamma.cone import in_cone
from shieldcalc.regulations.evaluate import WHOLE

WELL_LOGGING = "well_logging"


def container_facts(result: Result) -> Iterator[Fact]:
    """Yield the rates around each container and its transport index, those of the time at rest, as far as known."""
    at_rest = {each.source: each for each in result.containers}  # the shield comes after the container
    for each in at_rest.values():
        yield from (fact for fact in _rates(each, result.method) if fact.value is not None)


def _rates(found: ContainerRates, method: str) -> Iterator[Fact]:
    for quantity, value, unit in (
        ("ambient_dose_equivalent_rate_surface", found.surface_uSv_per_h, "uSv/h"),
        ("ambient_dose_equivalent_rate_1m", found.at_1m_uSv_per_h, "uSv/h"),
        ("transport_index", found.transport_index, ""),
    ):
        yield Fact(
            subject=found.source, quantity=quantity, value=value, unit=unit, provenance=found.state, method=method
        )


def sources_not_known(design: Design, scene: Scene) -> Iterator[Fact]:
    """Yield a fact for each source of whose own dose rate a part is not computed, with what it is."""
    for each in design.sources:
        reason = _neutrons([each]) or _left_out([each])
        more = (uncounted_around(each, scene), around_source(each)) if reason is None else ()
        yield from _whole(each.id, reason, _most(*more))


def part_not_known(design: Design, scene: Scene, found: PointResult) -> Iterator[Fact]:
    """Yield at most one fact that a part of the dose at a point is not computed, with what it is."""
    reason = (
        _neutrons(every := [*design.sources, *(source for other in scene.others for source in other.scene.sources)])
        or _left_out(every)
        or _collimated([each for each in design.sources if each.sealed is not None], found)
        or behind_maze(scene, found)
        or photons_alone(scene, found)
        or under_skyshine(found)
        or unverified(found)
    )
    more = (uncounted(design.sources, scene, found), of_fission(design.sources, scene, found)) if reason is None else ()
    yield from _whole(found.point.id, reason, _most(*more))


def _most(*uncounted: Uncounted | None) -> Uncounted | None:
    """Return what may raise a dose most of what is not counted."""
    return max((each for each in uncounted if each is not None), key=lambda each: each.times, default=None)


def _whole(subject: str, reason: Notice | None, more: Uncounted | None) -> Iterator[Fact]:
    """Yield the fact that a part of a dose is not known, or only that the whole is at most so many times what is."""
    said, most = (reason, None) if more is None else (more.reason, more.times)
    if said is not None:
        yield Fact(subject=subject, quantity=WHOLE, value=None, provenance="point_kernel", reason=said, at_most=most)


def _neutrons(sources: list[Source]) -> Notice | None:
    for each in sources:
        if each.sealed is not None and is_unknown(each.sealed.nuclide):
            return Notice("findings.neutron_source", {"source": each.id, "nuclide": each.sealed.nuclide})
        if each.sealed is not None and is_bounded(each.sealed.nuclide):
            return Notice("findings.neutrons_in_layers", {"source": each.id})
        if each.sealed is not None and each.kind == WELL_LOGGING and is_emitter(each.sealed.nuclide):
            return Notice("findings.well_logging_emitter", {"source": each.id, "nuclide": each.sealed.nuclide})
    return None


def _left_out(sources: list[Source]) -> Notice | None:
    """Return what the dose of a source of gamma rays leaves out: late daughters, bremsstrahlung, soft photons."""
    emitting = [(each.id, each.sealed or each.patients, _bounds_betas(each)) for each in sources]
    stated = frozenset(spelled(found.nuclide) for _, found, _ in emitting if found is not None)
    for name, found, counted in emitting:
        if found is not None and not is_neutron_source(found.nuclide):
            missing = left_out(found.nuclide, found.daughters, found.cutoff_MeV, counted, stated)
            if missing is not None:
                return Notice("findings.gamma_left_out", {"source": name, "missing": missing})
    return None


def _bounds_betas(source: Source) -> bool:
    return source.patients is not None or (source.sealed is not None and bounds_betas(source.sealed))


def _collimated(sources: list[Source], found: PointResult) -> Notice | None:
    """Return what is missing outside the cone of a collimator of layers: what the object scatters out of the beam."""
    for source in sources:
        for each in source.sealed.exposures if source.sealed else ():
            collimator = each.collimator
            if collimator is None or not collimator.layers:
                continue
            if not in_cone(each.positions, collimator)(found.point.position):
                return Notice("findings.collimated_scatter", {"source": source.id, "exposure": each.id})
    return None
