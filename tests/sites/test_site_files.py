"""Site files: what is refused, with file, line, key and guess; what is warned of; how a site is told from a room."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from made import SITES, alone, checked, codes, ct_room, loaded, room_of, site_text, written

import shieldcalc
from shieldcalc import plugins
from shieldcalc.errors import InputError
from shieldcalc.model.loader import load, load_any
from shieldcalc.model.loader.json_schema import documented, site_schema
from shieldcalc.model.site import Site, SiteAssessment

ROOT = Path(__file__).parents[2]
ROOM = ct_room()
ROOMS = (("a", '["0 m", "0 m", "0 m"]', "0 deg"), ("b", '["5 m", "11 m", "0 m"]', "180 deg"))
SITE = site_text(*ROOMS)
LOCK = '[[never_together]]\nrooms = ["a", "{}"]\nbecause = "interlock"\n'
POINT = '[[point]]\nid = "p"\nposition = {}\nbeyond = {{ kind = "office", occupancy = 1.0 }}\n'


def at(place: str, turn: str = "0 deg") -> str:
    return site_text(ROOMS[0], ("b", place, turn))


def problems(folder: Path, site: str, **rooms: str) -> list[tuple[str, int | None, str, str]]:
    """Return (file, line, key, code) of everything that is wrong; every sentence exists in every language."""
    path = written(folder, site, **(rooms or {"a": ROOM, "b": ROOM}))
    with pytest.raises(InputError) as refused:
        load_any(str(path), plugins.catalog())
    for language in ("en", "vi", "zh"):
        assert len(refused.value.text(language).splitlines()) == len(refused.value.problems)
    return [(Path(each.file).name, each.line, each.key, each.code) for each in refused.value.problems]


@pytest.mark.parametrize(
    ("site", "line", "key", "code"),
    [
        (at('["2 m", "1 m", "0 m"]'), 14, "room.2.at", "site.overlap"),
        (at('["0 m", "0 m", "0 m"]'), 14, "room.2.at", "site.overlap"),
        (at('["5 m", "4 m", "2.9 m"]', "180 deg"), 14, "room.2.at", "site.overlap"),
        (at('["7 m", "-1 m", "0 m"]', "45 deg"), 14, "room.2.at", "site.overlap"),
        (at('["2 m", "0 m", "0 m"]'), 14, "room.2.at", "site.overlap"),
        (at('["-1 m", "1 m", "0 m"]', "-90 deg"), 14, "room.2.at", "site.overlap"),
        (SITE.replace('"b.toml"', '"../b.toml"'), 13, "room.2.file", "site.file_outside"),
        (SITE.replace('"b.toml"', '"/etc/hosts"'), 13, "room.2.file", "site.file_outside"),
        (SITE.replace('"b.toml"', "'x\\b.toml'"), 13, "room.2.file", "site.file_outside"),
        (SITE.replace('"b.toml"', '"c.toml"'), 13, "room.2.file", "site.file_missing"),
        (SITE.replace('"b.toml"', '"."'), 13, "room.2.file", "site.file_missing"),
        (SITE.replace('"b.toml"', '"site.toml"'), 13, "room.2.file", "site.file_itself"),
        (SITE.replace('id = "b"', 'id = "a"'), 12, "room.2.id", "design.duplicate_id"),
        (SITE.replace("turn", "trun"), 10, "room.1.trun", "design.unknown_key"),
        (SITE.replace('"5 m"', "5"), 14, "room.2.at.1", "bare_number"),
        (SITE.replace('"5 m"', '"2000 m"'), 14, "room.2.at.1", "design.out_of_range"),
        (SITE.replace("180 deg", "400 deg"), 15, "room.2.turn", "design.out_of_range"),
        (SITE.replace("format = 1", "format = 2"), 1, "format", "design.out_of_range"),
        (SITE + LOCK.format("c"), 17, "never_together.1.rooms.2", "design.unknown_name"),
        (SITE + LOCK.format("a"), 17, "never_together.1.rooms.2", "site.together_twice"),
        (SITE + LOCK.format("b").replace(', "b"', ""), 17, "never_together.1.rooms", "design.list_length"),
        (SITE + LOCK.format("b").replace("because", "becuase"), 18, "never_together.1.becuase", "design.unknown_key"),
        (SITE + POINT.format('["2 m", "-0.001 m", "1 m"]'), 18, "point.1.position", "site.point_in_wall"),
        (SITE + POINT.format('["3 m", "9 m", "1 m"]'), 18, "point.1.position", "site.point_at_source"),
        (SITE + POINT.format("[]").replace("office", "ofice"), 18, "point.1.position", "design.list_length"),
        (SITE + POINT.format('["2 m", "6 m", "1 m"]').replace("office", "ofice"), 19, "point.1.beyond.kind",
         "design.unknown_name"),
        ("format = 1\nroom = []\n", 1, "identity", "design.missing_key"),
    ],
)  # fmt: skip
def test_refusals_name_line_and_key(tmp_path: Path, site: str, line: int, key: str, code: str) -> None:
    assert ("site.toml", line, key, code) in problems(tmp_path, site)


def test_everything_wrong_in_the_rooms_is_said_at_once(tmp_path: Path) -> None:
    wrong = ROOM.replace('material = "lead"', 'material = "leed"', 1)
    found = problems(tmp_path, SITE, a=wrong, b=ROOM.replace('region = "body"', 'region = "boddy"'))
    assert [name for name, *_ in found] == ["a.toml", "b.toml"]


def test_a_site_within_a_site(tmp_path: Path) -> None:
    assert problems(tmp_path, SITE, a=ROOM, b=SITE) == [("b.toml", 6, "room", "site.not_a_room")]
    with pytest.raises(InputError, match="site file"):
        load(str(tmp_path / "site.toml"), plugins.catalog())


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "b.toml").write_text(ROOM, "utf-8")
    (inner / "b.toml").symlink_to(tmp_path / "b.toml")
    assert problems(inner, SITE, a=ROOM) == [("site.toml", 13, "room.2.file", "site.file_outside")]


def test_rooms_may_lie_in_folders_below_and_share_a_file(tmp_path: Path) -> None:
    (tmp_path / "rooms").mkdir()
    (tmp_path / "rooms" / "ct.toml").write_text(ROOM, "utf-8")
    site = SITE.replace('"a.toml"', '"rooms/ct.toml"').replace('"b.toml"', '"rooms/ct.toml"')
    first, second = checked(written(tmp_path, site)).rooms
    assert first.results[0].points[0].doses.air_kerma_week_mGy == pytest.approx(
        second.results[0].points[0].doses.air_kerma_week_mGy, rel=1e-6
    )


def test_one_too_many_rooms_and_too_much_work(tmp_path: Path) -> None:
    many = [(f"r{index}", f'["{10 * index} m", "0 m", "0 m"]', "0 deg") for index in range(13)]
    assert ("site.toml", 6, "room", "design.list_length") in problems(tmp_path, site_text(*many))
    protocols = "".join(f'[[source.protocol]]\nid = "p{n}"\nregion = "body"\ndlp = "5 mGy*cm"\nper_week = 1\n'
                        for n in range(150))  # fmt: skip
    three = site_text(*ROOMS, ("c", '["20 m", "0 m", "0 m"]', "0 deg"))
    rooms = dict.fromkeys("abc", ROOM + protocols)
    assert ("site.toml", 6, "room", "site.much_work") in problems(tmp_path, three, **rooms)


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("date", "2025-06-30", "2025-07-01"),
        ("instruments", '"VN-LC-24-2015"', '"US-NCRP147"'),
        ("methods", '"ncrp147"', '"bir", "ncrp147"'),
    ],
)
def test_rooms_that_do_not_agree_are_refused_until_the_site_decides(
    tmp_path: Path, key: str, before: str, after: str
) -> None:
    rooms = {"a": ROOM, "b": ROOM.replace(before, after)}
    with pytest.raises(InputError) as refused:
        checked(written(tmp_path, SITE, **rooms))
    assert [(each.line, each.key, each.code) for each in refused.value.problems] == [
        (13, "room.2.file", f"site.disagree_{key}")
    ]
    value = after if key == "date" else f"[{after}]"
    decided = checked(written(tmp_path, site_text(*ROOMS, before=f"[evaluation]\n{key} = {value}\n"), **rooms))
    said = {"date": decided.on, "instruments": decided.instruments[0], "methods": decided.rooms[0].results[0].method}
    assert said[key] == after.strip('"').split('"')[0]


def test_what_two_files_say_of_one_place_and_declare_beside_the_site_is_pointed_out(tmp_path: Path) -> None:
    said = 'kind = "office", occupancy = 1.0'
    declared = f'{said}, other_contributions = [{{ origin = "b", air_kerma = "1e-4 mGy/week" }}]'
    rooms = {
        "a": ROOM.replace(said, f'name = "Hall", {declared}', 1),
        "b": ROOM.replace(said, 'kind = "corridor", name = "hall", occupancy = 0.2', 1),
    }
    found = checked(written(tmp_path, SITE, **rooms))
    assert {"warnings.place_differs", "warnings.declared_beside_site"} <= codes(found)
    assert "warnings.declared_beside_site" in codes(room_of(found, "a"))
    assert "warnings.declared_beside_site" not in codes(room_of(found, "b"))
    plain = checked(written(tmp_path, SITE, a=ROOM, b=ROOM))
    assert not {code for code in codes(plain) if code.startswith("warnings.")}


def test_rooms_closer_than_their_walls_are_pointed_out(tmp_path: Path) -> None:
    assert "warnings.wall_in_other_room" in codes(
        checked(written(tmp_path, at('["5 m", "0 m", "0 m"]'), a=ROOM, b=ROOM))
    )
    above = at('["0 m", "0 m", "3.05 m"]')
    assert "warnings.wall_in_other_room" in codes(checked(written(tmp_path, above, a=ROOM, b=ROOM)))
    apart = at('["5.002 m", "0 m", "0 m"]')
    assert "warnings.wall_in_other_room" not in codes(checked(written(tmp_path, apart, a=ROOM, b=ROOM)))


def test_a_room_stays_a_room_and_a_site_a_site(tmp_path: Path) -> None:
    path = written(tmp_path, SITE, a=ROOM, b=ROOM)
    assert isinstance(shieldcalc.load(str(path)), Site)
    assert isinstance(shieldcalc.check(str(path)), SiteAssessment)
    assert alone(tmp_path / "a.toml").scene.others == ()
    (tmp_path / "c.toml").write_text(ROOM.replace("[room]", "[[room]]"), "utf-8")
    with pytest.raises(InputError, match="a table"):
        load_any(str(tmp_path / "c.toml"), plugins.catalog())


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.parent.name)
def test_the_examples_load(path: Path) -> None:
    site = loaded(path)
    assert len(site.rooms) > 1
    assert {"identity.site", "room.1.file", "room.2.at"} <= set(site.lines)


def test_the_shipped_schema_is_that_of_the_reader_and_every_key_is_documented() -> None:
    shipped = json.loads((ROOT / "data" / "schemas" / "site-1.json").read_text("utf-8"))
    assert shipped == site_schema(), "python -m shieldcalc.model.loader.json_schema site"
    page = documented((ROOT / "docs" / "site-file.md").read_text("utf-8"))
    for name in ("", "identity", "evaluation", "room", "point", "never_together"):
        node = shipped["properties"][name] if name else shipped
        assert set(page[name]) == set(node.get("items", node)["properties"]), name


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.parent.name)
def test_the_examples_fit_the_schema(path: Path) -> None:
    validator = Draft202012Validator(json.loads((ROOT / "data" / "schemas" / "site-1.json").read_text("utf-8")))
    said = tomllib.loads(path.read_text("utf-8"))
    validator.validate(said)
    assert not validator.is_valid({**said, "romo": []})
