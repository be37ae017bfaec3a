"""``shieldcalc material``: what a material is made of and how it attenuates photons."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from shieldcalc.cli.common import Quantity, emit, json_flag, photon_material
from shieldcalc.cli.gamma_options import closing, say

if TYPE_CHECKING:
    from shieldcalc.photons.materials import Material

SHOWN_MEV = (0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5, 0.662, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 6.0, 10.0)


@click.command("material")
@click.argument("name")
@click.option(
    "--energy",
    "energies",
    type=Quantity("photon_energy"),
    multiple=True,
    metavar="ENERGY",
    help='Energies of the coefficients, for example "662 keV"; a list of usual ones unless said.',
)
@click.option("--density", type=Quantity("density"), metavar="DENSITY", help='As built, for example "2.2 g/cm3".')
@json_flag
def command(name: str, energies: tuple[float, ...], density: float | None, as_json: bool) -> None:
    """Show density, composition, photon attenuation and the sources of a material.

    A name of ours or of NIST's list, an element, a formula (Fe2O3) or a composition by weight ("H:0.112 O:0.888").

    \b
    Example:
      shieldcalc material lead --energy "662 keV"
    """
    from shieldcalc.photons.attenuation import BETWEEN_TABLE, NIST_TABLE, XCOM_TABLE

    found = photon_material(name)
    used = found.density_g_per_cm3 if density is None else found.density(density)
    rows = _rows(found, used, energies or SHOWN_MEV)
    tables = tuple(dict.fromkeys([found.table, NIST_TABLE, BETWEEN_TABLE, XCOM_TABLE]))
    if as_json:
        emit("shieldcalc/material/1", {**_document(found, used), "coefficients": rows, **closing(tables, ())})
        return
    click.echo(f"{found.name}: {'no density' if used is None else f'{used:g} g/cm3'}")
    click.echo("by weight: " + ", ".join(f"{symbol} {share:.4g}" for symbol, share in found.weights))
    click.echo(f"buildup: {found.buildup or 'by equivalent atomic number'}")
    click.echo(
        f"composition from: {found.composition_source}; density from: {found.density_source}; {found.confidence}"
    )
    click.echo("energy MeV   mu/rho  without coherent  mu_en/rho cm2/g")
    for row in rows:
        values = (row["mu_rho_cm2_per_g"], row["mu_rho_without_coherent_cm2_per_g"], row["muen_rho_cm2_per_g"])
        click.echo(f"{row['energy_MeV']:>10.5g}  " + "  ".join(f"{value:>10.4g}" for value in values))
    say(tables, ())


def _rows(found: "Material", density: float | None, energies: Sequence[float]) -> list[dict[str, float | None]]:
    from shieldcalc.photons.attenuation import coefficients

    curves = coefficients(found.weights)
    return [
        {
            "energy_MeV": energy,
            "mu_rho_cm2_per_g": curves.mu_rho(energy),
            "mu_rho_without_coherent_cm2_per_g": curves.kernel_mu_rho(energy),
            "muen_rho_cm2_per_g": curves.muen_rho(energy),
            "mu_per_cm": density and density * curves.mu_rho(energy),
            "mu_without_coherent_per_cm": density and density * curves.kernel_mu_rho(energy),
        }
        for energy in energies
    ]


def _document(found: "Material", density: float | None) -> dict[str, object]:
    return {
        "material": found.name,
        "density_g_per_cm3": density,
        "density_range_g_per_cm3": [found.density_min, found.density_max],
        "composition": [{"element": symbol, "weight_fraction": share} for symbol, share in found.weights],
        "buildup_medium": found.buildup or None,
        "composition_source": found.composition_source,
        "density_source": found.density_source,
        "confidence": found.confidence,
    }
