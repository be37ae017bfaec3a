"""Mazes of treatment rooms: published figures, the plan, what replaces it, properties, what is refused or not known."""

import json
from math import dist
from pathlib import Path

import pytest
from click.testing import CliRunner
from linac_mazes import EXAMPLE, at_door, changed, scene, steps, text, total, week

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.assess.maze import behind_maze
from shieldcalc.cli import cli
from shieldcalc.methods.ncrp151.compute import METHOD
from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.model.design import Layer
from shieldcalc.model.loader import load
from shieldcalc.model.result import Goal, PointResult, Result
from shieldcalc.physics.ducts import sights
from shieldcalc.physics.therapy.door_layers import door_layers
from shieldcalc.physics.therapy.maze_beam import unknown_way
from shieldcalc.physics.therapy.maze_plan import Faces, centre_line, inner_opening, seen_m

STATED = """door = "entrance"
[maze.stated]
document = "NCRP 151, Sections 7.1.10 to 7.1.12"
dh = "4.2 m"
dr = "5.9 m"
dz = "6.8 m"
dsec = "7.3 m"
dleak = "7.9 m"
dzz = "9.9 m"
d1 = "6.4 m"
d2 = "8.5 m"
width = "2.2 m"
height = "3.5 m"
a0 = "2.82 m2"
az = "8.4 m2"
a1 = "11.8 m2"
s0 = "10.2 m2"
s1 = "8.76 m2"
sr = "236 m2"
alpha0 = 0.0016
alphaz = 0.008
alpha1 = 0.022
alpha_leak = 0.0045
gantry_share = 0.25
scatter_angle = "45 deg"
"""
OF_SECTION = (('door = "entrance"\n', STATED), ('per_week = "200 Gy/week"', 'per_week = "450 Gy/week"'))


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory: pytest.TempPathFactory) -> PointResult:
    return at_door(tmp_path_factory.mktemp("maze"), text())


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> PointResult:
    return at_door(tmp_path_factory.mktemp("stated"), changed(*OF_SECTION))


def test_the_door_of_ncrp_151_by_stated_figures(published: PointResult) -> None:
    """Sections 7.1.10 to 7.1.12, 18 MV: parts of 100 uSv/week, phi_A, 65.3 uSv/week by captures, 0.8e-6 Sv/Gy."""
    parts = {name: steps(published, "maze_photons", name)[0].value for name in ("H_S", "H_LS", "H_ps")}
    assert parts["H_S"] == pytest.approx(1.19e-6, rel=0.01)
    assert parts["H_LS"] == pytest.approx(450 * 0.25 * 1e-3 * 0.0045 * 11.8 / (7.9 * 9.9) ** 2, rel=1e-9)
    assert parts["H_ps"] == pytest.approx(450 * 0.25 * 8.64e-4 * 4 * 0.022 * 11.8 / (7.3 * 9.9) ** 2, rel=1e-9)
    assert steps(published, "maze_capture_gamma", "phi_A")[0].value == pytest.approx(7.88e9, rel=0.005)
    assert steps(published, "maze_capture_gamma", "H_cg")[0].value == pytest.approx(65.3e-6, rel=0.01)
    (wu,) = (step.value for step in steps(published, "maze_neutron", "h_n") if "wu" in step.label)
    assert wu == pytest.approx(0.8e-6, rel=0.07)


