"""``shieldcalc barrier xray`` and ``barrier ct``: one barrier by NCRP Report No. 147."""

from collections.abc import Callable
from typing import Any

import click

from shieldcalc.cli.barrier_common import (
    Number,
    density_option,
    known_material,
    material_document,
    step_document,
    write_answer,
)
from shieldcalc.cli.common import DistributionName, Quantity, emit, json_flag, notices


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


@click.command("xray")
@click.option(
    "--workload",
    type=DistributionName(),
    required=True,
    help="Workload distribution, for example rad_room_chest_bucky.",
)
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


@click.command("ct")
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


def _show(name: str, asked: dict[str, object], place: Any, answer: Any, as_json: bool) -> None:
    """Write one answer, as JSON or as a few lines of text."""
    if as_json:
        emit(f"shieldcalc/{name}/1", _document(asked, place, answer))
    else:
        write_answer(place, answer)


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
