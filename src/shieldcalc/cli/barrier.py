"""``shieldcalc barrier``: what one barrier needs, without a design file."""

from collections.abc import Callable
from math import isfinite
from typing import Any

import click

from shieldcalc.cli.common import Quantity, emit, json_flag, notices


class Number(click.ParamType[float]):
    """A plain finite number above 0, at most ``most``."""

    name = "number"

    def __init__(self, most: float | None = None) -> None:
        self.most = most
        self.allowed = "above 0" if most is None else f"above 0 and at most {most:g}"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; a usage error (exit code 2) says what is allowed."""
        try:
            number = float(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a number with a decimal point; allowed: a number {self.allowed}.", param, ctx)
        if not isfinite(number) or number <= 0 or (self.most is not None and number > self.most):
            self.fail(f"{value!r} is out of range; allowed: a number {self.allowed}.", param, ctx)
        return number


density_option = click.option(
    "--density", type=Quantity("density"), help='Density of the material as built, for example "0.6 g/cm3".'
)


def _place(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that X-ray and CT share."""
    for option in (
        json_flag,
        density_option,
        click.option("--material", required=True, help="Material of the barrier, for example lead."),
        click.option("--distance", type=Quantity("length"), required=True, help='Source to person, for example "3 m".'),
        click.option("--occupancy", type=Number(1), default=1.0, show_default=True, help="Occupancy factor T."),
        click.option(
            "--goal",
            required=True,
            help='Air kerma allowed: "0.02 mGy/week", "1 mGy/year"; "5e-4 mGy" for a storage period.',
        ),
    ):
        function = option(function)
    return function


@click.group("barrier")
def barrier() -> None:
    """Compute what one barrier of an X-ray or CT room needs: NCRP Report No. 147, or BIR/IPEM (bir).

    \b
    Example:
      shieldcalc barrier ct --kv 120 --dlp body 150 "550 mGy*cm" --goal "0.02 mGy/week" --distance "3 m" --material lead
    """


@barrier.command("xray")
@click.option("--workload", required=True, help="Workload distribution, for example rad_room_chest_bucky.")
@click.option(
    "--component",
    required=True,
    help="primary, leakage, side, forward_back, leakage_side or leakage_forward_back.",
)
@click.option("--patients", type=Number(), required=True, help="Patients a week.")
@click.option("--use", type=Number(1), default=1.0, show_default=True, help="Use factor U of a primary barrier.")
@click.option(
    "--preshielding",
    default="none",
    show_default=True,
    help="What stands in the primary beam: none, cross_table or table_and_receptor.",
)
@click.option("--k1", type=Quantity("kerma"), help="Your own air kerma per patient at 1 m instead of the table's.")
@_place
def xray(
    workload: str,
    component: str,
    patients: float,
    use: float,
    preshielding: str,
    k1: float | None,
    goal: str,
    occupancy: float,
    distance: float,
    material: str,
    density: float | None,
    as_json: bool,
) -> None:
    """Compute the thickness against one component of one workload distribution.

    \b
    Example:
      shieldcalc barrier xray --workload chest_room --component primary \\
        --patients 300 --goal "0.02 mGy/week" --use 1 --distance "3 m" \\
        --material lead --preshielding table_and_receptor
    """
    from shieldcalc.methods.ncrp147.barrier import Place, xray_barrier
    from shieldcalc.methods.ncrp147.design_goals import design_goal

    place = Place(design_goal(goal), occupancy, distance / 1000, known_material(material), density)
    answer = xray_barrier(workload, component, patients, place, use, preshielding, k1)
    asked = {"workload": workload, "component": component, "patients": patients, "use": use}
    _show("barrier-xray", {**asked, "preshielding": preshielding}, place, answer, as_json)


