"""``shieldcalc barrier patient``: what one barrier needs against patients with a radiopharmaceutical."""

from typing import Any

import click

from shieldcalc.cli.barrier_common import Number, density_option, step_document
from shieldcalc.cli.common import NuclideName, Quantity, emit, json_flag, notices

_OWN_WORDS = {  # refusals that name options of the commands for sources
    "photon_too_deep": "patient_too_deep",
    "photon_density_missing": "patient_density_missing",
    "photon_separation": "patient_separation",
}


@click.command("patient")
@click.option(
    "--nuclide", type=NuclideName(), required=True, help="Radiopharmaceutical's nuclide, such as F-18, I-131."
)
@click.option("--activity", type=Quantity("activity"), required=True, help='Of one patient, for example "555 MBq".')
@click.option("--patients-per-week", type=Number(), required=True, help="Patients a week.")
@click.option("--uptake", type=Quantity("time", zero=True), help='Uptake time, "60 min".')
@click.option(
    "--imaging", type=Quantity("time"), help="Imaging time: the imaging room, with uptake as decay before it."
)
@click.option("--voiding", type=Number(1), help="Share of the activity left after voiding; imaging room only  [1]")
@click.option(
    "--patient-constant",
    type=Quantity("dose_rate_constant"),
    help='Your own dose rate constant of a patient, "0.092 uSv*m2/(MBq*h)".',
)
@click.option("--distance", type=Quantity("length"), required=True, help='Patient to person, for example "4 m".')
@click.option("--occupancy", type=Number(1), default=1.0, show_default=True, help="Occupancy factor T.")
@click.option("--goal", required=True, help='Dose allowed: "20 uSv/week", "1 mSv/year".')
@click.option("--material", help="Material of the barrier, for example lead; without it no thickness is given.")
@density_option
@json_flag
def patient(
    goal: str,
    occupancy: float,
    distance: float,
    material: str | None,
    density: float | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Compute the weekly dose from patients and the thickness against it (AAPM TG-108).

    \b
    Example:
      shieldcalc barrier patient --nuclide F-18 --activity "555 MBq" \\
        --patients-per-week 40 --uptake "60 min" --distance "4 m" \\
        --occupancy 1 --goal "20 uSv/week" --material lead
    """
    from shieldcalc.errors import OutsideDataError
    from shieldcalc.methods.tg108.barrier import Patients, patient_barrier
    from shieldcalc.photons.nuclides import spelled

    if given["voiding"] is not None and given["imaging"] is None:
        raise OutsideDataError("tg108_voiding_without_imaging")
    patients = Patients(
        nuclide=spelled(given["nuclide"]),
        activity_MBq=given["activity"] / 1e6,
        per_week=given["patients_per_week"],
        uptake_h=_hours(given["uptake"]),
        imaging_h=_hours(given["imaging"]),
        voiding=given["voiding"] or 1.0,
        constant=given["patient_constant"],
    )
    try:
        answer = patient_barrier(patients, goal, occupancy, distance / 1000, material, density)
    except OutsideDataError as refused:
        raise OutsideDataError(_OWN_WORDS.get(refused.code, refused.code), **refused.params) from refused
    if as_json:
        place = {
            "distance_m": distance / 1000,
            "occupancy": occupancy,
            "material": material,
            "density_g_per_cm3": density,
        }
        emit("shieldcalc/barrier-patient/1", {**patients._asdict(), **place, **_document(answer)})
    else:
        _write(answer, material)


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 3600


def _document(answer: Any) -> dict[str, object]:
    return {
        "weekly_dose_uSv": answer.D,
        "goal_uSv_per_week": answer.P,
        "required_transmission": answer.B,
        "thickness_mm": answer.mm,
        "method": "tg108",
        "transmission_method": answer.transmission,
        "tables": list(answer.tables),
        "assumptions": notices(answer.assumptions),
        "warnings": notices(answer.warnings),
        "steps": [step_document(step) for step in answer.steps],
    }


def _write(answer: Any, material: str | None) -> None:
    from shieldcalc.cli.barrier_common import in_words
    from shieldcalc.units import significant

    for step in answer.steps:
        click.echo(f"{in_words(step)}  [{step.source}]")
    if answer.mm is not None:
        click.echo(f"thickness {significant(answer.mm, 4)} mm {material}  ({answer.transmission})")
    for title, found in (("assumed", answer.assumptions), ("note", answer.warnings)):
        for notice in found:
            click.echo(f"{title}: {notice.text()}")
    click.echo("tables: " + ", ".join(answer.tables))
