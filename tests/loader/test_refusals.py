"""One refusal each: what is wrong, on which line, under which key. Several at once are all said."""

import re
from pathlib import Path

import pytest
from small_rooms import DOOR, LEAD, SQUARE, problems


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


CHANGES = {
    "decimal comma": ('height = "3 m"', 'height = "3,2 m"', "room.height", "decimal_comma"),
    "bare number": ('height = "3 m"', "height = 3", "room.height", "bare_number"),
    "no unit": ('height = "3 m"', 'height = "3"', "room.height", "bare_number"),
    "nan": ('height = "3 m"', "height = nan", "room.height", "bare_number"),
    "no number": ('height = "3 m"', 'height = "nan m"', "room.height", "not_a_number"),
    "infinite": ('height = "3 m"', 'height = "1e400 m"', "room.height", "not_finite"),
    "huge": ('height = "3 m"', 'height = "3 km"', "room.height", "out_of_range"),
    "foreign unit": ('height = "3 m"', 'height = "3 miles"', "room.height", "wrong_unit"),
    "negative": ('height = "3 m"', 'height = "-3 m"', "room.height", "out_of_range"),
    "nan number": (
        "patients_per_week = 100",
        "patients_per_week = nan",
        "source.1.workload.patients_per_week",
        "not_finite",
    ),
    "huge integer": (
        "patients_per_week = 100",
        f"patients_per_week = {'9' * 400}",
        "source.1.workload.patients_per_week",
        "not_finite",
    ),
    "yes as number": ("edge = 2", "edge = true", "wall.2.edge", "wrong_type"),
    "half an edge": ("edge = 2", "edge = 2.5", "wall.2.edge", "wrong_type"),
    "edge too many": ("edge = 2", "edge = 5", "wall.2.edge", "no_edge"),
    "unknown instrument": ("VN-LC-24-2015", "VN-LC-24-2051", "evaluation.instruments.1", "unknown_name"),
    "unknown method": ("ncrp147", "ncrp174", "evaluation.methods.1", "unknown_name"),
    "instrument twice": (
        '["VN-LC-24-2015"]',
        '["VN-13-2014", "VN-13-2014"]',
        "evaluation.instruments.2",
        "named_twice",
    ),
    "unknown kind of source": ('"chest"', '"chets"', "source.1.kind", "unknown_name"),
    "unknown distribution": ('"chest_room"', '"chest_rom"', "source.1.workload.distribution", "unknown_name"),
    "format": ("format = 1", "format = 2", "format", "out_of_range"),
    "plan of two": (', ["5 m", "4 m"], ["0 m", "4 m"]', "", "room.plan", "list_length"),
    "corner of three": ('["5 m", "0 m"]', '["5 m", "0 m", "1 m"]', "room.plan.2", "list_length"),
    "corner with a word": ('["5 m", "0 m"]', '["5 m", "east"]', "room.plan.2.2", "not_a_number"),
    "corner repeated": ('["5 m", "0 m"]', '["0 m", "0 m"]', "room.plan.2", "plan_repeats"),
    "plan that touches itself": ('["0 m", "4 m"]]', '["2 m", "0 m"], ["0 m", "4 m"]]', "room.plan.3", "plan_crosses"),
    "plan that folds back": ('["0 m", "4 m"]]', '["0 m", "4 m"], ["0 m", "8 m"]]', "room.plan.5", "plan_crosses"),
    "wall over the ceiling": ("edge = 2", 'edge = 2\nheight = "4 m"', "wall.2.height", "wall_high"),
    "wall past its edge": ("edge = 2", 'edge = 2\nto = "4.2 m"', "wall.2.to", "off_edge"),
    "wall backwards": ("edge = 2", 'edge = 2\nfrom = "3 m"\nto = "2 m"', "wall.2.to", "wall_backwards"),
    "wall too short": ("edge = 2", 'edge = 2\nto = "3.9 m"', "wall.2.to", "gap"),
    "wall too late": ("edge = 2", 'edge = 2\nfrom = "0.1 m"', "wall.2.from", "gap"),
    "unknown place": ('"nothing"', '"noting"', "floor.beyond.kind", "unknown_name"),
    "occupied ground": ('"nothing"', '"nothing", occupancy = 1', "floor.beyond.occupancy", "place_nothing"),
    "other without details": (
        '"nothing"',
        '"other", storey_height = "3 m"',
        "floor.beyond.occupancy",
        "place_explicit",
    ),
    "low storey": ('storey_height = "3 m"', 'storey_height = "1.5 m"', "ceiling.beyond.storey_height", "storey_low"),
    "layers as text": (LEAD, 'layers = "lead"', "wall.1.layers", "wrong_type"),
    "no layers": (LEAD, "layers = []", "wall.1.layers", "list_length"),
    "layer as text": (LEAD, 'layers = ["lead"]', "wall.1.layers.1", "wrong_type"),
    "form of lead": ('"2 mm" }', '"2 mm", form = "solid" }', "wall.1.layers.1.form", "no_form"),
    "focus on the wall": ('focus = ["3 m"', 'focus = ["5 m"', "source.1.beam.1.focus", "in_barrier"),
    "focus outside": ('focus = ["3 m"', 'focus = ["7 m"', "source.1.beam.1.focus", "outside_room"),
    "focus above": (
        'focus = ["3 m", "2 m", "1 m"]',
        'focus = ["3 m", "2 m", "4 m"]',
        "source.1.beam.1.focus",
        "beyond_height",
    ),
    "focus in the ceiling": (
        'focus = ["3 m", "2 m", "1 m"]',
        'focus = ["3 m", "2 m", "3.001 m"]',
        "source.1.beam.1.focus",
        "in_barrier",
    ),
    "patient at the focus": ('patient = ["1 m"', 'patient = ["3 m"', "source.1.beam.1.patient", "coincide"),
    "beam that misses": ('toward = "west"', 'toward = "north"', "source.1.beam.1.toward", "beam_misses"),
    "unknown target": ('toward = "west"', 'toward = "wset"', "source.1.beam.1.toward", "unknown_name"),
    "target at the focus": ('toward = "west"', 'toward = ["3 m", "2 m", "1 m"]', "source.1.beam.1.toward", "coincide"),
    "target behind": ('toward = "west"', 'toward = ["5 m", "2 m", "1 m"]', "source.1.beam.1.toward", "beam_away"),
    "target as number": ('toward = "west"', "toward = 4", "source.1.beam.1.toward", "wrong_type"),
    "use factor above one": ("use_factor = 1", "use_factor = 1.01", "source.1.beam.1.use_factor", "out_of_range"),
    "no primary": ('"chest_room"', '"fluoroscopy_tube_rf_room"', "source.1.beam.1.distribution", "no_primary"),
    "busiest hour below": ("_hour = 5", "_hour = 2.4", "source.1.workload.patients_in_busiest_hour", "hour_below"),
    "busiest hour above": ("_hour = 5", "_hour = 101", "source.1.workload.patients_in_busiest_hour", "hour_above"),
    "kV of a tube": ('kind = "chest"', 'kind = "chest"\nkv = "120 kV"', "source.1.kv", "not_here"),
    "workload of CT": ('kind = "chest"', 'kind = "ct"', "source.1.workload", "not_here"),
    "wide id": ('id = "tube"', f'id = "{"t" * 41}"', "source.1.id", "bad_id"),
    "plugins not tables": ("format = 1", "format = 1\nplugins = { a = 1 }", "plugins", "wrong_type"),
}


