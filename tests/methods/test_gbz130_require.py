"""What a barrier needs: the larger of what fluoroscopy, radiography and the required lead equivalent ask."""

from dataclasses import replace
from pathlib import Path

import pytest

from shieldcalc import beams, plugins
from shieldcalc.assess import assess
from shieldcalc.methods.gbz130.lead import quality_of
from shieldcalc.methods.gbz130.require import governing, keeping_both, lead_needs
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Design, Layer, Technique
from shieldcalc.model.loader import load
from shieldcalc.model.result import Goal, Requirement


def needs(required: float | None, added: float | None, reason: str = "") -> Requirement:
    return Requirement(material="lead", required_mm=required, added_mm=added, reason=reason)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (needs(5.0, 0.0), needs(8.0, 0.0), needs(8.0, 0.0)),
        (needs(8.0, 0.0), needs(5.0, 1.0), needs(8.0, 1.0)),
        (needs(5.0, 1.0), needs(None, None, "passes_beside"), needs(None, None, "passes_beside")),
        (needs(5.0, 1.0, "with_neighbours"), needs(6.0, 0.5), needs(6.0, 1.0, "with_neighbours")),
    ],
)
def test_each_figure_keeps_the_goals_of_both(one: Requirement, other: Requirement, both: Requirement) -> None:
    assert keeping_both(one, other) == both
    assert keeping_both(other, one) == both


def room(name: str) -> Design:
    return load(str(Path(__file__).parents[2] / "examples" / f"{name}.toml"), plugins.catalog())


@pytest.mark.parametrize("material", ["lead", "concrete", "brick", "steel"])
@pytest.mark.parametrize(("barrier", "limit"), [("south", 6.0), ("west", 6.0)])
def test_lead_needed_is_just_enough(material: str, barrier: str, limit: float) -> None:
    scene = scene_of(room("cn_dr_room"))
    source, layers = scene.sources[0], scene.by_id[barrier].layers
    component = "primary" if barrier == "west" else "secondary"
    goal = Goal(quantity=f"lead_equivalent_{component}", limit=limit, rule="T3", point=f"{barrier}/tube")
    (need,) = lead_needs(scene, barrier, goal, (material,))
    assert need.required_mm is not None
    assert need.added_mm is not None
    for standing, more in (((), need.required_mm), (layers, need.added_mm)):
        for part, enough in ((1.0, True), (0.99, False)):
            form = "solid" if material == "brick" else None
            layer = Layer(material=material, thickness_mm=part * more, form=form)
            found = beams.lead_equivalent_mm(quality_of(source, component), (*standing, layer))
            assert (found >= limit * (1 - 1e-12)) is enough


def test_lead_alone_is_what_is_required() -> None:
    scene = scene_of(room("cn_dr_room"))
    goal = Goal(quantity="lead_equivalent_primary", limit=2.0, rule="T3", point="west/tube")
    assert [each.required_mm for each in lead_needs(scene, "west", goal, ("lead",))] == [2.0]


@pytest.mark.parametrize(
    ("dose", "lead", "governed_by", "required"),
    [
        (needs(1.2, 0.2), needs(2.0, 1.0), "T3", 2.0),
        (needs(2.4, 0.2), needs(2.0, 0.0), "dose", 2.4),
        (needs(None, None, "passes_beside"), needs(2.0, 0.0), "dose", None),
        (needs(2.4, 0.2), needs(None, None, "outside_data"), "T3", None),
    ],
)
def test_the_larger_of_dose_and_lead_governs(
    dose: Requirement, lead: Requirement, governed_by: str, required: float | None
) -> None:
    found = governing(dose, replace(lead, governed_by="T3"))
    assert (found.governed_by, found.required_mm) == (governed_by, required)


def test_what_to_build_keeps_the_required_lead_equivalent() -> None:
    """With 0.5 mm lead in the doors and hardly any current the dose asks for nothing, Table 3 for 0.5 mm more."""
    plain = room("cn_dr_room")
    openings = tuple(replace(each, layers=(Layer(material="lead", thickness_mm=0.5),)) for each in plain.openings)
    (tube,) = plain.sources
    weak = replace(tube, max_technique=Technique(kv=125.0, current_mA=0.1), beam_on_hours_per_year=1.0)
    found = assess(replace(plain, openings=openings, sources=(weak,)))
    doors = [each for each in found.barriers if each.barrier.endswith("_door")]
    assert doors
    for verdict in doors:
        lead = next(need for need in verdict.requirements if need.material == "lead")
        assert (lead.required_mm, lead.added_mm) == (1.0, 0.5)
        assert lead.governed_by == "CN-GBZ130-2020/T3.2.secondary"
        assert verdict.outcome == "fail"
        assert verdict.governing_rule == "CN-GBZ130-2020/T3.2.secondary"
