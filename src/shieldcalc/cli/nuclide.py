"""``shieldcalc nuclide``: what one radionuclide is and emits."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from shieldcalc.cli.common import NuclideName, emit, json_flag
from shieldcalc.cli.gamma_options import closing, cutoff_option, no_daughters_option, say
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from shieldcalc.photons.neutrons import Mixed
    from shieldcalc.photons.nuclides import Nuclide
    from shieldcalc.photons.source import Source

STRONGEST = 20
UNITS = {
    "_uGy_m2_per_GBq_h": "uGy m2/(GBq h)",
    "_uSv_m2_per_GBq_h": "uSv m2/(GBq h)",
    "_R_cm2_per_mCi_h": "R cm2/(mCi h)",
}
GIGA, MILLICURIE, CM2_PER_M2, MILLI = 1e9, 3.7e7, 1e4, 1e-3


@click.command("nuclide")
@click.argument("name", type=NuclideName())
@cutoff_option
@no_daughters_option
@json_flag
def command(name: str, cutoff: float | None, no_daughters: bool, as_json: bool) -> None:
    """Show half-life, decay, daughters, photon lines and dose-rate constants of a radionuclide.

    Constants are those of the bare nuclide with its daughters in equilibrium, for photons above the cut-off.

    \b
    Example:
      shieldcalc nuclide Ir-192 --cutoff "20 keV"
    """
    from shieldcalc.photons.chain import equilibrium
    from shieldcalc.photons.neutrons import mixed
    from shieldcalc.photons.nuclides import nuclide, tables_of
    from shieldcalc.photons.source import of_nuclide

    known = mixed(name)
    if known is not None:
        _neutron_source(known, cutoff, not no_daughters, as_json)
        return
    found = nuclide(name)
    said: list[Notice] = []
    source: Source | None = None
    constants: dict[str, float] | None = None
    try:
        source = of_nuclide(found.name, GIGA, daughters=not no_daughters, cutoff_MeV=cutoff)
        constants, said, tables = _constants(source)
    except OutsideDataError as refusal:
        if refusal.code == "photon_cutoff":
            raise
        said.append(Notice("warnings.photon_no_constant", {"reason": refusal.text()}))
        tables = tables_of([found.name])
    lines, ratios = _lines(found, source), {each.name: each.ratio for each in equilibrium(found)}
    document = {
        "nuclide": found.name,
        "half_life": {"value": found.half_life, "unit": found.half_life_unit, "s": found.half_life_s},
        "decay_modes": found.modes,
        "energy_per_decay_MeV": {"electrons": found.electron_MeV, "photons": found.photon_MeV},
        "daughters": [{"name": each, "branching": share} for each, share in found.daughters],
        "equilibrium": [{"name": each, "ratio": ratio} for each, ratio in ratios.items()],
        "cutoff_keV": source.cutoff_MeV * 1e3 if source else None,
        "constants": constants,
        "lines": lines,
        "neutrons": None,
    }
    if as_json:
        emit("shieldcalc/nuclide/1", {**document, **closing(tables, said)})
        return
    _say(found, ratios, constants or {}, lines)
    say(tables, said)


def _neutron_source(known: "Mixed", cutoff: float | None, daughters: bool, as_json: bool) -> None:
    """Show a neutron source of which upper values are held: per Bq of its emitter, at 1 m with nothing in the way."""
    from shieldcalc.photons.dose import GEOMETRIES, H10
    from shieldcalc.photons.neutrons import h10_rate, of_mixed
    from shieldcalc.photons.nuclides import nuclide
    from shieldcalc.photons.point import rates

    emitter = nuclide(known.emitter)
    bounded = of_mixed(known, GIGA, daughters=daughters, cutoff_MeV=cutoff)
    found, neutrons = rates(bounded.photons, 1.0), h10_rate(bounded, 1.0)
    lines = _lines(emitter, bounded.photons)
    constants: dict[str, float | None] = {
        "air_kerma_uGy_m2_per_GBq_h": found.air_kerma,
        "ambient_dose_equivalent_uSv_m2_per_GBq_h": found.doses[H10] + neutrons,
        **{f"effective_dose_{key}_uSv_m2_per_GBq_h": None for key in GEOMETRIES},
        "exposure_R_cm2_per_mCi_h": found.exposure * MILLI * CM2_PER_M2 * MILLICURIE / GIGA,
    }
    document = {
        "nuclide": known.name,
        "half_life": {"value": emitter.half_life, "unit": emitter.half_life_unit, "s": emitter.half_life_s},
        "decay_modes": emitter.modes,
        "energy_per_decay_MeV": {"electrons": emitter.electron_MeV, "photons": emitter.photon_MeV},
        "daughters": [{"name": each, "branching": share} for each, share in emitter.daughters],
        "equilibrium": [],
        "cutoff_keV": bounded.photons.cutoff_MeV * 1e3,
        "constants": constants,
        "lines": lines,
        "neutrons": {
            "emitter": known.emitter,
            "per_s_per_Bq": known.per_s_per_Bq,
            "photons_per_neutron": known.photons_per_neutron,
            "ambient_dose_equivalent_per_neutron_pSv_cm2": known.h10_pSv_cm2,
            "ambient_dose_equivalent_uSv_m2_per_GBq_h": neutrons,
        },
    }
    if as_json:
        emit("shieldcalc/nuclide/1", {**document, **closing(found.tables, found.notices)})
        return
    click.echo(f"{known.name}: neutron source; activity is that of {known.emitter}")
    click.echo(f"neutrons: {known.per_s_per_Bq:g} per s and Bq, {known.h10_pSv_cm2:g} pSv cm2 each in H*(10)")
    _say(emitter, {}, {**constants, "of_it_neutrons_uSv_m2_per_GBq_h": neutrons}, lines)
    say(found.tables, found.notices)


def _constants(source: "Source") -> tuple[dict[str, float], list[Notice], tuple[str, ...]]:
    """Return the constants of a source of 1 GBq at 1 m, of photon lines alone; refuses where there is no line."""
    from shieldcalc.photons.dose import E116, GEOMETRIES, H10
    from shieldcalc.photons.point import rates

    if not source.lines:
        raise OutsideDataError("photon_nothing", nuclide=source.members[0].name, cutoff=f"{source.cutoff_MeV * 1e3:g}")
    found = rates(source._replace(betas=()), 1.0)
    exposure = found.exposure * MILLI * CM2_PER_M2 * MILLICURIE / GIGA
    effective = {f"effective_dose_{key}_uSv_m2_per_GBq_h": found.doses[f"{E116}_{key}"] for key in GEOMETRIES}
    constants = {
        "air_kerma_uGy_m2_per_GBq_h": found.air_kerma,
        "ambient_dose_equivalent_uSv_m2_per_GBq_h": found.doses[H10],
        **effective,
        "exposure_R_cm2_per_mCi_h": exposure,
    }
    said = [each for each in found.notices if each.code != "warnings.photon_bremsstrahlung"]
    if source.betas:
        said.append(Notice("warnings.photon_constant_without_bremsstrahlung"))
    return constants, said, found.tables


def _lines(found: "Nuclide", source: "Source | None") -> list[dict[str, object]]:
    """Return the lines per decay of the nuclide, those of daughters too where they count."""
    from shieldcalc.photons.nuclides import lines

    if source is None:
        return [
            {"nuclide": found.name, "type": each.kind, "energy_keV": each.energy_MeV * 1e3, "per_decay": each.intensity}
            for each in lines(found.name)
        ]
    own = source.members[0].activity_Bq
    ordered = sorted(source.lines, key=lambda each: each.energy_MeV)
    return [
        {"nuclide": each.nuclide, "type": each.kind, "energy_keV": each.energy_MeV * 1e3, "per_decay": each.per_s / own}
        for each in ordered
    ]


def _say(
    found: "Nuclide",
    equilibrium: Mapping[str, float],
    constants: Mapping[str, float | None],
    lines: list[dict[str, object]],
) -> None:
    from shieldcalc.units import significant

    click.echo(f"{found.name}: half-life {found.half_life:g} {found.half_life_unit}, decay {found.modes}")
    for name, share in found.daughters:
        click.echo(f"daughter: {name} {share:g}")
    for name, ratio in equilibrium.items():
        click.echo(f"in equilibrium: {name} {significant(ratio, 4)}")
    for key, value in constants.items():
        if value is None:
            continue
        quantity, unit = next((key.removesuffix(tail), unit) for tail, unit in UNITS.items() if key.endswith(tail))
        click.echo(f"constant: {quantity.replace('_', ' ')} {significant(value, 4)} {unit}")
    strongest = sorted(lines, key=lambda line: -float(str(line["energy_keV"])) * float(str(line["per_decay"])))
    for line in strongest[:STRONGEST]:
        keV, share = float(str(line["energy_keV"])), float(str(line["per_decay"]))
        click.echo(f"line: {keV:.2f} keV  {significant(share, 4)} per decay  {line['type']}  {line['nuclide']}")
    if len(lines) > STRONGEST:
        click.echo(f"and {len(lines) - STRONGEST} more; --json lists all")
