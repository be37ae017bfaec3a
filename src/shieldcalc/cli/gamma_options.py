"""Options and answers that the commands on gamma sources share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from shieldcalc.cli.common import Marked, Quantity, declared_densities, notices, photon_material
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from shieldcalc.photons.shield import Layer
    from shieldcalc.photons.source import Source

F = TypeVar("F", bound=Callable[..., Any])
Layers = Sequence[tuple[str, float | Marked]]
Densities = Sequence[tuple[str, float]]
BRODER = "broder"

cutoff_option = click.option(
    "--cutoff",
    type=Quantity("photon_energy"),
    metavar="ENERGY",
    help='Photons of less energy are left out; 15 keV unless said, for example "20 keV".',
)
no_daughters_option = click.option(
    "--no-daughters", is_flag=True, help="Leave out the daughters that are taken in equilibrium."
)
rule_option = click.option(
    "--buildup-rule",
    default=BRODER,
    show_default=True,
    metavar="RULE",
    help="Buildup of several layers: broder, last, first, largest, mean, product, none, or a material's name.",
)
extrapolate_option = click.option(
    "--extrapolate",
    is_flag=True,
    help="Allow buildup beyond 40 mean free paths, to 80, by the published extrapolation.",
)
density_option = click.option(
    "--density",
    "densities",
    type=(str, Quantity("density")),
    multiple=True,
    metavar="MATERIAL DENSITY",
    help='Density of a layer as built, for example --density concrete "2.2 g/cm3".',
)


class Day(click.ParamType[int]):
    """A day as year-month-day, 2026-01-31; its ordinal number."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the ordinal number of the day; a usage error (exit code 2) says what is allowed."""
        from datetime import date

        try:
            return date.fromisoformat(str(value).strip()).toordinal()
        except ValueError:
            self.fail(f"{value!r} is no day; write it as year-month-day, for example 2026-01-31.", param, ctx)


def written(day: int | None) -> str | None:
    """Return a day as year-month-day."""
    if day is None:
        return None
    from datetime import date

    return date.fromordinal(day).isoformat()


def stack(layers: Layers, densities: Densities) -> "list[Layer]":
    """Return the layers with their declared densities; refuses a density of no layer, and two of one material.

    A marked lead equivalent holds for X-rays alone: it is refused.
    """
    from shieldcalc.photons.shield import layer

    names = [material for material, _ in layers]
    declared = declared_densities(names, densities)
    for name in names:
        photon_material(name)
    return [layer(material, _thickness(material, amount), declared.get(material)) for material, amount in layers]


def _thickness(material: str, amount: float | Marked) -> float:
    if isinstance(amount, Marked):
        raise OutsideDataError("photon_marked", material=material)
    return amount


def as_rows(layers: "Iterable[Layer]") -> list[dict[str, object]]:
    """Return layers as JSON objects."""
    return [
        {
            "material": each.material.name,
            "thickness_mm": each.thickness_mm,
            "density_g_per_cm3": each.density_g_per_cm3,
            "form": None,
        }
        for each in layers
    ]


def of_beam(asked: Mapping[str, Any]) -> "Source":
    """Return the source of a unit activity or emission that --nuclide or --energy names."""
    from shieldcalc.photons.source import of_energy, of_nuclide

    if asked["nuclide"] is None:
        for option in ("cutoff", "no_daughters"):
            if asked[option]:
                raise OutsideDataError("photon_option_of_nuclide", option=f"--{option.replace('_', '-')}")
        return of_energy(asked["energy"], 1.0)
    return of_nuclide(asked["nuclide"], 1.0, daughters=not asked["no_daughters"], cutoff_MeV=asked["cutoff"])


def closing(tables: Iterable[str], said: Iterable[Notice]) -> dict[str, object]:
    """Return the end of a JSON object: data files, what they say of themselves, warnings."""
    from shieldcalc.tables import SHOWN, head

    found = list(tables)
    sources = [{"name": name, **{key: head(name)[key] for key in SHOWN}} for name in found]
    return {"tables": found, "sources": sources, "warnings": notices(said)}


def say(tables: Iterable[str], said: Iterable[Notice]) -> None:
    """Write the end of an answer in words: data files, notes."""
    from shieldcalc.tables import head

    for name in tables:
        click.echo(f"table: {head(name)['title']}  [{name}]")
    for notice in said:
        click.echo(f"note: {notice.text()}")
