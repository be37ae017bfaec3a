"""``shieldcalc barrier brachytherapy``: what one barrier of a brachytherapy room needs."""

from typing import Any

import click

from shieldcalc.cli.barrier_common import Number, density_option, step_document
from shieldcalc.cli.common import Quantity, emit, json_flag, notices


@click.command("brachytherapy")
@click.option("--nuclide", required=True, help="Co-60, Ir-192, Cs-137, Au-198, Ra-226 or I-125.")
@click.option("--activity", type=Quantity("activity"), required=True, help='All sources of a treatment: "370 GBq".')
@click.option("--time-per-treatment", type=Quantity("time"), required=True, help='Sources out, "6 min".')
@click.option("--treatments-per-week", type=Number(), required=True, help="Treatments a week.")
@click.option("--patient-attenuation", is_flag=True, help="Count 10 cm of the patient in the week (Table 21).")
@click.option("--distance", type=Quantity("length"), required=True, help='Source to person, for example "3.5 m".')
@click.option("--occupancy", type=Number(1), default=1.0, show_default=True, help="Occupancy factor T; week only.")
@click.option("--goal", required=True, help='Dose allowed: "6 uSv/week", "0.3 mSv/year".')
@click.option("--rate-limit", type=Quantity("dose_rate"), help='Instantaneous dose rate allowed, "7.5 uSv/h".')
@click.option("--maximum-activity", type=Quantity("activity"), help="All sources of the unit; for the rate limit.")
@click.option("--material", help="Material of the barrier, for example concrete; without it no thickness is given.")
@density_option
@json_flag
def brachytherapy(
    goal: str,
    material: str | None,
    density: float | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Compute the barrier against brachytherapy sources by tenth value layers (IAEA SRS 47).

    \b
    Example:
      shieldcalc barrier brachytherapy --nuclide Co-60 --activity "277.5 GBq" \\
        --time-per-treatment "6 min" --treatments-per-week 30 --distance "3.5 m" \\
        --occupancy 0.1 --goal "6 uSv/week" --rate-limit "7.5 uSv/h" \\
        --maximum-activity "370 GBq" --material concrete
    """
    from shieldcalc.methods.srs47.barrier import Place, Treatments, brachytherapy_barrier
    from shieldcalc.photons.nuclides import spelled

    most, limit = given["maximum_activity"], given["rate_limit"]
    treatments = Treatments(
        nuclide=spelled(given["nuclide"]),
        activity_MBq=given["activity"] / 1e6,
        hours=given["time_per_treatment"] / 3600,
        per_week=given["treatments_per_week"],
        maximum_MBq=None if most is None else most / 1e6,
        in_patient=given["patient_attenuation"],
    )
    place = Place(given["distance"] / 1000, given["occupancy"], material, density)
    rate_limit = None if limit is None else 1e3 * limit
    answer = brachytherapy_barrier(treatments, place, goal, rate_limit)
    if as_json:
        asked = {**treatments._asdict(), **place._asdict(), "rate_limit_uSv_per_h": rate_limit}
        emit("shieldcalc/barrier-brachytherapy/1", {**asked, **_document(answer)})
    else:
        _write(answer, material)


def _document(answer: Any) -> dict[str, object]:
    return {
        "workload_uGy_m2_per_week": answer.W,
        "goal_uSv_per_week": answer.P,
        "required_transmission": answer.governing.B,
        "tenth_value_layers": answer.governing.tenths,
        "thickness_mm": answer.governing.mm,
        "governed_by": answer.governed_by,
        "weekly": _need(answer.weekly),
        "rate": None if answer.rate is None else _need(answer.rate),
        "method": "srs47",
        "tables": list(answer.tables),
        "assumptions": notices(answer.assumptions),
        "warnings": notices(answer.warnings),
        "steps": [step_document(step) for step in answer.steps],
    }


def _need(need: Any) -> dict[str, object]:
    return {"required_transmission": need.B, "tenth_value_layers": need.tenths, "thickness_mm": need.mm}


def _write(answer: Any, material: str | None) -> None:
    from shieldcalc.cli.barrier_common import in_words
    from shieldcalc.units import significant

    for step in answer.steps:
        click.echo(f"{in_words(step)}  [{step.source}]")
    for name, need in (("weekly", answer.weekly), ("rate", answer.rate)):
        if need is not None and need.mm is not None:
            click.echo(f"{name}: {significant(need.mm, 4)} mm {material}")
    if answer.governing.mm is not None:
        click.echo(f"thickness {significant(answer.governing.mm, 4)} mm {material}  ({answer.governed_by})")
    for title, found in (("assumed", answer.assumptions), ("note", answer.warnings)):
        for notice in found:
            click.echo(f"{title}: {notice.text()}")
    click.echo("tables: " + ", ".join(answer.tables))
