"""Every printed equation of radiotherapy rooms: its expression gives what its function gives."""

import ast
import inspect
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldcalc.model.trace import Equation
from shieldcalc.physics.therapy import equations, industrial_equations, maze_equations, neutron_equations
from shieldcalc.reports.formulas import evaluated

KNOWN = {"pi", "log", "sqrt", "cos", "radians", "min"}
MODULES: tuple[ModuleType, ...] = (equations, industrial_equations, maze_equations, neutron_equations)
EQUATIONS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": each
    for module in MODULES
    for name, each in vars(module).items()
    if isinstance(each, Equation)
}


@pytest.mark.parametrize("name", EQUATIONS)
@settings(max_examples=20)  # two ways of one closed formula differ everywhere or nowhere
@given(data=st.data())
def test_expression_and_function(name: str, data: st.DataObject) -> None:
    equation = EQUATIONS[name]
    symbols = list(inspect.signature(equation.function).parameters)
    values = {symbol: data.draw(st.floats(0.1, 3), label=symbol) for symbol in symbols}
    tree = ast.parse(equation.expression, mode="eval").body
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - KNOWN
    assert named == set(symbols)
    assert evaluated(tree, values) == pytest.approx(equation(**values), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("name", EQUATIONS)
def test_every_equation_is_cited(name: str) -> None:
    known = ("NCRP 151", "SRS 47", "GBZ/T 250", "NCRP 49", "McGinley", "inverse square")
    assert any(document in EQUATIONS[name].source for document in known)
