"""Building materials of Viet Nam and China: brick, aerated concrete, barium plaster, lead rubber, lead glass.

Transmission of diagnostic X rays by mass per area: of masonry and plaster as the share of concrete's which the least
absorbing of its kind has, of lead products as the lead in them alone. Never more credit than that.
"""

from collections.abc import Mapping
from os.path import abspath, dirname, join

from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Material
from shieldcalc.tables import table

shieldcalc_api = 1
__license__ = "MIT"
HERE = dirname(abspath(__file__))
MATERIALS, TRANSMISSION = join(HERE, "materials.csv"), join(HERE, "transmission.csv")


def _material(row: Mapping[str, str]) -> Material:
    return Material(
        name=row["material"],
        density_g_per_cm3=float(row["density_g_per_cm3"]),
        density_range=(float(row["density_min"]), float(row["density_max"])),
        scaled=row["scaled"] == "yes",
        tables=(TRANSMISSION,),
        declares=row["declares"],
        composition=row["composition"],
        source=f"density: {row['density_source']}; composition: {row['composition_source']}",
    )


@hookimpl
def register_materials() -> list[Material]:
    """Return the materials of materials.csv."""
    return [_material(row) for row in table(MATERIALS).rows]
