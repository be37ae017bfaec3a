"""Rows of the collected laws: each is carried by rules with cases of their own, or says why no room is judged by it."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from casebook import cases

from shieldcalc.regulations import load

ROWS = tomllib.loads((Path(__file__).parent / "rows.toml").read_text("utf-8"))["row"]
INSTRUMENTS = tuple(dict.fromkeys(row["instrument"] for row in ROWS))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['instrument']} {row['row']}")
def test_each_row_is_carried_or_says_why_not(row: dict[str, str | list[str]]) -> None:
    judged = {case.rule for case in cases()}
    assert ("rules" in row) != ("reason" in row)
    for name in row.get("rules", ()):
        assert f"{row['instrument']}/{name}" in judged


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_each_rule_is_the_reading_of_a_row(instrument: str) -> None:
    read = {name for row in ROWS if row["instrument"] == instrument for name in row.get("rules", ())}
    assert {rule.id for rule in load(instrument).rules} == read


def test_count_of_rows() -> None:
    carried = Counter(row["instrument"] for row in ROWS if "rules" in row)
    left = Counter(row["instrument"] for row in ROWS if "reason" in row)
    for name in INSTRUMENTS:
        print(f"{name}: {carried[name]} rows carried by {len(load(name).rules)} rules, {left[name]} not about a room")
    assert sum(carried.values()) > 50
