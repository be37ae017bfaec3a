"""What shieldcalc brings itself, by name: found without importing what is not asked for.

Each mapping has the type that its hook gives; methods and reports are dotted strings, so that no method is imported
to list the names. ``builtin_plugin`` hands the same things to the hooks.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from os import listdir
from typing import Any

from shieldcalc.model.catalog import Command, Distribution, Instrument, Material, NuclideTable, SourceKind
from shieldcalc.resources import data_path
from shieldcalc.tables import table

METHODS: Mapping[str, str] = {
    "ncrp147": "shieldcalc.methods.ncrp147.compute:METHOD",
    "bir": "shieldcalc.methods.bir.compute:METHOD",
    "gbz130": "shieldcalc.methods.gbz130.compute:METHOD",
    "point_kernel": "shieldcalc.methods.point_kernel.compute:METHOD",
    "tg108": "shieldcalc.methods.tg108.compute:METHOD",
    "srs47": "shieldcalc.methods.srs47.compute:METHOD",
    "ncrp151": "shieldcalc.methods.ncrp151.compute:METHOD",
    "ncrp49": "shieldcalc.methods.ncrp49.compute:METHOD",
    "gbzt250": "shieldcalc.methods.gbzt250.compute:METHOD",
}
REPORTS: Mapping[str, str] = {
    ".html": "shieldcalc.reports.html:KIND",
    ".pdf": "shieldcalc.reports.pdf:KIND",
    ".docx": "shieldcalc.reports.docx:KIND",
    ".xlsx": "shieldcalc.reports.xlsx:KIND",
}
COMMANDS = "shieldcalc.cli:COMMANDS"
EQUIPMENT_KINDS = (
    *("radiography", "chest", "fluoroscopy", "radiography_fluoroscopy", "angiography", "cardiac_angiography"),
    *("interventional", "c_arm", "mammography", "ct", "intraoral_dental", "panoramic_dental", "dental_cbct"),
    *("skull_xray", "bone_density", "mobile_xray", "mobile_c_arm", "veterinary_xray", "source_store"),
    *("gauge", "blood_irradiator", "industrial_radiography", "well_logging"),
    *("hot_lab", "generator", "waste_store", "nm_uptake", "nm_imaging", "nm_therapy", "hdr_brachytherapy"),
    *("linac", "co60_teletherapy", "orthovoltage", "simulator", "industrial_xray", "industrial_linac"),
)


def resolve(target: str) -> Any:
    """Return what a dotted string such as "shieldcalc.methods.ncrp147.compute:METHOD" names."""
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)


@cache
def materials() -> Mapping[str, Material]:
    """Return the materials of ``data/materials/shielding.csv``, by name."""
    rows = table("materials/shielding.csv").rows
    return {row["material"]: _material(row) for row in rows}


def _material(row: Mapping[str, str]) -> Material:
    return Material(
        name=row["material"],
        density_g_per_cm3=float(row["density_g_per_cm3"]) if row["density_g_per_cm3"] else None,
        density_range=(float(row["density_min"]), float(row["density_max"])) if row["density_min"] else None,
        scaled=row["scaled"] == "yes",
        forms=tuple(row["forms"].split()),
        tables=tuple(row["tables"].split()),
        source=row["source"],
        declares=row["declares"],
    )


def kinds() -> tuple[SourceKind, ...]:
    """Return the built-in kinds of source, each like itself."""
    return tuple(SourceKind(name=name, like=name, source="data/regulations/_taxonomy.toml") for name in EQUIPMENT_KINDS)


def nuclides() -> NuclideTable:
    """Return the radionuclides of ICRP Publication 107."""
    from shieldcalc.photons.nuclides import LINES_TABLE, NUCLIDES_TABLE

    return NuclideTable(name="icrp107", nuclides=NUCLIDES_TABLE, lines=LINES_TABLE, source="ICRP Publication 107")


def workloads() -> tuple[Distribution, ...]:
    """Return the workload distributions of NCRP 147, with the fields of its Table 4.7."""
    from shieldcalc.beams.distributions import WORKLOAD_TABLE, field_of

    return tuple(
        Distribution(
            name=name,
            table=WORKLOAD_TABLE,
            column=name,
            field_cm2=field[0],
            field_at_m=field[1],
            source="NCRP Report No. 147",
        )
        for name in distributions()
        for field in (field_of(name),)
    )


def commands() -> tuple[Command, ...]:
    """Return the built-in commands; none is imported."""
    table: Mapping[str, tuple[str, str]] = resolve(COMMANDS)
    return tuple(Command(name=name, help=words, command=target) for name, (target, words) in table.items())


@cache
def instruments() -> Mapping[str, Instrument]:
    """Return the instruments of ``data/regulations``, by their id."""
    names = sorted(name for name in listdir(data_path("regulations")) if name.endswith(".toml") and name[0] != "_")
    found = [Instrument(id=_first_id(name), path=name) for name in names]
    return {instrument.id: instrument for instrument in found}


def _first_id(name: str) -> str:
    with open(data_path("regulations", name), encoding="utf-8") as file:
        line = next((line for line in file if line.startswith("id = ")), f'id = "{name}"')
    return line.split('"')[1]


def distributions() -> tuple[str, ...]:
    """Return the names of NCRP 147's workload distributions, as the columns of its Table 4.2 call them."""
    return tuple(name for name in table("xray/ncrp147_table_4_2_workload.csv").columns if name != "kvp")


@cache
def places() -> Mapping[str, Mapping[str, Any]]:
    """Return the kinds of place that may lie beyond a face, from ``data/xray/places.toml``."""
    import tomllib

    with open(data_path("xray", "places.toml"), "rb") as file:
        return tomllib.load(file)
