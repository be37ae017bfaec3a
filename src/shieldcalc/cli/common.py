"""What the commands share: quantities and layers as arguments, and the one JSON object of ``--json``."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click

from shieldcalc.errors import Notice, UnitError
from shieldcalc.units import parse

F = TypeVar("F", bound=Callable[..., Any])


class Quantity(click.ParamType[float]):
    """An argument such as "1.2 mm", converted to the base unit of its dimension (see ``units.DIMENSIONS``).

    ``zero`` says whether 0 is a sensible answer; negative values never are.
    """

    name = "quantity"

    def __init__(self, dimension: str, *, zero: bool = False) -> None:
        self.dimension = dimension
        self.zero = zero

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the value in the base unit; a usage error (exit code 2) says what is allowed."""
        if isinstance(value, float):
            return value
        try:
            number = parse(value, self.dimension)
            if number < 0 or (number == 0 and not self.zero):
                raise UnitError("not_negative" if self.zero else "not_positive", value=value)
        except UnitError as error:
            self.fail(error.text(), param, ctx)
        return number


def layer_option(function: F) -> F:
    """Add ``--layer MATERIAL THICKNESS``, as often as wanted; the argument ``layers`` is ((material, mm), ...)."""
    return click.option(
        "--layer",
        "layers",
        type=(str, Quantity("length", zero=True)),
        multiple=True,
        required=True,
        metavar="MATERIAL THICKNESS",
        help='One layer, for example --layer lead "1.2 mm"; repeat it from the source outwards.',
    )(function)


def json_flag(function: F) -> F:
    """Add the bare flag ``--json``; the argument is ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Write one JSON object to standard output.")(function)


def emit(schema: str, data: Mapping[str, object]) -> None:
    """Write one JSON object to standard output; ``schema`` is for example "shieldcalc/transmission/1"."""
    click.echo(encode({"schema": schema, **data}).decode(), nl=False)


def encode(document: Mapping[str, object]) -> bytes:
    """Return one JSON object as UTF-8 text; a number that is not finite raises ValueError."""
    from json import dumps

    return (dumps(document, ensure_ascii=False, allow_nan=False) + "\n").encode()


def notices(found: Iterable[Notice], language: str = "en") -> list[dict[str, object]]:
    """Return warnings or assumptions as JSON objects: code, text, and their parameters."""
    return [{**notice.params, "code": notice.code, "text": notice.text(language)} for notice in found]
