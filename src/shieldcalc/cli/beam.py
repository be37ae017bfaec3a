"""Quick commands about one beam: ``transmission``, ``thickness``, ``lead-equivalent``. No design file is needed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite, log
from typing import TYPE_CHECKING, Any, TypeVar

import click

from shieldcalc.cli.common import (
    DistributionName,
    Marked,
    NuclideName,
    OneOf,
    Quantity,
    declared_densities,
    emit,
    json_flag,
    layer_option,
    notices,
)
from shieldcalc.cli.gamma_options import (
    cutoff_option,
    density_option,
    extrapolate_option,
    no_daughters_option,
    rule_option,
)
from shieldcalc.cli.therapy_options import ALL, Angle, Megavolts
from shieldcalc.errors import Notice, OutsideDataError, UnitError

if TYPE_CHECKING:
    from shieldcalc.beams import Beam, Layer

F = TypeVar("F", bound=Callable[..., Any])
GBZ130 = "gbz130"
Layers = Sequence[tuple[str, float | Marked]]
Densities = Sequence[tuple[str, float]]
TUBE, GAMMA, LINAC = ("kv", "workload", "ct"), ("nuclide", "energy"), ("mv",)
OF_TUBE, OF_GAMMA = ("component", "standard"), ("cutoff", "no_daughters", "buildup_rule", "extrapolate")
OF_WORKLOAD = "Workload distribution of NCRP 147, for example chest_room."
OF_XRAYS = ("ncrp147", "bir", GBZ130)


class Number(click.ParamType[float]):
    """A finite number; of a tube potential also with its unit, "100 kV"."""

    name = "number"

    def __init__(self, unit: str = "") -> None:
        self.unit = unit

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; a usage error (exit code 2) says what is allowed."""
        try:
            number = self._number(str(value))
        except (ValueError, UnitError):
            number = float("nan")
        if not isfinite(number):
            self.fail(f"{value!r} is not a number{self.unit and f' of {self.unit}'} with a decimal point.", param, ctx)
        return number

    def _number(self, text: str) -> float:
        from shieldcalc.units import parse

        bare = not self.unit or text.strip()[-1:] in "0123456789."
        return float(text) if bare else parse(text, "voltage")


def beam_options(function: F) -> F:
    """Add the options that say which beam."""
    for option in (
        click.option(
            "--standard",
            type=OneOf([*OF_XRAYS, *ALL]),
            default="ncrp147",
            show_default="ncrp147; of --mv ncrp151",
            help="Tables; gbz130: Annex C of GBZ 130-2020 by the rows that it is inferred to have. Of --mv ncrp151 and "
            "srs47; of tubes of therapy and industry srs47, ncrp49 and gbzt250.",
        ),
        click.option(
            "--component",
            type=OneOf(["primary", "secondary", "scatter", "leakage"]),
            default="primary",
            show_default=True,
            help="Part of the radiation; scatter and leakage are the parts of secondary. CT has one component.",
        ),
        click.option("--angle", type=Angle(), metavar="ANGLE", help="Scatter of --mv: angle from the beam in degrees."),
        click.option("--ct", type=Number("kV"), metavar="KV", help="CT at a tube potential in kV, at most 140."),
        click.option("--workload", type=DistributionName(), metavar="NAME", help=OF_WORKLOAD),
        click.option(
            "--kv",
            type=Number("kV"),
            metavar="KV",
            help="Single tube potential in kV, 25 to 150; therapy and industry to 400.",
        ),
        extrapolate_option,
        rule_option,
        no_daughters_option,
        cutoff_option,
        click.option("--energy", type=Quantity("photon_energy"), metavar="ENERGY", help='Photons: "511 keV".'),
        click.option("--mv", type=Megavolts(), metavar="MV", help='Radiotherapy beam: 6, "10 MV FFF", Co-60.'),
        click.option(
            "--nuclide", type=NuclideName(), metavar="NAME", help="Radionuclide with daughters, such as Cs-137."
        ),
    ):
        function = option(function)
    return function


