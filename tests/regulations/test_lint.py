"""A lawyer's file from outside: every slip at once, by line; nothing that can stand in one ends in a traceback."""

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from linting import lint

from shieldcalc.builtins import instruments
from shieldcalc.cli import cli
from shieldcalc.regulations import load
from shieldcalc.regulations.lint import abroad
from shieldcalc.regulations.rule_faults import faults

HEAD = """\
[instrument]
id = "OUR-PROVINCE"
jurisdiction = "VN/Our"
kind = "law"
number = "1/2024"
title_orig = "t"
signed = 2024-01-01
effective = 2024-01-01
text_held = true
source = "the text itself"

[defaults]
article = "Art. 1"
confidence = "seed"
scope = "room"

"""
RULE = """\
[[rule]]
id = "a"
quantity = "usable_floor_area"
comparator = ">="
value = 20.0
unit = "m2"
"""
RULES_AT = HEAD.count("\n")


def test_a_file_without_slips(tmp_path: Path) -> None:
    done = lint(tmp_path, HEAD + RULE, "--json")
    assert (done.exit_code, json.loads(done.stdout)["problems"], json.loads(done.stdout)["rules"]) == (0, [], 1)
    assert "OUR-PROVINCE, 1 rules, no slip" in lint(tmp_path, HEAD + RULE).stdout


@pytest.mark.parametrize("name", instruments())
def test_what_is_shipped_has_no_slip(name: str) -> None:
    from shieldcalc.resources import data_path

    done = CliRunner().invoke(cli, ["regulations", "lint", data_path("regulations", f"{name.lower()}.toml")])
    assert done.exit_code == 0, done.stderr


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("value = 20.0", 'value = "20"'), 5, ">= compares with a number with a decimal point"),
        (("value = 20.0", "value = true"), 5, ">= compares with a number"),
        (('comparator = ">="', 'comparator = "in"'), 5, "in compares with a list of texts"),
        (('comparator = ">="', 'comparator = "=="\nwhen = []'), None, ""),
        (("value = 20.0", 'value = ["a"]'), 5, ">= compares with a number"),
        (
            ('unit = "m2"', 'unit = "m2"\nnotes = ["leakage_geometri"]'),
            7,
            "did you mean 'leakage_geometry'",
        ),
        (('id = "a"', "id = 5"), 2, "must be text"),
        (
            ('unit = "m2"', 'unit = "m2"\nwhen = [{quantity="person", comparator="is_a", value=["radiaton_worker"]}]'),
            7,
            "did you mean 'radiation_worker'",
        ),
        (
            ('unit = "m2"', 'unit = "m2"\nwhen = [{quantity="occupancy", comparator=">", value="much"}]'),
            7,
            "> compares with a number",
        ),
    ],
)
def test_a_slip_in_a_rule(tmp_path: Path, change: tuple[str, str], line: int | None, words: str) -> None:
    done = lint(tmp_path, HEAD + RULE.replace(*change))
    assert done.exit_code == (0 if line is None else 2)
    assert words in done.stderr
    if line is not None:
        assert f"file.toml:{RULES_AT + line}: " in done.stderr


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ('reference = { instrument = "VN-13-2015", part = "annex-1" }', "did you mean 'VN-13-2014'"),
        ('reference = { instrument = "VN-13-2014", part = "anex-1" }', "did you mean 'annex-1'"),
        ('reference = { instrument = "VN-59-2025", part = "sizes" }', "no part of VN-59-2025"),
        (
            'reference = { instrument = "VN-13-2014", part = "annex-1" }\ncontinues = ["VN-19-2012"]',
            "known: annex-1-workers, article-7",
        ),
    ],
)
def test_a_reference_leads_somewhere(tmp_path: Path, rule: str, words: str) -> None:
    done = lint(tmp_path, f'{HEAD}[[rule]]\nid = "r"\n{rule}\n')
    assert (done.exit_code, words in done.stderr) == (2, True), done.stderr


