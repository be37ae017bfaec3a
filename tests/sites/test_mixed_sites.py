"""Sites with rooms of gamma sources: two of them, one beside X-ray rooms; sums by hand, moved, turned, never off."""

from math import dist
from pathlib import Path

import pytest
from click.testing import CliRunner
from made import EXAMPLES, alone, checked, codes, ct_room, loaded, point_of, room_of, site_text, written
from test_sums import DESK, FACING, scans_at

from shieldcalc.assess.site import among_others
from shieldcalc.cli import cli
from shieldcalc.photons import shield
from shieldcalc.photons.dose import H10
from shieldcalc.photons.point import rates
from shieldcalc.photons.source import of_nuclide

LOCK = '[[never_together]]\nrooms = ["a", "b"]\nbecause = "interlock"\n'
SOURCE = '[[source]]\nid = "store"\nkind = "source_store"\nnuclide = "{}"\nactivity = "{} GBq"\nposition = {}\n'


def store_room(
    *,
    nuclide: str = "Cs-137",
    activity: float = 2.0,
    lead: float = 5.0,
    hours: str = "40 h",
    position: str = '["2 m", "2 m", "1 m"]',
    more: str = "",
    beyond: str = 'kind = "office", occupancy = 1.0',
) -> str:
    """Return a design file: the room of ``ct_room`` with a source in it instead of a scanner."""
    text, _, _ = ct_room(lead=lead, more=more, beyond=beyond).partition("[[source]]")
    text = text.replace('methods = ["ncrp147"]', 'methods = ["point_kernel"]')
    return text.replace('working_hours = "40 h"', f'working_hours = "{hours}"') + SOURCE.format(
        nuclide, activity, position
    )


def rate_at(metres: float, nuclide: str, giga: float, lead: float) -> tuple[float, float]:
    """Return uGy/h and uSv/h of a source behind lead (mm), by the plain point kernel."""
    found = rates(of_nuclide(nuclide, giga * 1e9), metres, [shield.layer("lead", lead)])
    return found.air_kerma, found.doses[H10]


def two_stores(folder: Path, more: str = DESK, **changed: str) -> Path:
    folder.mkdir(exist_ok=True)
    rooms = {"a": store_room(lead=5), "b": store_room(nuclide="Co-60", activity=0.5, lead=8)}
    return written(folder, site_text(*FACING, more=more), **{**rooms, **changed})


def mixed(folder: Path, more: str = DESK, **changed: str) -> Path:
    folder.mkdir(exist_ok=True)
    return written(folder, site_text(*FACING, more=more), **{"a": ct_room(lead=1), "b": store_room(), **changed})


def test_two_gamma_rooms_by_hand(tmp_path: Path) -> None:
    found = checked(two_stores(tmp_path))
    one = rate_at(dist((2, 5.5), (2, 2)), "Cs-137", 2, 5)
    other = rate_at(dist((2, 5.5), (3, 9)), "Co-60", 0.5, 8)
    for room in found.rooms:
        desk = point_of(room, "desk@site").doses
        assert desk.air_kerma_beam_on_uGy_per_h == pytest.approx(one[0] + other[0], rel=1e-9)
        assert desk.h10_beam_on_uSv_per_h == pytest.approx(one[1] + other[1], rel=1e-9)
        assert desk.h10_hour_uSv == pytest.approx(one[1] + other[1], rel=1e-9)
        assert desk.h10_week_mSv == pytest.approx(40 * (one[1] + other[1]) / 1000, rel=1e-9)
        assert desk.h10_year_mSv == pytest.approx(52 * 0.5 * 40 * (one[1] + other[1]) / 1000, rel=1e-9)
    shares = {share.room: share.kerma.hour_uGy for share in point_of(found.rooms[0], "desk@site").rooms}
    assert shares == {"a": pytest.approx(one[0], rel=1e-9), "b": pytest.approx(other[0], rel=1e-9)}
    crossed = {part.crossed for part in point_of(room_of(found, "a"), "north").components if part.room == "b"}
    assert crossed == {("b/north",)}


def test_two_equal_gamma_rooms_see_each_other_alike(tmp_path: Path) -> None:
    middle = '["2.5 m", "2 m", "1 m"]'
    text = store_room(position=middle)
    found = checked(written(tmp_path, site_text(*FACING), a=text, b=text))
    for name in ("south", "north", "east", "west", "ceiling"):
        one, other = (point_of(each, name).doses for each in found.rooms)
        assert one.h10_year_mSv == pytest.approx(other.h10_year_mSv, rel=1e-4)


