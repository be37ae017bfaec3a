"""Rooms of accelerators from 10 MV: a thickness of metal that is told keeps the limit once it is built, or none is."""

from dataclasses import replace
from pathlib import Path

from linac_rooms import check, energy, room

from shieldcalc import plugins
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Layer
from shieldcalc.model.loader import load
from shieldcalc.model.result import Goal, Requirement

EXAMPLE = Path(__file__).parents[2] / "examples" / "linac_18mv_direct_door.toml"
WALL = '{ material = "concrete", thickness = "1800 mm" }'
MILLIMETRE = 1000


def needs(folder: Path, *, mv: int, layers: str = WALL) -> tuple[str, dict[str, Requirement]]:
    found = check(folder, room(layers={"west": f"[{layers}]"}, energies=energy(mv=f'"{mv} MV"')))
    (west,) = (each for each in found.barriers if each.barrier == "west")
    return west.outcome, {each.material: each for each in west.requirements}


def test_metal_on_a_wall_of_concrete_counts_with_the_neutrons_made_in_it(tmp_path: Path) -> None:
    outcome, told = needs(tmp_path, mv=18)
    assert outcome == "fail"
    for material, share, judged in (("lead", 1.0, "pass"), ("lead", 0.9, "fail"), ("steel", 1.0, "pass")):
        added = told[material].added_mm
        assert added
        layers = f'{WALL}, {{ material = "{material}", thickness = "{share * added} mm" }}'
        assert needs(tmp_path, mv=18, layers=layers)[0] == judged


def test_no_metal_is_told_where_neutrons_made_in_it_are_not_known(tmp_path: Path) -> None:
    """There is no yield above 18 MV."""
    outcome, told = needs(tmp_path, mv=20)
    assert outcome == "fail"
    assert told["concrete"].added_mm
    for material in ("lead", "steel"):
        assert (told[material].added_mm, told[material].reason) == (None, "neutrons")


def test_what_needs_its_neighbours_says_so_where_the_material_alone_never_does() -> None:
    barrier = "south"
    design = load(str(EXAMPLE), plugins.catalog())
    method, scene = plugins.method("ncrp151"), scene_of(design)
    result = method.compute(scene, (), {})
    (worst,) = (each for each in result.points if each.point.barrier == barrier and each.point.role == "worst")
    assert worst.doses.h10_year_mSv
    limit = 0.3 * worst.doses.h10_year_mSv
    goal = Goal(quantity="h10_year_mSv", limit=limit, rule="x", point=worst.point.id)
    (lead,) = (each for each in method.require(scene, result, barrier, (goal,), ("lead",)) if each.material == "lead")
    assert lead.added_mm
    layer = Layer(material="lead", thickness_mm=lead.added_mm)
    here = scene.by_id[barrier]
    thick = here.thickness_m + lead.added_mm / MILLIMETRE
    built = replace(here, layers=(*here.layers, layer), thickness_m=thick)
    every = tuple(built if each is here else each for each in scene.barriers)
    again = method.compute(replace(scene, barriers=every, by_id={each.id: each for each in every}), (), {})
    over = max((each.doses.h10_year_mSv or 0.0) for each in again.points if each.point.barrier == barrier) > limit
    assert over == (lead.reason == "with_neighbours")
