"""``shieldcalc accident source-category``: category of sources by A/D, and their Chinese class."""

from typing import TYPE_CHECKING

import click

from shieldcalc.cli.accident_common import answer, answer_options, pieces, pieces_options, speak
from shieldcalc.errors import OutsideDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shieldcalc.accident.categories import Categorised, Rated
    from shieldcalc.accident.told import Part


@click.command("source-category")
@pieces_options(required=True)
@click.option("--unknown-shares", is_flag=True, help="One source of several nuclides of which the total is known.")
@answer_options
@click.pass_context
def command(
    context: click.Context,
    nuclides: tuple[str, ...],
    activities: tuple[float, ...],
    references: tuple[int, ...],
    on: int | None,
    unknown_shares: bool,
    as_json: bool,
    language: str,
) -> None:
    """Categorise sealed sources by A/D, IAEA RS-G-1.9 (1 gravest to 5); several are aggregated by the sum of A/D.

    The Chinese class (I to V) stands beside it. Activities are as stated, or decayed from --reference-date to --on.

    \b
    Example:
      shieldcalc accident source-category --nuclide Ir-192 --activity "100 Ci"
        --reference-date 2026-01-10 --on 2026-03-01
    """
    from shieldcalc.accident.categories import TABLES, categorised

    language = speak(context, language)
    if unknown_shares and len(activities) == 1:
        activities = activities * len(nuclides)
    elif unknown_shares:
        raise OutsideDataError("accident.one_total", activities=len(activities))
    found = categorised(pieces(nuclides, activities, references, on), unknown_shares=unknown_shares)
    answer("source-category", document(found), _parts(found), (as_json, language), found.notices, TABLES)


def document(found: "Categorised") -> dict[str, object]:
    """Return the category with everything that it rests on."""
    from shieldcalc.accident.categories import bounds
    from shieldcalc.accident.ladders import class_row

    return {
        "category": found.category,
        "ratio": float(found.over_d),
        "below_exempt": found.category is None,
        "ratio_to_exempt": None if found.over_exempt is None else float(found.over_exempt),
        "basis": "sum of A/D" if len(found.items) > 1 else "A/D",
        "instrument": "IAEA RS-G-1.9",
        "force": found.force,
        "class_cn": found.class_cn or None,
        "class_cn_instrument": "CN-SRC-2005",
        "class_cn_force": found.cn_force,
        "ladder": [{"category": one, "at_least": least, "reached": found.over_d >= least} for one, least in bounds()],
        "items": [_item(each) for each in found.items],
        "classifications": [class_row(each) for each in found.classes],
    }  # fmt: skip


def _item(each: "Rated") -> dict[str, object]:
    return {
        "nuclide": each.name,
        "activity_stated_Bq": each.stated_Bq,
        "activity_Bq": each.activity_Bq,
        "d_TBq": None if each.d_TBq == "unlimited" else float(each.d_TBq),
        "d_confidence": each.d_check,
        "ratio": float(each.over_d),
        "category": each.category,
        "class_cn": each.class_cn or None,
        "class_cn_row": each.cn_status,
    }


def _parts(found: "Categorised") -> "Iterator[Part]":
    from shieldcalc.accident.categories import ratio_shown
    from shieldcalc.accident.told import part, say
    from shieldcalc.errors import Notice

    ratio = ratio_shown(found.over_d)
    head = say("category.none") if found.category is None else say("category.is", category=found.category)
    class_cn = say("category.class_none") if not found.class_cn else say("category.class_cn", class_cn=found.class_cn)
    forces = {name: Notice(f"findings.force.{name}") for name in (found.force, found.cn_force)}
    lines = [
        say("category.by_d", ratio=ratio, force=forces[found.force]),
        say("category.cn", class_cn=class_cn, force=forces[found.cn_force]),
    ]
    lines += [
        say("category.item", nuclide=each.name, activity=f"{each.activity_Bq:.6g}", d=_d(each.d_TBq),
            ratio=ratio_shown(each.over_d))
        for each in found.items
    ]  # fmt: skip
    yield part("category.title", lines, head=head)


def _d(text: str) -> str:
    return text if text == "unlimited" else f"{float(text):g}"