def test_lengths_and_areas_come_from_the_plan(tmp_path: Path, as_it_is: PointResult) -> None:
    """Corridor 2.4 m wide between y = 0 and 2.4; the isocentre is just seen past the wall's corner at (2.2, 3.6)."""
    found = scene(tmp_path, text())
    assert found.maze is not None
    line = centre_line(found, found.maze, (4.5, 7.0, 1.3))
    assert line.width == pytest.approx(2.4)
    assert line.corners[-1] == pytest.approx((9.0, 1.2))
    seen = 2.2 - (4.5 - 2.2) / (7 - 3.6) * (3.6 - 1.2)  # past the upper corner of the free end
    assert line.corners[0] == pytest.approx((seen, 1.2), abs=0.03)
    assert inner_opening(found, found.maze) == pytest.approx(2.2)
    (step,) = steps(as_it_is, "maze_photons", "H_ps")[:1]
    assert step.inputs["d_sec"][0] == pytest.approx(dist((4.5, 7), (0, 1.2)))
    assert step.inputs["d_zz"][0] == pytest.approx(9.0)
    shadow = 0.3 + (2.4 - 0.3) * 8.9 / (8.9 - 2.2)  # of the free end, from the jamb at y = 0.3, on the wall x = 0
    assert step.inputs["A_1"][0] == pytest.approx(shadow * 4)


def test_a_door_at_the_side_sees_more_of_the_far_wall_than_the_corridor_is_wide(tmp_path: Path) -> None:
    """From its jamb at x = 6.5 m in the south wall, past the free end of the inner wall at (2.2, 2.4) to x = 0."""
    side = changed(('wall = "east_maze"\nfrom = "0.3 m"', 'wall = "south"\nfrom = "6.5 m"'))
    found = scene(tmp_path, side)
    assert found.maze is not None
    faces, line = Faces(found, found.maze), centre_line(found, found.maze, (4.5, 7.0, 1.3))
    shadow = 0.1 + (2.4 - 0.1) * 6.5 / (6.5 - 2.2)
    assert seen_m(faces, line, found.by_id["entrance"]) == pytest.approx(shadow)
    assert shadow > 1.4 * line.width


def test_the_door_is_the_sum_of_its_parts_behind_its_layers(as_it_is: PointResult) -> None:
    neutrons = next(part for part in as_it_is.components if part.kind == "maze_neutron")
    assert neutrons.crossed == ("entrance",)
    assert neutrons.transmission == pytest.approx(10 ** (-100 / 45))
    photons = [part for part in as_it_is.components if part.kind == "maze_photons"]
    assert len(photons) == 2
    straight = [part for part in as_it_is.components if part.kind in ("leakage", "scatter", "neutron")]
    assert all(part.crossed == ("maze_wall", "entrance") for part in straight)
    assert 1e3 * as_it_is.doses.h10_week_mSv == pytest.approx(sum(week(as_it_is, kind) for kind in KINDS))


KINDS = (
    "leakage", "scatter", "primary", "neutron", "capture_gamma", "maze_photons", "maze_capture_gamma", "maze_neutron",
)  # fmt: skip


@pytest.mark.parametrize("method", ["ncrp151", "srs47"])
@pytest.mark.parametrize(
    "pairs",
    [
        [('"borated_polyethylene", thickness = "100 mm"', '"borated_polyethylene", thickness = "150 mm"')],
        [('"lead", thickness = "12 mm"', '"lead", thickness = "20 mm"')],
        [('per_week = "200 Gy/week"', 'per_week = "150 Gy/week"'),
         ('in_busiest_hour = "12 Gy"', 'in_busiest_hour = "9 Gy"'), ('dose_rate = "6 Gy/min"', 'dose_rate = "5 Gy/min"')],  # noqa: E501
        [('largest_field = "40 cm"', 'largest_field = "30 cm"')],
        [('layers = [{ material = "concrete", thickness = "1200 mm", density = "2.35 g/cm3" }]\n\n[[door]]',
          'layers = [{ material = "concrete", thickness = "1300 mm", density = "2.35 g/cm3" }]\n\n[[door]]')],
        [('["0 m", "0 m"], ["9 m", "0 m"], ["9 m", "11 m"], ["0 m", "11 m"]',
          '["-2 m", "0 m"], ["9 m", "0 m"], ["9 m", "11 m"], ["-2 m", "11 m"]'),
         ('to = ["2.2 m", "3 m"]', 'to = ["0.2 m", "3 m"]')],
    ],
    ids=["polyethylene", "lead", "grays", "field", "inner_wall", "longer"],
)  # fmt: skip
def test_more_in_the_way_and_less_given_never_more_dose(
    tmp_path: Path, pairs: list[tuple[str, str]], method: str
) -> None:
    before, after = at_door(tmp_path, text(), method), at_door(tmp_path, changed(*pairs), method)
    for one, other in zip(total(before), total(after), strict=True):
        assert other <= one * (1 + 1e-9)
    assert total(after)[0] < total(before)[0] or method == "ncrp151"


