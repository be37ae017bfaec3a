"""Texts: one place, one key each, and every code of the program has its sentence."""

import ast
import builtins
import re
import string
import tomllib
from pathlib import Path

import pytest

from shieldcalc.resources import data_path
from shieldcalc.texts import MissingTextError, catalogue, read_texts, sentence

SOURCES = sorted((Path(__file__).parents[1] / "src" / "shieldcalc").rglob("*.py"))
WITHOUT_CODE = {
    *(name for name in vars(builtins) if name.endswith("Error")),
    *("UnknownNameError", "UnusableError", "MissingTextError", "PydanticCustomError"),
}
NOTICE = re.compile(r"^[a-z_]+\.[a-z0-9_.]+$")


def _codes() -> set[str]:
    """Return every code that the source writes: first argument of an error class or of a Notice."""
    calls = [
        node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    named = [(call.func, str(call.args[0].value)) for call in calls
             if call.args and isinstance(call.args[0], ast.Constant)]  # fmt: skip
    found = set()
    for function, first in named:
        name = function.id if isinstance(function, ast.Name) else ""
        if name.endswith("Error") and name not in WITHOUT_CODE:
            found.add(f"errors.{first}")
        elif name == "UnusableError":
            found.add(f"warnings.{first}")
        elif name == "Notice" and NOTICE.match(first):
            found.add(first)
    return found


def test_every_code_has_a_sentence() -> None:
    assert sorted(_codes() - catalogue("en").keys()) == []


def test_every_sentence_is_well_formed() -> None:
    for code, text in catalogue("en").items():
        assert text.strip() == text, code
        list(string.Formatter().parse(text))


def test_a_missing_text_language_or_parameter_is_an_error() -> None:
    cases: list[tuple[str, str, dict[str, object]]] = [
        ("errors.nothing", "en", {}),
        ("nowhere.nothing", "en", {}),
        ("errors.not_positive", "xx", {}),
        ("errors.not_positive", "en", {}),
    ]
    for code, language, params in cases:
        with pytest.raises(MissingTextError):
            sentence(code, language, **params)
    with pytest.raises(MissingTextError):
        catalogue("xx")


def test_a_code_defined_twice_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "texts" / "zz" / "errors"
    folder.mkdir(parents=True)
    for name in ("a.toml", "b.toml"):
        (folder / name).write_text('twice = "again"', "utf-8")
    monkeypatch.setattr("shieldcalc.texts.data_path", lambda *parts: str(tmp_path.joinpath(*parts)))
    with pytest.raises(MissingTextError, match="twice"):
        catalogue("zz")
    catalogue.cache_clear()


def _flat(prefix: str, node: object) -> dict[str, object]:
    if not isinstance(node, dict):
        return {prefix: node}
    return {code: text for key, each in node.items() for code, text in _flat(f"{prefix}.{key}", each).items()}


def test_lines_read_one_by_one_are_what_a_toml_reader_reads() -> None:
    for path in sorted(Path(data_path("texts")).rglob("*.toml")):
        written = path.read_text("utf-8")
        assert read_texts("of", written) == _flat("of", tomllib.loads(written)), path


@pytest.mark.parametrize(
    "written",
    ['a = "b" # c', "a = 'b\\n'", '"a.b" = "c"', 'a.b = "c"', 'a = "\\u00e9 \\" = "', 'a = """\nb = "c"\n"""',
     '[a . "b.c"]\nd = "e"',
     '[a]\nb = "c"\n[d.e]\nf="g"', 'a   =  "b"', '"a" = "=" ', 'a = ""', '[a]\nb.c = "d"\nb.e = "f"'],
)  # fmt: skip
def test_odd_lines_are_what_a_toml_reader_reads(written: str) -> None:
    assert read_texts("of", written) == _flat("of", tomllib.loads(written))


@pytest.mark.parametrize("written", ['a = "b"\na = "c"', "a = ", "[a", '[a]\nb = "c"\n[a]\nb = "d"'])
def test_what_is_no_toml_is_refused(written: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read_texts("of", written)
