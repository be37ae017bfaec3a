"""Quantities as people write them, to floats in one base unit a dimension, and back.

Decimal point only; a bare number is refused where a unit is needed. Gray and sievert never convert into each other.
"""

from math import floor, isfinite, log10

from shieldcalc.errors import UnitError

# dimension -> {spelling: factor to the base unit}; the first spelling is the base unit.
_LENGTH = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "um": 1e-3, "in": 25.4}
_TIME = {"s": 1.0, "ms": 1e-3, "min": 60.0, "h": 3600.0, "hr": 3600.0, "hour": 3600.0}
_KERMA = {"mGy": 1.0, "uGy": 1e-3, "nGy": 1e-6, "Gy": 1e3}
_DOSE = {"mSv": 1.0, "uSv": 1e-3, "nSv": 1e-6, "Sv": 1e3}
_WEEK = {"week": 1.0, "wk": 1.0, "w": 1.0}
_YEAR = {"year": 1.0, "yr": 1.0, "y": 1.0, "a": 1.0}
_HOUR = {"h": 1.0, "hr": 1.0, "hour": 1.0, "min": 1 / 60.0, "s": 1 / 3600.0}


def _per(above: dict[str, float], below: dict[str, float]) -> dict[str, float]:
    return {f"{a}/{b}": fa / fb for a, fa in above.items() for b, fb in below.items()}


def _times(left: dict[str, float], right: dict[str, float]) -> dict[str, float]:
    return {f"{a}*{b}": fa * fb for a, fa in left.items() for b, fb in right.items()}


DIMENSIONS: dict[str, dict[str, float]] = {
    "length": _LENGTH,
    "area": {"cm2": 1.0, "m2": 1e4, "mm2": 1e-2},
    "time": _TIME,
    "working_hours": {"h": 1.0, "hr": 1.0, "hour": 1.0, "hours": 1.0, "min": 1 / 60.0},
    "voltage": {"kV": 1.0, "kVp": 1.0, "V": 1e-3, "MV": 1e3},
    "current": {"mA": 1.0, "A": 1e3, "uA": 1e-3},
    "charge": {"mAs": 1.0, "mA*s": 1.0, "As": 1e3, "mAmin": 60.0, "mA*min": 60.0},
    "kerma": _KERMA,
    "dose": _DOSE,
    "kerma_rate": _per(_KERMA, _HOUR),
    "dose_rate": _per(_DOSE, _HOUR),
    "kerma_per_week": _per(_KERMA, _WEEK),
    "kerma_per_year": _per(_KERMA, _YEAR),
    "dose_per_week": _per(_DOSE, _WEEK),
    "dose_per_year": _per(_DOSE, _YEAR),
    "output": _per(_KERMA, {"mAs": 1.0, "(mA*s)": 1.0, "(mA*min)": 60.0, "mAmin": 60.0}),
    "dlp": _times(_KERMA, {"cm": 1.0, "mm": 0.1, "m": 100.0}),
    "filtration": {"mmAl": 1.0, "mm*Al": 1.0},
    "density": {"g/cm3": 1.0, "kg/m3": 1e-3, "g/cc": 1.0, "t/m3": 1.0},
    "angle": {"deg": 1.0, "degree": 1.0, "degrees": 1.0},
}
_SPELLINGS = str.maketrans({"µ": "u", "μ": "u", "·": "*", "⋅": "*", "²": "2", "³": "3", "°": "deg", " ": " "})


def parse(text: object, dimension: str) -> float:
    """Return a written quantity in the base unit of its dimension (the first spelling in ``DIMENSIONS``).

    Raises UnitError for a bare number, a decimal comma, an unknown or foreign unit, and anything not finite.
    """
    if not isinstance(text, str):
        raise UnitError("bare_number", value=repr(text), allowed=_allowed(dimension))
    number, unit = _split(text.strip().translate(_SPELLINGS))
    _number(number, text)
    if not unit:
        raise UnitError("bare_number", value=text, allowed=_allowed(dimension))
    factor = DIMENSIONS[dimension].get(unit)
    if factor is None:
        raise UnitError("wrong_unit", value=text, unit=unit, dimension=dimension, allowed=_allowed(dimension))
    value = _scaled(number, factor)
    if not isfinite(value):
        raise UnitError("not_finite", value=text)
    return value


def _scaled(number: str, factor: float) -> float:
    """Return number x factor; powers of ten go into the text, so that every spelling gives the same float."""
    power = round(log10(factor))
    if float(f"1e{power}") != factor:
        return float(number) * factor
    mantissa, _, exponent = number.lower().partition("e")
    return float(f"{mantissa}e{int(exponent or 0) + power}")


def _split(text: str) -> tuple[str, str]:
    end = len(text)
    for end, char in enumerate([*text, " "]):  # noqa: B007
        follows_number = char in "eE" and text[end + 1 : end + 2] in "+-0123456789" and text[end + 1 : end + 2]
        if not (char in "+-.,0123456789" or follows_number):
            break
    words = text[end:].replace("*", " * ").replace("/", " / ").split()
    return text[:end].strip(), _joined(words)


def _joined(words: list[str]) -> str:
    unit = ""
    for word in words:
        glue = "*" if unit and unit[-1] not in "*/(" and word not in "*/)" else ""
        unit += glue + word
    return unit


def _number(number: str, text: str) -> float:
    if "," in number:
        raise UnitError("decimal_comma", value=text)
    try:
        return float(number)
    except ValueError:
        raise UnitError("not_a_number", value=text) from None


def _allowed(dimension: str) -> str:
    return ", ".join(DIMENSIONS[dimension])


def significant(value: float, digits: int = 3) -> str:
    """Return a number with so many significant digits, in plain notation from 1e-3 to 1e5."""
    if value == 0 or 1e-3 <= abs(value) < 1e5:
        places = 0 if value == 0 else max(0, digits - 1 - floor(log10(abs(value))))
        return f"{value:.{places}f}"
    return f"{value:.{digits - 1}e}"