@pytest.mark.parametrize("make", [two_stores, mixed])
@pytest.mark.parametrize("turn", [90, 17.3])
def test_moving_and_turning_the_whole_site_changes_nothing(make, turn: float, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from shieldcalc.model.move import move

    frame = move((12.3, -4.56, 7.89), turn)
    rooms = []
    for name, at, own_turn in (("a", (0.0, 0.0, 0.0), 0.0), ("b", (5.0, 11.0, 0.0), 180.0)):
        x, y, z = frame.place(at)
        rooms.append((name, f'["{x!r} m", "{y!r} m", "{z!r} m"]', f"{(own_turn + turn + 180) % 360 - 180} deg"))
    x, y, z = frame.place((2.0, 5.5, 1.0))
    desk = DESK.replace('["2 m", "5.5 m", "1 m"]', f'["{x!r} m", "{y!r} m", "{z!r} m"]')
    (tmp_path / "moved").mkdir()
    before = checked(make(tmp_path))
    texts = {name: (tmp_path / f"{name}.toml").read_text("utf-8") for name in ("a", "b")}
    after = checked(written(tmp_path / "moved", site_text(*rooms, more=desk), **texts))
    for one, other in zip(before.rooms, after.rooms, strict=True):
        first, second = point_of(one, "desk@site").doses, point_of(other, "desk@site").doses
        assert second.h10_year_mSv == pytest.approx(first.h10_year_mSv, rel=1e-9)
        first, second = point_of(one, "north").doses, point_of(other, "north").doses
        assert second.h10_year_mSv == pytest.approx(first.h10_year_mSv, rel=1e-3)
        assert one.exit_code == other.exit_code


@pytest.mark.parametrize("make", [two_stores, mixed])
def test_an_interlock_stops_no_gamma_source(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    locked, free = checked(make(tmp_path, DESK + LOCK)), checked(make(tmp_path / "free"))
    for one, other in zip(locked.rooms, free.rooms, strict=True):
        for point in one.results[0].points:
            assert point.doses == point_of(other, point.point.id).doses
    assert "assumptions.gamma_never_off" in codes(locked)


def test_people_are_at_a_place_for_the_hours_of_its_room(tmp_path: Path) -> None:
    """A source next door radiates for as long as people of this room are there, whatever hours that room keeps."""
    found = checked(two_stores(tmp_path, b=store_room(nuclide="Co-60", activity=0.5, lead=8, hours="10 h")))
    north = point_of(room_of(found, "a"), "north").doses
    assert north.h10_beam_on_uSv_per_h is not None
    assert north.h10_week_mSv == pytest.approx(40 * north.h10_beam_on_uSv_per_h / 1000, rel=1e-9)


BESIDE = (("a", '["0 m", "0 m", "0 m"]', "0 deg"), ("b", '["5.005 m", "0 m", "0 m"]', "0 deg"))
STOOL = """[console]
location = "in_room"
position = ["0.3 m", "2 m", "1 m"]
"""


def test_in_the_gamma_room_next_door_its_own_points_have_everything(tmp_path: Path) -> None:
    texts = {"a": ct_room(lead=1), "b": store_room(more=STOOL)}
    found = checked(written(tmp_path, site_text(*BESIDE), **texts))
    east = point_of(room_of(found, "a"), "east")
    assert [share.room for share in east.rooms] == ["a"]
    assert "assumptions.inside_other_room" in codes(room_of(found, "a"))
    console = point_of(room_of(found, "b"), "console")
    assert [share.room for share in console.rooms] == ["b", "a"]
    by_hand = scans_at(dist((5.305, 2, 1), (2, 2, 1)), 100, 1.0)
    assert console.rooms[1].kerma.week_mGy == pytest.approx(by_hand, rel=1e-9)
    own = rate_at(dist((0.3, 2, 1), (2, 2, 1)), "Cs-137", 2, 1e-9)
    assert console.rooms[0].kerma.hour_uGy == pytest.approx(own[0], rel=1e-6)


def test_an_x_ray_room_beside_a_gamma_room_by_hand(tmp_path: Path) -> None:
    found = checked(mixed(tmp_path))
    d = dist((2, 5.5), (2, 2)), dist((2, 5.5), (3, 9))
    week, hour, rate = scans_at(d[0], 100, 1.0), 1e3 * scans_at(d[0], 4, 1.0), 3.6e5 * scans_at(d[0], 1, 1.0)
    kerma, h10 = rate_at(d[1], "Cs-137", 2, 5)
    for room in found.rooms:
        desk = point_of(room, "desk@site").doses
        assert desk.air_kerma_week_mGy == pytest.approx(week + 40 * kerma / 1000, rel=1e-9)
        assert desk.air_kerma_year_mGy == pytest.approx(0.5 * (50 * week + 52 * 40 * kerma / 1000), rel=1e-9)
        assert desk.h10_year_mSv == pytest.approx(0.5 * (50 * 1.77 * week + 52 * 40 * h10 / 1000), rel=1e-9)
        assert desk.h10_hour_uSv == pytest.approx(1.77 * hour + h10, rel=1e-9)
        assert desk.h10_beam_on_uSv_per_h == pytest.approx(1.77 * rate + h10, rel=1e-9)
    one, other = (point_of(room, "desk@site") for room in found.rooms)
    assert {share.room: share.kerma for share in one.rooms} == {share.room: share.kerma for share in other.rooms}
    assert [result.method for room in found.rooms for result in room.results] == ["ncrp147", "point_kernel"]


def test_a_room_less_never_raises_and_a_layer_more_never_raises(tmp_path: Path) -> None:
    found = checked(mixed(tmp_path))
    thicker = checked(mixed(tmp_path / "thick", b=store_room(lead=12)))
    single = alone(tmp_path / "a.toml")
    for point in single.results[0].points:
        both = point_of(room_of(found, "a"), point.point.id).doses if point.point.id == "north" else None
        if both is not None:
            assert both.h10_year_mSv > point.doses.h10_year_mSv
    for one, other in zip(found.rooms, thicker.rooms, strict=True):
        first, second = point_of(one, "desk@site").doses, point_of(other, "desk@site").doses
        assert second.h10_year_mSv < first.h10_year_mSv


def test_what_a_wall_needs_beside_a_gamma_room_keeps_the_goals_when_built(tmp_path: Path) -> None:
    rooms = {"a": ct_room(lead=0.5), "b": store_room(lead=90, activity=0.01)}
    found = room_of(checked(mixed(tmp_path, "", **rooms)), "a")
    need = next(v.requirements for v in found.barriers if v.barrier == "north")
    lead = next(each.required_mm for each in need if each.material == "lead")
    assert lead
    again = {**rooms, "a": ct_room(lead=lead)}
    built = room_of(checked(mixed(tmp_path / "built", "", **again)), "a")
    goals = [goal for verdict in built.barriers if verdict.barrier == "north" for goal in verdict.goals]
    assert goals
    assert all(getattr(point_of(built, goal.point).doses, goal.quantity) <= goal.limit for goal in goals)


def test_a_gamma_room_needs_more_beside_a_scanner(tmp_path: Path) -> None:
    law = ('"VN-LC-24-2015"', '"VN-19-2012"')
    rooms = {"a": ct_room(lead=2).replace(*law), "b": store_room(lead=1, activity=0.1).replace(*law)}
    (tmp_path / "one").mkdir()
    found = room_of(checked(mixed(tmp_path, "", **rooms)), "b")
    both, single = (
        next(need.required_mm for v in each.barriers if v.barrier == "north" for need in v.requirements[:1])
        for each in (found, alone(tmp_path / "b.toml"))
    )
    assert both
    assert single
    assert both > single
    again = {**rooms, "b": store_room(lead=both, activity=0.1).replace(*law)}
    built = room_of(checked(mixed(tmp_path / "built", "", **again)), "b")
    goals = [goal for verdict in built.barriers if verdict.barrier == "north" for goal in verdict.goals]
    assert goals
    assert all(getattr(point_of(built, goal.point).doses, goal.quantity) <= goal.limit for goal in goals)


def test_methods_given_hold_for_the_rooms_that_they_treat(tmp_path: Path) -> None:
    path = mixed(tmp_path)
    for given, wanted in (
        (("bir",), ["bir", "point_kernel"]),
        (("point_kernel",), ["ncrp147", "point_kernel"]),
        (("gbz130", "point_kernel"), ["gbz130", "point_kernel"]),
    ):
        found = checked(path, given)
        assert [result.method for room in found.rooms for result in room.results] == wanted
    gbz = checked(path, ("gbz130",))
    assert {point_of(room, "desk@site").doses.h10_hour_uSv for room in gbz.rooms} == {None}
    years = [point_of(room, "desk@site").doses.h10_year_mSv for room in gbz.rooms]
    assert years[0] == pytest.approx(years[1], rel=1e-12)


def test_what_cannot_be_added_is_refused(tmp_path: Path) -> None:
    three = (*FACING, ("c", '["20 m", "0 m", "0 m"]', "0 deg"))
    other = ct_room().replace('methods = ["ncrp147"]', 'methods = ["bir", "ncrp147"]')
    cases = (
        (site_text(*three), {"a": ct_room(), "b": store_room(), "c": other}, "different methods"),
        (site_text(*FACING), {"a": ct_room(), "b": store_room().replace("2025-06-30", "2025-07-01")}, "date"),
        (
            site_text(*FACING),
            {"a": ct_room().replace('working_hours = "40 h"\n', ""), "b": store_room()},
            "working_hours",
        ),
        (site_text(*FACING), {"a": ct_room(), "b": store_room(nuclide="Pu-Be")}, "neutron"),
    )
    for number, (site, rooms, said) in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = written(folder, site, **rooms)
        result = CliRunner().invoke(cli, ["check", str(path)])
        assert result.exit_code == 2, (said, result.stdout[-400:])
        assert said in result.stderr
        assert "Traceback" not in result.stderr


def test_rooms_by_two_x_ray_methods_add_each_by_its_own(tmp_path: Path) -> None:
    """Each room counts by its own method: a shared point has the same doses in each part, the sum of both alone."""
    rooms = {"a": ct_room(), "b": ct_room().replace('methods = ["ncrp147"]', 'methods = ["bir"]')}
    found = checked(written(tmp_path, site_text(*FACING, more=DESK), **rooms))
    assert [result.method for room in found.rooms for result in room.results] == ["ncrp147", "bir"]
    one, other = (point_of(room, "desk@site").doses for room in found.rooms)
    for name in ("h10_year_full_occupancy_mSv", "air_kerma_week_mGy", "h10_hour_uSv", "h10_beam_on_uSv_per_h"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-12)
    alone = [point_of(room, "desk@site").rooms for room in found.rooms]
    assert one.air_kerma_week_mGy == pytest.approx(sum(each.kerma.week_mGy for each in alone[0]), rel=1e-12)
    weeks = one.h10_year_full_occupancy_mSv / one.air_kerma_week_mGy / 1.77
    assert 50 < weeks < 52


def test_a_mixed_room_and_its_neighbours(tmp_path: Path) -> None:
    """A room with both beside one with a source: three sums of one point agree."""
    both = ct_room(lead=1) + SOURCE.format("Co-60", 0.2, '["3 m", "1 m", "0.8 m"]')
    found = checked(mixed(tmp_path, a=both))
    desk = [point_of(room, "desk@site").doses for room in found.rooms]
    assert desk[0].h10_year_mSv == pytest.approx(desk[1].h10_year_mSv, rel=1e-12)
    extra = rate_at(dist((2, 5.5, 1), (3, 1, 0.8)), "Co-60", 0.2, 1)
    plain = point_of(checked(mixed(tmp_path / "plain")).rooms[0], "desk@site").doses
    assert desk[0].h10_hour_uSv is not None
    assert plain.h10_hour_uSv is not None
    assert desk[0].h10_hour_uSv - plain.h10_hour_uSv == pytest.approx(extra[1], rel=1e-6)
    site = loaded(tmp_path / "site.toml")
    assert [each.method for each in among_others(site, site.rooms[0]).scene.others] == ["point_kernel"]


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_reports_and_maps_of_such_a_site(language: str, tmp_path: Path) -> None:
    path, out = mixed(tmp_path), tmp_path / "site.html"
    result = CliRunner().invoke(cli, ["check", str(path), "--lang", language, "--report", str(out)])
    assert result.exit_code in (1, 3), result.stderr
    assert "Cs-137" in out.read_text("utf-8")


def test_the_example_of_a_ct_room_beside_a_source_store() -> None:
    path = EXAMPLES / "ct_beside_source_store"
    room, store = checked(path / "site.toml").rooms
    assert room.exit_code == 0
    assert store.exit_code == 3  # no binding dose rule for rooms of gamma sources alone
    desk = [point_of(each, "reception@site").doses.h10_year_mSv for each in (room, store)]
    assert desk[0] == pytest.approx(desk[1], rel=1e-12)
    assert alone(path / "ct.toml").exit_code == 0
