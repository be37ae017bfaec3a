"""What the commands share: quantities and layers as arguments, and the one JSON object of ``--json``."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from sys import modules
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from shieldcalc.cli import LANGUAGE, NAMED
from shieldcalc.errors import Notice, OutsideDataError, UnitError, UnknownNameError, told
from shieldcalc.units import parse, sides_of

if TYPE_CHECKING:
    from shieldcalc.photons.materials import Material

F = TypeVar("F", bound=Callable[..., Any])
MM2_PER_CM2 = 100.0


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


class Area(Quantity):
    """An area, "400 cm2", or the sides of a rectangle, "20 cm x 20 cm" or "20 x 20 cm", in cm2."""

    name = "area"

    def __init__(self) -> None:
        super().__init__("area")

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return cm2; a usage error (exit code 2) says what is allowed."""
        sides = None if isinstance(value, float) else sides_of(str(value))
        if sides is None:
            return super().convert(value, param, ctx)
        one, other = (Quantity("length").convert(side, param, ctx) for side in sides)
        return one * other / MM2_PER_CM2


class OneOf(click.Choice[str]):
    """One of a few words; a wrong one is answered with the nearest."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return what is allowed, and a guess where one is near."""
        from shieldcalc.errors import hint, nearest

        guess = nearest(str(value), [str(each) for each in self.choices])
        return super().get_invalid_choice_message(value, ctx).rstrip(".") + hint(guess)


class NuclideName(click.ParamType[str]):
    """The name of a radionuclide; one that is not built in is asked of the plugins, and refused where it is used."""

    name = "text"

    def convert(self, value: str, _param: click.Parameter | None, _ctx: click.Context | None) -> str:
        """Return the name as it is written."""
        from shieldcalc.photons.nuclides import is_neutron_source, is_nuclide, spelled

        if not (is_nuclide(spelled(value)) or is_neutron_source(value)):
            from shieldcalc import plugins

            plugins.know_source(spelled(value))
        return value


class DistributionName(click.ParamType[str]):
    """The name of a workload distribution; one that is not built in is asked of the plugins."""

    name = "text"

    def convert(self, value: str, _param: click.Parameter | None, _ctx: click.Context | None) -> str:
        """Return the name as it is written."""
        from shieldcalc.beams import workloads

        if value not in workloads():
            from shieldcalc import plugins

            plugins.know_source(value)
        return value


class Marked(NamedTuple):
    """A lead equivalent in mm as a maker marks it, and the tube potential in kV of the marking where it is said."""

    lead_mm: float
    kv: float | None


class Amount(Quantity):
    """How much of a layer's material: a thickness, "1.2 mm", or a marking, "2 mmPb" or "2 mmPb at 110 kV"."""

    name = "amount"

    def __init__(self) -> None:
        super().__init__("length", zero=True)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the thickness in mm, or what is marked; a usage error (exit code 2) says what is allowed."""
        if isinstance(value, Marked) or "pb" not in str(value).lower():
            return value if isinstance(value, Marked) else super().convert(value, param, ctx)
        lead, at, kv = str(value).replace("@", " at ").partition(" at ")
        marked = Quantity("lead_equivalent").convert(lead, param, ctx)
        return Marked(marked, Quantity("voltage").convert(kv, param, ctx) if at else None)


def layer_option(function: F) -> F:
    """Add ``--layer MATERIAL THICKNESS``, as often as wanted; ``layers`` is ((material, mm or Marked), ...)."""
    return click.option(
        "--layer",
        "layers",
        type=(str, Amount()),
        multiple=True,
        required=True,
        metavar="MATERIAL THICKNESS",
        help='One layer, for example --layer lead "1.2 mm"; repeat it from the source outwards. '
        'Lead glass and lead rubber by their marking: --layer lead_glass "2 mmPb at 110 kV".',
    )(function)


def json_flag(function: F) -> F:
    """Add the bare flag ``--json``; the argument is ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Write one JSON object to standard output.")(function)


def emit(schema: str, data: Mapping[str, object]) -> None:
    """Write one JSON object to standard output; ``schema`` is for example "shieldcalc/transmission/1"."""
    click.echo(encode({"schema": schema, **data}).decode(), nl=False)


def encode(document: Mapping[str, object]) -> bytes:
    """Return one JSON object as UTF-8 text; a number that is not finite raises ValueError.

    Names, versions and digests of the plugins in use stand in every document, and what was left out of plugins.
    """
    from json import dumps

    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[NAMED] = True
    whole = document if "plugins" in document else {**document, "plugins": plugins_used()}
    if troubles := _plugin_troubles():
        language = context.meta.get(LANGUAGE, "en") if context is not None else "en"
        whole = {**whole, "plugins_left_out": notices(troubles, language)}
    return (dumps(whole, ensure_ascii=False, allow_nan=False) + "\n").encode()


def photon_material(name: str) -> "Material":
    """Return a material of gamma calculations; a name that is not built in is asked of the plugins.

    Raises UnknownNameError.
    """
    from shieldcalc.photons.materials import material

    try:
        return material(name)
    except UnknownNameError:
        from shieldcalc import plugins

        plugins.catalog()
        return material(name)


def plugins_used() -> list[dict[str, object]]:
    """Return the foreign plugins in use, none where nothing asked for one; nothing is imported for it."""
    plugins = modules.get("shieldcalc.plugins")
    return [] if plugins is None else [each.told() for each in plugins.loaded()]


def _plugin_troubles() -> tuple[Notice, ...]:
    plugins = modules.get("shieldcalc.plugins")
    return () if plugins is None else plugins.troubles()


def notices(found: Iterable[Notice], language: str = "en") -> list[dict[str, object]]:
    """Return warnings or assumptions as JSON objects: code, text, and their parameters."""
    return [{**told(notice.params, language), "code": notice.code, "text": notice.text(language)} for notice in found]


def declared_densities(names: Sequence[str], densities: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Return the declared densities in g/cm3 by material; refuse that of no layer, and two of one material."""
    declared = dict(densities)
    for material in declared:
        if material not in names:
            raise OutsideDataError("beam_density_unused", material=material, allowed=", ".join(names) or "none")
    if len(declared) < len(densities):
        raise OutsideDataError("beam_density_twice", material=densities[-1][0])
    return declared


def cores() -> int:
    """Return how many cores this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
