"""JSON of check: valid by its schema, keys pinned, numbers unrounded, units in the keys."""

import json
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sample import sample

from shieldcalc.errors import TextError
from shieldcalc.reports.json import document
from shieldcalc.resources import data_path

GOLDEN = Path(__file__).parent / "check_keys.txt"
FREE = ("warnings", "assumptions", "notices", "shown", "bounds", "reason")


def keys(node: Any, path: str = "") -> set[str]:
    """Return every key path; below a notice or a free mapping only its fixed part."""
    if isinstance(node, list):
        return {found for child in node for found in keys(child, f"{path}[]")}
    if not isinstance(node, dict):
        return set()
    below = {} if path.rpartition(".")[2].rstrip("[]") in FREE else node
    return {f"{path}.{key}" for key in below} | {
        k for key, child in below.items() for k in keys(child, f"{path}.{key}")
    }


def written(**changes: Any) -> dict[str, Any]:
    return json.loads(json.dumps(document(replace(sample(), **changes)), allow_nan=False))  # type: ignore[no-any-return]


def test_valid_by_the_shipped_schema() -> None:
    schema = json.loads(Path(data_path("schemas", "check-1.json")).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(written())


def test_key_names_are_pinned() -> None:
    assert sorted(keys(written())) == GOLDEN.read_text("utf-8").splitlines()


def test_numbers_are_unrounded() -> None:
    point = sample().results[0].points[1]
    found = next(p for p in written()["points"] if p["id"] == point.point.id)
    assert found["doses"]["h10_year_mSv"] == point.doses.h10_year_mSv
    assert found["components"][0]["steps"][0]["value"] == point.components[0].steps[0].value


def test_what_cannot_be_said_is_null() -> None:
    first = written()["points"][0]
    assert first["doses"]["h10_beam_on_uSv_per_h"] is None
    barriers = tuple(replace(verdict, margin=inf) for verdict in sample().barriers)
    assert all(barrier["margin"] is None for barrier in written(barriers=barriers)["barriers"])


def test_outcome_and_force_are_both_there() -> None:
    assert {(f["outcome"], f["force"]) for f in written()["findings"]} >= {("fail", "binding"), ("pass", "repealed")}
    assert written()["findings"][0]["verdict"] == "pass - binding"


def test_barriers_without_a_verdict_are_named() -> None:
    assert {barrier["id"] for barrier in written()["not_assessed"]} == {"west", "screen"}


def test_another_language_without_texts_is_refused() -> None:
    with pytest.raises(TextError, match="xx"):
        document(sample(), "xx")
