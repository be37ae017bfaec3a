"""``shieldcalc dose-rate``: dose rates of a point source of gamma rays behind layers, without a design file."""

from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli.common import NuclideName, Quantity, emit, json_flag
from shieldcalc.cli.gamma_options import (
    Day,
    Densities,
    Layers,
    as_rows,
    closing,
    cutoff_option,
    density_option,
    extrapolate_option,
    no_daughters_option,
    rule_option,
    say,
    stack,
    written,
)
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from shieldcalc.photons.neutrons import Bounded
    from shieldcalc.photons.point import Rates
    from shieldcalc.photons.source import Source


@click.command("dose-rate")
@click.option("--nuclide", type=NuclideName(), metavar="NAME", help="Radionuclide, for example Cs-137.")
@click.option("--activity", type=Quantity("activity"), metavar="ACTIVITY", help='Its activity, for example "1 TBq".')
@click.option("--reference-date", "reference", type=Day(), metavar="DAY", help="Day of that activity, 2020-01-31.")
@click.option("--on", type=Day(), metavar="DAY", help="Day of the dose rate: the activity is decayed to it.")
@click.option("--separated", type=Day(), metavar="DAY", help="Day on which the nuclide was without daughters.")
@no_daughters_option
@cutoff_option
@click.option("--energy", type=Quantity("photon_energy"), metavar="ENERGY", help="Photons of one energy instead.")
@click.option("--emission", type=Quantity("emission"), metavar="RATE", help='Their number, for example "3e10 /s".')
@click.option("--distance", type=Quantity("length"), required=True, metavar="LENGTH", help="From source to point.")
@click.option(
    "--layer",
    "layers",
    type=(str, Quantity("length", zero=True)),
    multiple=True,
    metavar="MATERIAL THICKNESS",
    help='One layer between them, for example --layer lead "5 cm"; repeat it from the source outwards.',
)
@density_option
@rule_option
@extrapolate_option
@json_flag
def command(layers: Layers, densities: Densities, as_json: bool, **asked: Any) -> None:
    """Compute air kerma, H*(10), effective dose and exposure rates of a point source.

    Nothing stands between source and point but the layers; air counts where a layer says so.

    \b
    Examples:
      shieldcalc dose-rate --nuclide Cs-137 --activity "1 TBq" --distance "2 m"
        --layer lead "5 cm"
      shieldcalc dose-rate --energy "1 MeV" --emission "3e10 /s" --distance 1m
        --layer iron 10cm --layer concrete 10cm --json
    """
    from shieldcalc.photons.point import rates

    (source, bounded), shield = source_of(asked), stack(layers, densities)
    distance = asked["distance"] / 1000
    found = rates(source, distance, shield, asked["buildup_rule"], extrapolate=asked["extrapolate"])
    if bounded is not None:
        found = _with_neutrons(found, bounded, distance)
    if as_json:
        head = {"source": as_asked(asked), "distance_m": distance, "layers": as_rows(shield)}
        emit(
            "shieldcalc/dose-rate/1",
            {**head, **_document(asked, source, found, bounded), **closing(found.tables, found.notices)},
        )
        return
    _say(source, found, bounded)
    say(found.tables, found.notices)


def _with_neutrons(found: "Rates", bounded: "Bounded", distance_m: float) -> "Rates":
    """Return rates with H*(10) of the neutrons, with nothing in their way, added."""
    from shieldcalc.photons.dose import H10
    from shieldcalc.photons.neutrons import h10_rate

    said = Notice("warnings.photon_effective_without_neutrons", {"nuclide": bounded.mixed.name})
    doses = {**found.doses, H10: found.doses[H10] + h10_rate(bounded, distance_m)}
    return found._replace(doses=doses, notices=(*found.notices, said))


def source_of(asked: dict[str, Any]) -> "tuple[Source, Bounded | None]":
    """Return the source asked for: a nuclide with its activity, or one energy with its emission.

    Of a neutron source its photons, and what it is.
    """
    from shieldcalc.photons.neutrons import mixed, of_mixed
    from shieldcalc.photons.source import Dates, of_energy, of_nuclide

    of_one, of_other = ("nuclide", "activity"), ("energy", "emission")
    given = [name for name in (*of_one, *of_other) if asked[name] is not None]
    if set(given) == set(of_other):
        for option in ("reference", "on", "separated", "cutoff", "no_daughters"):
            if asked[option]:
                name = {"reference": "reference-date"}.get(option, option.replace("_", "-"))
                raise OutsideDataError("photon_option_of_nuclide", option=f"--{name}")
        return of_energy(asked["energy"], asked["emission"]), None
    if set(given) != set(of_one):
        raise OutsideDataError("photon_source_options", given=", ".join(f"--{name}" for name in given) or "none")
    dates = Dates(asked["reference"], asked["on"], asked["separated"])
    how: dict[str, Any] = {"daughters": not asked["no_daughters"], "cutoff_MeV": asked["cutoff"], "dates": dates}
    known = mixed(asked["nuclide"])
    if known is not None:
        found = of_mixed(known, asked["activity"], **how)
        return found.photons, found
    return of_nuclide(asked["nuclide"], asked["activity"], **how), None