def test_energies_add(tmp_path: Path, as_it_is: PointResult) -> None:
    content = text()
    first, second = content.index("[[source.energy]]"), content.rindex("[[source.energy]]")
    end = content.index("[[point]]")
    alone = [content[:second] + content[end:], content[:first] + content[second:]]
    weeks = [at_door(tmp_path, each).doses.h10_week_mSv for each in alone]
    assert sum(weeks) == pytest.approx(as_it_is.doses.h10_week_mSv)


def test_intensity_modulation_counts_for_leakage_and_neutrons_alone(tmp_path: Path, as_it_is: PointResult) -> None:
    more = changed(("neutrons = {", "imrt_share = 1\nimrt_factor = 3\nneutrons = {"))
    found = at_door(tmp_path, more)
    for kind in ("maze_neutron", "maze_capture_gamma", "neutron", "capture_gamma"):
        assert week(found, kind) == pytest.approx(3 * week(as_it_is, kind))
    assert week(found, "scatter") == pytest.approx(week(as_it_is, "scatter"))
    assert steps(found, "maze_photons", "H_ps")[0].value == steps(as_it_is, "maze_photons", "H_ps")[0].value
    assert total(found)[2] == pytest.approx(total(as_it_is)[2])


def test_a_door_that_sees_the_isocentre_has_the_direct_dose_beside_the_maze(tmp_path: Path) -> None:
    """With next to no inner wall nothing hides the source: leakage comes through the door alone."""
    short = changed(('to = ["2.2 m", "3 m"]', 'to = ["8.7 m", "3 m"]'))
    found = at_door(tmp_path, short)
    leakage = [part for part in found.components if part.kind == "leakage"]
    assert all("maze_wall" not in part.crossed for part in leakage)
    assert total(found)[0] > 100 * total(at_door(tmp_path, text()))[0]


def test_a_head_that_the_door_sees_is_not_hidden_behind_the_wall_of_the_maze(tmp_path: Path) -> None:
    """The isocentre lies behind the wall, the target at 270 degrees does not: leakage and neutrons come that way."""
    short = at_door(tmp_path / "short", changed(('to = ["2.2 m", "3 m"]', 'to = ["7.8 m", "3 m"]')))
    for kind in ("leakage", "neutron", "capture_gamma"):
        crossed = {part.crossed for part in short.components if part.kind == kind}
        assert crossed == {("entrance",)}
    assert {part.crossed for part in short.components if part.kind == "scatter"} == {("maze_wall", "entrance")}
    (leak,) = (part for part in short.components if part.kind == "leakage" and part.beam == "6 MV")
    assert leak.distance_m == pytest.approx(dist((4.5, 7, 1.3), short.point.position))


def test_a_head_seen_through_a_slot_at_few_gantry_angles_is_not_hidden(tmp_path: Path) -> None:
    """Between two inner walls the door sees the head from 5 to 24 degrees alone, not the isocentre."""
    stub = """[[screen]]
id = "stub"
from = ["9 m", "3 m"]
to = ["8.579 m", "3 m"]
height = "4 m"
layers = [{ material = "concrete", thickness = "1200 mm", density = "2.35 g/cm3" }]

[[door]]"""
    found = at_door(tmp_path, changed(('from = ["9 m", "3 m"]', 'from = ["8.462 m", "3 m"]'), ("[[door]]", stub)))
    for kind in ("leakage", "neutron", "capture_gamma"):
        assert {part.crossed for part in found.components if part.kind == kind} == {("entrance",)}


