"""Doses of several rooms at one place: by hand, moved and turned, within and above one another, against a grid."""

from dataclasses import replace
from math import dist, exp, sqrt
from pathlib import Path
from random import Random

import pytest
from made import EXAMPLES, alone, checked, codes, ct_room, loaded, point_of, room_of, site_text, written

from model.test_grid import Grid, own
from shieldcalc.assess.facts import facts_of
from shieldcalc.assess.site import among_others
from shieldcalc.methods.gbz130.modes import FLUOROSCOPY, mode_fields
from shieldcalc.methods.ncrp147.compute import METHOD
from shieldcalc.methods.ncrp147.scene_sources import field_of
from shieldcalc.model.build import fixed_points
from shieldcalc.model.site import Site
from shieldcalc.physics.room import assessed

ALPHA, BETA, GAMMA = 2.246, 5.73, 0.547  # lead at CT 120 kV: NCRP 147, Table C.1
FACING = (("a", '["0 m", "0 m", "0 m"]', "0 deg"), ("b", '["5 m", "11 m", "0 m"]', "180 deg"))
DESK = """[[point]]
id = "desk"
position = ["2 m", "5.5 m", "1 m"]
beyond = { kind = "reception", name = "desk", occupancy = 0.5 }
"""


def archer(x: float) -> float:
    """Return the transmission of lead, by hand."""
    return ((1 + BETA / ALPHA) * exp(ALPHA * GAMMA * x) - BETA / ALPHA) ** (-1 / GAMMA)


def scans_at(metres: float, count: float, lead: float, dlp: float = 500) -> float:
    """Return mGy of body scans: 1.2 kappa DLP, inverse square, Archer."""
    return count * 1.2 * 3e-4 * dlp / metres**2 * archer(lead)


def facing(folder: Path, more: str = DESK, **changed: object) -> Path:
    rooms = {"a": ct_room(lead=1), "b": ct_room(lead=1.5, scans=70, hour="in_busiest_hour = 3", dlp=800)}
    return written(folder, site_text(*FACING, more=more), **{**rooms, **changed})  # type: ignore[arg-type]


def test_a_shared_point_by_hand(tmp_path: Path) -> None:
    found = checked(facing(tmp_path))
    d = dist((2, 5.5), (2, 2)), dist((2, 5.5), (3, 9))
    week = scans_at(d[0], 100, 1.0) + scans_at(d[1], 70, 1.5, 800)
    hour = 1e3 * (scans_at(d[0], 4, 1.0) + scans_at(d[1], 3, 1.5, 800))
    rate = 3.6e6 / 10 * (scans_at(d[0], 1, 1.0) + scans_at(d[1], 1, 1.5, 800))
    for room in found.rooms:
        desk = point_of(room, "desk@site").doses
        assert desk.air_kerma_week_mGy == pytest.approx(week, rel=1e-9)
        assert desk.air_kerma_year_mGy == pytest.approx(50 * 0.5 * week, rel=1e-9)
        assert desk.air_kerma_hour_uGy == pytest.approx(hour, rel=1e-9)
        assert desk.air_kerma_beam_on_uGy_per_h == pytest.approx(rate, rel=1e-9)
    shares = point_of(found.rooms[0], "desk@site").rooms
    assert [share.room for share in shares] == ["a", "b"]
    assert shares[1].kerma.week_mGy == pytest.approx(scans_at(d[1], 70, 1.5, 800), rel=1e-9)


def test_each_room_gets_the_other_behind_its_own_wall_alone(tmp_path: Path) -> None:
    """Beyond the south wall of one room the other gives what passes its own wall, the room between uncredited."""
    found = checked(facing(tmp_path))
    south = point_of(room_of(found, "a"), "south")
    place = south.point.position
    other = next(share for share in south.rooms if share.room == "b")
    assert other.kerma.week_mGy == pytest.approx(scans_at(dist(place, (3, 9, 1)), 70, 1.5, 800), rel=1e-9)
    assert {part.crossed for part in south.components if part.room == "b"} == {("b/north",)}


def test_rooms_that_never_radiate_together_have_the_larger_rate_and_the_sum_of_the_rest(tmp_path: Path) -> None:
    lock = '[[never_together]]\nrooms = ["a", "b"]\nbecause = "interlock"\n'
    one, both = checked(facing(tmp_path, DESK + lock)), checked(facing(tmp_path))
    told, summed = (point_of(each.rooms[0], "desk@site") for each in (one, both))
    rates = [share.kerma.beam_on_uGy_per_h or 0 for share in told.rooms]
    assert told.doses.air_kerma_beam_on_uGy_per_h == max(rates)
    assert summed.doses.air_kerma_beam_on_uGy_per_h == pytest.approx(sum(rates))
    assert told.doses.air_kerma_hour_uGy == summed.doses.air_kerma_hour_uGy
    assert told.doses.air_kerma_year_mGy == summed.doses.air_kerma_year_mGy
    assert "assumptions.rooms_never_together" in codes(one)
    assert "assumptions.rooms_together" not in codes(one)


