"""Methods and reports on shipped rooms: a room is changed a little, and the doses must follow the right way."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from os.path import isfile
from typing import Any

from shieldcalc.contract.found import PASS, SKIP, Verdict, failed, raised
from shieldcalc.contract.subject import Subject
from shieldcalc.errors import Notice, ShieldcalcError
from shieldcalc.model.catalog import ReportKind
from shieldcalc.model.design import Design, Layer, Source
from shieldcalc.model.result import Method, Result
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.plugin_raised import reason_of, stops
from shieldcalc.resources import data_path

THICKER, MORE, ROUNDING = 1.25, 2.0, 1e-6
TRIED = "tried."
LANGUAGES = ("en", "vi", "zh")
ROOMS = ("radiography", "ct", "chest", "source_store", "nm_imaging", "hdr_brachytherapy")


def methods(subject: Subject, name: str, thing: Method) -> Iterator[Verdict]:
    """Try that a method gives possible doses in a room that it is valid for, and that they follow what is changed."""
    from shieldcalc.plugin_result import wrong_result

    refusal: str | Notice = ""
    for kind in dict.fromkeys((*thing.valid_for, *ROOMS)):
        if not isfile(data_path("templates", f"{kind}.toml")):
            continue
        design = _room(subject, kind)
        try:
            found = _computed(thing, design, _scene(design))
        except ShieldcalcError as error:
            refusal = reason_of(error)
            continue
        except BaseException as error:  # a stranger's code may raise anything
            if stops(error):
                raise
            yield raised("doses", name, error)
            return
        wrong = wrong_result(name, found)
        yield failed("doses", name, room=kind, reason=wrong) if wrong else Verdict("doses", name, PASS)
        if not wrong:
            yield from _perturbed(thing, design, found)
        return
    yield Verdict("doses", name, SKIP, Notice("warnings.contract_refused", {"thing": name, "reason": refusal}))


def _perturbed(method: Method, design: Design, found: Result) -> Iterator[Verdict]:
    """Yield whether thicker barriers never raise a dose at fixed places and more work never lowers one.

    The places are those of the first answer, given as the user's own: what a search finds may move.
    """
    scene = _scene(design)
    fixed = tuple(replace(at.point, id=f"{TRIED}{at.point.id}", role="user") for at in found.points)
    busier = replace(scene, sources=tuple(map(_busier, scene.sources)))
    try:
        before, thicker, more = (
            _weeks(_computed(method, design, each, fixed)) for each in (scene, _thicker(scene), busier)
        )
    except BaseException as error:  # a stranger's code may raise anything
        if stops(error):
            raise
        yield raised("monotone", method.name, error)
        return
    rose = [place for place, dose in thicker.items() if dose > before.get(place, dose) * (1 + ROUNDING)]
    fell = [place for place, dose in more.items() if dose < before.get(place, dose) * (1 - ROUNDING)]
    for places, change in ((rose, "layers * 1.25"), (fell, "workload * 2")):
        if places:
            yield failed("monotone", method.name, change=change, places=", ".join(places))
    if not (rose or fell):
        yield Verdict("monotone", method.name, PASS)


def reports(subject: Subject, name: str, thing: ReportKind) -> Iterator[Verdict]:
    """Try that a report is bytes, the same each time, and comes in every language."""
    from shieldcalc.assess import assess

    found = assess(_room(subject, ROOMS[0]))
    for language in LANGUAGES:
        try:
            first, second = thing.write(found, language), thing.write(found, language)
        except BaseException as error:  # a stranger's code may raise anything
            if stops(error):
                raise
            yield raised("report", name, error)
            return
        if not (isinstance(first, bytes) and first and first == second):
            yield failed("report", name, language=language)
            return
    yield Verdict("report", name, PASS)


def _room(subject: Subject, kind: str) -> Design:
    """Return the room that ``shieldcalc new`` writes for a kind."""
    from shieldcalc import plugins
    from shieldcalc.model.loader import load

    catalog = replace(plugins.catalog(), plugins=None)
    return load(data_path("templates", f"{kind}.toml"), replace(catalog, materials=_materials(subject, catalog)))


def _materials(subject: Subject, catalog: Any) -> Mapping[str, Any]:
    return {**catalog.materials, **subject.host.collect("register_materials")}


def _scene(design: Design) -> Scene:
    from shieldcalc.model.build import scene_of

    return replace(scene_of(design), on=design.on)


def _computed(method: Method, design: Design, scene: Scene, more: tuple[Point, ...] = ()) -> Result:
    from shieldcalc.model.build import fixed_points

    return method.compute(scene, (*fixed_points(design, scene), *more), {"plugins": {}})


def _weeks(found: Result) -> dict[str, float]:
    doses = {point.point.id: point.doses.air_kerma_week_mGy for point in found.points}
    return {name.removeprefix(TRIED): dose for name, dose in doses.items() if name.startswith(TRIED)}


def _thicker(scene: Scene) -> Scene:
    barriers = tuple(replace(each, layers=tuple(map(_thick, each.layers))) for each in scene.barriers)
    return replace(scene, barriers=barriers, by_id=_by_id(barriers))


def _by_id(barriers: tuple[Barrier, ...]) -> dict[str, Barrier]:
    return {each.id: each for each in barriers}


def _thick(layer: Layer) -> Layer:
    lead = layer.lead_equivalent_mm
    return replace(
        layer,
        thickness_mm=layer.thickness_mm * THICKER,
        lead_equivalent_mm=None if lead is None else lead * THICKER,
    )


def _busier(source: Source) -> Source:
    protocols = tuple(replace(each, per_week=each.per_week * MORE) for each in source.protocols)
    patients = None if source.patients_per_week is None else source.patients_per_week * MORE
    sealed = source.sealed and replace(source.sealed, activity_Bq=source.sealed.activity_Bq * MORE)
    return replace(source, protocols=protocols, patients_per_week=patients, sealed=sealed)
