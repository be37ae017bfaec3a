"""Quantities as people write them, to floats in one base unit a dimension, and back.

Decimal point only; a bare number is refused where a unit is needed. Gray and sievert never convert into each other.
Factors are exact ratios of whole numbers, so that every spelling of one quantity gives the same float.
"""

import re
from functools import lru_cache

from shieldcalc.errors import UnitError, hint

Ratio = tuple[int, int]
Units = dict[str, Ratio]


def _units(**groups: Ratio) -> Units:
    """Return {spelling: ratio} from groups of spellings joined by two underscores."""
    return {spelling: ratio for group, ratio in groups.items() for spelling in group.split("__")}


def _per(above: Units, below: Units) -> Units:
    return {f"{a}/{b}": (na * db, da * nb) for a, (na, da) in above.items() for b, (nb, db) in below.items()}


def _times(left: Units, right: Units, sign: str = "*") -> Units:
    return {f"{a}{sign}{b}": (na * nb, da * db) for a, (na, da) in left.items() for b, (nb, db) in right.items()}


_LENGTH = _units(
    mm__millimetre__millimeter__millimetres__millimeters=(1, 1),
    cm__centimetre__centimeter__centimetres__centimeters=(10, 1),
    m__metre__meter__metres__meters=(1000, 1),
    km__kilometre__kilometer__kilometres__kilometers=(1_000_000, 1),
    um=(1, 1000),
    in__inch__inches=(254, 10),
    ft__foot__feet=(3048, 10),
)
_HOUR = _units(h__hr__hour=(1, 1), min=(1, 60), s=(1, 3600))
_WEEK = _units(week__wk__w=(1, 1))
_YEAR = _units(year__yr__y__a=(1, 1))
_KERMA = _units(mGy=(1, 1), uGy=(1, 1000), nGy=(1, 1_000_000), Gy=(1000, 1))
_DOSE = _units(mSv=(1, 1), uSv=(1, 1000), nSv=(1, 1_000_000), Sv=(1000, 1))
_CHARGE = {"mAs": (1, 1), "mA*s": (1, 1), "As": (1000, 1), "mAmin": (60, 1), "mA*min": (60, 1)}
_BY_CHARGE = {"mAs": (1, 1), "(mA*s)": (1, 1), "mAmin": (60, 1), "(mA*min)": (60, 1)}
_ACTIVITY = _units(
    Bq__dps=(1, 1), dpm=(1, 60), kBq=(10**3, 1), MBq=(10**6, 1), GBq=(10**9, 1), TBq=(10**12, 1), PBq=(10**15, 1)
) | _units(Ci=(37 * 10**9, 1), kCi=(37 * 10**12, 1), mCi=(37 * 10**6, 1), uCi=(37 * 10**3, 1), nCi=(37, 1))
_BY_ACTIVITY = {"(MBq*h)": (1, 1), "(GBq*h)": (1000, 1)}

# dimension -> {spelling: exact factor to the base unit}; the first spelling is the base unit.
DIMENSIONS: dict[str, Units] = {
    "length": _LENGTH,
    "lead_equivalent": {"mmPb": (1, 1), "mm*Pb": (1, 1), **_LENGTH},
    "area": _units(cm2=(1, 1), m2=(10_000, 1), mm2=(1, 100)),
    "time": _units(s__sec__second__seconds=(1, 1), ms=(1, 1000), min=(60, 1), h__hr__hour__hours=(3600, 1)),
    "working_hours": _units(h__hr__hour__hours=(1, 1), min=(1, 60)),
    "voltage": _units(kV__kVp=(1, 1), V=(1, 1000), MV=(1000, 1)),
    "current": _units(mA=(1, 1), A=(1000, 1), uA=(1, 1000)),
    "charge": _CHARGE,
    "kerma": _KERMA,
    "dose": _DOSE,
    "kerma_rate": _per(_KERMA, _HOUR),
    "dose_rate": _per(_DOSE, _HOUR),
    "kerma_per_week": _per(_KERMA, _WEEK),
    "kerma_per_year": _per(_KERMA, _YEAR),
    "dose_per_week": _per(_DOSE, _WEEK),
    "dose_per_year": _per(_DOSE, _YEAR),
    "output": _per(_KERMA, _BY_CHARGE) | _per(_times(_KERMA, {"m2": (1, 1)}), _BY_CHARGE),
    "dose_per_gray": _per(_DOSE, {"Gy": (1, 1)}),
    "dlp": _times(_KERMA, _units(cm=(1, 1), mm=(1, 10), m=(100, 1))) | _times(_KERMA, {"cm": (1, 1)}, ""),
    "kap": _times(
        _units(Gy=(1, 1), mGy=(1, 1000), uGy=(1, 1_000_000), dGy=(1, 10), cGy=(1, 100)),
        {"cm2": (1, 1), "m2": (10_000, 1)},
    ),
    "filtration": {"mmAl": (1, 1), "mm*Al": (1, 1)},
    "density": {"g/cm3": (1, 1), "kg/m3": (1, 1000), "g/cc": (1, 1), "t/m3": (1, 1)},
    "emission": {"/s": (1, 1), "1/s": (1, 1), "s-1": (1, 1), "photons/s": (1, 1), "photon/s": (1, 1)},
    "photon_energy": _units(MeV=(1, 1), keV=(1, 1000), eV=(1, 1_000_000)),
    "angle": _units(deg__degree__degrees=(1, 1)),
    "activity": _ACTIVITY,
    "activity_concentration": _per(
        _ACTIVITY, _units(cm3__ml__mL=(1, 1), m3=(10**6, 1), l__L__dm3=(1000, 1), mm3=(1, 1000))
    ),
    "specific_activity": _per(_ACTIVITY, _units(g=(1, 1), kg=(1000, 1), mg=(1, 1000), t=(10**6, 1))),
    "dose_rate_constant": _per(_times(_units(uSv=(1, 1), nSv=(1, 1000), mSv=(1000, 1)), {"m2": (1, 1)}), _BY_ACTIVITY),
}
_SPELLINGS = str.maketrans(
    {"µ": "u", "μ": "u", "·": "*", "⋅": "*", "×": "*", "²": "2", "³": "3", "^": "", "°": "deg", "\u00a0": " "}
)
_QUANTITY = re.compile(r"([+-]?)([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?(?![0-9.,+-])(.*)", re.DOTALL)
_LONGEST, _LARGEST_POWER = 100, 400


