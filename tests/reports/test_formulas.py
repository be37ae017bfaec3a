"""Formulas: the printed numbers give the printed result, whatever was computed; read back from what is printed."""

import xml.etree.ElementTree as ET
from math import exp, log, log1p, sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import archer, leakage, sample, scatter, secondary

from shieldcalc.model.result import Result
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.reports import html
from shieldcalc.reports.formulas import printed
from shieldcalc.reports.mathml import element, inline

FUNCTIONS = {"exp": "exp", "ln": "log", "sqrt": "sqrt", "max": "max", "min": "min", "ln1p": "log1p"}
NAMES: dict[str, Any] = {
    "exp": exp,
    "log": log,
    "log1p": log1p,
    "sqrt": sqrt,
    "max": max,
    "min": min,
    "__builtins__": {},
}
SIGNS = {"×": "*", "−": "-", "+": "+", "·": "*", "(": "(", ")": ")", ",": ",", ";": ",", "/": "/", "=": "="}


def python(node: ET.Element, plain: Any = str) -> str:
    """Return presentation MathML as Python arithmetic: an independent reader of what is printed."""
    parts = [python(child, plain) for child in node]
    match node.tag.rpartition("}")[2]:
        case "mn":
            return plain((node.text or "").replace("−", "-"))
        case "mo":
            return SIGNS[node.text or ""]
        case "mi":
            return FUNCTIONS.get(node.text or "", f"<{node.text}>")
        case "mfrac":
            return f"(({parts[0]})/({parts[1]}))"
        case "msup":
            return f"(({parts[0]})**({parts[1]}))"
        case "msqrt":
            return f"sqrt({''.join(parts)})"
        case "mrow" | "math":
            text = "".join(parts)
            return f"({text})" if node.tag.endswith("mrow") and text.count("*10") else text
    raise AssertionError(node.tag)


def again_from(numbers: Any, value: Any, plain: Any) -> tuple[float, float, float]:
    """Return what localised numbers give, the printed result, and half of its last digit."""
    body = "".join(python(part, plain) for part in ET.fromstring(f"<all>{inline(numbers)}</all>"))
    mantissa, exponent = plain(value["s"]), value["e"].replace("−", "-") or "0"
    result = float(eval(python(ET.fromstring(element(value)), plain), NAMES))
    return float(eval(body, NAMES)), result, 0.4901 * 10.0 ** (int(exponent) - len(mantissa.partition(".")[2]))


def again(step: Step) -> tuple[float, float]:
    """Return the result of the printed numbers, and the printed result."""
    shown = printed(step)
    body = "".join(python(part) for part in ET.fromstring(f"<all>{inline(shown.numbers)}</all>"))
    value = python(ET.fromstring(element(shown.value)))
    return float(eval(body, NAMES)), float(eval(value, NAMES))


def agrees(step: Step) -> bool:
    """Say whether the printed numbers give the printed result to its last digit, and this the computed value."""
    computed, result = again(step)
    mantissa, exponent = printed(step).value["s"], printed(step).value["e"].replace("−", "-") or "0"
    half = 0.4901 * 10.0 ** (int(exponent) - len(mantissa.partition(".")[2]))
    return abs(computed - result) <= half and abs(step.value - result) <= half


def steps_of(result: Result) -> list[Step]:
    return [s for p in result.points for s in (*p.steps, *(s for c in p.components for s in c.steps))]


def test_every_printed_substitution_of_the_sample() -> None:
    steps = steps_of(sample().results[0])
    assert len(steps) > 50
    assert all(agrees(step) for step in steps)
    assert all(printed(step).reproduced for step in steps)


def test_the_page_prints_the_same_formulas() -> None:
    page = html.write(sample(), "en").decode()
    first = sample().results[0].points[0].components[0].steps[0]
    assert inline(printed(first).numbers) in page


@settings(max_examples=60)
@given(st.floats(1e-4, 5.0), st.floats(1e-4, 50.0), st.floats(0.05, 3.0), st.floats(0.0, 60.0))
def test_archer_in_any_range(alpha: float, beta: float, gamma: float, x: float) -> None:
    x = min(x, 690.0 / (alpha * gamma))  # what this plain form can hold: exp(709) is the largest of a double
    step = evaluate(archer, {"alpha": (alpha, "1/mm"), "beta": (beta, "1/mm"), "gamma": (gamma, ""), "x": (x, "mm")})
    assert not printed(step).reproduced or agrees(step)
    if alpha * gamma * x < 20 and beta / alpha < 1e3:
        assert printed(step).reproduced


@given(st.floats(1e-9, 1e6), st.floats(1, 1e4), st.floats(0.1, 1e3))
def test_products_over_squares(kerma: float, number: float, distance: float) -> None:
    assert agrees(evaluate(secondary, {"K1_sec": (kerma, "mGy"), "N": (number, ""), "d_sec": (distance, "m")}))


@given(st.floats(20, 150), st.floats(-100, 100), st.floats(0, 180))
def test_negative_inputs(kv: float, b1: float, theta: float) -> None:
    inputs = {
        "a": (-0.5, ""),
        "kV": (kv, "kV"),
        "b0": (33.0, ""),
        "b1": (b1, ""),
        "b2": (-4e-3, ""),
        "theta": (theta, ""),
    }
    assert agrees(evaluate(scatter, inputs))


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("a - (b - c)", (1.0, 2.0, 3.0)),
        ("a - b * (c + 1)", (-1.0, -2.0, 3.0)),
        ("a / b / c", (1.0, 3.0, 7.0)),
        ("a / (b / c)", (1.0, 3.0, 7.0)),
        ("(a / b)**2 * c", (1e-7, 3.0, 7e9)),
        ("-a**2 + b * -c", (3.0, 2.0, 5.0)),
        ("(-a)**2 / (b * c)", (3.0, 2.0, 5.0)),
        ("(a * b)**(c / 2)", (3.0, 2.0, 5.0)),
        ("1 / a + b * c", (3.0, -2.0, 5.0)),
        ("max(a, b) / sqrt(c)", (3.0, 2.0, 5.0)),
        ("(a**b)**c", (1.5, 2.0, 3.0)),
        ("a**b**c", (1.5, 2.0, 3.0)),
        ("log(a) * exp(-b * c)", (3.0, 2.0, 5.0)),
        ("3.6e6 * a * 1e-6 / 60 - b + c", (3.0, 2.0, 5.0)),
        ("(a + b) * (b - c) / (a * (b + c)**2)", (3.0, 2.0, 5.0)),
        ("a - -b - c", (3.0, -2.0, 5.0)),
    ],
)
def test_brackets_say_what_is_computed(expression: str, values: tuple[float, ...]) -> None:
    inputs = dict(zip("abc", values, strict=True))
    value = float(eval(expression, {**NAMES, **inputs}))
    step = Step("y", expression, {name: (number, "m") for name, number in inputs.items()}, value, "m", "test")
    assert printed(step).reproduced
    assert agrees(step)


def test_a_result_that_the_expression_does_not_give_is_marked() -> None:
    step = Step("y", "a + b", {"a": (1.0, ""), "b": (2.0, "")}, 4.0, "", "test")
    assert not printed(step).reproduced


def test_a_long_leakage_formula_is_not_one_fraction() -> None:
    values = dict.fromkeys(("L", "I_L", "kV", "kV_L", "B_h", "B_hL", "Q", "n", "U", "B", "d_L"), 1.2345678)
    step = evaluate(leakage, {name: (number, "") for name, number in values.items()})
    assert printed(step).numbers["t"] == "row"
    assert isinstance(leakage, Equation)
    assert agrees(step)