@click.command("transmission")
@beam_options
@layer_option
@density_option
@json_flag
def transmission(layers: Layers, densities: Densities, as_json: bool, **asked: Any) -> None:
    """Compute the share of the air kerma that layers let through.

    \b
    Example:
      shieldcalc transmission --kv 100 --layer lead "1.2 mm"
      shieldcalc transmission --workload rad_room_all_barriers
        --component secondary --layer brick 22cm --layer lead "0.5 mm" --json
      shieldcalc transmission --nuclide Cs-137 --layer concrete 40cm
      shieldcalc transmission --mv 6 --layer concrete "1.5 m"
    """
    if (other := _other(asked)) is not None:
        other.transmission(asked, layers, densities, as_json)
        return
    from shieldcalc.beams import log_transmission

    beam, stack = _beam(**_of_tube(asked)), _stack(layers, densities)
    found = log_transmission(_by_tables(beam), stack)
    said = _remarks(beam, stack, found.notices)
    document = {"transmission": found.transmission, **_logs(found.log_transmission), "method": found.method}
    document |= {"alternatives": dict(found.alternatives), "layers": _layers(stack)}
    if as_json:
        _emit("transmission", beam, document, found.tables, said)
        return
    from shieldcalc.units import significant

    _say(f"transmission {_plain(found.log_transmission)}  ({found.method})", beam, found.tables, said)
    for name, value in found.alternatives.items():
        click.echo(f"other reading: {significant(value, 4)}  ({name})")


@click.command("thickness")
@beam_options
@click.option("--material", required=True, help="Material of the barrier, for example lead.")
@click.option("--transmission", "wanted", type=Number(), required=True, help="Transmission wanted, above 0 to 1.")
@density_option
@json_flag
def thickness(material: str, wanted: float, densities: Densities, as_json: bool, **asked: Any) -> None:
    """Compute the thickness of one material that lets at most a wanted share through.

    \b
    Example:
      shieldcalc thickness --workload chest_room --component secondary
        --material lead --transmission 0.11
    """
    if (other := _other(asked)) is not None:
        other.thickness(asked, material, wanted, densities, as_json)
        return
    from shieldcalc.beams import is_marked, thickness_mm

    beam = _beam(**_of_tube(asked))
    layer = _stack([(material, 0.0)], densities)[0]
    density = layer.density_g_per_cm3
    x, tables, found = thickness_mm(_by_tables(beam), material, wanted, density)
    said = _remarks(beam, [layer], found)
    if as_json:
        document: dict[str, Any] = {"material": material, "density_g_per_cm3": density, "transmission": wanted}
        document["thickness_mm"] = x
        document["thickness_is"] = "lead_equivalent" if is_marked(material) else "thickness"
        _emit("thickness", beam, document, tables, said)
        return
    from shieldcalc.units import significant

    what = "lead equivalent" if is_marked(material) else "thickness"
    _say(f"{what} {significant(x, 4)} mm {material}", beam, tables, said)


@click.command("lead-equivalent")
@beam_options
@layer_option
@density_option
@json_flag
def lead_equivalent(layers: Layers, densities: Densities, as_json: bool, **asked: Any) -> None:
    """Compute the lead that lets as much through as layers do.

    \b
    Example:
      shieldcalc lead-equivalent --kv 125 --layer concrete 15cm
    """
    if (other := _other(asked)) is not None:
        other.lead_equivalent(asked, layers, densities, as_json)
        return
    from shieldcalc.beams import Layer, lead_equivalent_mm, log_transmission

    beam, stack = _beam(**_of_tube(asked)), _stack(layers, densities)
    by = _by_tables(beam)
    x = lead_equivalent_mm(by, stack)
    found, by_lead = log_transmission(by, stack), log_transmission(by, [Layer("lead", x)])
    said = _remarks(beam, stack, found.notices)
    tables = dict.fromkeys([*found.tables, *by_lead.tables])
    if as_json:
        document: dict[str, Any] = {
            "lead_equivalent_mm": x,
            "transmission": found.transmission,
            **_logs(found.log_transmission),
        }
        document |= {"method": found.method, "layers": _layers(stack)}
        _emit("lead-equivalent", beam, document, tables, said)
        return
    from shieldcalc.units import significant

    _say(f"lead equivalent {significant(x, 4)} mm  ({found.method})", beam, tables, said)


def _other(asked: Mapping[str, Any]) -> Any:
    """Return the module of a gamma source or a radiotherapy beam, None of an X-ray beam of diagnostics.

    Refuses more than one beam, none, and options of another kind.
    """
    given = [f"--{name}" for name in (*TUBE, *GAMMA, *LINAC) if asked[name] is not None]
    if len(given) != 1:
        raise OutsideDataError("beam_options", given=", ".join(given) or "none")
    gamma = given[0].removeprefix("--") in GAMMA
    _refuse_of_other((*OF_TUBE, "angle") if gamma else OF_GAMMA, given[0])
    if gamma:
        from shieldcalc.cli import gamma as of_gamma

        return of_gamma
    from shieldcalc.cli import therapy

    if therapy.is_therapy(asked):
        return therapy
    _refuse_of_other(("angle",), given[0])
    if asked["standard"] not in OF_XRAYS:
        told = {"standard": asked["standard"], "beam": given[0], "allowed": ", ".join(OF_XRAYS)}
        raise OutsideDataError("therapy_standard", **told)
    return None