def test_from_10_mv_neutrons_are_never_forgotten(tmp_path: Path) -> None:
    for written, there in (("9.9 MV", False), ("10 MV", True), ("10 MV FFF", True), ("15 MV", True)):
        found = at_door(
            tmp_path, changed(('mv = "18 MV"', f'mv = "{written}"'), ('neutrons = { machine = "Varian 1800" }\n', ""))
        )
        assert (week(found, "maze_neutron", written) > 0) is there
        assert (week(found, "neutron", written) > 0) is there


ALONG = ('table_toward = ["4.5 m", "5 m", "1.3 m"]', 'table_toward = ["2.5 m", "7 m", "1.3 m"]')
SHORT = (
    ('to = ["2.2 m", "3 m"]', 'to = ["4.4 m", "3 m"]'),
    ('isocentre = ["4.5 m", "7 m"', 'isocentre = ["4.5 m", "5.4 m"'),
)


def test_a_beam_on_the_maze_or_on_a_wall_that_the_door_sees_leaves_the_door_unknown(tmp_path: Path) -> None:
    """SRS 47, 6.2.3: what comes back from the corridor behind the inner wall; one reflection; none in the example."""
    for code, *pairs in (("",), ("through", ALONG), ("seen", *SHORT)):
        made = scene(tmp_path, changed(*pairs))
        assert made.maze is not None
        found = unknown_way(made.sources[0], made, made.maze)
        assert (found.code if found else "") == (f"therapy_maze_beam_{code}" if code else "")
    for method in ("ncrp151", "srs47"):
        there = at_door(tmp_path / method, changed(ALONG), method)
        said = behind_maze(made, there)
        assert said is not None
        assert said.code == "findings.maze_not_computed"
        assert week(there, "maze_photons") > 0


def test_outside_the_range_of_2_64_the_door_is_undetermined(tmp_path: Path) -> None:
    wide = changed(('door = "entrance"\n', 'door = "entrance"\n[maze.stated]\ndocument = "x"\nwidth = "4.5 m"\n'))
    found = at_door(tmp_path, wide)
    assert [each.code for each in found.notices if "maze" in each.code][:1] == ["warnings.maze_not_computed"]
    file = tmp_path / "wide.toml"
    file.write_text(wide, "utf-8")
    answer = CliRunner().invoke(cli, ["check", str(file), "--json", "-"])
    assert answer.exit_code == 3
    needs = {each["id"]: each["requirements"] for each in json.loads(answer.stdout)["barriers"]}
    assert {(each["required_mm"], each["reason"]) for each in needs["entrance"]} == {(None, "undetermined")}
    assert all(each["required_mm"] is not None for each in needs["north"] if each["material"] == "concrete")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('inner_wall = "maze_wall"', 'inner_wall = "maze_well"', "maze.inner_wall"),
        ('door = "entrance"\n', 'door = "entrence"\n', "maze.door"),
        ('to = ["2.2 m", "3 m"]\nheight = "4 m"', 'to = ["2.2 m", "3 m"]\nheight = "3 m"', "stands up to the ceiling"),
        ('door = "entrance"\n', 'door = "entrance"\n[maze.stated]\nd1 = "3 m"\n', "document"),
        ('door = "entrance"\n', 'door = "entrance"\n[maze.stated]\ndocument = "x"\nd1 = "3 m2"\n', "maze.stated.d1"),
        ('door = "entrance"\n', 'door = "entrance"\nheight = "5 m"\n', "maze.height"),
        ('door = "entrance"\n', 'door = "entrance"\npath = [["1 m", "1 m"], ["30 m", "1 m"]]\n', "maze.path"),
        ("Varian 1800", "Varian 1801", "Varian 1800"),
    ],
)
def test_bad_mazes_are_refused_with_their_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(changed((old, new)), "utf-8")
    answer = CliRunner().invoke(cli, ["check", str(file)])
    assert answer.exit_code == 2
    assert told in answer.output


