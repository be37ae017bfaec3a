"""``shieldcalc buildup``: one exposure buildup factor."""

import click

from shieldcalc.cli.common import Quantity, emit, json_flag, photon_material
from shieldcalc.cli.gamma_options import closing, extrapolate_option, say
from shieldcalc.errors import OutsideDataError


class Depth(click.ParamType[float]):
    """Mean free paths: a number that is not negative."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; a usage error (exit code 2) says what is allowed."""
        try:
            number = float(str(value))
        except ValueError:
            number = -1.0
        if not 0 <= number < float("inf"):
            self.fail(f"{value!r} is not a number of mean free paths, 0 or more.", param, ctx)
        return number


@click.command("buildup")
@click.option("--material", "name", required=True, metavar="NAME", help="Material, for example concrete.")
@click.option("--energy", type=Quantity("photon_energy"), required=True, metavar="ENERGY", help='For example "1 MeV".')
@click.option("--mfp", type=Depth(), required=True, metavar="X", help="Depth in mean free paths, at most 40.")
@extrapolate_option
@json_flag
def command(name: str, energy: float, mfp: float, extrapolate: bool, as_json: bool) -> None:
    """Compute the exposure buildup factor of a point source in an infinite medium (ANSI/ANS-6.4.3).

    \b
    Example:
      shieldcalc buildup --material lead --energy "1 MeV" --mfp 10
    """
    from shieldcalc.photons.buildup import buildup, lowest_MeV
    from shieldcalc.photons.shield import Layer, check_reach, notes, tables

    found = photon_material(name)
    if energy < lowest_MeV() * (1 - 1e-12):
        raise OutsideDataError("buildup_energy_low", energy=f"{energy * 1e3:g}", low=f"{lowest_MeV() * 1e3:g}")
    B = buildup(found, energy, mfp, extrapolate=extrapolate)
    layers = [Layer(found, 1.0, 1.0)]
    said = [*check_reach([(mfp, 1.0)], extrapolate=extrapolate), *notes(layers, energy)]
    if as_json:
        document = {
            "material": found.name,
            "medium": found.buildup or None,
            "energy_MeV": energy,
            "mfp": mfp,
            "buildup": B,
        }
        emit("shieldcalc/buildup/1", {**document, **closing(tables(layers), said)})
        return
    from shieldcalc.units import significant

    click.echo(f"buildup {significant(B, 4)}  ({found.name}, medium {found.buildup or 'by equivalent atomic number'})")
    say(tables(layers), said)
