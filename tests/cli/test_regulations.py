"""The law that is held, from the command line: what is in force on a day, one rule in full, in three languages."""

import json
import re
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc.builtins import instruments
from shieldcalc.cli import cli
from shieldcalc.cli.regulations_words import duty_in_full, told_duty
from shieldcalc.regulations import load
from shieldcalc.regulations.duty_rules import duties
from shieldcalc.reports.words import Words
from shieldcalc.texts import LANGUAGES


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli, ["regulations", *arguments])
    assert done.exit_code == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def told(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return found


@pytest.mark.parametrize(
    ("on", "states"),
    [
        ("2013-01-01", {"VN-19-2012": "in_force", "VN-13-2014": "not_yet_valid", "VN-59-2025": "not_yet_valid"}),
        ("2019-01-01", {"VN-13-2014": "amended", "VN-LC-24-2015": "in_force", "VN-142-2020": "not_yet_valid"}),
        ("2025-12-31", {"VN-19-2012": "in_force", "VN-LC-24-2015": "in_force", "VN-59-2025": "not_yet_valid"}),
        ("2026-01-01", {"VN-19-2012": "repealed", "VN-LC-24-2015": "force_not_verified", "VN-59-2025": "in_force"}),
    ],
)
def test_states_on_a_day(on: str, states: dict[str, str]) -> None:
    found = {row["id"]: row for row in told("list", "--on", on)["instruments"]}
    assert set(found) == set(instruments())
    assert {name: found[name]["state"] for name in states} == states
    assert found["VN-59-2025"]["text_held"] is False


def test_a_list_without_a_day_says_nothing_of_a_state() -> None:
    rows = told("list")["instruments"]
    assert {row["state"] for row in rows} == {""}
    assert {row["changed_by"] for row in rows} == {""}
    assert "On " not in run("list")


def test_what_happened_is_named() -> None:
    text = run("list", "--on", "2026-06-30")
    assert "94/2025/QH15, whose text is not held" in text
    assert "replaced by VN-59-2025" in text
    assert re.search(r"VN-59-2025.*\n.*its text is not held here", text)


def test_a_reference_is_no_stronger_than_what_it_leads_to() -> None:
    early = told("explain", "VN-LC-24-2015/15.3", "--on", "2020-06-30")
    assert (early["force"], early["leads_to"]["rules"]) == (
        "unverified", {"VN-19-2012/7.workers": "unverified", "VN-19-2012/7.public": "unverified"},
    )  # fmt: skip
    sizes = told("explain", "VN-LC-24-2015/15.2", "--on", "2016-06-30")
    assert sizes["force"] == "secondary_source"
    late = told("explain", "VN-LC-24-2015/15.3", "--on", "2026-06-30")
    assert (late["force"], late["leads_to"]["not_held"]) == ("unverified", "59/2025/TT-BKHCN")
    assert "is not held here: undetermined" in run("explain", "VN-LC-24-2015/15.3", "--on", "2026-06-30")


def test_why_a_rule_binds_no_further() -> None:
    assert told("explain", "VN-LC-24-2015/15.3c", "--on", "2020-06-30")["force"] == "binding"
    found = told("explain", "VN-19-2012/7.public", "--on", "2020-06-30")
    codes = ["report.explain.weak.copy", "report.explain.weak.fraction"]
    assert ([reason["code"] for reason in found["reasons"]], found["limit"]) == (codes, 0.3)
    assert told("explain", "VN-19-2012/7.public", "--on", "2026-06-30")["reasons"] == []


def test_conditions_and_exceptions_are_told() -> None:
    text = run("explain", "VN-LC-24-2015/16.3.outside")
    assert "Replaced, where one applies, by: 16.3.screen, 16.3.rate" in text
    assert "unless" not in text
    assert "tube_voltage_max < 150" in run("explain", "VN-LC-24-2015/16.3.rate")
    assert "what the file declares as dose_constraint_public" in run("explain", "CN-GB18871-2002/constraint.public")


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
@pytest.mark.parametrize("name", instruments())
def test_every_rule_is_told_in_every_language(name: str, language: str) -> None:
    shown = run("show", name, "--on", "2025-06-30", "--lang", language)
    assert all(rule.full_id in shown for rule in load(name).rules)
    for rule in load(name).rules:
        assert rule.full_id in run("explain", rule.full_id, "--on", "2025-06-30", "--lang", language)


def test_show_of_a_rule_explains_it() -> None:
    assert run("show", "VN-LC-24-2015/15.3c") == run("explain", "VN-LC-24-2015/15.3c")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "VN-LC-24-2051"), "did you mean 'VN-LC-24-2015'"),
        (("explain", "VN-LC-24-2015"), "no rule named 'VN-LC-24-2015'"),
        (("explain", "VN-LC-24-2015/15.3x"), "did you mean 'VN-LC-24-2015/15.3"),
        (("list", "--on", "30.6.2025"), "not a date"),
        (("list", "--lang", "fr"), "no language named 'fr'"),
    ],
)
def test_refusals(arguments: tuple[str, ...], words: str) -> None:
    assert words in run(*arguments, code=2)


def test_every_duty_is_explained_with_how_its_day_is_counted() -> None:
    for name in instruments():
        for duty in duties(name):
            for language in LANGUAGES:
                found = told_duty(duty, load(name), date(2025, 6, 30), Words(language))
                lines = list(duty_in_full(found, Words(language)))
                assert len(lines) >= 5 + len(duty.count)
    counted = "every 1 year(s), on each anniversary of: put into use; the day of the event is not counted"
    assert counted in run("explain", "VN-LC-24-2015/14.1b.year")
    assert "that day is too late" in run("explain", "VN-LC-24-2015/21.2")
    fees = run("explain", "VN-LC-24-2015/12", "--on", "2026-02-01")
    for words in ("Applies when: application_kind", "Fulfilled by: fees paid", "no term is stated", "94/2025/QH15"):
        assert words in fees


def test_an_article_names_the_rules_that_stand_in_it() -> None:
    assert "VN-LC-24-2015/13.1h.ceiling, Art. 13(1)h" in run("explain", "VN-LC-24-2015/13.1h")
    assert "known: IAEA-GSR3/III.person.apprentice" in run("explain", "IAEA-GSR3/III.person", code=2)