@pytest.mark.parametrize(
    ("missing", "quantity"), [({"hour": ""}, "air_kerma_hour_uGy"), ({"time": ""}, "air_kerma_beam_on_uGy_per_h")]
)
def test_what_another_room_does_not_say_is_not_known_of_the_sum(
    tmp_path: Path, missing: dict[str, str], quantity: str
) -> None:
    found = checked(facing(tmp_path, b=ct_room(**missing)))  # type: ignore[arg-type]
    first = room_of(found, "a")
    assert {getattr(point.doses, quantity) for point in first.results[0].points} == {None}
    assert first.exit_code in (1, 3)
    assert "undetermined" in {finding.outcome for finding in first.findings}
    assert any("b/scanner" in fact.provenance for fact in first.facts)


def test_a_room_alone_on_its_site_is_the_room(tmp_path: Path) -> None:
    for name in ("ct_room", "district_hospital_radiography", "cath_lab"):
        text = (EXAMPLES / f"{name}.toml").read_text("utf-8")
        path = written(tmp_path, site_text((name, '["3 m", "-7.3 m", "4.1 m"]', "33 deg")), **{name: text})
        (site,), room = checked(path).rooms, alone(tmp_path / f"{name}.toml")
        assert site.results == room.results
        assert (site.findings, site.barriers, site.notices) == (room.findings, room.barriers, room.notices)


@pytest.mark.parametrize("turn", [90, 180, -270, 17.3])
def test_moving_and_turning_the_whole_site_changes_nothing(tmp_path: Path, turn: float) -> None:
    from shieldcalc.model.move import move

    frame = move((12.3, -4.56, 7.89), turn)
    rooms = []
    for name, at, own_turn in (("a", (0.0, 0.0, 0.0), 0.0), ("b", (5.0, 11.0, 0.0), 180.0)):
        x, y, z = frame.place(at)
        rooms.append((name, f'["{x!r} m", "{y!r} m", "{z!r} m"]', f"{(own_turn + turn + 180) % 360 - 180} deg"))
    x, y, z = frame.place((2.0, 5.5, 1.0))
    desk = DESK.replace('["2 m", "5.5 m", "1 m"]', f'["{x!r} m", "{y!r} m", "{z!r} m"]')
    (tmp_path / "moved").mkdir()
    before = checked(facing(tmp_path))
    texts = {name: (tmp_path / f"{name}.toml").read_text("utf-8") for name in ("a", "b")}
    after = checked(written(tmp_path / "moved", site_text(*rooms, more=desk), **texts))
    for one, other in zip(before.rooms, after.rooms, strict=True):
        for barrier in one.results[0].barriers:
            first, second = point_of(one, barrier.barrier).doses, point_of(other, barrier.barrier).doses
            assert second.air_kerma_week_mGy == pytest.approx(first.air_kerma_week_mGy, rel=1e-5)
        first, second = point_of(one, "desk@site").doses, point_of(other, "desk@site").doses
        assert second.h10_year_mSv == pytest.approx(first.h10_year_mSv, rel=1e-12)
        assert [f.outcome for f in one.findings] == [f.outcome for f in other.findings]


BESIDE = (("a", '["0 m", "0 m", "0 m"]', "0 deg"), ("b", '["5.002 m", "0 m", "0 m"]', "0 deg"))
IN_ROOM = """[console]
location = "in_room"
position = ["0.3 m", "2 m", "1 m"]
[[point]]
id = "stool"
position = ["0.35 m", "2 m", "1 m"]
beyond = { kind = "control_room", name = "stool", occupancy = 1.0 }
"""


