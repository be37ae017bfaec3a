"""Whatever bytes stand in a file, the loader gives a Design or says what is wrong; it never fails in another way."""

import tomllib
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from small_rooms import loaded, spoken

from shieldcalc.errors import InputError

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "examples").glob("*.toml")), *sorted((ROOT / "data" / "templates").glob("*.toml"))]
PIECES = ['"', "'", "[", "]", "{", "}", "=", ".", ",", "#", "\n", "\\", "nan", "-", "0", "1e9", '""', "é", "\x00", " "]
VALUES = [
    "1",
    "-1",
    "0",
    "true",
    '""',
    '"x"',
    '"1 m"',
    '"-1 m"',
    "[]",
    "{}",
    "nan",
    "2025-01-01",
    '["1 m", "1 m"]',
    "[[]]",
]


def survives(text: str | bytes, folder: Path) -> None:
    try:
        loaded(text, folder)
    except InputError as error:
        spoken(error)


def test_pieces_put_anywhere(tmp_path: Path) -> None:
    seed = SystemRandom().randrange(2**32)
    print("seed", seed)
    random = Random(seed)
    for _ in range(200):
        text = random.choice(FILES).read_text()
        for _ in range(random.randint(1, 3)):
            at = random.randrange(len(text))
            text = text[:at] + random.choice(PIECES) + text[at + random.choice((0, 0, 1, 5)) :]
        survives(text, tmp_path)


def written(value: Any) -> str:
    """Return a value as TOML writes it inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {written(child)}' for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, Raw):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


class Raw(str):
    """Text that is TOML already."""


def places(node: Any) -> list[tuple[Any, Any]]:
    """Return (container, key) of everything in a document."""
    pairs = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    return [(node, key) for key, _ in pairs] + [place for _, child in pairs for place in places(child)]


def test_any_value_under_any_key(tmp_path: Path) -> None:
    seed = SystemRandom().randrange(2**32)
    print("seed", seed)
    random = Random(seed)
    for _ in range(300):
        document = tomllib.loads(random.choice(FILES).read_text())
        for _ in range(random.randint(1, 3)):
            container, key = random.choice(places(document))
            container[key] = Raw(random.choice(VALUES))
        survives("\n".join(f"{key} = {written(child)}" for key, child in document.items()), tmp_path)
