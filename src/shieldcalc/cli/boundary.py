"""``shieldcalc boundary``: how far from a gamma source in the open a dose rate is kept, without a design file."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from shieldcalc.cli.common import NuclideName, Quantity, emit, json_flag
from shieldcalc.cli.dose_rate import as_asked, nuclides_of, source_of
from shieldcalc.cli.gamma_options import (
    Day,
    Densities,
    Layers,
    as_rows,
    closing,
    cutoff_option,
    density_option,
    no_daughters_option,
    say,
    stack,
)
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from shieldcalc.photons.shield import Layer as Sheet
    from shieldcalc.photons.source import Source

F = TypeVar("F", bound=Callable[..., Any])


def _layers_option(name: str, argument: str, words: str) -> Callable[[F], F]:
    kind = (str, Quantity("length", zero=True))
    return click.option(name, argument, type=kind, multiple=True, metavar="MATERIAL THICKNESS", help=words)


@click.command("boundary")
@click.option("--nuclide", type=NuclideName(), metavar="NAME", help="Radionuclide, for example Ir-192.")
@click.option("--activity", type=Quantity("activity"), metavar="ACTIVITY", help='Its activity, for example "1.85 TBq".')
@click.option("--reference-date", "reference", type=Day(), metavar="DAY", help="Day of that activity, 2020-01-31.")
@click.option("--on", type=Day(), metavar="DAY", help="Day of the work: the activity is decayed to it.")
@click.option("--separated", type=Day(), metavar="DAY", help="Day on which the nuclide was without daughters.")
@no_daughters_option
@cutoff_option
@click.option("--energy", type=Quantity("photon_energy"), metavar="ENERGY", help="Photons of one energy instead.")
@click.option("--emission", type=Quantity("emission"), metavar="RATE", help='Their number, for example "3e10 /s".')
@click.option(
    "--limit",
    "limits",
    type=Quantity("dose_rate"),
    multiple=True,
    required=True,
    metavar="RATE",
    help='H*(10) rate at the boundary, for example "7.5 uSv/h"; repeat it for several.',
)
@_layers_option("--collimator", "collimator", "A layer of the collimator: outside its cone alone.")
@_layers_option("--layer", "layers", "A layer in every direction; repeat it from the source outwards.")
@density_option
@click.option("--air", is_flag=True, help="Count the air between source and boundary.")
@click.option(
    "--source-size", "size", type=Quantity("length"), metavar="LENGTH", help="Largest dimension of the source."
)
@json_flag
def command(
    limits: tuple[float, ...],
    collimator: Layers,
    layers: Layers,
    densities: Densities,
    air: bool,
    size: float | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Compute how far from an exposed source its dose rate stays above a limit, in the beam and outside it.

    Inverse square; no air unless asked for, no scatter from ground, air or the object. The last distance is that in
    every direction while the bare source is on its way to the collimator and back.

    \b
    Example:
      shieldcalc boundary --nuclide Ir-192 --activity "1.85 TBq"
        --limit "7.5 uSv/h" --collimator tungsten "15 mm"
    """
    from shieldcalc.physics.gamma.boundary import least_m

    source, bounded = source_of(asked)
    if source.betas:
        raise OutsideDataError("boundary_beta", nuclide=source.members[0].name)
    _refuse_hard(source)
    neutrons = _neutrons(source, bounded)
    every = stack([*layers, *collimator], densities)
    beam, aside = every[: len(layers)], every
    least = least_m(None if size is None else size / 1000)
    directions = [_towards("in_beam", source, beam, neutrons)]
    directions += [_towards("outside_beam", source, aside, neutrons)] if collimator else []
    rows = [_row(1000 * limit, source, directions, neutrons, (least, air)) for limit in limits]
    _refuse_far(rows)
    used, said = _said(source, directions, scatter=bool(collimator))
    if as_json:
        document = {
            "source": as_asked(asked),
            "nuclides": nuclides_of(source),
            "layers": as_rows(beam),
            "collimator": as_rows(aside[len(layers) :]),
            "air": air,
            "least_m": least,
            "ambient_dose_equivalent_rate_at_1m_uSv_per_h": {each.name: each.h10 for each in directions},
            "boundaries": rows,
        }
        emit("shieldcalc/boundary/1", {**document, **closing(used, said)})
        return
    _say(directions, rows)
    say(used, said)


def _refuse_hard(source: "Source") -> None:
    """Refuse photons above the table of H*(10)."""
    from shieldcalc.photons.dose import range_MeV

    high, highest = range_MeV()[1], max(each.energy_MeV for each in source.lines)
    if highest > high:
        raise OutsideDataError("boundary_hard", energy=f"{highest:g}", high=f"{high:g}")