def test_in_the_room_next_door_its_own_sources_are_its_own_business(tmp_path: Path) -> None:
    """A's wall to B: B's sources are not added behind it; at B's console, B's point and a shared point both count."""
    stool = '[[point]]\nid = "stool"\nposition = ["5.352 m", "2 m", "1 m"]\n' + DESK.splitlines()[3] + "\n"
    found = checked(written(tmp_path, site_text(*BESIDE, more=stool), a=ct_room(), b=ct_room(more=IN_ROOM)))
    east = point_of(room_of(found, "a"), "east")
    assert [share.room for share in east.rooms] == ["a"]
    assert "assumptions.inside_other_room" in codes(room_of(found, "a"))
    for name in ("console", "stool", "stool@site"):
        assert [share.room for share in point_of(room_of(found, "b"), name).rooms] == ["b", "a"]
    shared = [point_of(each, "stool@site").doses.air_kerma_week_mGy for each in found.rooms]
    assert shared[0] == pytest.approx(shared[1], rel=1e-12)
    assert shared[0] == pytest.approx(point_of(room_of(found, "b"), "stool").doses.air_kerma_week_mGy, rel=1e-12)
    console = point_of(room_of(found, "b"), "console").rooms
    by_hand = scans_at(dist((5.302, 2, 1), (2, 2, 1)), 100, 2.0)
    assert console[1].kerma.week_mGy == pytest.approx(by_hand, rel=1e-9)


def test_a_wall_that_both_files_describe_counts_once(tmp_path: Path) -> None:
    found = checked(written(tmp_path, site_text(*BESIDE), a=ct_room(), b=ct_room()))
    east = point_of(room_of(found, "a"), "east")
    assert east.doses.air_kerma_week_mGy == pytest.approx(
        scans_at(dist(east.point.position, (2, 2, 1)), 100, 2.0), rel=1e-9
    )


def test_rooms_above_one_another(tmp_path: Path) -> None:
    """Above A's ceiling lies B: only A counts there; beside B on its storey A counts through A's slab."""
    stacked = (("a", '["0 m", "0 m", "0 m"]', "0 deg"), ("b", '["0 m", "0 m", "3.1 m"]', "0 deg"))
    found = checked(written(tmp_path, site_text(*stacked), a=ct_room(), b=ct_room()))
    assert [share.room for share in point_of(room_of(found, "a"), "ceiling").rooms] == ["a"]
    assert [share.room for share in point_of(room_of(found, "b"), "floor").rooms] == ["b"]
    west = point_of(room_of(found, "b"), "west")
    assert [share.room for share in west.rooms] == ["b", "a"]
    assert {part.crossed for part in west.components if part.room == "a"} == {("a/ceiling",)}
    ceiling = point_of(room_of(found, "b"), "ceiling")
    assert {part.crossed for part in ceiling.components if part.room == "a"} == {("a/ceiling",)}


def test_what_to_build_leaves_room_for_the_others(tmp_path: Path) -> None:
    """With the other room's share taken from the limit, a wall needs more; built so, the sum keeps every goal."""
    thin = {"a": ct_room(lead=0.5), "b": ct_room(lead=4.5, scans=60, hour="in_busiest_hour = 2")}
    (tmp_path / "one").mkdir()
    found = room_of(checked(written(tmp_path, site_text(*FACING), **thin)), "a")
    single = alone(tmp_path / "a.toml")
    needs = [
        {v.barrier: {need.material: need for need in v.requirements} for v in each.barriers} for each in (found, single)
    ]
    assert (needs[0]["north"]["lead"].required_mm or 0) > (needs[1]["north"]["lead"].required_mm or 0) + 0.01
    unable = checked(written(tmp_path, site_text(*FACING), a=ct_room(lead=4), b=ct_room(lead=1)))
    reasons = {v.barrier: v.requirements[0].reason for v in room_of(unable, "a").barriers}
    assert reasons["north"] == "from_other_rooms"
    lead = max(need["lead"].required_mm or 0.0 for name, need in needs[0].items() if name in ("south", "north"))
    again = {**thin, "a": ct_room(lead=round(lead + 0.0005, 3))}
    built = room_of(checked(written(tmp_path / "one", site_text(*FACING), **again)), "a")
    goals = [goal for verdict in built.barriers if verdict.barrier == "north" for goal in verdict.goals]
    assert goals
    assert all(getattr(point_of(built, goal.point).doses, goal.quantity) <= goal.limit for goal in goals)


def test_the_worst_place_of_the_sum_against_a_grid(tmp_path: Path) -> None:
    door = (
        '[[door]]\nid = "door"\nwall = "north"\nfrom = "3 m"\nwidth = "1 m"\nheight = "2 m"\n'
        'layers = [{ material = "wood", thickness = "40 mm" }]\n'
    )
    rooms = (FACING[0], ("b", '["6.3 m", "9.5 m", "0 m"]', "161 deg"))
    path = written(tmp_path, site_text(*rooms), a=ct_room(lead=1), b=ct_room(lead=1, more=door, scans=150))
    nowhere_higher(loaded(path))


