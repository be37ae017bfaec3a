"""Slips that only a whole file shows: dates that contradict one another, ids, circles; and the other kinds of file."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from linting import lint

from shieldcalc.cli import cli

ROOT = Path(__file__).parents[2]
HELD = (ROOT / "data" / "regulations" / "vn-142-2020.toml").read_text("utf-8")


def complaint(folder: Path, text: str) -> str:
    """Return all that is said of a file that has a slip."""
    done = lint(folder, text)
    assert done.exit_code == 2, done.output + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("signed = 2020-12-09", "signed = 2025-12-09"), ":11: instrument.signed: signed on 2025-12-09, after"),
        (("on = 2026-01-01", "on = 2010-01-01"), ":17: change.1.on: changed on 2010-01-01, before"),
        (('id = "VN-142-2020"', 'id = "VN/142"'), ":6: instrument.id: 'VN/142' is no id"),
        (('id = "worker"', 'id = "a worker"'), ":35: rule.1.id: 'a worker' is no id"),
        (('id = "worker"', 'id = "worker"\nfraction_of = "worker"'), "fraction_of: 'worker' is a fraction of another"),
        (('id = "worker"', 'id = "worker"\nexception_to = ["worker"]'), "exception_to: 'worker' is the rule itself"),
        (
            ('id = "worker"', 'id = "worker"\nalternative_to = ["worker"]'),
            "alternative_to: 'worker' is the rule itself",
        ),
        (("signed = 2020", 'replaced_by = "VN-142-2020"\nsigned = 2020'), "no instrument named 'VN-142-2020'"),
        (('id = "worker"', 'id = "worker"\nholder = "facilty"'), "did you mean 'facility'"),
        (('id = "worker"', 'id = "worker"\nmode = ["fluoroscpy"]'), "did you mean 'fluoroscopy'"),
        (('id = "worker"', 'id = "worker"\ndistance = 1.0'), "distance: 'ambient_dose_equivalent' is not known here"),
        (('id = "worker"', 'id = "worker"\ndistance = 0.0'), "above 0"),
        (('id = "worker"', 'id = "worker"\nbackground = "without"'), "known: excluded, included"),
        (('comparator = "<="', 'comparator = "between"'), "between compares with two numbers"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    assert words in complaint(tmp_path, HELD.replace(*change, 1))


def test_two_rules_that_replace_one_another(tmp_path: Path) -> None:
    text = HELD.replace('id = "worker"', 'id = "worker"\nexception_to = ["public"]', 1)
    text = text.replace('id = "public"', 'id = "public"\nexception_to = ["worker"]', 1)
    assert "'public' is an exception to this rule" in complaint(tmp_path, text)


@pytest.mark.parametrize("kind", ["classes", "duties"])
def test_duties_and_classes_that_are_held(kind: str) -> None:
    done = CliRunner().invoke(cli, ["regulations", "lint", str(ROOT / "data" / "regulations" / kind / "cn-449.toml")])
    assert done.exit_code == 0, done.stderr
    assert "no slip found" in done.stdout


CLASSES = """instrument = "CN-449"
[[ladder]]
id = "g"
article = "Art. 40"
scope = "incidents"
order = ["I", "II"]
confidence = "sure"
[[criterion]]
id = "a"
ladder = "h"
class = "III"
when = [{ quantity = "acute_death", comparator = ">=", value = 3.0 }]
"""
CASES = """[[case]]
rule = "VN-LC-24-2015/13.1a"
ladder = "x"
what = "x"
on = 2025-01-01
set.it = { scope = "devise", table_panels_led = 1, equipment = ["ct"] }
outcome = "pass"
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            CLASSES,
            (":5: ladder.1.scope: 'incidents'", "confidence: 'sure'", "ladder: 'h'", "did you mean 'acute_deaths'"),
        ),
        (CASES, ("rule / ladder / duty", "did you mean 'device'", "did you mean 'table_panels_lead'")),
        ('instrument = "CN-44"\n[[duty]]\nid = "1"\n', ("the key 'timing' is missing",)),
        ("[[case]]\n", ("the key 'what' is missing",)),
    ],
)
def test_slips_of_the_other_kinds(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    found = complaint(tmp_path, text)
    assert all(word in found for word in words), found


def test_a_case_that_expects_something_else_gives_exit_code_1(tmp_path: Path) -> None:
    path = tmp_path / "cases.toml"
    path.write_text(
        '[[case]]\nrule = "VN-LC-24-2015/16.1"\nwhat = "two"\non = 2025-06-30\n'
        'set.room = { scope = "room", equipment = ["ct"], devices_per_room = 2.0, used_at_bedside = false,'
        " simultaneous_operation = true }\n"
        'outcome = "pass"\n'
    )
    done = CliRunner().invoke(cli, ["regulations", "try", str(path)])
    assert done.exit_code == 1
    assert "outcome = fail" in done.stdout
    assert "EXPECTED outcome = pass" in done.stdout
    told = CliRunner().invoke(cli, ["regulations", "try", str(path), "--json"])
    assert '"agrees": false' in told.stdout.replace("\n", "")
    path.write_text(path.read_text().replace("VN-LC-24-2015/16.1", "VN-LC-24-2015/16.9"))
    assert CliRunner().invoke(cli, ["regulations", "try", str(path)]).exit_code == 2


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_ladders_are_told_in_every_language(language: str) -> None:
    for name in ("CN-GX-44-2021/grade", "VN-24-2012/threat"):
        done = CliRunner().invoke(cli, ["regulations", "explain", name, "--on", "2014-06-30", "--lang", language])
        assert done.exit_code == 0, done.stderr
        assert done.stdout.count("\n") > 10


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_duties_are_shown_and_explained(language: str) -> None:
    shown = CliRunner().invoke(cli, ["regulations", "show", "VN-24-2012", "--on", "2014-11-24", "--lang", language])
    assert shown.stdout.count("VN-24-2012/5.3a, ") == 1
    told = CliRunner().invoke(cli, ["regulations", "explain", "VN-24-2012/5.3a", "--lang", language])
    assert told.exit_code == 0
    assert told.stdout.splitlines()[1] in shown.stdout


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('rule = "VN-LC-24-2015/15.3x"', ":3: case.1.rule: 'VN-LC-24-2015/15.3x'"),
        ('ladder = "VN-LC-24-2015/6"', ":3: case.1.ladder: 'VN-LC-24-2015/6'"),
        ('duty = "VN-LC-24-2016/14.1a"', ":3: case.1.duty: 'VN-LC-24-2016'"),
    ],
)
@pytest.mark.parametrize("command", ["lint", "try"])
def test_a_case_about_nothing_that_is_held_is_named_by_its_line(
    tmp_path: Path, row: str, words: str, command: str
) -> None:
    path = tmp_path / "cases.toml"
    path.write_text(
        f'[[case]]\nwhat = "x"\n{row}\non = 2025-06-30\nset.p = {{ scope = "device" }}\nforce = "binding"\n'
    )
    done = CliRunner().invoke(cli, ["regulations", command, str(path)])
    assert done.exit_code == 2
    assert words in done.stderr


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ('quantity = "effective_dose", comparator = "<=", value = 1.0', "averaging: any_single_year"),
        (
            'quantity = "effective_dose", averaging = "mean_5_year", comparator = "<=", value = 1.0',
            "did you mean",
        ),
    ],
)
def test_a_condition_names_one_averaging_of_its_quantity(tmp_path: Path, when: str, words: str) -> None:
    assert words in complaint(
        tmp_path, HELD.replace('id = "person.public"', f'id = "person.public"\nwhen = [{{ {when} }}]', 1)
    )