def test_a_stated_centre_line_of_two_legs(tmp_path: Path, as_it_is: PointResult) -> None:
    """The same corridor drawn by hand, with a shorter way, gives a tenth more at most; a bend never gives more."""
    path = 'door = "entrance"\npath = [["1 m", "1.2 m"], ["9 m", "1.2 m"]]\n'
    found = at_door(tmp_path, changed(('door = "entrance"\n', path)))
    assert total(as_it_is)[0] < total(found)[0] < 1.1 * total(as_it_is)[0]
    bent = at_door(
        tmp_path, changed(('door = "entrance"\n', path.replace('["9 m"', '["6 m", "1.2 m"], ["9 m"'))), "srs47"
    )
    straight = at_door(tmp_path, changed(('door = "entrance"\n', path)), "srs47")
    assert week(bent, "maze_neutron") == week(straight, "maze_neutron")  # a corner that does not turn is no bend


def test_a_second_leg_counts_by_its_length_where_the_document_has_no_bend(tmp_path: Path) -> None:
    """SRS 47 takes a third of Kersey's neutrons behind a turn; NCRP 151 the length alone, and says so."""
    legs = 'door = "entrance"\npath = [["1 m", "2.3 m"], ["7 m", "2.3 m"], ["7 m", "0.6 m"], ["9 m", "0.6 m"]]\n'
    bent = changed(('door = "entrance"\n', legs))
    (tmp_path / "room.toml").write_text(bent, "utf-8")
    told = {each.code for each in assess(load(str(tmp_path / "room.toml"), plugins.catalog())).notices}
    assert "warnings.maze_bend_not_counted" in told
    assert "warnings.therapy_second_bend" not in told
    ncrp, srs = (at_door(tmp_path, bent, name) for name in ("ncrp151", "srs47"))
    assert 0 < week(srs, "maze_neutron") < week(ncrp, "maze_neutron")


def test_constants_of_the_two_documents_stay_apart(tmp_path: Path, as_it_is: PointResult) -> None:
    other = at_door(tmp_path, text(), "srs47")
    assert steps(as_it_is, "maze_capture_gamma", "h_cg")[0].inputs["K"][0] == NCRP151.rule("capture_K")
    assert steps(other, "maze_capture_gamma", "h_cg")[0].inputs["K"][0] == pytest.approx(5.7e-16)
    assert all("NCRP" not in step.source for part in other.components for step in part.steps)


def test_the_example_is_the_one_of_the_docs() -> None:
    assert "linac_18mv_maze_bunker.toml" in (EXAMPLE.parents[1] / "docs" / "examples.md").read_text("utf-8")


TBI = '[[source.tbi]]\nmv = "6 MV"\npatient_dose = "12 Gy/week"\ndistance = "4 m"\ngantry = "90 deg"\n'
WEST = '[[point]]\nid = "at_door"\nposition = ["-2.6 m", "7 m", "1.3 m"]\nbeyond = { kind = "office" }\n'


