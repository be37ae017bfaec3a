"""The tree of refusals, and that each has its sentence."""

import pytest

from shieldcalc import errors
from shieldcalc.errors import InputError, Notice, Problem, ShieldcalcError, UnknownNameError, nearest


def test_every_error_exits_with_two_and_stands_in_the_drawn_tree() -> None:
    drawn = errors.__doc__ or ""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ShieldcalcError)]
    assert len(kinds) == 8
    assert all(kind.exit_code == 2 and kind.__name__ in drawn for kind in kinds)


def test_unknown_name_lists_the_allowed_and_the_nearest() -> None:
    error = UnknownNameError("material", "leed", ["lead", "concrete"])
    assert str(error) == "no material named 'leed'; known: concrete, lead; did you mean 'lead'?"
    assert str(UnknownNameError("material", "xyzzy", ["lead"])) == "no material named 'xyzzy'; known: lead"


def test_of_very_many_names_the_nearest_are_listed() -> None:
    said = str(UnknownNameError("material", "stonee", [f"stone_{number}" for number in range(20_000)]))
    assert said.startswith("no material named 'stonee'; known: stone_0, ")
    assert "... (20000)" in said
    assert len(said) < 500


def test_input_error_gives_one_line_a_problem() -> None:
    problems = [
        Problem("room.toml", 14, "wall.north.layer", "not_positive", {"value": "-1 mm"}),
        Problem("room.toml", None, "", "not_finite", {"value": "1e999 mm"}),
    ]
    error = InputError(problems)
    assert error.text().splitlines() == [
        "room.toml:14: wall.north.layer: '-1 mm' must be more than zero",
        "room.toml: '1e999 mm' is not a number that can be computed with",
    ]
    assert error.problems == tuple(problems)


def test_an_error_without_its_sentence_still_says_what_it_knows() -> None:
    assert str(ShieldcalcError("no_such_code", depth=3)) == "no_such_code {'depth': 3}"


def test_notice_has_its_sentence() -> None:
    assert Notice("warnings.plugin_import", {"plugin": "p", "reason": "r"}).text() == "plugin p is left out: r"


@pytest.mark.parametrize(("name", "guess"), [("concret", "concrete"), ("LEAD", "lead"), ("", "")])
def test_nearest(name: str, guess: str) -> None:
    assert nearest(name, ["lead", "concrete"]) == guess


def test_a_name_of_turned_digits_is_the_nearest() -> None:
    assert nearest("cs-173", ["Cs-121", "Cs-137", "Cs-138m", "Cs-139", "Cs-140"]) == "Cs-137"
