"""A whole room by the Chinese practice: rates and years calculated again by hand, heights, fluoroscopy, refusals."""

from dataclasses import replace
from math import dist
from pathlib import Path

import pytest

from shieldcalc import beams, plugins
from shieldcalc.assess import assess
from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.gbz130.compute import METHOD
from shieldcalc.methods.gbz130.occupancy import occupied
from shieldcalc.methods.ncrp147.compute import METHOD as NCRP
from shieldcalc.model.build import fixed_points, scene_of
from shieldcalc.model.design import Beyond, Design, Technique
from shieldcalc.model.loader import load
from shieldcalc.model.result import Goal, Result
from shieldcalc.model.scene import Point

EXAMPLES = Path(__file__).parents[2] / "examples"
GI = "radiography_fluoroscopy_two_tubes"


def design(name: str) -> Design:
    return load(str(EXAMPLES / f"{name}.toml"), plugins.catalog())


def compute(room: Design) -> Result:
    scene = scene_of(room)
    return METHOD.compute(scene, fixed_points(room, scene), {})


def changed(room: Design, **changes: object) -> Design:
    return replace(room, sources=(replace(room.sources[0], **changes),))  # type: ignore[arg-type]


def at(result: Result, name: str):
    return next(each for each in result.points if each.point.id == name)


def test_the_rate_while_scanning_is_that_of_ncrp() -> None:
    room = design("cn_ct_room")
    scene = scene_of(room)
    ours, theirs = compute(room), NCRP.compute(scene, fixed_points(room, scene), {})
    for name in ("north", "east", "entrance"):
        assert at(ours, name).doses.h10_beam_on_uSv_per_h == pytest.approx(
            at(theirs, name).doses.h10_beam_on_uSv_per_h, rel=1e-9
        )


def test_a_scanner_gives_in_a_week_what_its_protocols_give() -> None:
    """Rate times scanning time is the air kerma of the scans: both ways to the same week."""
    room = design("cn_ct_room")
    scene = scene_of(room)
    ours, theirs = compute(room), NCRP.compute(scene, fixed_points(room, scene), {})
    for name in ("north", "east", "entrance"):
        assert at(ours, name).doses.air_kerma_week_mGy == pytest.approx(at(theirs, name).doses.air_kerma_week_mGy)


def test_the_year_is_rate_times_hours_times_occupancy() -> None:
    """Behind the south wall no useful beam goes: one rate a beam, 8 h a year shared by the use factors 0.6 and 1."""
    result = compute(design("cn_dr_room"))
    south = at(result, "south")
    by_beam = {"table": 0.0, "chest_stand": 0.0}
    for part in south.components:
        assert part.kind != "primary"
        by_beam[part.beam] += part.kerma.beam_on_uGy_per_h or 0.0
    hours = {"table": 8 * 0.6 / 1.6, "chest_stand": 8 * 1 / 1.6}
    wanted = 1.77e-3 * sum(by_beam[name] * hours[name] for name in hours)
    assert south.doses.h10_year_full_occupancy_mSv == pytest.approx(wanted)
    assert south.doses.h10_year_mSv == pytest.approx(0.25 * wanted)  # of the practice; NCRP would assume 0.05
    assert south.point.beyond.occupancy == 0.25
    assert south.doses.h10_hour_uSv is None


@pytest.mark.parametrize(("assumed", "person", "taken"), [(False, "public", 0.05), (True, "radiation_worker", 1.0)])
def test_a_declared_occupancy_stands_and_staff_are_there_all_day(assumed: bool, person: str, taken: float) -> None:
    beyond = Beyond(
        kind="outdoors", name="", occupancy=0.05, designation="uncontrolled", person=person, occupancy_assumed=assumed
    )
    point, said = occupied(Point(id="p", position=(0.0, 0.0, 0.0), barrier="south", beyond=beyond))
    assert point.beyond.occupancy == taken
    assert [notice.code for notice in said] == ["assumptions.gbz130_occupancy"] * assumed


def test_hours_are_reckoned_from_patients_at_the_highest_current() -> None:
    room = changed(design("cn_dr_room"), beam_on_hours_per_year=None)
    west = at(compute(room), "west")
    primary = next(part for part in west.components if part.kind == "primary")
    time = next(step for step in primary.steps if step.symbol == "t")
    assert time.value == pytest.approx(300 * 0.6 / (60 * 500), rel=0.01)


@pytest.mark.parametrize("hours", [8.0, 16.0])
def test_more_hours_give_as_much_more_a_year_and_the_same_rate(hours: float) -> None:
    base, more = compute(design("cn_dr_room")), compute(changed(design("cn_dr_room"), beam_on_hours_per_year=hours))
    factor = hours / 8
    for name in ("east", "ceiling"):
        assert at(more, name).doses.h10_year_mSv == pytest.approx(factor * at(base, name).doses.h10_year_mSv)
        assert at(more, name).doses.h10_beam_on_uSv_per_h == pytest.approx(at(base, name).doses.h10_beam_on_uSv_per_h)