def test_total_body_irradiation_adds_its_grays_in_its_direction(tmp_path: Path) -> None:
    """12 Gy at 4 m is 192 Gy at 1 m: all of it in the beam to the west, once in leakage whatever the modulation."""
    there = text()[: text().index("[[point]]")]
    before, after = (at_door(tmp_path, there + more + WEST) for more in ("", TBI))
    ratio = (250 * 0.25 + 192) / (250 * 0.25)
    assert week(after, "primary", "6 MV") == pytest.approx(ratio * week(before, "primary", "6 MV"))
    assert week(after, "leakage", "6 MV") == pytest.approx((625 + 192) / 625 * week(before, "leakage", "6 MV"))
    assert week(after, "primary", "18 MV") == week(before, "primary", "18 MV")
    assert after.doses.h10_hour_uSv is None


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (TBI.replace("6 MV", "7 MV"), "did you mean '6 MV'"),
        (TBI.replace("90 deg", "80 deg"), "0, 90, 180, 270"),
        ('[[duct]]\nid = "d"\nbarrier = "nowhere"\nfrom = ["1 m", "11 m", "1 m"]\nto = ["1 m", "13 m", "1 m"]\n'
         'diameter = "10 cm"\n', "duct.1.barrier"),
    ],
)  # fmt: skip
def test_bad_irradiations_and_ducts_are_refused(tmp_path: Path, more: str, told: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(EXAMPLE.read_text("utf-8") + more, "utf-8")
    answer = CliRunner().invoke(cli, ["check", str(file)])
    assert answer.exit_code == 2
    assert told in answer.output


def test_ducts_tell_what_they_see(tmp_path: Path) -> None:
    """One on the axis of the isocentre, one under the ceiling in a corner."""
    duct = '[[duct]]\nid = "{}"\nbarrier = "north"\nfrom = [{}]\nto = [{}]\ndiameter = "10 cm"\n'
    ducts = duct.format("low", '"4.5 m", "11 m", "1.3 m"', '"4.5 m", "12.5 m", "1.3 m"')
    ducts += duct.format("high", '"8.5 m", "11 m", "3.8 m"', '"8 m", "12.5 m", "3.8 m"')
    found = list(sights(scene(tmp_path, text() + ducts)))
    assert [each.code for each in found] == ["warnings.duct_sees", "warnings.duct_hidden"]
    assert found[0].params["seen"] == "linac: isocentre"


def test_behind_a_duct_no_thickness_is_told(tmp_path: Path) -> None:
    duct = '[[duct]]\nid = "low"\nbarrier = "north"\nfrom = ["4.5 m", "11 m", "1.3 m"]\n'
    duct += 'to = ["4.5 m", "12.5 m", "1.3 m"]\ndiameter = "10 cm"\n'
    for more, told in (("", True), (duct, False)):
        there = scene(tmp_path, text() + more)
        found = METHOD.compute(there, (), {})
        point = next(each for each in found.points if each.point.barrier == "north")
        goal = Goal(quantity="h10_week_mSv", limit=0.1 * point.doses.h10_week_mSv, rule="", point=point.point.id)
        (need,) = METHOD.require(there, found, "north", (goal,), ("concrete",))
        assert (need.required_mm is not None) is told


def test_a_door_is_told_in_lead_and_polyethylene_that_keep_every_goal(tmp_path: Path) -> None:
    """A door of nothing but steel: the laminate told then keeps the goals that it was asked for."""
    bare = changed(
        ('{ material = "lead", thickness = "12 mm" }, { material = "borated_polyethylene", thickness = "100 mm" }, '
         '{ material = "lead", thickness = "12 mm" }, ', ""),
    )  # fmt: skip
    field = METHOD.xray.fields(scene(tmp_path, bare))[""]
    doses_at = METHOD.xray.doses_at
    point = at_door(tmp_path, bare)
    limit = 0.1 * point.doses.h10_week_mSv
    result = Result(method="", title="", reference="", points=(point,), barriers=(), tables=())
    goal = Goal(quantity="h10_week_mSv", limit=limit, rule="", point="at_door")
    need = door_layers(NCRP151, field, doses_at, result, "entrance", (goal,))
    (_, lead), (_, bpe) = need.layers
    layers = (Layer(material="lead", thickness_mm=lead), Layer(material="borated_polyethylene", thickness_mm=bpe))
    left = field.replacing({"entrance": layers}).totals(point.point.position)[0]
    assert 0.98 * limit <= left <= limit


def test_a_gamma_source_in_the_room_has_no_maze(tmp_path: Path) -> None:
    """What a gamma source scatters along the maze is not computed: the door is undetermined then."""
    store = '[[source]]\nid = "store"\nkind = "source_store"\nnuclide = "Cs-137"\nactivity = "10 MBq"\n'
    file = tmp_path / "both.toml"
    file.write_text(EXAMPLE.read_text("utf-8") + store + 'position = ["8 m", "10 m", "1 m"]\n', "utf-8")
    found = assess(load(str(file), plugins.catalog()), building=False)
    judged = {each.outcome for each in found.findings if each.subject == "entrance" and each.dose_rule}
    assert judged - {"not_applicable"} == {"undetermined"}