def as_asked(asked: dict[str, Any]) -> dict[str, object]:
    """Return the source as it was asked for, for a JSON object."""
    return {
        "nuclide": asked["nuclide"],
        "activity_Bq": asked["activity"],
        "reference_date": written(asked["reference"]),
        "on": written(asked["on"]),
        "separated": written(asked["separated"]),
        "energy_MeV": asked["energy"],
        "emission_per_s": asked["emission"],
    }


def _document(asked: dict[str, Any], source: "Source", found: "Rates", bounded: "Bounded | None") -> dict[str, object]:
    from shieldcalc.photons.dose import E74, E116, H10

    effective = {name: _effective(found, name) for name in (E116, E74)}
    if bounded is not None:
        effective = dict.fromkeys(effective)  # neutrons are known in H*(10) alone
    return {
        "buildup_rule": asked["buildup_rule"],
        "cutoff_keV": source.cutoff_MeV * 1e3 if source.cutoff_MeV else None,
        "air_kerma_rate_uGy_per_h": found.air_kerma,
        "ambient_dose_equivalent_rate_uSv_per_h": found.doses.get(H10),
        "effective_dose_rate_uSv_per_h": effective[E116],
        "effective_dose_rate_icrp74_uSv_per_h": effective[E74],
        "exposure_rate_mR_per_h": found.exposure,
        "uncollided_fraction": found.uncollided_fraction,
        "air_kerma_rate_by_other_rules_uGy_per_h": dict(found.alternatives),
        "nuclides": nuclides_of(source),
        "bremsstrahlung": _bremsstrahlung(found),
        "neutrons": None if bounded is None else _neutrons(bounded, asked["distance"] / 1000),
    }


def _effective(found: "Rates", name: str) -> dict[str, float] | None:
    """Return the effective doses of one set by geometry; None above its table."""
    from shieldcalc.photons.dose import GEOMETRIES

    values = {key: found.doses[f"{name}_{key}"] for key in GEOMETRIES if f"{name}_{key}" in found.doses}
    return values or None


def _neutrons(bounded: "Bounded", distance_m: float) -> dict[str, object]:
    from shieldcalc.photons.neutrons import h10_rate

    return {
        "included": True,
        "per_s": bounded.neutrons_per_s,
        "ambient_dose_equivalent_per_neutron_pSv_cm2": bounded.mixed.h10_pSv_cm2,
        "ambient_dose_equivalent_rate_uSv_per_h": h10_rate(bounded, distance_m),
    }


def nuclides_of(source: "Source") -> list[dict[str, object]]:
    """Return the nuclides of a source as JSON objects."""
    from shieldcalc.photons.nuclides import nuclide

    return [
        {
            "name": each.name,
            "activity_Bq": each.activity_Bq,
            "ratio_to_parent": each.ratio,
            "half_life_s": nuclide(each.name).half_life_s,
            "lines": sum(line.nuclide == each.name for line in source.lines),
        }
        for each in source.members
    ]


def _bremsstrahlung(found: "Rates") -> dict[str, object] | None:
    from shieldcalc.photons.dose import H10

    part = found.bremsstrahlung
    if part is None:
        return None
    return {
        "included": True,
        "air_kerma_rate_uGy_per_h": part.air_kerma,
        "ambient_dose_equivalent_rate_uSv_per_h": part.doses[H10],
        "Z": part.Z,
        "max_energy_MeV": part.max_MeV,
    }


def _say(source: "Source", found: "Rates", bounded: "Bounded | None") -> None:
    from shieldcalc.photons.dose import E74, E116, H10
    from shieldcalc.units import significant

    for label, value, unit in (
        ("air kerma rate", found.air_kerma, "uGy/h"),
        ("ambient dose equivalent rate H*(10)", found.doses.get(H10), "uSv/h  (upper value)"),
        ("exposure rate", found.exposure, "mR/h"),
    ):
        click.echo(f"{label}: " + ("not known at this energy" if value is None else f"{significant(value, 4)} {unit}"))
    for name, label in ((E116, "ICRP 116"), (E74, "ICRP 74")) if bounded is None else ():
        effective = _effective(found, name)
        if effective is not None:
            values = ", ".join(f"{key} {significant(value, 4)}" for key, value in effective.items())
            click.echo(f"effective dose rate, {label}: {values} uSv/h")
    click.echo(f"uncollided share of the air kerma: {significant(found.uncollided_fraction, 4)}")
    for each in source.members:
        click.echo(f"nuclide: {each.name} {significant(each.activity_Bq, 4)} Bq")
    for name, value in found.alternatives.items():
        click.echo(f"air kerma rate by rule {name}: {significant(value, 4)} uGy/h")
    if bounded is not None:
        click.echo(f"neutrons: {significant(bounded.neutrons_per_s, 4)} /s, in H*(10) with nothing in their way")
    if found.bremsstrahlung is not None:
        click.echo(f"of it bremsstrahlung, upper bound: {significant(found.bremsstrahlung.air_kerma, 4)} uGy/h")
