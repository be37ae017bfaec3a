"""``shieldcalc barrier linac`` and ``orthovoltage``: what one barrier of a radiotherapy room needs."""

from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

import click

from shieldcalc.cli.barrier_common import Number, density_option, step_document
from shieldcalc.cli.common import Area, OneOf, Quantity, emit, json_flag, notices
from shieldcalc.cli.therapy_options import NCRP151, OF_LINAC, SRS47, Angle, Kilovolts, Megavolts, document

if TYPE_CHECKING:
    from shieldcalc.physics.therapy.energy import Energy
    from shieldcalc.physics.therapy.parts import Answer, Need

F = TypeVar("F", bound=Callable[..., Any])
PARTS = ("primary", "leakage", "scatter", "secondary")


OPTIONS = (
    json_flag,
    density_option,
    click.option("--thickness", type=Quantity("length"), help="Of a wall as built: what it leaves is answered too."),
    click.option("--material", help="Material of the barrier, for example concrete; without it no thickness."),
    click.option(
        "--obliquity",
        type=OneOf(["cosine", "none"]),
        default="cosine",
        show_default=True,
        help="Thickness of a wall met obliquely: slant times cosine up to 45 deg, or the whole slant.",
    ),
    click.option("--incidence", type=Angle(), default=0.0, help='Angle of the ray from the normal, "30 deg".'),
    click.option("--hour-workload", type=Quantity("kerma"), help='Dose at 1 m in the busiest hour, "36 Gy".'),
    click.option("--hour-limit", type=Quantity("dose"), help='Dose allowed in any one hour, "20 uSv".'),
    click.option("--dose-rate", type=Quantity("kerma_rate"), help='Largest dose rate at 1 m, "6 Gy/min".'),
    click.option("--rate-limit", type=Quantity("dose_rate"), help='Instantaneous rate allowed, "7.5 uSv/h".'),
    click.option("--goal", required=True, help='Dose allowed: "0.02 mSv/week", "1 mSv/year".'),
    click.option(
        "--distance",
        type=Quantity("length"),
        required=True,
        help="To the point to protect: of primary from the target, of all else from the isocentre.",
    ),
    click.option("--occupancy", type=Number(1), default=1.0, show_default=True, help="Occupancy factor T; week only."),
    click.option(
        "--imrt-share", type=Number(1, zero=True), default=1.0, help="Share of the workload with that factor; 0: none."
    ),
    click.option("--imrt-factor", type=Number(), default=1.0, help="Monitor units of IMRT over conventional; leakage."),
    click.option("--count-use", is_flag=True, help="Scatter: count the use factor (NCRP 151, section 7.1)."),
    click.option(
        "--scatter-column",
        type=OneOf(["at_depth", "maximum"]),
        default="at_depth",
        help="Scatter: column of SRS 47, Table 5.",
    ),
    click.option("--scatter-fraction", type=Number(1), help="Scatter: stated fraction a at 1 m for 400 cm2."),
    click.option("--scatter-distance", type=Quantity("length"), help="Scatter: target to patient; 1 m."),
    click.option("--field", type=Area(), help='Scatter: field at the patient, "400 cm2", "20 cm x 20 cm".'),
    click.option("--angle", type=Angle(), help='Scatter: angle from the beam, "30 deg".'),
    click.option("--use", type=Number(1), default=1.0, show_default=True, help="Use factor U."),
    click.option(
        "--workload", type=Quantity("kerma_per_week", zero=True), required=True, help='At 1 m, "500 Gy/week".'
    ),
    click.option(
        "--component",
        type=OneOf(PARTS),
        required=True,
        help="secondary: leakage and scatter by the two-source rule.",
    ),
)


def barrier_options(function: F) -> F:
    """Add the options of a barrier of a radiotherapy room."""
    for option in OPTIONS:
        function = option(function)
    return function


@click.command("linac")
@click.option("--mv", type=Megavolts(), required=True, help='Energy: 6, "10 MV FFF", Co-60.')
@click.option("--standard", type=OneOf(OF_LINAC), default=NCRP151, show_default=True, help="Document.")
@barrier_options
def linac(mv: "Energy", standard: str, as_json: bool, **given: Any) -> None:
    """Compute the barrier against an accelerator or cobalt unit (NCRP 151, IAEA SRS 47).

    \b
    Examples:
      shieldcalc barrier linac --mv 6 --component primary --workload "500 Gy/week" \\
        --use 0.25 --distance "6 m" --goal "0.02 mSv/week" --material concrete
      shieldcalc barrier linac --mv 18 --component scatter --angle 30 \\
        --field "1600 cm2" --scatter-distance "1 m" --workload "450 Gy/week" \\
        --distance "7.2 m" --goal "0.02 mSv/week" --material concrete --json
    """
    _answer("linac", mv, standard, as_json, given)


