"""The JSON Schema is current and agrees with the loader; the documentation names exactly the keys of the format."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from small_rooms import SQUARE

from shieldcalc.model.loader.json_schema import documented, json_schema

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data" / "schemas" / "design-1.json"
FILES = [*sorted((ROOT / "examples").glob("*.toml")), *sorted((ROOT / "data" / "templates").glob("*.toml"))]
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SHIPPED.read_text()))


def plain(text: str) -> Any:
    """Return a TOML text as JSON would hold it: dates as text."""
    return json.loads(json.dumps(tomllib.loads(text), default=str))


def test_the_shipped_schema_is_current() -> None:
    assert json.loads(SHIPPED.read_text()) == json_schema(), "python -m shieldcalc.model.loader.json_schema"


def test_the_shipped_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(SHIPPED.read_text()))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_examples_and_templates_agree_with_the_schema(file: Path) -> None:
    assert not [error.message for error in VALIDATOR.iter_errors(plain(file.read_text()))]


REFUSED = [
    ('height = "3 m"', "height = 3"),
    ('height = "3 m"', 'height = "3,2 m"'),
    ('thickness = "2 mm"', 'thicknes = "2 mm"'),
    ('thickness = "2 mm"', 'thickness = "nan mm"'),
    ("use_factor = 1", "use_factor = 1.5"),
    ('id = "tube"', 'id = "../tube"'),
    ('author = "Radiation protection officer"\n', ""),
    ("2025-06-30", "true"),
    ('toward = "west"', 'toward = ["1 m", "2 m"]'),
]


@pytest.mark.parametrize(("old", "new"), REFUSED)
def test_the_schema_refuses_what_the_loader_refuses(old: str, new: str) -> None:
    assert VALIDATOR.is_valid(plain(SQUARE))
    assert not VALIDATOR.is_valid(plain(SQUARE.replace(old, new, 1)))


def tables(node: Any, name: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield (name, keys) of every table in the schema."""
    if "properties" in node:
        yield name, set(node["properties"])
        for key, child in node["properties"].items():
            yield from tables(child, key)
    elif "items" in node:
        yield from tables(node["items"], name)


def test_every_key_is_documented_and_every_documented_key_exists() -> None:
    written = {name: set(rows) for name, rows in documented((ROOT / "docs" / "design-file.md").read_text()).items()}
    for name, keys in tables(json_schema()):
        assert written.get(name) == keys, name
    assert set(written) == {name for name, _ in tables(json_schema())}


def test_every_place_is_documented() -> None:
    page = (ROOT / "docs" / "design-file.md").read_text()
    places = tomllib.loads((ROOT / "data" / "xray" / "places.toml").read_text())
    assert [name for name in places if f"`{name}`" not in page] == []


def test_every_key_stands_in_a_template_or_in_the_docs() -> None:
    said = "".join(file.read_text() for file in (ROOT / "data" / "templates").glob("*.toml"))
    page = (ROOT / "docs" / "design-file.md").read_text()
    assert not {key for _, keys in tables(json_schema()) for key in keys if key not in said and f"`{key}`" not in page}
