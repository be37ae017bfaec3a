"""The line scanner against layouts by hand and against tomllib on random documents."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.model.loader.lines import Path, dotted, key_lines

LAYOUTS = {
    "comments that look like keys": ("# a = 1\nb = 2 # c = 3\n", {"b": 2}),
    "strings that look like keys": ("a = \"b = 1 # [c]\"\nd = '[[e]]'\n", {"a": 1, "d": 2}),
    "multi-line strings": ("a = \"\"\"\nb = 1\n[c]\n\"\"\"\nd = '''\ne = 2\n'''\nf = 1", {"a": 1, "d": 5, "f": 8}),
    "quotes at the end of multi-line strings": (
        "a = \"\"\"x\"\"\"\"\"\nb = '''y'''''\nc = 1",
        {"a": 1, "b": 2, "c": 3},
    ),
    "escaped quotes": ('a = "\\"b = 1"\nc = """\\""""\nd = 1', {"a": 1, "c": 2, "d": 3}),
    "empty strings": ('a = ""\nb = \'\'\nc = """"""\nd = ["", \'\']\ne = 1', {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}),
    "dotted keys": ("a.b.c = 1\na.b.d = 2\na . e = 3\n", {"a": 1, "a.b": 1, "a.b.c": 1, "a.b.d": 2, "a.e": 3}),
    "quoted keys": ('"a b" = 1\n\'c.d\' = 2\n"" = 3\n"\\u0041" = 4', {'"a b"': 1, '"c.d"': 2, '""': 3, "A": 4}),
    "tables": ("[a]\nb = 1\n\n[ a.c ]\nd = 2\n[e.f]\n", {"a": 1, "a.b": 2, "a.c": 4, "a.c.d": 5, "e": 6, "e.f": 6}),
    "arrays of tables": (
        "[[w]]\na = 1\n[[w]]\na = 2\n[w.b]\nc = 3\n[[w.d]]\ne = 1\n[[w.d]]\ne = 2\n[[w]]\n[[w.d]]\ne = 3\n",
        {
            "w": 1,
            "w.1": 1,
            "w.1.a": 2,
            "w.2": 3,
            "w.2.a": 4,
            "w.2.b.c": 6,
            "w.2.d.1.e": 8,
            "w.2.d.2.e": 10,
            "w.3.d.1.e": 13,
        },
    ),
    "inline tables": ("a = { b = 1, c = { d = 2 }, e.f = [1, { g = 3 }] }\n", {"a.c.d": 1, "a.e.f.2.g": 1}),
    "arrays over lines": (
        "a = [ # one\n  { b = 1 },\n  # b = 7\n  { b = 2,  c = [\n 3,\n 4] },\n]\nd = 1",
        {"a": 1, "a.1": 2, "a.1.b": 2, "a.2": 4, "a.2.b": 4, "a.2.c.1": 5, "a.2.c.2": 6, "d": 8},
    ),
    "trailing commas and blanks": ("a = [\n1,\n\n2\n,\n]\n\n\nb=2", {"a.1": 2, "a.2": 4, "b": 9}),
    "carriage returns": ("a = 1\r\nb = '''\r\nc = 2\r\n'''\r\nd = 3\r\n", {"a": 1, "b": 2, "d": 5}),
    "dates, numbers, booleans": (
        "a = 2025-06-30 08:00:00 # x\nb = 1_0e2\nc = true\nd = [inf, nan]\ne = 0x1f",
        {"e": 5},
    ),
    "a header after spaces": ("  [ a ]\n\tb = 1\n", {"a": 1, "a.b": 2}),
    "nothing": ("# only a remark", {}),
}


@pytest.mark.parametrize(("text", "wanted"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(text: str, wanted: dict[str, int]) -> None:
    found = {dotted(path): line for path, line in key_lines(text).items()}
    assert {key: found.get(key) for key in wanted} == wanted
    assert set(paths(tomllib.loads(text))) <= set(key_lines(text))


def paths(node: Any, above: Path = ()) -> Iterator[Path]:
    """Yield every path of a parsed document."""
    children: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*above, key)
        yield from paths(child, (*above, key))


NAMES = st.sampled_from(["a", "b-1", "c_2", '"d e"', "'f.g'", '"h\\"i"', '"#"'])
SCALARS = st.sampled_from(
    ["1", "-2.5e3", "true", "nan", "2025-06-30", "07:32:00", '"x = 1"', "'# y'", '"\\""', '""', "''", '"[[z]]"', '"}"']
)
TALL = st.sampled_from(['"""\nkey = 1\n"""', "'''\n[k]\n'''", '""" " "" """""', "'''''''"])
BREAK = st.sampled_from(["", " ", "\n", "\n # remark = [1]\n", "\n\n  "])


@st.composite
def inline(draw: st.DrawFn, depth: int = 2) -> str:
    """Write a value that may stand inside an inline table (one line unless a string or a list is tall)."""
    kind = draw(st.integers(0, 4 if depth else 1))
    if kind == 0:
        return draw(SCALARS)
    if kind == 1:
        return draw(TALL)
    if kind == 2:
        names = draw(st.lists(NAMES, unique=True, max_size=3))
        return "{ " + ", ".join(f"{name} = {draw(inline(depth - 1))}" for name in names) + " }"
    items = draw(st.lists(inline(depth - 1), max_size=3))
    return "[" + ",".join(draw(BREAK) + item + draw(BREAK) for item in items) + draw(BREAK) + "]"


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    """Write a random document and note on which line each of its own keys was written."""
    lines: list[str] = []
    noted: dict[str, int] = {}

    def write(text: str, key: str) -> None:
        lines.extend(draw(st.lists(st.sampled_from(["", "# k = 1", "   "]), max_size=2)))
        noted[key] = len(lines) + 1
        lines.extend(text.split("\n"))

    for number in range(draw(st.integers(0, 3))):
        write(f"top{number} = {draw(inline())}", f"top{number}")
    counts: dict[str, int] = {}
    for _ in range(draw(st.integers(0, 5))):
        name = draw(st.sampled_from(["wall", "door"]))
        counts[name] = counts.get(name, 0) + 1
        path = f"{name}.{counts[name]}"
        write(f"[[{name}]]", path)
        for number in range(draw(st.integers(0, 3))):
            write(f"key{number}.deep = {draw(inline())}", f"{path}.key{number}.deep")
        if draw(st.booleans()):
            write(f"[ {name} . sub ]", f"{path}.sub")
            write(f"inner = {draw(inline())}", f"{path}.sub.inner")
    return "\n".join(lines), noted


@given(documents())
def test_every_path_of_random_documents_has_its_line(document: tuple[str, dict[str, int]]) -> None:
    text, noted = document
    found = key_lines(text)
    assert set(paths(tomllib.loads(text))) <= set(found)
    assert {key: line for key, line in ((dotted(p), line) for p, line in found.items()) if key in noted} == noted
    last = text.count("\n") + 1
    assert all(1 <= line <= last for line in found.values())