def parse(text: object, dimension: str) -> float:
    """Return a written quantity in the base unit of its dimension (the first spelling in ``DIMENSIONS``).

    Raises UnitError for a bare number, a decimal comma, an unknown or foreign unit, and anything not finite.
    """
    if not isinstance(text, str):
        raise UnitError("bare_number", value=repr(text), allowed=_allowed(dimension))
    return _of_text(text, dimension)


@lru_cache(maxsize=1024)
def _of_text(text: str, dimension: str) -> float:
    found = _QUANTITY.fullmatch(text.translate(_SPELLINGS).strip()) if len(text) <= _LONGEST else None
    if found is None or not (found[2] or found[3]):
        comma = re.match(r"\s*[+-]?[0-9.]*,", text)
        raise UnitError("decimal_comma" if comma else "not_a_number", value=text[:_LONGEST])
    unit = _joined(found[5])
    if not unit:
        raise UnitError("bare_number", value=text, allowed=_allowed(dimension))
    ratio = DIMENSIONS[dimension].get(unit)
    if ratio is None:
        said = {"dimension": dimension.replace("_", " "), "allowed": _allowed(dimension)}
        guess = _in_other_capitals(unit, dimension)
        raise UnitError("wrong_unit", value=text, unit=found[5].strip(), guess=guess, hint=hint(guess), **said)
    return _exact(text, found, ratio)


def _exact(text: str, found: "re.Match[str]", ratio: Ratio) -> float:
    """Return sign, digits and power times the ratio, rounded once: whole numbers divide exactly in Python."""
    power = int(found[4] or 0) - len(found[3])
    if abs(power) > _LARGEST_POWER:
        raise UnitError("not_finite", value=text)
    above: int = int(found[1] + found[2] + found[3]) * ratio[0] * 10 ** max(power, 0)
    below: int = ratio[1] * 10 ** max(-power, 0)
    try:
        return above / below
    except OverflowError:
        raise UnitError("not_finite", value=text) from None


def _joined(words: str) -> str:
    """Return a unit without blanks; a blank between two names is a product ("mm Al" is "mm*Al")."""
    unit = words.replace(" per ", "/")
    for sign in "*/()":
        unit = sign.join(part.strip() for part in unit.split(sign))
    return "*".join(unit.split())


def _in_other_capitals(unit: str, dimension: str) -> str:
    """Return the unit that one in other capitals may mean ("gbq": GBq), or an empty string."""
    return next((each for each in DIMENSIONS[dimension] if each.casefold() == unit.casefold()), "")


def _allowed(dimension: str) -> str:
    """Return the first spelling of each unit."""
    first = {ratio: spelling for spelling, ratio in reversed(DIMENSIONS[dimension].items())}
    return ", ".join(spelling for spelling in DIMENSIONS[dimension] if spelling in first.values())


def significant(value: float, digits: int = 3) -> str:
    """Return a number with so many significant digits, in plain notation from 1e-3 to 1e5."""
    written = f"{value:.{digits - 1}e}"
    exponent = int(written.partition("e")[2])
    if value == 0:
        return "0"
    return f"{value:.{max(0, digits - 1 - exponent)}f}" if -3 <= exponent < 5 else written


def sides_of(text: str) -> tuple[str, str] | None:
    """Return the two lengths of "20 cm x 30 cm" or "20 x 30 cm", each with its unit, None for what is no such text."""
    sides = [side.strip() for side in text.replace("×", "x").split("x")]
    if len(sides) != 2:
        return None
    first, second = sides
    unit = second.lstrip("+-.0123456789eE ") if first[-1:].isdigit() else ""
    return (f"{first} {unit}" if unit else first), second