@click.command("orthovoltage")
@click.option("--kv", type=Kilovolts(), required=True, help='Tube potential, "250 kV".')
@barrier_options
def orthovoltage(kv: float, as_json: bool, **given: Any) -> None:
    """Compute the barrier against an orthovoltage, superficial or simulator tube (IAEA SRS 47).

    \b
    Example:
      shieldcalc barrier orthovoltage --kv "250 kV" --component primary \\
        --workload "150 Gy/week" --use 0.25 --distance "3.5 m" \\
        --goal "0.12 mSv/week" --material lead
    """
    from shieldcalc.physics.therapy.energy import Energy

    _answer("orthovoltage", Energy(kV=kv), SRS47, as_json, given)


def _answer(command: str, energy: "Energy", standard: str, as_json: bool, given: dict[str, Any]) -> None:
    from shieldcalc.physics.therapy.barrier import Limits, Place, Work, linac_barrier

    work = Work(
        energy, given["component"], given["workload"] / 1000, given["use"], given["angle"], given["field"],
        _metres(given["scatter_distance"]), given["scatter_fraction"], given["scatter_column"], given["count_use"],
        given["imrt_factor"], given["imrt_share"],
    )  # fmt: skip
    limits = Limits(
        given["goal"],
        _times(given["rate_limit"], 1e3),
        _times(given["dose_rate"], 1e-3),
        _times(given["hour_limit"], 1e3),
        _times(given["hour_workload"], 1e-3),
    )
    place = Place(
        given["distance"] / 1000, given["occupancy"], given["material"], given["density"], given["incidence"],
        given["obliquity"], given["thickness"],
    )  # fmt: skip
    answer = linac_barrier(document(standard), work, limits, place)
    if as_json:
        asked = {"standard": standard, **_of_energy(energy), **work._asdict(), **limits._asdict(), **place._asdict()}
        asked = {key: value for key, value in asked.items() if key not in ("energy", "goal", "thickness_mm")}
        asked |= {"built_thickness_mm": place.thickness_mm, "behind": _behind(answer)}
        emit(
            f"shieldcalc/barrier-{command}/1",
            {**asked, "goal_mSv_per_week": answer.goal / 1e-3, **answer_document(answer)},
        )
    else:
        write(answer, given["material"])


def _metres(mm: float | None) -> float | None:
    return None if mm is None else mm / 1000


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _of_energy(energy: "Energy") -> dict[str, object]:
    return {"beam": energy.words, "mv": energy.MV, "kv": energy.kV, "fff": energy.fff}


def answer_document(answer: "Answer") -> dict[str, object]:
    """Return what every barrier of this kind answers, as JSON."""
    part, criterion = answer.governed_by
    return {
        "required_transmission": _finite(answer.governing.B),
        "tenth_value_layers": answer.governing.tenths,
        "thickness_mm": answer.mm,
        "slant_thickness_mm": answer.slant_mm,
        "governed_by": {"component": part, "criterion": criterion},
        "needs": [_need(key, need) for key, need in answer.needs.items()],
        "tables": list(answer.tables),
        "assumptions": notices(answer.assumptions),
        "warnings": notices(answer.warnings),
        "steps": [step_document(step) for step in answer.steps],
    }


def _behind(answer: "Answer") -> dict[str, float | None] | None:
    """Return what the wall as built leaves: the week with occupancy."""
    if answer.behind is None:
        return None
    names = {"weekly": "weekly_mSv", "rate": "rate_uSv_per_h", "hour": "hour_uSv"}
    return {key: answer.behind.get(name) for name, key in names.items()}


def _finite(B: float) -> float | None:
    """Return a required transmission, None where any will do."""
    return B if isfinite(B) else None


def _need(key: tuple[str, str], need: "Need") -> dict[str, object]:
    layers = {"tenth_value_layers": need.tenths, "slant_thickness_mm": need.slant_mm}
    return {"component": key[0], "criterion": key[1], "required_transmission": _finite(need.B), **layers}


def write(answer: "Answer", material: str | None) -> None:
    """Write one answer as a few lines of text."""
    from shieldcalc.cli.barrier_common import in_words
    from shieldcalc.units import significant

    for step in answer.steps:
        click.echo(f"{in_words(step)}  [{step.source}]")
    B = _finite(answer.governing.B)
    click.echo(f"required transmission {'any' if B is None else significant(B, 4)}  ({', '.join(answer.governed_by)})")
    if answer.mm is not None:
        click.echo(f"thickness {significant(answer.mm, 4)} mm {material}")
    for name, value in ({} if answer.behind is None else answer.behind).items():
        unit = {"weekly": "mSv/week", "rate": "uSv/h", "hour": "uSv in an hour"}[name]
        click.echo(f"behind the wall as built: {significant(value, 4)} {unit}")
    for title, found in (("assumed", answer.assumptions), ("note", answer.warnings)):
        for notice in found:
            click.echo(f"{title}: {notice.text()}")
    click.echo("tables: " + ", ".join(answer.tables))