@pytest.mark.parametrize(("old", "new", "key", "code"), CHANGES.values(), ids=CHANGES)
def test_one_change_is_refused_at_its_line(old: str, new: str, key: str, code: str, tmp_path: Path) -> None:
    changed = SQUARE.replace(old, new, 1)
    assert changed != SQUARE
    found = problems(changed, tmp_path)
    assert (key, code) in [(found_key, found_code) for _, found_key, found_code in found]
    line = next(line for line, found_key, _ in found if found_key == key)
    said = changed.splitlines()[(line or 0) - 1]
    names = key.rstrip(".0123456789").split(".")[-2:]
    assert any(name in said for name in names) or said in new or said.startswith("[")


def test_a_missing_key_has_the_line_of_its_table(tmp_path: Path) -> None:
    text = SQUARE.replace('author = "Radiation protection officer"\n', "").replace('kind = "chest"\n', "")
    assert problems(text, tmp_path) == [
        (line_of(text, "[identity]"), "identity.author", "missing_key"),
        (line_of(text, "[[source]]"), "source.1.kind", "missing_key"),
    ]


@pytest.mark.parametrize("key", ["thickness", "edge", "height", "kind", "use_factor", "focus", "beyond", "[floor]"])
def test_a_misspelt_key_is_one_error(key: str, tmp_path: Path) -> None:
    wrong = key.replace("]", "r]") if key.startswith("[") else key + "s"
    text = SQUARE.replace(key, wrong, 1)
    assert [(line, code) for line, _, code in problems(text, tmp_path)] == [(line_of(text, wrong), "unknown_key")]


