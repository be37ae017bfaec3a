"""Options and answers that the commands under ``shieldcalc barrier`` share."""

from math import isfinite
from typing import Any

import click

from shieldcalc.cli.common import Quantity


class Number(click.ParamType[float]):
    """A plain finite number above 0, at most ``most``; with ``zero`` 0 itself too."""

    name = "number"

    def __init__(self, most: float | None = None, *, zero: bool = False) -> None:
        self.most, self.zero = most, zero
        least = "of at least 0" if zero else "above 0"
        self.allowed = least if most is None else f"{least} and at most {most:g}"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; a usage error (exit code 2) says what is allowed."""
        try:
            number = float(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a number with a decimal point; allowed: a number {self.allowed}.", param, ctx)
        if (
            not isfinite(number)
            or number < 0
            or (number == 0 and not self.zero)
            or (self.most is not None and number > self.most)
        ):
            self.fail(f"{value!r} is out of range; allowed: a number {self.allowed}.", param, ctx)
        return number


density_option = click.option(
    "--density", type=Quantity("density"), help='Density of the material as built, for example "0.6 g/cm3".'
)


def known_material(material: str) -> str:
    """Return the material; one that is not built in is asked of the plugins."""
    from shieldcalc.beams import materials, use_materials

    if material not in materials.built_in() and not materials.is_without_data(material):
        from shieldcalc import plugins

        use_materials([plugins.material(material)])
    return material


def write_answer(place: Any, answer: Any) -> None:
    """Write one answer as a few lines of text."""
    from shieldcalc.beams import is_marked
    from shieldcalc.units import significant

    what = "lead equivalent" if is_marked(place.material) else "thickness"
    for step in answer.steps:
        click.echo(f"{in_words(step)}  [{step.source}]")
    click.echo(f"total {what} {significant(answer.total_mm, 4)} mm {place.material}")
    if answer.preshielding_mm:
        click.echo(f"in the beam already {significant(answer.preshielding_mm, 4)} mm {place.material}")
    click.echo(f"{what} {significant(answer.net_mm, 4)} mm {place.material}")
    for title, found in (("assumed", answer.assumptions), ("note", answer.warnings)):
        for notice in found:
            click.echo(f"{title}: {notice.text()}")
    click.echo("tables: " + ", ".join(answer.tables))


def material_document(place: Any) -> dict[str, object]:
    """Return the barrier's material as JSON, and whether its figures are thicknesses or lead equivalents."""
    from shieldcalc.beams import is_marked

    kind = "lead_equivalent" if is_marked(place.material) else "thickness"
    return {"material": place.material, "density_g_per_cm3": place.density_g_per_cm3, "thickness_is": kind}


def step_document(step: Any) -> dict[str, object]:
    """Return one step as JSON."""
    inputs = {symbol: {"value": value, "unit": unit} for symbol, (value, unit) in step.inputs.items()}
    kept = {name: getattr(step, name) for name in ("label", "symbol", "expression", "value", "unit", "source")}
    return {**kept, "inputs": inputs}


def in_words(step: Any) -> str:
    """Return ``label: K = formula = formula with numbers = value unit``."""
    from re import sub

    from shieldcalc.units import significant

    numbers = {symbol: f"{value:.10g}" for symbol, (value, _) in step.inputs.items()}
    put_in = sub(r"[A-Za-z_]\w*", lambda found: numbers.get(found[0], found[0]), step.expression)
    label = f"{step.label}: " if step.label else ""
    unit = f" {step.unit}" if step.unit else ""
    return f"{label}{step.symbol} = {step.expression} = {put_in} = {significant(step.value, 4)}{unit}"
