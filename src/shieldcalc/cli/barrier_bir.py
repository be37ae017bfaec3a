"""``shieldcalc barrier bir``: what one barrier needs by the BIR/IPEM method."""

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
from shieldcalc.cli.common import Quantity, emit, json_flag, notices

_FORMS = {
    "scatter": (("kap_per_week",), ("side", "theta")),
    "primary": (("esd", "films_per_week", "ffd", "film_to_skin"), ("preshielding",)),
    "intraoral": (("intraoral", "films_per_week"), ()),
}


@click.command("bir")
@click.option("--kap-per-week", type=Quantity("kap"), help='Scatter: kerma-area product a week, "1000 Gy*cm2".')
@click.option("--side", help="Scatter: S_max of wall (default), tube or receptor side.")
@click.option("--theta", type=float, help="Scatter: S at this angle in degrees from the forward beam instead.")
@click.option("--esd", type=Quantity("kerma"), help='Primary: entrance surface dose of a film, "0.1 mGy".')
@click.option("--films-per-week", type=Number(), help="Primary and intra-oral: films a week.")
@click.option("--ffd", type=Quantity("length"), help="Primary: focus to film.")
@click.option("--film-to-skin", type=Quantity("length", zero=True), help="Primary: film to the skin of the patient.")
@click.option("--preshielding", help="Primary: none, cross_table or table_and_receptor.")
@click.option("--intraoral", help="Intra-oral films: scatter or primary (transmitted by the patient).")
@click.option("--share", type=Number(1), default=1.0, show_default=True, help="Share of the constraint.")
@click.option("--kv", type=Number(), required=True, help="Mean tube potential in kV, 50 to 125.")
@click.option("--goal", required=True, help='Dose constraint: "0.3 mSv/year".')
@click.option("--occupancy", type=Number(1), default=1.0, show_default=True, help="Occupancy factor T.")
@click.option(
    "--distance", type=Quantity("length"), required=True, help='Patient to person; primary: film to person; "3 m".'
)
@click.option("--material", required=True, help="Material of the barrier, for example lead.")
@density_option
@json_flag
def bir(
    kv: float,
    goal: str,
    occupancy: float,
    share: float,
    distance: float,
    material: str,
    density: float | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Compute the thickness against scatter, primary or intra-oral films (BIR/IPEM, RPII 09/01).

    \b
    Examples:
      shieldcalc barrier bir --kap-per-week "1000 Gy*cm2" --kv 100 \\
        --distance "10 m" --goal "0.3 mSv/year" --material lead
      shieldcalc barrier bir --esd "0.1 mGy" --films-per-week 500 --kv 120 \\
        --ffd "1.8 m" --film-to-skin "0.3 m" --distance "0.8 m" \\
        --goal "0.3 mSv/year" --material lead
      shieldcalc barrier bir --intraoral scatter --films-per-week 100 --kv 70 \\
        --distance "1 m" --goal "0.3 mSv/year" --material lead
    """
    from shieldcalc.methods.bir.barrier import Place, constraint

    form = _form(given)
    place = Place(constraint(goal), share, occupancy, distance / 1000, known_material(material), density)
    answer = _COMPUTE[form](kv, place, given)
    if as_json:
        asked = {"form": form, "kv": kv, **{key: _metres(key, value) for key, value in given.items()}}
        emit("shieldcalc/barrier-bir/1", _document(asked, place, answer))
    else:
        write_answer(place, answer)


def _form(given: dict[str, Any]) -> str:
    """Return which of the three questions is put; refuse none, several, and options of another."""
    from shieldcalc.errors import OutsideDataError

    heads = {"scatter": "kap_per_week", "primary": "esd", "intraoral": "intraoral"}
    found = [form for form, head in heads.items() if given[head] is not None]
    if len(found) != 1:
        raise OutsideDataError("bir_one_form")
    needed, allowed = _FORMS[found[0]]
    for key, value in given.items():
        if value is not None and key not in (*needed, *allowed):
            owners = [form for form, (must, may) in _FORMS.items() if key in (*must, *may)]
            raise OutsideDataError("bir_option_of", option=key.replace("_", "-"), form=" and ".join(owners))
        if value is None and key in needed:
            raise OutsideDataError("bir_option_missing", option=key.replace("_", "-"), form=found[0])
    return found[0]


def _scatter(kv: float, place: Any, given: dict[str, Any]) -> Any:
    from shieldcalc.errors import OutsideDataError
    from shieldcalc.methods.bir.barrier import scatter_barrier

    if given["side"] is not None and given["theta"] is not None:
        raise OutsideDataError("bir_side_and_theta")
    return scatter_barrier(given["kap_per_week"], kv, place, given["side"] or "wall", given["theta"])


def _primary(kv: float, place: Any, given: dict[str, Any]) -> Any:
    from shieldcalc.methods.bir.barrier import primary_barrier

    ffd, skin = given["ffd"] / 1000, given["film_to_skin"] / 1000
    return primary_barrier(given["esd"], given["films_per_week"], ffd, skin, kv, place, given["preshielding"] or "none")


def _intraoral(kv: float, place: Any, given: dict[str, Any]) -> Any:
    from shieldcalc.methods.bir.barrier import film_barrier

    return film_barrier(given["films_per_week"], given["intraoral"], kv, place)


_COMPUTE: dict[str, Callable[[float, Any, dict[str, Any]], Any]] = {
    "scatter": _scatter,
    "primary": _primary,
    "intraoral": _intraoral,
}


def _metres(key: str, value: Any) -> Any:
    return value / 1000 if key in ("ffd", "film_to_skin") and value is not None else value


def _document(asked: dict[str, object], place: Any, answer: Any) -> dict[str, object]:
    return {
        **asked,
        **material_document(place),
        "distance_m": place.distance_m,
        "occupancy": place.occupancy,
        "share": place.share,
        "design_goal_mGy": place.constraint.D_c / place.constraint.weeks,
        "per": "week",
        "unshielded_air_kerma_mGy_per_week": answer.K,
        "required_transmission": answer.B,
        "total_thickness_mm": answer.total_mm,
        "preshielding_mm": answer.preshielding_mm,
        "thickness_mm": answer.net_mm,
        "method": "bir",
        "tables": list(answer.tables),
        "assumptions": notices(answer.assumptions),
        "warnings": notices(answer.warnings),
        "steps": [step_document(step) for step in answer.steps],
    }
