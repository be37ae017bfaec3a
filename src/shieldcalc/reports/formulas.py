"""A Step as it is printed: the formula, the same with its numbers put in, the result.

The tree has dictionaries as nodes, so that it goes to typst as JSON: num (text, exponent), sym (base, sub, sup),
op, row, frac, pow, sqrt, call, paren. Digits are chosen so that the printed numbers give the printed result.
"""

import ast
import math
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.model.trace import Step
from shieldcalc.reports.numbers import EXACT, parts, read, rounded, shortest

Node = dict[str, Any]
RESULT_DIGITS = 4
_CLEARLY = 0.49  # of the last printed digit: never a tie, which people round either way
_WIDEST_FRACTION = 44  # characters of a numerator that still fit beside a result on one A4 line
_FUNCTIONS = ("exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "tan", "radians", "pow")
_GREEK = dict(
    zip(
        (
            "alpha",
            "beta",
            "gamma",
            "delta",
            "eta",
            "theta",
            "kappa",
            "mu",
            "rho",
            "tau",
            "phi",
            "omega",
            "Gamma",
            "Omega",
        ),
        "αβγδηθκμρτφωΓΩ",
        strict=True,
    )
)
_PRINTED_NAMES = {"log": "ln", "log1p": "ln1p"}


class Printed(NamedTuple):
    """One step with its numbers put in; ``reproduced`` says whether the printed numbers give the printed result."""

    symbol: Node
    numbers: Node
    value: Node
    reproduced: bool


def printed(step: Step) -> Printed:
    """Return one step with the fewest digits (at least four) that give the printed result again."""
    texts, value, reproduced = _digits(step)
    shown = {symbol: number_node(text) for symbol, text in texts.items()}
    numbers = _tree(_parsed(step.expression), shown, texts)
    return Printed(symbol_node(step.symbol), numbers, number_node(value), reproduced)


def texts_of(step: Step) -> Mapping[str, str]:
    """Return the inputs of a step as ``printed`` puts them in."""
    return _digits(step)[0]


def with_texts(step: Step, known: Mapping[str, str], digits: int) -> Mapping[str, str] | None:
    """Return a step's inputs as ``known`` prints them or with so many digits; None where they do not give it."""
    texts = {name: known.get(name) or shortest(value, digits) for name, (value, _) in step.inputs.items()}
    return texts if _reproduces(step, texts, result_text(step.value)) else None


def definition(step: Step) -> tuple[Node, Node, list[tuple[Node, str]]]:
    """Return a step's symbol, its formula in symbols, and the units of those symbols that have one."""
    units = [(symbol_node(symbol), unit) for symbol, (_, unit) in step.inputs.items() if unit]
    return symbol_node(step.symbol), _tree(_parsed(step.expression), {}, {}), units


def _digits(step: Step) -> tuple[dict[str, str], str, bool]:
    """Return the printed inputs, the printed result, and whether the former give the latter."""
    value = result_text(step.value)
    for digits in range(RESULT_DIGITS, EXACT + 1):
        texts = {symbol: shortest(number, digits) for symbol, (number, _) in step.inputs.items()}
        if _reproduces(step, texts, value):
            return texts, value, True
    return {symbol: shortest(number) for symbol, (number, _) in step.inputs.items()}, value, False


def _reproduces(step: Step, texts: Mapping[str, str], value: str) -> bool:
    return _gives(step.expression, {symbol: read(text) for symbol, text in texts.items()}, value)


def result_text(value: float) -> str:
    """Return a result with four digits, or more where it lies half-way between two of that many."""
    texts = (rounded(value, digits) for digits in range(RESULT_DIGITS, EXACT))
    return next((text for text in texts if _rounds_to(value, text)), rounded(value, EXACT))


def _gives(expression: str, values: Mapping[str, float], result: str) -> bool:
    """Say whether an expression gives the printed result by any rule of rounding."""
    try:
        return _rounds_to(evaluated(_parsed(expression), values), result)
    except (OverflowError, ZeroDivisionError, ValueError):
        return False


def _rounds_to(value: float, text: str) -> bool:
    mantissa, exponent = parts(text)
    last = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return abs(value - read(text)) <= (_CLEARLY * last if read(text) else 0.0)


@cache
def _parsed(expression: str) -> ast.expr:
    return ast.parse(expression, mode="eval").body


def evaluated(node: ast.expr, values: Mapping[str, float]) -> float:
    """Return the value of parsed arithmetic; only + - * / ** and the functions named above exist."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id="pi"):
            return math.pi
        case ast.Name(id=symbol):
            return values[symbol]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -evaluated(inner, values)
        case ast.BinOp(left=left, op=operator, right=right):
            return _arithmetic(operator, evaluated(left, values), evaluated(right, values))
        case ast.Call(func=ast.Name(id=function), args=arguments):
            return _called(function, [evaluated(argument, values) for argument in arguments])
    raise ValueError(ast.unparse(node))


def _arithmetic(operator: ast.operator, left: float, right: float) -> float:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case ast.Pow():
            return float(left**right)
    raise ValueError(type(operator).__name__)


def _called(function: str, arguments: list[float]) -> float:
    if function in ("max", "min"):
        return max(arguments) if function == "max" else min(arguments)
    if function not in _FUNCTIONS:
        raise ValueError(function)
    return float(getattr(math, function)(*arguments))


def _tree(node: ast.expr, shown: Mapping[str, Node], texts: Mapping[str, str]) -> Node:
    match node:
        case ast.Constant(value=number):
            return number_node(shortest(float(number), EXACT))  # type: ignore[arg-type]
        case ast.Name(id=symbol):
            return shown.get(symbol) or symbol_node(symbol)
        case ast.UnaryOp(operand=inner):
            return _row(_operator("−"), _grouped(inner, shown, texts))
        case ast.BinOp(left=base, op=ast.Pow(), right=exponent):
            return {"t": "pow", "a": _base(base, shown, texts), "b": _sloped(_tree(exponent, shown, texts))}
        case ast.BinOp(op=ast.Mult() | ast.Div()):
            return _product(node, shown, texts)
        case ast.BinOp(left=left, op=operator, right=right):
            minus = isinstance(operator, ast.Sub)
            last = _grouped(right, shown, texts) if minus or _negative(right, shown) else _tree(right, shown, texts)
            return _row(_tree(left, shown, texts), _operator("−" if minus else "+"), last)
        case ast.Call(func=ast.Name(id="sqrt"), args=[inner]):
            return {"t": "sqrt", "a": _tree(inner, shown, texts)}
        case ast.Call(func=ast.Name(id=function), args=arguments):
            name = _PRINTED_NAMES.get(function, function)
            return {"t": "call", "f": name, "c": [_tree(argument, shown, texts) for argument in arguments]}
    raise ValueError(ast.unparse(node))


def _sloped(exponent: Node) -> Node:
    """Return an exponent with a plain fraction on one line."""
    if exponent["t"] != "frac" or any(part["t"] == "frac" for part in (exponent["a"], exponent["b"])):
        return exponent
    below = exponent["b"]
    return _row(exponent["a"], _operator("/"), below if below["t"] in ("num", "sym") else {"t": "paren", "a": below})


def _product(node: ast.expr, shown: Mapping[str, Node], texts: Mapping[str, str]) -> Node:
    above, below = _factors(node)
    times = _operator("×" if shown else "·")
    if not below:
        return _joined(above, times, shown, texts)
    if len(above) < 2 or not _wide(above, texts):
        return {"t": "frac", "a": _joined(above, times, shown, texts), "b": _joined(below, times, shown, texts)}
    last = {"t": "frac", "a": _joined(above[-1:], times, shown, texts), "b": _joined(below, times, shown, texts)}
    return _row(_joined(above[:-1], times, shown, texts), times, last)


def _factors(node: ast.expr) -> tuple[list[ast.expr], list[ast.expr]]:
    match node:
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as operator, right=right):
            (above, below), (top, bottom) = _factors(left), _factors(right)
            return (above + top, below + bottom) if isinstance(operator, ast.Mult) else (above + bottom, below + top)
        case ast.Constant(value=1):
            return [], []
    return [node], []


def _joined(factors: list[ast.expr], times: Node, shown: Mapping[str, Node], texts: Mapping[str, str]) -> Node:
    if not factors:
        return number_node("1")
    if len(factors) == 1:
        return _tree(factors[0], shown, texts)
    parts: list[Node] = []
    for factor in factors:
        leading_minus = not parts and isinstance(factor, ast.UnaryOp)
        part = _tree(factor, shown, texts) if leading_minus else _grouped(factor, shown, texts)
        parts += [times, part] if parts else [part]
    return _row(*parts)


def _grouped(node: ast.expr, shown: Mapping[str, Node], texts: Mapping[str, str]) -> Node:
    inner = _tree(node, shown, texts)
    sums = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
    return {"t": "paren", "a": inner} if sums or _negative(node, shown) else inner


def _base(node: ast.expr, shown: Mapping[str, Node], texts: Mapping[str, str]) -> Node:
    inner = _tree(node, shown, texts)
    powers = inner["t"] == "num" and inner["e"] != ""
    simple = isinstance(node, ast.Name | ast.Constant) and not powers and not _negative(node, shown)
    return inner if simple else {"t": "paren", "a": inner}


def _negative(node: ast.expr, shown: Mapping[str, Node]) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        return _negative(node.left, shown)
    if isinstance(node, ast.UnaryOp):
        return True
    return isinstance(node, ast.Name) and bool(shown) and str(shown.get(node.id, {}).get("s", "")).startswith("−")


def _wide(factors: list[ast.expr], texts: Mapping[str, str]) -> bool:
    """Say whether a numerator is too long to stay in one fraction."""
    names = [name.id for part in factors for name in ast.walk(part) if isinstance(name, ast.Name)]
    return sum(len(texts.get(name, name)) + 3 for name in names) > _WIDEST_FRACTION


def _row(*parts: Node) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat += part["c"] if part["t"] == "row" else [part]
    return {"t": "row", "c": flat}


def _operator(sign: str) -> Node:
    return {"t": "op", "s": sign}


def number_node(text: str) -> Node:
    """Return a displayed number."""
    mantissa, exponent = parts(text)
    return {"t": "num", "s": mantissa.replace("-", "−"), "e": exponent.replace("-", "−")}


def symbol_node(symbol: str) -> Node:
    """Return a symbol such as K_S or a1 with what is low and raised in it."""
    base, _, sub = symbol.partition("_")
    letters = base.rstrip("0123456789")
    digits = base[len(letters) :]
    sup = digits if letters == "K" else ""  # NCRP prints the air kerma of one patient at 1 m as K with a raised 1
    low = [part for part in ("" if sup else digits, *sub.split("_")) if part]
    return {"t": "sym", "s": _GREEK.get(letters, letters), "sub": ",".join(low), "sup": sup}