def test_all_slips_come_at_once_and_in_order(tmp_path: Path) -> None:
    head = HEAD.replace('kind = "law"', 'kind = "lawful"').replace("effective =", "expiry = 2023-01-01\neffective =")
    head = head.replace('source = "the', 'replaced_by = "VN-59-2026"\nequipment = ["gauges"]\nsource = "the')
    rules = RULE.replace("usable_floor", "usable_flor") + RULE + '[[rule]]\nid = "r"\nplac = []\n'
    done = lint(tmp_path, head + rules, "--json")
    problems = json.loads(done.stdout)["problems"]
    assert done.exit_code == 2
    assert [one["line"] for one in problems] == sorted(one["line"] for one in problems)
    assert {one["key"] for one in problems} >= {
        "instrument.kind", "instrument.expiry", "instrument.replaced_by", "instrument.equipment", "rule.1.quantity",
        "rule.2.id", "rule.3.plac",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the key 'instrument' is missing"),
        ("  \n", "the key 'instrument' is missing"),
        ("[instrument\n", "file.toml:1: "),
        ("instrument = 3\nrule = 4\n", "file.toml:2: rule: must be a list"),
        ("change = [1]\n" + HEAD + RULE, "change.1: must be a table"),
        ("rule = [1, []]\n" + HEAD, "rule.1: must be a table"),
        (HEAD.replace('article = "Art. 1"', "equipment = 3") + RULE, "defaults.equipment: must be a list of texts"),
    ],
)
def test_what_is_no_rule_file(tmp_path: Path, text: str, words: str) -> None:
    done = lint(tmp_path, text)
    assert (done.exit_code, words in done.stderr) == (2, True), done.stderr


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.toml"):
        done = CliRunner().invoke(cli, ["regulations", "lint", str(path)])
        assert (done.exit_code, done.stdout, "design" in done.stderr) == (2, "", False)


def test_slips_are_told_in_the_language(tmp_path: Path) -> None:
    text = HEAD + RULE.replace("value = 20.0", 'value = "20"')
    assert "so sánh với một số có dấu chấm thập phân" in lint(tmp_path, text, "--lang", "vi").stderr
    assert "须与带小数点的数比较" in lint(tmp_path, text, "--lang", "zh").stderr


DATA = tomllib.loads(
    HEAD
    + RULE
    + dedent("""
    [[change]]
    on = 2024-02-01
    kind = "amended"
    by = "x"
    text_held = false
    source = "s"
    [[rule]]
    id = "b"
    quantity = "designation"
    comparator = "=="
    value = "controlled"
    when = [{ quantity = "person", comparator = "is_a", value = ["public"], of = "room" }]
    unless = ["used_at_bedside"]
    exception_to = ["a"]
    fraction_of = "a"
    part = "p"
    [[rule]]
    id = "c"
    reference = { instrument = "VN-13-2014", part = "annex-1" }
    continues = ["VN-19-2012#article-7"]
    """)
)
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.dates(), st.just([]), st.just({}),
    st.lists(st.one_of(st.integers(), st.text(max_size=3), st.just([]), st.just({})), max_size=3),
    st.dictionaries(st.sampled_from(["quantity", "comparator", "value", "of", "part", "x"]), st.integers(), max_size=3),
)  # fmt: skip


def paths(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*at, key)
        yield from paths(value, (*at, key))


def _has(node: Any, key: Any) -> bool:
    inside = isinstance(node, dict) and key in node
    return inside or (isinstance(node, list) and isinstance(key, int) and key < len(node))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(paths(DATA), key=str)), ODD), min_size=1, max_size=3))
def test_no_odd_value_ends_in_a_traceback(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data = deepcopy(DATA)
    for path, value in changes:
        node: Any = data
        for key in path[:-1]:
            node = node[key] if _has(node, key) else {}
        if _has(node, path[-1]):
            node[path[-1]] = value
    assert all(fault.code for fault in (*faults(data), *abroad(data, tuple(instruments()), load)))