def nowhere_higher(site: Site) -> None:
    for room in site.rooms:
        among = among_others(site, room)
        result, field = METHOD.compute(among.scene, (), {}), field_of(among.scene)
        for barrier in among.scene.barriers:
            if assessed(barrier):
                grid = Grid(field, barrier)
                grid.fill(Random(room.id))
                for there, said in zip(grid.highest(), highest(result, barrier), strict=True):
                    assert there <= said * 1.01, (room.id, barrier.id, there, said)


def highest(result, barrier):  # type: ignore[no-untyped-def]
    """Return week and hour over all components, and the rate as the doses have it."""
    found = [each.doses for each in result.points if each.point.barrier == barrier.id and each.point.role == "worst"]
    assert own(result, barrier)[2] == max(each.air_kerma_beam_on_uGy_per_h for each in found)
    return tuple(
        max(getattr(each, name) for each in found)
        for name in ("air_kerma_week_mGy", "air_kerma_hour_uGy", "air_kerma_beam_on_uGy_per_h")
    )


def test_a_layer_more_in_any_room_never_raises_a_dose(tmp_path: Path) -> None:
    thin, thick = (tmp_path / name for name in ("thin", "thick"))
    for folder in (thin, thick):
        folder.mkdir()
    before = checked(facing(thin))
    after = checked(facing(thick, b=ct_room(lead=1.6, scans=70, hour="in_busiest_hour = 3", dlp=800)))
    for one, other in zip(before.rooms, after.rooms, strict=True):
        for point in one.results[0].points:
            if point.point.id in {each.point.id for each in other.results[0].points}:
                assert point_of(other, point.point.id).doses.h10_year_mSv <= point.doses.h10_year_mSv * (1 + 1e-9)
    assert sqrt(point_of(after.rooms[0], "desk@site").doses.air_kerma_week_mGy) > 0


def test_methods_side_by_side_add_the_rooms_each_by_itself(tmp_path: Path) -> None:
    """BIR and GBZ 130 add the other room too: more than alone, by the same factor as the other room's share."""
    both = 'date = 2025-06-30\ninstruments = ["VN-LC-24-2015"]\nmethods = ["ncrp147", "bir", "gbz130"]'
    found = room_of(checked(facing(tmp_path, a=ct_room(lead=1, head=both), b=ct_room(lead=1, head=both))), "a")
    single = alone(tmp_path / "a.toml")
    for result, bare in zip(found.results, single.results, strict=True):
        north, by_itself = (
            next(p for p in each.points if p.point.id == "north").doses.h10_year_mSv for each in (result, bare)
        )
        assert by_itself * 1.02 < north < by_itself * 2


def test_in_fluoroscopy_the_fluoroscopes_of_all_rooms_count(tmp_path: Path) -> None:
    """By GBZ 130 at the fluoroscopy technique; not known, and said so, while one room does not say its own."""
    suite = (EXAMPLES / "biplane_angiography_suite.toml").read_text("utf-8")
    rooms = (("a", '["0 m", "0 m", "0 m"]', "0 deg"), ("b", '["9 m", "17 m", "0 m"]', "180 deg"))
    silent = "\n".join(line for line in suite.splitlines() if not line.startswith("fluoroscopy_technique"))
    site = loaded(written(tmp_path, site_text(*rooms), a=suite, b=suite))
    scene = among_others(site, site.rooms[0]).scene
    field = mode_fields(scene).get(FLUOROSCOPY)
    assert field is not None
    own, other = (mode_fields(each).get(FLUOROSCOPY) for each in (replace(scene, others=()), scene.others[0].scene))
    assert own is not None
    assert other is not None
    place = (4.0, 8.5, 1.2)
    rates = own.totals(place)[2], other.totals(scene.others[0].move.back(place))[2]
    assert field.totals(place)[2] == pytest.approx(sum(rate or 0 for rate in rates), rel=1e-12)
    assert min(rate or 0 for rate in rates) > 0
    site = loaded(written(tmp_path, site_text(*rooms), a=suite, b=silent))
    among = among_others(site, site.rooms[0])
    assert FLUOROSCOPY not in mode_fields(among.scene)
    design = site.rooms[0].design
    result = METHOD.compute(replace(among.scene, barriers=()), fixed_points(design, among.scene), {})
    facts = [fact for fact in facts_of(design, among.scene, result) if fact.averaging == "fluoroscopy"]
    assert facts
    assert {fact.value for fact in facts} == {None}