def test_of_many_names_those_most_alike_are_offered(tmp_path: Path) -> None:
    said = complaint(tmp_path, HELD.replace('quantity = "ambient', 'quantity = "ambeint', 1))
    assert "ambient_dose_equivalent" in said
    assert max(map(len, said.splitlines())) < 500


@pytest.mark.parametrize("folder", ["classes", "duties"])
def test_classes_and_duties_are_of_an_instrument_that_is_held(tmp_path: Path, folder: str) -> None:
    text = (ROOT / "data" / "regulations" / folder / "cn-449.toml").read_text("utf-8")
    said = complaint(tmp_path, text.replace('instrument = "CN-449"', 'instrument = "CN-450"'))
    assert "no instrument named 'CN-450'" in said


def test_the_steps_of_the_documentation_lead_to_a_rule_that_judges(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8").partition("## A rule of your own")[2]
    rules, cases = (block.partition("```")[0] for block in page.split("```toml\n")[1:3])
    files = tmp_path / "our-province.toml", tmp_path / "our-cases.toml"
    for path, text in zip(files, (rules, cases), strict=True):
        path.write_text(text, "utf-8")
    law, situations = map(str, files)
    for arguments in (["lint", law], ["lint", situations, "--rules", law], ["try", situations, "--rules", law]):
        done = CliRunner().invoke(cli, ["regulations", *arguments])
        assert done.exit_code == 0, done.output + done.stderr
    files[1].write_text(cases.replace('"pass"', '"fail"'), "utf-8")
    assert CliRunner().invoke(cli, ["regulations", "try", situations, "--rules", law]).exit_code == 1
    assert "OUR-PROVINCE" in complaint(tmp_path, cases)
