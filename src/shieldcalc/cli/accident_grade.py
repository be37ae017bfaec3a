"""``shieldcalc accident grade``: grade of an accident, response level, who starts, special rules."""

from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli.accident_common import answer, answer_options, one_of, pieces, pieces_options, place_of, speak
from shieldcalc.cli.common import Quantity
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shieldcalc.accident.grading import Grading, Known
    from shieldcalc.accident.ladders import Judged
    from shieldcalc.accident.told import Part

CATEGORIES = {"none": 0, **{str(n): n for n in range(1, 6)}, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
YES_NO = {"yes": True, "no": False}
FLAGS = {
    "mine_discharge": "Discharge of a uranium, thorium or associated mine above the limits.",
    "well_source_sealed_in": "A well-logging source was not recovered and was sealed into the well.",
    "space_or_foreign": "A spacecraft fell, or it happened abroad, with impact on a larger area.",
}
PERSONS, ORGANS = ("worker", "apprentice", "public"), ("effective", "lens", "skin")


def _amounts(function: Any) -> Any:
    for name, words in FLAGS.items():
        function = click.option(f"--{name.replace('_', '-')}", name, metavar="yes|no", help=words)(function)
    for name, words in (
        ("release_air", "Released to air, I-131 equivalent."),
        ("release_water", "Released to water, Sr-90 equivalent."),
        ("release_ground", "Released to the ground, Sr-90 equivalent."),
    ):
        kind = Quantity("activity", zero=True)
        function = click.option(f"--{name.replace('_', '-')}", name, type=kind, metavar="ACTIVITY", help=words)(
            function
        )
    area = "Area at 0.1 mSv/h or more, or contaminated with 1000 (alpha 100) Bq/cm2, in km2."
    function = click.option("--area", type=click.FloatRange(min=0), metavar="KM2", help=area)(function)
    moved = "Released in a transport accident, in units of the D2 value."
    return click.option("--release-transport", type=click.FloatRange(min=0), metavar="D2", help=moved)(function)


@click.command("grade")
@click.option("--source-category", "categories", multiple=True, metavar="1..5|none",
              help="Category of a source lost, stolen or out of control; none where no source is.")  # fmt: skip
@click.option("--recovered", is_flag=True, help="The source has been recovered.")
@click.option("--deaths", type=click.IntRange(0), metavar="N", help="Acute deaths.")
@click.option("--severe", type=click.IntRange(0), metavar="N",
              help="People with severe acute radiation sickness or disability of an organ.")  # fmt: skip
@click.option("--dose", "doses", type=(str, str, Quantity("dose", zero=True)), multiple=True,
              metavar="PERSON ORGAN DOSE",
              help='Dose of the year: worker, apprentice or public; effective, lens or skin; "60 mSv".')  # fmt: skip
@click.option("--contamination", metavar="EXTENT", help="none, local, small_area, larger_area or wide_severe.")
@_amounts
@click.option("--no-report", is_flag=True, help="Known without a report from the city or the unit (4.1.4).")
@click.option("--state-request", is_flag=True, help="The State Council or the ministry asks for a response (4.1.4).")
@click.option("--jurisdiction", default="CN/Guangxi", show_default=True, help="Place: CN/Guangxi, or elsewhere CN.")
@pieces_options(required=False)
@answer_options
@click.pass_context
def command(context: click.Context, /, as_json: bool, language: str, on: int | None, **asked: Any) -> None:
    """Grade a radiation accident in China, I gravest to IV, by every criterion; what is not said stays open.

    The source out of control is stated by its category, or by nuclide and activity. --on is the day of the accident:
    activities are decayed to it, and the law is taken as it stood then.

    \b
    Example:
      shieldcalc accident grade --source-category 2 --deaths 0 --severe 1
        --contamination none --dose worker effective "2.5 Sv"
    """
    from shieldcalc.accident.grading import ACTIVATION, GRADES_TABLE, graded
    from shieldcalc.accident.ladders import class_row, row
    from shieldcalc.cli.gamma_options import written

    language = speak(context, language)
    known = known_of(asked, on)
    asked["jurisdiction"] = place_of(asked["jurisdiction"])
    found = graded(known, asked["jurisdiction"], None if on is None else date.fromordinal(on))
    said = [*found.notices]
    said += [Notice("warnings.accident.recovered")] if asked["recovered"] and known.source_category else []
    special = _special(asked, found)
    document = {**as_json_of(found), "jurisdiction": asked["jurisdiction"], "on": written(on)}
    document["source_category"] = known.source_category
    document["special_rules"] = [
        {"article": each[0], "applies": each[1], "text": each[2].text(language)} for each in special
    ]
    document["classifications"] = [class_row(each) for each in found.classes]
    document["criteria"] = [row(each, language) for each in found.judged]
    answer("grade", document, _parts(found, special), (as_json, language), said, (GRADES_TABLE, ACTIVATION))


def _lost(asked: dict[str, Any], on: int | None) -> list[int]:
    """Return the categories of sources out of control, 0 for none; of stated sources the graver of both tables."""
    from shieldcalc.accident.categories import CN_CLASSES, categorised

    chosen = [CATEGORIES[one_of("category", each, CATEGORIES)] for each in asked["categories"]]
    if asked["nuclides"] or asked["activities"]:
        dated = on if asked["references"] else None
        found = categorised(pieces(asked["nuclides"], asked["activities"], asked["references"], dated))
        both = [found.category, CN_CLASSES.index(found.class_cn) + 1 if found.class_cn else None]
        chosen.append(min((each for each in both if each), default=0))
    if 0 in chosen and len(set(chosen)) > 1:
        raise OutsideDataError("accident.category_and_none")
    return chosen


def known_of(asked: dict[str, Any], on: int | None) -> "Known":
    """Return what the options say is known; refuses names that nobody knows."""
    from shieldcalc.accident.grading import CONTAMINATION, Known

    chosen = _lost(asked, on)
    extent = asked["contamination"]
    if extent is not None:
        one_of("extent of contamination", extent, CONTAMINATION)
    for person, organ, _ in asked["doses"]:
        one_of("person", person, PERSONS)
        one_of("organ", organ, ORGANS)
    flags = {name: YES_NO[one_of("answer", asked[name], YES_NO)] for name in FLAGS if asked[name] is not None}
    for name in ("area", "release_transport"):
        if asked[name] is not None and not isfinite(asked[name]):
            raise OutsideDataError("not_finite", value=str(asked[name]))
    names = ("release_air", "release_water", "release_ground", "area", "release_transport")
    return Known(
        source_category=min((each for each in chosen if each), default=None),
        no_source=0 in chosen,
        deaths=asked["deaths"],
        severe=asked["severe"],
        contamination=extent,
        doses=tuple(asked["doses"]),
        flags=flags,
        amounts={name: asked[name] for name in names if asked[name] is not None},
    )


def as_json_of(found: "Grading") -> dict[str, object]:
    """Return the grade without its criteria."""
    response = found.response
    return {
        "grade": found.grade or None,
        "grade_verified": found.firm or None,
        "unverified": found.grade != found.firm,
        "may_be": found.may_be or None,
        "decided_by": [each.criterion.full_id for each in found.deciding],
        "response_level": response.level if response else None,
        "started_by": response.started_by if response else None,
        "started_article": response.article if response else None,
        "watch_at_post": response.at_post if response else None,
        "activation": dict(response.forces) if response else None,
    }


def _special(asked: dict[str, Any], found: "Grading") -> list[tuple[str, bool, Notice]]:
    """Return the special rules of the plan, with whether each applies as far as is known."""
    from shieldcalc.accident.grading import PLAN
    from shieldcalc.accident.told import say

    if all(each.instrument != PLAN for each in found.classes):
        return []
    asked_for = asked["state_request"] or (asked["no_report"] and found.grade in ("I", "II", "III"))
    return [
        ("3.1", True, say("grade.special.county")),
        ("3.2", False, say("grade.special.direct")),
        ("4.1.4", asked_for, say("grade.special.without_report")),
        ("1.4", True, say("grade.special.provisional")),
    ]


def _parts(found: "Grading", special: list[tuple[str, bool, Notice]]) -> "Iterator[Part]":
    from shieldcalc.accident.told import part, say

    name = say(f"grade.name.{found.grade or 'none'}")
    head = say("grade.unverified_head" if found.grade != found.firm else "grade.head", name=name)
    lines = [_judged_line(each, "") for each in found.deciding]
    if found.may_be:
        lines.append(say("case.may_be", grade=found.may_be))
    yield part("grade.title", lines, head=head)
    if found.response is not None:
        by = say(f"grade.by.{found.response.started_by}")
        lines = [say("grade.started", level=found.response.level, by=by, article=found.response.article)]
        forces = found.response.forces.items()
        lines += [
            say(
                "grade.force",
                name=say(f"grade.forces.{key}"),
                state=say("grade.started_force" if at == "started" else f"grade.{at}"),
            )
            for key, at in forces
        ]
        lines.append(say("grade.watch_post" if found.response.at_post else "grade.watch_phone"))
        yield part("grade.response", lines)
    if special:
        codes = {True: "grade.special.applies", False: "grade.special.line"}
        yield part("grade.special.title", [say(codes[on], article=a, text=text) for a, on, text in special])
    rest = [each for each in found.judged if each not in found.deciding and not (each.informs and each.met is None)]
    for state, title in ((True, "others_met"), (None, "others_open"), (False, "others_not_met")):
        lines = [_judged_line(each, "open" if state is None else "") for each in rest if each.met is state]
        if lines:
            yield part(f"grade.{title}", lines)


def _judged_line(each: "Judged", state: str) -> Notice:
    from shieldcalc.accident.ladders import asks, rule_of
    from shieldcalc.accident.told import say

    found = each.criterion
    value = f"{each.value:g}" if state != "open" and isinstance(each.value, float) else ""
    force = Notice(f"findings.force.{each.force}")
    params = {"grade": found.grade, "rule": rule_of(found), "asks": asks(found), "force": force}
    return say("grade.criterion_value", value=value, **params) if value else say("grade.criterion", **params)
