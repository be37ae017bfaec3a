"""Every printed equation: its expression gives what its function gives, for random inputs."""

import ast
import inspect
from math import exp, isclose, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.methods.bir import equations
from shieldcalc.model.trace import Equation, evaluate

ALL = {name: value for name, value in vars(equations).items() if isinstance(value, Equation)}
KNOWN = {"exp": exp, "log": log, "sqrt": sqrt}


def symbols(formula: Equation) -> list[str]:
    return list(inspect.signature(formula.function).parameters)


@pytest.mark.parametrize("name", ALL)
@given(data=st.data())
def test_expression_is_the_function(name: str, data: st.DataObject) -> None:
    formula = ALL[name]
    values = {symbol: data.draw(st.floats(0.1, 10), label=symbol) for symbol in symbols(formula)}
    step = evaluate(formula, {symbol: (value, "") for symbol, value in values.items()})
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


def test_a_rate_is_the_kerma_area_product_of_an_hour() -> None:
    """An hour of 2 mA is 7200 mAs: rate and exposure equations agree once units are the same."""
    spot = {"Y": 0.1, "F": 400.0, "d_F": 0.8}
    rate, kap = equations.kap_rate(I=2, **spot), equations.kap_of_charge(Q=7200, **spot)
    assert isclose(rate, kap, rel_tol=1e-12)
    once = {"n": 1, "U": 1, "B": 0.2}
    hour = 1e3 * equations.scatter(S=5, KAP=kap, d_S=2, **once)
    assert isclose(equations.beam_on_scatter(S=5, KAP_rate=rate, B=0.2, d_S=2), hour, rel_tol=1e-12)
    hour = 1e3 * equations.primary_of_kap(KAP=kap, F=400, d_F=0.8, d_P=3, **once)
    assert isclose(equations.beam_on_primary(KAP_rate=rate, F=400, d_F=0.8, d_P=3, B=0.2), hour, rel_tol=1e-12)
    hour = 1e3 * equations.leakage(L1=5e-3, Q=7200, d_L=2, **once)
    assert isclose(equations.beam_on_leakage(L1=5e-3, I=2, B=0.2, d_L=2), hour, rel_tol=1e-12)
    hour = 1e3 * equations.ct_scatter(m=1, s=0.36, DLP=500, N=360, B=0.2, d=3)
    assert isclose(equations.beam_on_ct(s=0.36, DLP=500, t_scan=10, B=0.2, d=3), hour, rel_tol=1e-12)


def test_charge_and_kerma_area_product_are_inverse() -> None:
    spot = {"Y": 0.1, "F": 400.0, "d_F": 0.8}
    kap = equations.kap_of_charge(Q=12, **spot)
    assert isclose(equations.charge_of_kap(KAP=kap, **spot), 12, rel_tol=1e-12)


def test_primary_by_charge_is_output_over_distance_squared() -> None:
    kap = equations.kap_of_charge(Y=0.1, Q=10, F=400, d_F=0.8)
    primary = equations.primary_of_kap(KAP=kap, n=5, U=1, F=400, d_F=0.8, d_P=2, B=1)
    assert isclose(primary, 0.1 * 10 * 5 / 4, rel_tol=1e-12)