def test_a_room_with_an_open_edge(tmp_path: Path) -> None:
    wall = SQUARE[SQUARE.index('[[wall]]\nid = "north"') : SQUARE.index('[[wall]]\nid = "west"')]
    text = SQUARE.replace(wall, "")
    assert problems(text, tmp_path) == [(line_of(text, "plan"), "room.plan.3", "not_closed")]


def test_walls_that_overlap_on_an_edge(tmp_path: Path) -> None:
    added = f'[[wall]]\nid = "more"\nedge = 2\nfrom = "1 m"\n{LEAD}\nbeyond = {{ kind = "nothing" }}\n'
    assert problems(SQUARE + added, tmp_path) == [(line_of(SQUARE + added, 'from = "1 m"'), "wall.5.from", "overlap")]


def test_brick_says_what_it_is(tmp_path: Path) -> None:
    text = SQUARE.replace('"lead", thickness = "2 mm"', '"brick", thickness = "220 mm"', 1)
    line = line_of(text, "brick")
    wanted = [(line, "wall.1.layers.1.form", "needs_form"), (line, "wall.1.layers.1.density", "needs_density")]
    assert problems(text, tmp_path) == wanted


@pytest.mark.parametrize(
    ("layer", "code"),
    [
        ('"concrete", thickness = "9 cm", density = "3.2 g/cm3"', "other_material"),
        ('"brick", thickness = "9 cm", form = "hollow", density = "500 kg/m3"', "other_material"),
        ('"gypsum", thickness = "9 cm", density = "0.5 g/cm3"', "light_material"),
    ],
)
def test_densities_that_no_data_hold_for(layer: str, code: str, tmp_path: Path) -> None:
    text = SQUARE.replace('"lead", thickness = "2 mm"', layer, 1)
    assert problems(text, tmp_path) == [(line_of(text, "density"), "wall.1.layers.1.density", code)]


OPENINGS = {
    "outside its wall": ('from = "1 m"', 'from = "5.5 m"', "from", "opening_outside"),
    "past the end": ('width = "1 m"', 'width = "4.1 m"', "width", "opening_wide"),
    "taller than the wall": ('height = "2 m"', 'height = "3.1 m"', "height", "opening_tall"),
    "sill over the wall": ('from = "1 m"', 'from = "1 m"\nsill = "3.2 m"', "sill", "opening_tall"),
    "in no wall": ('wall = "north"', 'wall = "nroth"', "wall", "unknown_name"),
    "in a floor": ('wall = "north"', 'wall = "floor"', "wall", "unknown_name"),
    "without width": ('width = "1 m"\n', "", "width", "missing_key"),
}


@pytest.mark.parametrize(("old", "new", "key", "code"), OPENINGS.values(), ids=OPENINGS)
def test_doors_out_of_place(old: str, new: str, key: str, code: str, tmp_path: Path) -> None:
    changed = DOOR.replace(old, new, 1)
    found = problems(SQUARE + changed, tmp_path)
    start = line_of(SQUARE + changed, "[[door]]")
    offset = next((number for number, line in enumerate(changed.splitlines()) if line.startswith(f"{key} =")), 0)
    assert found == [(start + offset, f"door.1.{key}", code)]


def test_doors_that_overlap_and_doors_side_by_side(tmp_path: Path) -> None:
    second = DOOR.replace('"door"', '"second"').replace('from = "1 m"', 'from = "1.9 m"')
    text = SQUARE + DOOR + second
    assert problems(text, tmp_path) == [(line_of(text, 'from = "1.9 m"'), "door.2.from", "openings_overlap")]
    assert problems(text.replace("1.9 m", "2 m"), tmp_path) == []
    above = DOOR.replace("door", "window").replace('from = "1 m"', 'from = "1 m"\nsill = "2.2 m"')
    assert problems(SQUARE + DOOR + above.replace('height = "2 m"', 'height = "0.5 m"'), tmp_path) == []


