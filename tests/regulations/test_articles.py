"""Nothing of the law falls between: each collected row and each article of a held text is computed, or says why not."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from casebook import cases as rule_cases
from click.testing import CliRunner

from shieldcalc.builtins import instruments
from shieldcalc.cli import cli
from shieldcalc.regulations import load
from shieldcalc.regulations.articles import articles, cited, leaves, not_computed
from shieldcalc.regulations.casebook import read
from shieldcalc.regulations.classes import ladders
from shieldcalc.regulations.duty_rules import duties
from shieldcalc.texts import catalogue, sentence

HERE = Path(__file__).parent
COLLECTED: dict[str, Any] = tomllib.loads((HERE / "collected.toml").read_text("utf-8"))
DUTY_CASES = HERE.parent / "facility" / "cases"


def citations() -> Iterator[tuple[str, str, str]]:
    """Yield instrument, id and article of everything that an output may cite."""
    for name in instruments():
        yield from ((name, rule.id, rule.article) for rule in load(name).rules)
        yield from ((name, duty.id, duty.article) for duty in duties(name))
        for ladder in ladders(name):
            yield name, ladder.id, ladder.article
            yield from ((name, one.id, one.article) for one in ladder.criteria)


def reached() -> set[str]:
    """Return what a hand-written case is about: rules, duties and criteria, by kind, instrument and id."""
    found = {f"rule:{case.rule}" for case in rule_cases()}
    for path in DUTY_CASES.glob("*.toml"):
        data = tomllib.loads(path.read_text("utf-8"))
        shared = data.get("defaults", {})
        found |= {f"duty:{path.stem.upper()}/{case.get('duty', shared.get('duty'))}" for case in data["case"]}
    for path in (HERE / "ladders").glob("*.toml"):
        for case in read(str(path)):
            name = case.about.partition("/")[0]
            found |= {f"class:{name}/{one}" for one in case.expected.get("met", ())}  # type: ignore[attr-defined]
    return found


REACHED = reached()
LISTED = {(row.instrument, name): row.reason for row in not_computed() for name in row.articles}


@pytest.mark.parametrize(("name", "known", "article"), [*citations()], ids=lambda value: str(value)[:40])
def test_every_article_cited_is_one_of_its_instrument(name: str, known: str, article: str) -> None:
    assert set(cited(article)) <= set(articles()[name].names), known


@pytest.mark.parametrize("row", COLLECTED)
def test_each_collected_row_is_reached_by_a_case_or_listed(row: str) -> None:
    instrument, found = row.partition("/")[0], COLLECTED[row]
    if isinstance(found, dict):
        reasons = [
            one.reason for one in not_computed() if one.instrument == instrument and found["article"] in one.articles
        ]
        assert found["reason"] in reasons
        return
    for name in found:
        kind, _, known = name.partition(":")
        assert f"{kind}:{known if '/' in known else f'{instrument}/{known}'}" in REACHED


def test_everything_that_can_be_cited_is_reached_by_a_case() -> None:
    rules = {f"rule:{rule.full_id}" for name in instruments() for rule in load(name).rules}
    due = {f"duty:{duty.full_id}" for name in instruments() for duty in duties(name)}
    classes = {f"class:{one.full_id}" for name in instruments() for ladder in ladders(name) for one in ladder.criteria}
    assert not (rules | due | classes) - REACHED
    listed = sum(isinstance(found, dict) for found in COLLECTED.values())
    print(f"{len(rules)} rules, {len(due)} duties, {len(classes)} criteria, each reached by a hand-written case")
    print(f"{len(COLLECTED)} collected rows: {len(COLLECTED) - listed} carried, {listed} listed with a reason")
    print(Counter(found["reason"] for found in COLLECTED.values() if isinstance(found, dict)))
    print(*(f"{row}: {found['reason']}" for row, found in COLLECTED.items() if isinstance(found, dict)), sep="\n")
    assert len(COLLECTED) == 413


@pytest.mark.parametrize("name", [name for name, found in articles().items() if found.complete])
def test_every_article_of_a_held_text_is_computed_or_listed(name: str) -> None:
    computed = {one for instrument, _, article in citations() if instrument == name for one in cited(article)}
    left = [one for one in leaves(articles()[name].names) if one not in computed and (name, one) not in LISTED]
    held = len(leaves(articles()[name].names))
    print(
        f"{name}: {held} articles and points, {sum(one in computed for one in leaves(articles()[name].names))} computed"
    )
    assert not left


def test_what_is_not_computed_is_of_the_instrument_and_says_why() -> None:
    for row in not_computed():
        assert set(row.articles) <= set(articles()[row.instrument].names)
        names = {known for name, known, _ in citations() if name == row.instrument}
        assert set(row.by) <= names
        assert (row.reason == "within_others") == bool(row.by)
        for language in ("en", "vi", "zh"):
            assert sentence(f"rules.not_computed.{row.reason}", language, by="-")


def test_a_standard_of_which_nothing_is_held_is_named_with_the_reason() -> None:
    done = CliRunner().invoke(cli, ["regulations", "show", "CN-GBZ143-2015"])
    assert done.exit_code == 2
    assert "no rule of it is held here: about things that no file can describe yet" in done.stderr


@pytest.mark.parametrize(("kind", "told"), [("linac", ["CN-GBZ121-2020"]), ("gauge", [])])
def test_a_room_is_told_what_nothing_computes_of_it(tmp_path: Path, kind: str, told: list[str]) -> None:
    room = tmp_path / "room.toml"
    room.write_text(CliRunner().invoke(cli, ["new", kind]).stdout)
    done = CliRunner().invoke(cli, ["check", str(room), "--regulation", "CN-GBZ121-2020", "--json", "-"])
    warnings = [each for each in json.loads(done.stdout)["warnings"] if "articles_not_computed" in each["code"]]
    assert [each["instrument"] for each in warnings] == told


# Texts whose articles are cited by name in sentences: the instrument here, "" for one that is not held.
BESIDE = {"08/2010, ": "", "Law on Atomic Energy, ": "", "Regulation 449, ": "CN-449"}


def test_articles_named_in_texts_are_those_of_lao_cai() -> None:
    """Texts that name an article by itself mean Lao Cai 24/2015; those of other texts name the text beside it."""
    found = []
    for code, text in catalogue("en").items():
        for match in re.finditer(r"(?:Article|Art\.) (\d+(?:\(\d+\))?[a-z]?)(?![\d(])", text):
            named = next((known for name, known in BESIDE.items() if text[: match.start()].endswith(name)), None)
            found.append((code, "VN-LC-24-2015" if named is None else named, f"Art. {match[1]}"))
    assert found
    assert not [one for one in found if one[1] and one[2] not in articles()[one[1]].names]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Art. 33(2)", "carried within 13.2, "),
        ("33.2", "carried within 13.2, "),
        ("16(3)", "VN-LC-24-2015/16.3.rate, Art. 16(3), second sentence (binding)"),
        ("Art. 12", "76/2010/TT-BTC"),
        ("24", "VN-LC-24-2015/24.5, Art. 24(5) (binding)"),
    ],
)
def test_an_article_is_explained_by_all_that_stands_on_it(said: str, told: str) -> None:
    done = CliRunner().invoke(cli, ["regulations", "explain", f"VN-LC-24-2015/{said}", "--on", "2025-06-30"])
    assert done.exit_code == 0, done.stderr
    assert told in done.stdout
    assert CliRunner().invoke(cli, ["regulations", "explain", "VN-LC-24-2015/Art. 99"]).exit_code == 2


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("CN-GBZ130-2020/6.3.1", "CN-GBZ130-2020/6.3.1c, 6.3.1 c"),
        ("IAEA-RSG19/c1", "IAEA-RSG19/category, table 1"),
        ("VN-24-2012/A2.1", "Annex II(1)"),
    ],
)
def test_what_stands_above_articles_and_single_classes_are_explained(name: str, told: str) -> None:
    done = CliRunner().invoke(cli, ["regulations", "explain", name])
    assert done.exit_code == 0, done.stderr
    assert told in done.stdout
