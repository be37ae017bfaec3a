"""The kinds of value that a design file holds, as schemas of pydantic's validation engine.

Each validator takes what the file says and returns it in the units of ``Design``. ``pydantic_core`` is used without the
``pydantic`` models above it, whose import and building alone would cost more than computing a whole room. Every value
may be None, which TOML cannot say: ``structure`` puts it where something has already been refused.
"""

import re
from collections.abc import Callable
from datetime import date, time
from math import isfinite
from typing import Any

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from shieldcalc.errors import UnitError, hint, nearest
from shieldcalc.units import DIMENSIONS, parse, sides_of

LONGEST_TEXT = 200
LONGEST_ID = 40
SHOWN = 60
_ID = re.compile(rf"[A-Za-z][A-Za-z0-9_-]{{0,{LONGEST_ID - 1}}}")
_NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)? *[^0-9 .,].*"


def shown(value: object) -> str:
    """Return a value as an error quotes it: on one line, not too long."""
    if isinstance(value, bool):
        text = str(value).lower()
    else:
        text = str(value) if isinstance(value, date | time) else repr(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def refused(code: str, **params: object) -> PydanticCustomError:
    """Return the refusal of one value; ``code`` is a key under ``errors.``."""
    return PydanticCustomError("refused", "{code}", {"code": code, "params": params})


def _value(read: Callable[[Any], Any], json: CoreSchema) -> CoreSchema:
    return core_schema.no_info_plain_validator_function(
        lambda value: None if value is None else read(value), json_schema_input_schema=json
    )


def quantity(
    dimension: str,
    *,
    above: float | None = None,
    least: float | None = None,
    most: float | None = None,
    per: float = 1.0,
) -> CoreSchema:
    """Accept a written quantity with its unit, returned as base units / ``per``; the bounds are in what is returned."""

    def read(value: Any) -> float:
        return _read(value, dimension, (above, least, most), per)

    return _value(read, core_schema.str_schema(pattern=f"^{_NUMBER}$", metadata=_examples(dimension)))


def _read(value: Any, dimension: str, bounds: tuple[float | None, float | None, float | None], per: float) -> float:
    try:
        number = parse(value[:SHOWN] if isinstance(value, str) else value, dimension) / per
    except UnitError as error:
        params = {**error.params, "value": shown(value) if error.code == "bare_number" else error.params["value"]}
        raise refused(error.code, **params) from None
    return _bounded(number, value, bounds, scale=per, unit=f" {next(iter(DIMENSIONS[dimension]))}")


def _examples(dimension: str) -> dict[str, Any]:
    text = f"A number and a unit, for example {next(iter(DIMENSIONS[dimension]))}"
    return {"pydantic_js_updates": {"description": text}}


def metres(*, above: float | None = None, least: float | None = None, most: float | None = 100.0) -> CoreSchema:
    """Accept a length, returned in metres."""
    return quantity("length", above=above, least=least, most=most, per=1000.0)


def rectangle(*, above: float, most: float) -> CoreSchema:
    """Accept a side, or two ("30 cm x 40 cm"), each within the bounds; returned as two lengths in metres."""

    def read(value: Any) -> tuple[float, float]:
        sides = (sides_of(value[:SHOWN]) if isinstance(value, str) else None) or (value, value)
        one, other = (_read(side, "length", (above, None, most), 1000.0) for side in sides)
        return one, other

    return _value(read, core_schema.str_schema(pattern=f"^{_NUMBER}$", metadata=_examples("length")))


def number(
    *, above: float | None = None, least: float | None = None, most: float | None = None, whole: bool = False
) -> CoreSchema:
    """Accept a plain number without unit: a count, a fraction, a factor; with ``whole``, no fraction of one."""

    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refused("design.wrong_type", value=shown(value), wanted="a number without unit or quotes")
        if not _finite(value):
            raise refused("not_finite", value=shown(value))
        if whole and value != int(value):
            raise refused("design.wrong_type", value=shown(value), wanted="a whole number")
        return _bounded(value, value, (above, least, most))

    return _value(read, core_schema.float_schema(gt=above, ge=least, le=most))


def _finite(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:
        return False


def _bounded(value: float, said: object, bounds: tuple[float | None, ...], scale: float = 1.0, unit: str = "") -> float:
    above, least, most = bounds
    outside = (
        (above is not None and not value > above)
        or (least is not None and value < least)
        or (most is not None and value > most)
    )
    if outside or not isfinite(value):
        raise refused("design.out_of_range", value=shown(said), allowed=_interval(above, least, most, scale, unit))
    return float(value)


def _interval(above: float | None, least: float | None, most: float | None, scale: float, unit: str) -> str:
    words = [
        f"{word} {bound * scale:g}{unit}"
        for word, bound in (("more than", above), ("at least", least), ("at most", most))
        if bound is not None
    ]
    return ", ".join(words)


def text() -> CoreSchema:
    """Accept one line of words, shown in reports and never computed with."""

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise refused("design.wrong_type", value=shown(value), wanted="a text in quotes")
        if not value.strip() or len(value) > LONGEST_TEXT:
            raise refused("design.text_length", value=shown(value), longest=LONGEST_TEXT)
        if not value.isprintable():
            raise refused("design.text_control", value=shown(value))
        return value.strip()

    return _value(read, core_schema.str_schema(min_length=1, max_length=LONGEST_TEXT))


def identifier(after: str = "") -> CoreSchema:
    """Accept an id: letters, digits, ``_`` and ``-``, beginning with a letter; ``after`` may stand behind it."""

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise refused("design.wrong_type", value=shown(value), wanted="an id in quotes")
        if not _ID.fullmatch(value.removesuffix(after)):
            raise refused("design.bad_id", value=shown(value), longest=LONGEST_ID)
        return value

    return _value(read, core_schema.str_schema(pattern=f"^{_ID.pattern}$"))


def choice(*allowed: str) -> CoreSchema:
    """Accept one of a few words."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            guess = nearest(value, allowed) if isinstance(value, str) else ""
            raise refused(
                "design.no_choice", value=shown(value), allowed=", ".join(allowed), guess=guess, hint=hint(guess)
            )
        return value

    return _value(read, core_schema.literal_schema(list(allowed)))


def flag() -> CoreSchema:
    """Accept yes or no: ``true`` or ``false`` without quotes."""

    def read(value: Any) -> bool:
        if not isinstance(value, bool):
            raise refused("design.wrong_type", value=shown(value), wanted="true or false, without quotes")
        return value

    return _value(read, core_schema.bool_schema(strict=True))


def day() -> CoreSchema:
    """Accept a date as TOML writes it, without quotes."""

    def read(value: Any) -> date:
        if type(value) is not date:
            raise refused("design.wrong_type", value=shown(value), wanted="a date without quotes, such as 2025-06-30")
        return value

    return _value(read, core_schema.str_schema(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))


def place(size: int, *, most: float = 100.0) -> CoreSchema:
    """Accept a position: ``size`` lengths, returned as a tuple in metres; None when one of them was refused."""
    axes = ", ".join(("x", "y", "z")[:size])
    wanted = f"[{axes}], each a length with its unit"
    return listing(
        metres(least=-most, most=most), size, size, wanted=wanted, whole=lambda at: None if None in at else tuple(at)
    )


def aim() -> CoreSchema:
    """Accept where a beam is aimed: the id of a barrier, or a position."""
    position, name = place(3), identifier()
    read_name = name["function"]["function"]

    def read(value: Any, handler: Callable[[Any], Any]) -> Any:
        return handler(value) if isinstance(value, list) else read_name(value)

    both = core_schema.union_schema([name, position])
    return core_schema.no_info_wrap_validator_function(read, position, json_schema_input_schema=both)


def listing(
    item: CoreSchema, shortest: int, longest: int, *, wanted: str = "a list in [ ]", whole: Callable[[Any], Any] = tuple
) -> CoreSchema:
    """Accept a list with a bounded number of items; the result is a tuple."""
    items = core_schema.list_schema(item, min_length=shortest, max_length=longest)

    def read(value: Any, handler: Callable[[Any], Any]) -> Any:
        if value is None:
            return None
        if not isinstance(value, list):
            raise refused("design.wrong_type", value=shown(value), wanted=wanted)
        if not shortest <= len(value) <= longest:
            count = f"{shortest}" if shortest == longest else f"{shortest} to {longest}"
            raise refused("design.list_length", found=len(value), allowed=count)
        return whole(handler(value))

    return core_schema.no_info_wrap_validator_function(read, items)


def table(required: dict[str, CoreSchema], optional: dict[str, CoreSchema] | None = None) -> CoreSchema:
    """Accept a table with the named keys and no other; absent optional keys become None."""
    fields = {key: core_schema.typed_dict_field(schema, required=True) for key, schema in required.items()}
    for key, schema in (optional or {}).items():
        defaulted = core_schema.with_default_schema(schema, default=None)
        fields[key] = core_schema.typed_dict_field(defaulted, required=False)
    body = core_schema.typed_dict_schema(fields, extra_behavior="forbid")

    def read(value: Any, handler: Callable[[Any], Any]) -> Any:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise refused("design.wrong_type", value=shown(value), wanted="a table")
        return handler(value)

    return core_schema.no_info_wrap_validator_function(read, body)


def any_table() -> CoreSchema:
    """Accept a table that is kept as it is."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not all(isinstance(child, dict) for child in value.values()):
            raise refused("design.wrong_type", value=shown(value), wanted="tables [plugins.NAME]")
        return value

    return _value(read, core_schema.dict_schema())