def test_a_door_in_a_part_height_wall(tmp_path: Path) -> None:
    low = SQUARE.replace("edge = 3", 'edge = 3\nheight = "1.9 m"')
    assert [code for _, _, code in problems(low + DOOR, tmp_path)] == ["opening_tall"]


def test_use_factors_of_one_distribution(tmp_path: Path) -> None:
    beam = SQUARE[SQUARE.index("[[source.beam]]") :]
    more = beam.replace('"stand"', '"again"').replace("use_factor = 1", "use_factor = 0.1")
    text = SQUARE + more
    assert problems(text, tmp_path) == [
        (line_of(text, "use_factor = 0.1"), "source.1.beam.2.use_factor", "use_factor_sum")
    ]
    apart = more.replace("use_factor", 'distribution = "rad_room_chest_bucky"\nuse_factor')
    assert problems(SQUARE + apart, tmp_path) == []


def test_busiest_hours_need_working_hours_and_a_total(tmp_path: Path) -> None:
    text = SQUARE.replace('working_hours = "40 h"\n', "")
    wanted = [(line_of(text, "[evaluation]"), "evaluation.working_hours", "hours_missing")]
    assert problems(text, tmp_path) == wanted
    text = SQUARE.replace(", patients_in_busiest_hour = 5", "") + "patients_in_busiest_hour = 3\n"
    assert [code for *_, code in problems(text, tmp_path)] == ["hour_without_total"]


PLACES = {
    "wall": ('["5.001 m", "2 m", "1 m"]', "in_barrier"),
    "corner": ('["5.001 m", "4.001 m", "1 m"]', "in_barrier"),
    "ceiling": ('["2 m", "2 m", "3.001 m"]', "in_barrier"),
    "floor": ('["2 m", "2 m", "-0.001 m"]', "in_barrier"),
    "screen": ('["2 m", "2 m", "1 m"]', "in_barrier"),
    "focus": ('["3 m", "2 m", "1 m"]', "at_source"),
    "beside": ('["5.3 m", "2 m", "1 m"]', None),
    "above": ('["2 m", "2 m", "3.5 m"]', None),
    "room": ('["2 m", "1 m", "1 m"]', None),
    "over the screen": ('["2 m", "2 m", "2.5 m"]', None),
}


@pytest.mark.parametrize(("at", "code"), PLACES.values(), ids=PLACES)
def test_points(at: str, code: str | None, tmp_path: Path) -> None:
    screen = f'[[screen]]\nid = "screen"\nfrom = ["1.5 m", "2 m"]\nto = ["2.5 m", "2 m"]\nheight = "2 m"\n{LEAD}\n'
    point = f'[[point]]\nid = "here"\nposition = {at}\nbeyond = {{ kind = "office", occupancy = 1 }}\n'
    text = SQUARE + screen + point
    wanted = [] if code is None else [(line_of(text, f"position = {at}"), "point.1.position", code)]
    assert problems(text, tmp_path) == wanted


def test_over_a_part_height_wall_there_is_air(tmp_path: Path) -> None:
    low = SQUARE.replace("edge = 2", 'edge = 2\nheight = "2 m"')
    point = (
        '[[point]]\nid = "here"\nposition = ["5.001 m", "2 m", "{} m"]\nbeyond = {{ kind = "office", occupancy = 1 }}\n'
    )
    assert problems(low + point.format(2.5), tmp_path) == []
    assert [code for *_, code in problems(low + point.format(1.5), tmp_path)] == ["in_barrier"]


CONSOLES = {
    "in the room without a place": ('location = "in_room"', "position", "needed_here"),
    "in the room, outside": ('location = "in_room"\nposition = ["9 m", "2 m", "1 m"]', "position", "outside_room"),
    "outside, in the room": ('location = "outside"\nposition = ["2 m", "1 m", "1 m"]', "position", "console_inside"),
    "unknown barrier": ('location = "outside"\nbarrier = "eats"', "barrier", "unknown_name"),
    "unknown screen": (
        'location = "in_room"\nposition = ["2 m", "1 m", "1 m"]\nscreen = "s"',
        "screen",
        "unknown_name",
    ),
}