@barrier.command("ct")
@click.option("--kv", type=Number(), required=True, help="Tube potential in kV, at most 140.")
@click.option(
    "--dlp",
    type=(str, Number(), Quantity("dlp")),
    multiple=True,
    metavar="REGION PATIENTS DLP",
    help='Scans a week by dose-length product, for example --dlp body 150 "550 mGy*cm"; repeatable.',
)
@click.option(
    "--ctdi",
    type=(str, Number(), Quantity("length"), Quantity("charge"), Number(), Quantity("output")),
    multiple=True,
    metavar="REGION PATIENTS LENGTH MAS PITCH NCTDI100",
    help='Scans a week by CTDI, for example --ctdi head 40 "20 cm" "300 mAs" 1 "0.223 mGy/mAs"; repeatable.',
)
@click.option("--contrast", type=Number(), help="Multiplier for scans repeated with contrast  [1.4 by DLP, 1 by CTDI]")
@_place
def ct(
    kv: float,
    dlp: tuple[tuple[str, float, float], ...],
    ctdi: tuple[tuple[str, float, float, float, float, float], ...],
    contrast: float | None,
    goal: str,
    occupancy: float,
    distance: float,
    material: str,
    density: float | None,
    as_json: bool,
) -> None:
    """Compute the thickness against the scatter of a CT scanner; REGION is head or body, distance from the isocentre.

    \b
    Example:
      shieldcalc barrier ct --kv 120 --dlp body 150 "550 mGy*cm" \\
        --dlp head 30 "1200 mGy*cm" --goal "0.02 mGy/week" \\
        --distance "3 m" --material lead
    """
    from shieldcalc.errors import OutsideDataError
    from shieldcalc.methods.ncrp147.barrier import Place, Scans, ct_barrier
    from shieldcalc.methods.ncrp147.design_goals import design_goal
    from shieldcalc.physics import ct as method

    if not dlp and not ctdi:
        raise OutsideDataError("ct_without_scans")
    by_dlp = method.default_contrast() if contrast is None else contrast
    by_ctdi = 1.0 if contrast is None else contrast
    scans = [Scans(name, N, method.by_dlp(name, DLP, name), "DLP", by_dlp) for name, N, DLP in dlp]
    scans += [
        Scans(name, N, method.by_ctdi(name, L / 10, Q, pitch, nctdi, name), "CTDI", by_ctdi)
        for name, N, L, Q, pitch, nctdi in ctdi
    ]
    place = Place(design_goal(goal), occupancy, distance / 1000, known_material(material), density)
    _show(
        "barrier-ct",
        {"kv": kv, "regions": [_region(each) for each in scans]},
        place,
        ct_barrier(kv, scans, place),
        as_json,
    )


def _region(scans: Any) -> dict[str, object]:
    kept = {"region": scans.region, "by": scans.by, "patients": scans.per_week}
    return {
        **kept,
        "scan_K1_mGy": scans.K1.value,
        "contrast": scans.contrast,
        "K1_mGy": scans.contrast * scans.K1.value,
    }


def known_material(material: str) -> str:
    """Return the material; one that is not built in is asked of the plugins."""
    from shieldcalc.beams import materials, use_materials

    if material not in materials.built_in() and not materials.is_without_data(material):
        from shieldcalc import plugins

        use_materials([plugins.material(material)])
    return material


def _show(name: str, asked: dict[str, object], place: Any, answer: Any, as_json: bool) -> None:
    """Write one answer, as JSON or as a few lines of text."""
    if as_json:
        emit(f"shieldcalc/{name}/1", _document(asked, place, answer))
    else:
        write_answer(place, answer)


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


def _document(asked: dict[str, object], place: Any, answer: Any) -> dict[str, object]:
    return {
        **asked,
        **material_document(place),
        "distance_m": place.distance_m,
        "occupancy": place.occupancy,
        "design_goal_mGy": place.goal.P,
        "per": place.goal.per,
        "unshielded_air_kerma_mGy_per_week": answer.K,
        "required_transmission": answer.B,
        "total_thickness_mm": answer.total_mm,
        "preshielding_mm": answer.preshielding_mm,
        "thickness_mm": answer.net_mm,
        "method": "ncrp147",
        "tables": list(answer.tables),
        "assumptions": notices(answer.assumptions),
        "warnings": notices(answer.warnings),
        "steps": [step_document(step) for step in answer.steps],
    }


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
