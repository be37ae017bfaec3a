"""Words that stand in the sentences of refusals are told in the reader's language: reasons, dimensions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import shieldcalc
from shieldcalc.texts import said
from shieldcalc.units import DIMENSIONS

LOADER = Path(shieldcalc.__file__).parent / "model" / "loader"


def reasons(tree: ast.AST) -> Iterator[str]:
    """Yield what stands as ``why`` in calls and assignments, values in it as a letter."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (_plain(each.value) for each in node.keywords if each.arg == "why")
        elif isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == "why" for to in node.targets):
            yield _plain(node.value)


def _plain(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = node.values if isinstance(node, ast.JoinedStr) else ()
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in parts)


EVERY = sorted({each for file in LOADER.glob("*.py") for each in reasons(ast.parse(file.read_text("utf-8"))) if each})


@pytest.mark.parametrize("language", ["vi", "zh"])
def test_every_reason_why_a_key_is_needed_or_has_no_meaning_is_told_in_the_language(language: str) -> None:
    assert len(EVERY) > 30
    assert [each for each in EVERY if said(each, language) == each] == []


@pytest.mark.parametrize("language", ["vi", "zh"])
def test_every_dimension_is_told_in_the_language(language: str) -> None:
    names = [each.replace("_", " ") for each in DIMENSIONS]
    told = {each: said(each, language) for each in names}
    assert [each for each, words in told.items() if words == each and each != "kerma"] == []