class _Towards(NamedTuple):
    """One direction: its name, the layers in it, H*(10) at 1 m behind them (uSv/h), neutrons included."""

    name: str
    sheets: "list[Sheet]"
    h10: float
    beyond_tables: bool


def _layers(sheets: "list[Sheet]") -> tuple[Any, ...]:
    from shieldcalc.model.design import Layer

    return tuple(
        Layer(material=each.material.name, thickness_mm=each.thickness_mm, density_g_per_cm3=each.density_g_per_cm3)
        for each in sheets
        if each.thickness_mm
    )


def _neutrons(source: "Source", bounded: Any) -> float:
    """Return H*(10) of neutrons at 1 m in uSv/h, with nothing in their way; refuses fission that matters."""
    from shieldcalc.photons.neutrons import h10_rate
    from shieldcalc.photons.rules import rule
    from shieldcalc.physics.gamma.passing import at_1m, neutrons_at_1m

    if bounded is not None:
        return h10_rate(bounded, 1.0)
    found = neutrons_at_1m(source.neutrons_per_s)
    share = found / at_1m(source.lines, ()).h10
    if share > rule("neutron_refused_share"):
        raise OutsideDataError("photon_fission", nuclide=source.members[0].name, share=f"{share:.3g}")
    return found


def _towards(name: str, source: "Source", sheets: "list[Sheet]", neutrons: float) -> _Towards:
    from shieldcalc.photons.rules import rule
    from shieldcalc.physics.gamma.passing import at_1m

    found = at_1m(source.lines, _layers(sheets))
    return _Towards(name, sheets, found.h10 + neutrons, found.beyond > rule("beyond_limit_share") * found.kerma)


def _row(
    limit: float, source: "Source", directions: list[_Towards], neutrons: float, how: tuple[float, bool]
) -> dict[str, float | None]:
    from shieldcalc.physics.gamma.boundary import distance_m

    least, air = how
    found = {
        each.name: distance_m(source.lines, _layers(each.sheets), limit, least, air=air, neutrons_h10=neutrons)
        for each in directions
    }
    return {
        "limit_uSv_per_h": limit,
        "in_beam_m": found["in_beam"],
        "outside_beam_m": found.get("outside_beam"),
        "wind_out_m": distance_m(source.lines, (), limit, least, air=air, neutrons_h10=neutrons),
    }


def _refuse_far(rows: list[dict[str, float | None]]) -> None:
    """Refuse boundaries farther than a point source is computed."""
    from shieldcalc.photons.rules import rule

    high = rule("distance_max_m")
    for row in rows:
        distance = max(row[f"{name}_m"] or 0.0 for name in ("in_beam", "outside_beam", "wind_out"))
        if distance > high:
            limit = f"{row['limit_uSv_per_h'] or 0.0:.4g}"
            raise OutsideDataError("boundary_far", limit=limit, distance=f"{distance:.3g}", high=f"{high:g}")


def _said(source: "Source", directions: list[_Towards], *, scatter: bool) -> tuple[list[str], list[Notice]]:
    """Return data files and notices."""
    from shieldcalc.photons.dose import ICRP74_TABLE
    from shieldcalc.photons.rules import RULES_TABLE, rule
    from shieldcalc.photons.shield import merged, notes, tables

    lowest = min(each.energy_MeV for each in source.lines)
    said = [*source.notices]
    used = [*source.tables, ICRP74_TABLE, RULES_TABLE]
    for each in directions:
        sheets = merged(each.sheets)
        said += notes(sheets, lowest)
        used += tables(sheets)
        if each.beyond_tables:
            limit = f"{rule('buildup_limit_mfp'):g}"
            said.append(Notice("warnings.gamma_beyond_tables", {"source": each.name, "limit": limit}))
    said += [Notice("warnings.boundary_scatter")] if scatter else []
    every = dict.fromkeys((each.material.name, each.density_g_per_cm3) for one in directions for each in one.sheets)
    shown = ", ".join(f"{name} {density:g} g/cm3" for name, density in every)
    said += [Notice("warnings.boundary_density", {"materials": shown})] if shown else []
    return list(dict.fromkeys(used)), list({(each.code, repr(each.params)): each for each in said}.values())


def _say(directions: list[_Towards], rows: list[dict[str, float | None]]) -> None:
    from shieldcalc.units import significant

    words = {"in_beam": "in the beam", "outside_beam": "outside the beam", "wind_out": "source on its way"}
    for each in directions:
        click.echo(f"H*(10) rate at 1 m {words[each.name]}: {significant(each.h10, 4)} uSv/h")
    for row in rows:
        limit = significant(row["limit_uSv_per_h"] or 0.0, 4)
        for name, text in words.items():
            distance = row[f"{name}_m"]
            if distance is not None:
                click.echo(f"{limit} uSv/h {text}: {significant(distance, 4)} m")
