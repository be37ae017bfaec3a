"""Every printed equation of the program: its expression gives what its function gives, for random inputs."""

import ast
import inspect
from importlib import import_module
from math import cos, exp, isclose, log, pi, radians, sqrt
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import shieldcalc
from shieldcalc.model.trace import Equation, evaluate

KNOWN = {"exp": exp, "log": log, "sqrt": sqrt, "cos": cos, "radians": radians, "pi": pi, "max": max, "min": min}
TOP = Path(shieldcalc.__file__).parent


def equations() -> dict[str, Equation]:
    """Return each equation by "folder.module.name" of the module that defines it."""
    found = {}
    for file in sorted(TOP.rglob("*.py")):
        if "\n@equation(" in file.read_text("utf-8"):
            module = ".".join(file.relative_to(TOP).with_suffix("").parts)
            held = vars(import_module(f"shieldcalc.{module}"))
            found |= {f"{module}.{name}": each for name, each in held.items() if isinstance(each, Equation)}
    return found


ALL = equations()


def symbols(formula: Equation) -> list[str]:
    return list(inspect.signature(formula.function).parameters)


def test_the_equations_of_every_method_are_found() -> None:
    folders = {name.split(".equations")[0] for name in ALL}
    assert {"methods.bir", "physics", "physics.therapy"} <= folders, sorted(folders)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=20)
@given(data=st.data())
def test_expression_is_the_function(name: str, data: st.DataObject) -> None:
    formula = ALL[name]
    values = {symbol: data.draw(st.floats(0.1, 10), label=symbol) for symbol in symbols(formula)}
    try:
        step = evaluate(formula, {symbol: (value, "") for symbol, value in values.items()})
    except ZeroDivisionError:
        reject()
    again = eval(formula.expression, {"__builtins__": {}, **KNOWN}, values)
    assert isclose(step.value, again, rel_tol=1e-12)


@pytest.mark.parametrize("name", ALL)
def test_expression_uses_exactly_the_arguments(name: str) -> None:
    formula = ALL[name]
    used = {node.id for node in ast.walk(ast.parse(formula.expression)) if isinstance(node, ast.Name)}
    assert used - set(KNOWN) == set(symbols(formula))


@pytest.mark.parametrize("name", ALL)
def test_every_equation_is_cited_and_documented(name: str) -> None:
    formula = ALL[name]
    assert formula.source
    assert formula.symbol.isidentifier()
    assert (formula.function.__doc__ or "").startswith("Return")