def test_points_overhead_are_one_metre_above_the_floor() -> None:
    room = design("cn_ct_room")
    top = room.height_m + 0.26
    assert at(compute(room), "ceiling").point.position[2] == pytest.approx(top + 1.0)
    scene = scene_of(room)
    ncrp = NCRP.compute(scene, fixed_points(room, scene), {})
    assert at(ncrp, "ceiling").point.position[2] == pytest.approx(top + 0.5)


def test_points_beside_are_0_3_m_beyond_the_outer_face() -> None:
    assert at(compute(design("cn_ct_room")), "west").point.position[0] == pytest.approx(-0.26 - 0.3)


def test_lead_equivalents_by_direction() -> None:
    room = design("cn_dr_room")
    found = {barrier.barrier: barrier.lead_equivalents for barrier in compute(room).barriers}
    assert {name: lead[0].component for name, lead in found.items() if lead[0].component == "primary"} == {
        "west": "primary"
    }
    quality = beams.Beam("ncrp147", "kvp", "125", "secondary")
    brick = [beams.Layer("brick", 370.0, 1.65, "solid")]
    assert found["south"][0].lead_mm == pytest.approx(beams.lead_equivalent_mm(quality, brick))
    assert found["patient_door"][0].lead_mm == pytest.approx(4.0)


def test_a_scanner_has_no_useful_beam_outside_and_a_material_without_data_is_not_known() -> None:
    found = [lead for barrier in compute(design("cn_ct_room")).barriers for lead in barrier.lead_equivalents]
    assert {lead.component for lead in found} == {"secondary"}
    assert all(lead.lead_mm is not None and lead.lead_mm >= 2.5 for lead in found)


def gastrointestinal(fluoroscopy: Technique | None) -> Design:
    room = design(GI)
    sources = tuple(
        replace(each, kind="radiography_fluoroscopy", fluoroscopy_technique=fluoroscopy) for each in room.sources
    )
    return replace(room, sources=sources, instruments=("CN-GBZ130-2020",), methods=("gbz130",))


def test_fluoroscopy_and_radiography_are_judged_apart() -> None:
    """A gastrointestinal unit: 2.5 uSv/h in fluoroscopy, 25 uSv/h in radiography, each at its own technique."""
    found = assess(gastrointestinal(Technique(kv=80.0, current_mA=3.0)))
    for result in found.results[0].points:
        rates = result.doses.h10_beam_on_fluoroscopy_uSv_per_h, result.doses.h10_beam_on_uSv_per_h
        assert rates[0] is not None
        assert rates[1] is not None
        assert rates[0] < rates[1]
    judged = {finding.rule.partition("/")[2]: finding for finding in found.findings if finding.subject != "room"}
    assert judged["6.3.1a"].limit == 2.5
    assert judged["6.3.1c"].limit == 25.0
    assert judged["6.3.1a"].averaging == "fluoroscopy"


def test_without_a_fluoroscopy_technique_its_rate_is_undetermined() -> None:
    found = assess(gastrointestinal(None))
    reasons = {f.reason.text() for f in found.findings if f.rule == "CN-GBZ130-2020/6.3.1a" and f.reason is not None}
    assert reasons
    assert all("fluoroscopy_technique" in reason for reason in reasons)


def test_without_a_maximum_technique_it_refuses() -> None:
    with pytest.raises(OutsideDataError, match="maximum_technique"):
        compute(changed(design("cn_dr_room"), max_technique=None))


def test_what_a_barrier_needs_keeps_its_goals() -> None:
    room = design("cn_dr_room")
    scene, result = scene_of(room), compute(room)
    goal = Goal(quantity="h10_beam_on_uSv_per_h", limit=5.0, rule="test", point="ceiling.beam_on")
    (need,) = METHOD.require(scene, result, "ceiling", (goal,), ("lead",))  # type: ignore[misc]
    assert need.added_mm is not None
    layer = replace(room.ceiling.layers[-1], thickness_mm=need.added_mm)
    thicker = replace(room, ceiling=replace(room.ceiling, layers=(*room.ceiling.layers, layer)))
    assert at(compute(thicker), "ceiling").doses.h10_beam_on_uSv_per_h == pytest.approx(5.0, rel=0.03)


def test_the_worst_points_are_the_worst_of_a_coarse_grid() -> None:
    from shieldcalc.methods.gbz130.scene_sources import field_of
    from shieldcalc.model.surfaces import surface_of

    room = design("cn_dr_room")
    scene, result = scene_of(room), compute(room)
    field = field_of(scene)
    for name in ("north", "west", "patient_door"):
        surface = surface_of(scene, scene.by_id[name])
        p0, p1, q0, q1 = surface.box
        places = [(p0 + i * (p1 - p0) / 60, q0 + j * (q1 - q0) / 40) for i in range(61) for j in range(41)]
        rates = [field.totals(surface.place(*place))[2] or 0.0 for place in places if surface.allowed(*place)]
        own = [p for p in result.points if p.point.barrier == name and dist(p.point.position, (0, 0, 0)) > 0]
        best = max((p.doses.air_kerma_beam_on_uGy_per_h or 0.0) for p in own)
        assert best >= 0.99 * max(rates)
