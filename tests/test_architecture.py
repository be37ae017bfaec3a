"""The house: files stay small, imports point downwards, texts and numbers stay out of code."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "shieldcalc"
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 40


def test_imports_point_downwards() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
    assert [node.name for node in functions if _length(node) > LONGEST_FUNCTION] == []


def _length(function: ast.FunctionDef) -> int:
    """Return the number of lines from the first statement after the docstring to the last."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_nothing_is_left_for_later(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not any(word in text for word in ("TO" + "DO", "FIX" + "ME", "X" * 3))


def test_plugins_never_import_a_method() -> None:
    for name in ("plugins", "plugin_host", "builtins", "builtin_plugin"):
        tree = ast.parse((SOURCE / f"{name}.py").read_text("utf-8"))
        named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert not any(module.startswith(("shieldcalc.methods", "shieldcalc.reports")) for module in named)


def test_no_file_names_a_folder_outside_the_project() -> None:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    shared = ".." + "/shared"
    for name in filter(None, done.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in (".ttf", ".otf", ".png", ".pdf"):
            assert shared not in path.read_text("utf-8"), name
