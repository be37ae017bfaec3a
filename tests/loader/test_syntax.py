"""What no TOML parser likes, or could take minutes over, is named by line and key; pipes are never waited for."""

import os
import re
from pathlib import Path
from time import perf_counter

import pytest
from small_rooms import SQUARE, loaded, problems

from shieldcalc import plugins
from shieldcalc.errors import InputError
from shieldcalc.model.loader import load
from shieldcalc.model.loader.limits import limit

OLD = 'height = "3 m"'
LINE = SQUARE[: SQUARE.index(OLD)].count("\n") + 1


@pytest.mark.parametrize(
    ("new", "key", "code"),
    [
        (f"{OLD}\n{OLD}", "room.height", "defined_twice"),
        (f"{OLD}\n[room]", "room", "defined_twice"),
        (f"{OLD}\n[wall]", "wall", "defined_twice"),
        (f"height = {'[' * 3000}{']' * 3000}", "room.height", "too_deep"),
        (f"height = {'{a=' * 20}1{'}' * 20}", "room.height", "too_deep"),
        (f"height = {'9' * 5000}", "room.height", "long_number"),
        ("height = [1, 2,,]", "room.height", "syntax"),
        ('"he ight" = 3 m', 'room."he ight"', "syntax"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_does_not_parse_has_line_and_key(new: str, key: str, code: str, ending: str, tmp_path: Path) -> None:
    text = SQUARE.replace(OLD, new).replace("\n", ending)
    line = LINE + (2 if "[wall]" in new else new.count("\n"))
    ((found_line, found_key, found_code),) = problems(text, tmp_path)
    assert (found_key, found_code) == (key, code)
    assert found_line == (line if "[wall]" not in new else found_line)


def test_brackets_in_texts_and_comments_are_no_nesting(tmp_path: Path) -> None:
    brackets = "[{" * 50
    text = SQUARE.replace('"Hospital"', f'"{brackets}"  # {brackets}')
    assert loaded(text, tmp_path).identity.facility == brackets


def test_dotted_keys_nest_too(tmp_path: Path) -> None:
    text = SQUARE + "[plugins.mine]\n" + ".".join("abcdefghijklmnop") + " = 1\n"
    ((line, key, code),) = problems(text, tmp_path)
    assert (line, code) == (text.count("\n"), "too_deep")
    assert key.startswith("plugins.mine.a.b")


def test_a_pipe_is_read_and_never_waited_for(tmp_path: Path) -> None:
    silent = tmp_path / "silent"
    os.mkfifo(silent)
    start = perf_counter()
    with pytest.raises(InputError) as caught:
        load(str(silent), plugins.catalog())
    assert caught.value.problems[0].code == "design.empty"
    assert perf_counter() - start < 5


def test_a_path_that_no_system_takes(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load(f"{tmp_path}/a\0b", plugins.catalog())
    assert caught.value.problems[0].code == "design.unreadable"


def test_a_refused_table_is_blamed_once(tmp_path: Path) -> None:
    text = 'wall = "x"\n' + re.sub(r"(?s)\[\[wall\]\].*?(?=\[floor\])", "", SQUARE)
    assert [(key, code) for _, key, code in problems(text, tmp_path)] == [("wall", "wrong_type")]


def test_a_room_that_would_take_minutes(tmp_path: Path) -> None:
    beam = SQUARE[SQUARE.index("[[source.beam]]") :]
    beams = "".join(beam.replace('"stand"', f'"b{n}"').replace("use_factor = 1", "use_factor = 0") for n in range(19))
    source = SQUARE[SQUARE.index("[[source]]") :] + beams
    many = SQUARE + "".join(source.replace('"tube"', f'"t{n}"') for n in range(9))
    assert [(key, code) for _, key, code in problems(many, tmp_path)] == [("source", "much_work")]
    assert problems(SQUARE + beams, tmp_path) == []


def test_barriers_together_are_bounded(tmp_path: Path) -> None:
    window = SQUARE[SQUARE.index("[[wall]]") : SQUARE.index('[[wall]]\nid = "east"')].split("\n")[3]
    windows = "".join(
        f'[[{kind}]]\nid = "{kind}{n}"\nwall = "south"\nfrom = "{10 * n + 5 * half} mm"\nwidth = "5 mm"\n'
        f'sill = "1 m"\nheight = "1 m"\n{window}\n'
        for half, kind in enumerate(("window", "control_window"))
        for n in range(limit("barriers") // 2)
    )
    assert ("wall", "many_barriers") in [(key, code) for _, key, code in problems(SQUARE + windows, tmp_path)]