@pytest.mark.parametrize(("said", "key", "code"), CONSOLES.values(), ids=CONSOLES)
def test_consoles(said: str, key: str, code: str, tmp_path: Path) -> None:
    found = problems(f"{SQUARE}[console]\n{said}\n", tmp_path)
    assert [(found_key, found_code) for _, found_key, found_code in found] == [(f"console.{key}", code)]


def test_everything_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        SQUARE.replace('height = "3 m"', 'height = "3,2 m"', 1)
        .replace('"chest"', '"chets"')
        .replace("edge = 2", "edge = 7")
    )
    text = text.replace('thickness = "2 mm"', 'thicknes = "2 mm"', 1).replace("use_factor = 1", "use_factor = 2")
    found = problems(text, tmp_path)
    assert [key for _, key, _ in found] == [
        "room.height",
        "wall.1.layers.1.thicknes",
        "wall.2.edge",
        "source.1.kind",
        "source.1.beam.1.use_factor",
    ]
    assert [line for line, _, _ in found] == sorted(line or 0 for line, _, _ in found)


FILES = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n", "empty"),
    "byte order mark": (b"\xef\xbb\xbfformat = 1", "byte_order_mark"),
    "latin-1": (b'format = 1\nx = "\xe9"', "not_utf8"),
    "utf-16": ("format = 1".encode("utf-16"), "not_utf8"),
    "no TOML": (b"format: 1", "syntax"),
    "open list": (b"format = [1,", "syntax_end"),
    "open string": (b'format = "1', "syntax_end"),
    "zero byte": (b"format = 1\x00", "syntax"),
    "long line": (b"# " + b"x" * 20_000, "long_line"),
    "large": (b"# x\n" * 300_000, "too_large"),
    "deep list": (b"a = " + b"[" * 3000 + b"]" * 3000, "too_deep"),
    "deep table": (b"a" + b".a" * 40 + b" = 1", "too_deep"),
    "long keys": (b"\n".join(b"a%d" % number + b".b" * 4000 + b" = 1" for number in range(100)), "too_deep"),
    "long quoted keys": (b"x = { " + b'"a" . ' * 1000 + b"a = 1 }", "too_deep"),
    "key twice": (b"format = 1\nformat = 1\n", "defined_twice"),
    "impossible date": (b"date = 2025-02-30", "syntax"),
    "huge number": (b"a = " + b"9" * 9000, "long_number"),
}


@pytest.mark.parametrize(("content", "code"), FILES.values(), ids=FILES)
def test_files_that_are_no_design(content: bytes, code: str, tmp_path: Path) -> None:
    found = problems(content, tmp_path)
    assert len(found) == 1
    assert found[0][2] == code


def test_a_syntax_error_has_line_and_column(tmp_path: Path) -> None:
    assert problems("format = 1\n[room\n", tmp_path)[0][0] == 2


def test_problems_are_bounded(tmp_path: Path) -> None:
    many = "".join(f"unknown{number} = 1\n" for number in range(5000))
    found = problems(many + SQUARE, tmp_path)
    assert len(found) == 101
    assert found[-1] == (None, "", "more")


def test_sizes_are_bounded(tmp_path: Path) -> None:
    point = '[[point]]\nid = "p{}"\nposition = ["9 m", "9 m", "1 m"]\nbeyond = {{ kind = "office", occupancy = 1 }}\n'
    points = "".join(point.format(number) for number in range(501))
    assert [(key, code) for _, key, code in problems(SQUARE + points, tmp_path)] == [("point", "list_length")]


def test_nearest_guesses_are_said(tmp_path: Path) -> None:
    from small_rooms import loaded

    from shieldcalc.errors import InputError

    text = (
        SQUARE.replace('"lead"', '"laed"', 1).replace("thickness", "thicknes", 1).replace('"west"\nuse', '"wset"\nuse')
    )
    with pytest.raises(InputError) as caught:
        loaded(text, tmp_path)
    guesses = re.findall(r"did you mean '(\w+)'", caught.value.text())
    assert set(guesses) == {"lead", "thickness", "west"}


def test_folder_and_missing_file(tmp_path: Path) -> None:
    from shieldcalc import plugins
    from shieldcalc.errors import InputError
    from shieldcalc.model.loader import load

    for path, words in ((tmp_path, "is a folder"), (tmp_path / "none.toml", "no such file")):
        with pytest.raises(InputError, match=words):
            load(str(path), plugins.catalog())