def _refuse_of_other(options: Iterable[str], beam: str) -> None:
    from click.core import ParameterSource

    context = click.get_current_context()
    for name in options:
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            raise OutsideDataError("beam_option_of_other", option=f"--{name.replace('_', '-')}", beam=beam)


def _of_tube(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: asked[name] for name in (*TUBE, *OF_TUBE)}


def _beam(kv: float | None, workload: str | None, ct: float | None, component: str, standard: str) -> "Beam":
    """Return the X-ray beam asked for; one of kv, workload and ct says which."""
    from shieldcalc.beams import Beam

    if workload is not None:
        return Beam(standard, "workload", workload, component)
    if ct is not None:
        return Beam(standard, "ct", f"{ct:.12g}", "secondary")
    return Beam(standard, "kvp", f"{kv:.12g}", component)


def _by_tables(beam: "Beam") -> "Beam":
    """Return the beam that computes: of GBZ 130 the one whose rows its annex is inferred to have."""
    if beam.standard != GBZ130:
        return beam
    from shieldcalc.methods.gbz130.annex import computing

    return computing(beam)


def _remarks(beam: "Beam", stack: "Iterable[Layer]", said: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return what goes with an answer: what is not verified of Annex C, then what the tables say."""
    if beam.standard != GBZ130:
        return tuple(said)
    from shieldcalc.methods.gbz130.annex import notices as annex

    return (*annex(beam, (layer.material for layer in stack)), *said)


def _stack(layers: Layers, densities: Densities) -> "list[Layer]":
    """Return the layers with their declared densities; materials that are not built in are asked of the plugins."""
    from shieldcalc.beams import materials, use_materials

    names = [material for material, _ in layers]
    declared = declared_densities(names, densities)
    if any(material not in materials.built_in() and not materials.is_without_data(material) for material in names):
        from shieldcalc import plugins

        use_materials(plugins.material(material) for material in names if not materials.is_without_data(material))
    return [_layer(material, amount, declared.get(material)) for material, amount in layers]


def _layer(material: str, amount: float | Marked, density: float | None) -> "Layer":
    from shieldcalc.beams import Layer

    if isinstance(amount, Marked):
        return Layer(material, amount.lead_mm, density, None, *amount)
    return Layer(material, amount, density)


def _logs(log_transmission: float) -> dict[str, float]:
    return {"ln_transmission": log_transmission, "log10_transmission": log_transmission / log(10)}


def _layers(stack: "Iterable[Layer]") -> list[dict[str, object]]:
    return [layer._asdict() for layer in stack]


def _emit(command: str, beam: "Beam", document: dict[str, Any], tables: Iterable[str], said: Iterable[Notice]) -> None:
    asked = {"beam": beam._asdict()}
    emit(f"shieldcalc/{command}/1", {**asked, **document, **_provenance(tables), "warnings": notices(said)})


def _provenance(names: Iterable[str]) -> dict[str, object]:
    from shieldcalc.tables import table

    kept = ("title", "source", "version", "confidence")
    found = list(names)
    sources = [{"name": name, **{key: table(name).meta[key] for key in kept}} for name in found]
    return {"tables": found, "sources": sources}


def _plain(log_transmission: float) -> str:
    """Return a transmission in plain text, also where it is smaller than any float."""
    from math import floor

    power = floor(log_transmission / log(10))
    if power >= -3:
        return f"{10 ** (log_transmission / log(10)):.4g}"
    return f"{10 ** (log_transmission / log(10) - power):.3f}e{power}"


def _say(answer: str, beam: "Beam", tables: Iterable[str], said: Iterable[Notice]) -> None:
    """Write an answer in words: what, of which beam, from which tables, with which warnings."""
    from shieldcalc.tables import table

    unit = "" if beam.key_type == "workload" else " kV"
    click.echo(answer)
    click.echo(f"beam: {beam.standard}, {beam.key_type} {beam.key}{unit}, {beam.component}")
    for name in tables:
        click.echo(f"table: {table(name).meta['title']}  [{name}]")
    for notice in said:
        click.echo(f"note: {notice.text()}")
