"""``shieldcalc accident cordon``: safety perimeter, phases, public messages, the call form."""

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from shieldcalc.accident.told import up
from shieldcalc.cli.accident_common import (
    Coordinate,
    answer,
    answer_options,
    one_of,
    one_source_options,
    source_asked,
    speak,
)
from shieldcalc.cli.common import Quantity
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shieldcalc.accident.cordon import Reach, Reading, Situation
    from shieldcalc.accident.messages import Message
    from shieldcalc.accident.phases import Goal
    from shieldcalc.accident.rings import Ground
    from shieldcalc.accident.told import Part
    from shieldcalc.model.design import Xy
    from shieldcalc.reports.plan import Plan

ENDINGS = (".svg", ".png")
SHOWN_LANGUAGES = ("vi", "en", "zh")
NEUTRONS = ("photon_fission", "photon_neutron_source")


class _Answer(NamedTuple):
    """What is answered; ``or_more``: the radius is the least, a source's reach is not known or the tables say so."""

    chosen: "Situation | None"
    reaches: "list[Reach]"
    readings: "tuple[Reading, ...]"
    radius_m: float | None
    or_more: bool
    goals: "tuple[Goal, ...]"
    messages: "list[Message]"


@click.command("cordon")
@click.option("--situation", metavar="NAME",
              help="unshielded_source, major_spill, fire_or_explosion, suspected_bomb or nuclear_weapon.")  # fmt: skip
@click.option("--indoors", is_flag=True, help="It happened inside a building.")
@one_source_options(required=False)
@click.option("--survey", "surveys", type=(Quantity("length"), Quantity("dose_rate", zero=True)), multiple=True,
              metavar="DISTANCE RATE", help='A reading: "20 m" "150 uSv/h"; repeat it for several.')  # fmt: skip
@click.option("--survey-at", "placed", multiple=True,
              type=(Coordinate(), Coordinate(), Quantity("dose_rate", zero=True)),
              metavar="X Y RATE", help='A reading at a place: "12 m" "-3 m" "150 uSv/h"; gives a contour.')  # fmt: skip
@click.option("--plan", metavar="FILE.toml", help="Draw over the plan of this room or site; X and Y are its own.")
@click.option("--source-at", "source_at", type=(Coordinate(), Coordinate()), metavar="X Y",
              help="Where the source is; required with --plan, else 0 0.")  # fmt: skip
@click.option("--done", multiple=True, metavar="GOAL", help="A goal reached, 4.2, or a whole phase, 1.")
@click.option("--message", "messages", multiple=True, metavar="NAME",
              help="initial, dispersal_or_transport, lost_or_stolen or found_in_public.")  # fmt: skip
@click.option("--fact", "facts", type=(str, str), multiple=True, metavar="NAME TEXT",
              help="What a message or the call form is filled from: place, time, organisation, ...")  # fmt: skip
@click.option("--call-form", is_flag=True, help="The form for a call that comes in.")
@click.option("--map", "map_to", metavar="FILE.svg|.png", help="Draw the perimeter and how far the rates reach.")
@answer_options
@click.pass_context
def command(
    context: click.Context, /, as_json: bool, language: str, map_to: str | None, plan: str | None, **asked: Any
) -> None:
    """Give the safety perimeter by situation, by a stated source behind layers or not, and by survey readings.

    The largest governs. The rate is 100 uSv/h; the 100 mSv/h that circular 24/2012 prints is shown beside it.

    \b
    Example:
      shieldcalc accident cordon --situation unshielded_source --nuclide Ir-192
        --activity "26 Ci" --map cordon.svg --message lost_or_stolen
    """
    from shieldcalc.accident import cordon, messages, phases

    language = speak(context, language)
    wanted = ("situation", "nuclide", "activity", "surveys", "placed", "messages", "call_form", "done")
    if not any(asked[key] for key in wanted):
        raise OutsideDataError("accident.cordon_nothing")
    ending = None if map_to is None else one_of_endings(map_to)
    day = asked["on"]
    chosen = None if asked["situation"] is None else cordon.situation(asked["situation"], _date(day))
    reaches, lost = _reaches(asked)
    readings = [cordon.reading(distance / 1000, 1000 * rate) for distance, rate in asked["surveys"]]
    placed, below = _placed(asked), _ground(plan, map_to, asked)
    around = cordon.perimeter(chosen, reaches, readings, placed, indoors=asked["indoors"])
    radius = around.radius_m
    facts = messages.given_facts(asked["facts"])
    amounts = {**_amounts(radius), **_keep_away(reaches)}
    found = [messages.message(one_of("message", name, messages.names()), facts, amounts) for name in asked["messages"]]
    goals = phases.checklist(asked["done"])
    said = [*lost, *_said(radius, chosen, reaches, found), *_dangerous(asked)]
    more = bool(lost or (chosen and chosen.or_more))
    answered = _Answer(chosen, reaches, around.readings, radius, more, goals, found)
    document = _document(answered, asked, facts, language)
    document["contour_m"] = [list(place) for place in around.contour] or None
    if map_to is not None:
        from shieldcalc.accident.rings import drawn_perimeter

        if radius is None:
            raise OutsideDataError("accident.no_radius")
        shown = reaches[:1] if chosen is None else reaches[-1:]
        _write(map_to, ending or "", drawn_perimeter(around, shown, below, language), plan)
    said += [notice for each in reaches[-1:] for notice in each.notices]
    tables = [table for each in reaches for table in each.tables]
    tables += [cordon.CORDONS_TABLE, phases.PHASES_TABLE, messages.MESSAGES_TABLE]
    answer("cordon", document, _parts(answered, asked, facts, language), (as_json, language), said, tables)


def _document(found: _Answer, asked: dict[str, Any], facts: dict[str, str], language: str) -> dict[str, object]:
    """Return everything as one JSON object."""
    from shieldcalc.accident import cordon, messages

    chosen, radius, amounts = found.chosen, found.radius_m, _amounts(found.radius_m)
    return {
        "radius_m": radius,
        "or_more": found.or_more,
        "situation": None if chosen is None else _situation(chosen),
        "indoors": _indoors(chosen, language) if asked["indoors"] else None,
        "survey_rate_uSv_per_h": cordon.survey_rate(),
        "survey_rate_as_printed_uSv_per_h": cordon.printed_rate(),
        "reaches": [_reach(each) for each in found.reaches],
        "survey": [each._asdict() for each in found.readings],
        "distances_m": dict(cordon.distances()),
        "phases": [_goal(each, language) for each in found.goals],
        "messages": [{"name": each.name, "state": messages.UNSENT, "missing": list(each.missing),
                      "text": {name: list(each.lines[name]) for name in SHOWN_LANGUAGES}} for each in found.messages],
        "advice": list(messages.advice(language, amounts)),
        "call_form": [{"field": code, "label": label, "value": value or None}
                      for code, label, value in messages.call_form(facts, language)] if asked["call_form"] else None,
    }  # fmt: skip


def _goal(each: "Goal", language: str) -> dict[str, object]:
    return {**each._asdict(), "text": Notice(f"report.accident.goal.{each.goal}").text(language)}


def one_of_endings(name: str) -> str:
    """Return the ending of a map's file; refuses another one."""
    from shieldcalc.errors import UnknownNameError

    found = next((each for each in ENDINGS if name.lower().endswith(each)), None)
    if found is None:
        raise UnknownNameError("ending of a map", name, ENDINGS)
    return found


def _date(day: int | None) -> Any:
    from datetime import date

    return None if day is None else date.fromordinal(day)


def _keep_away(reaches: "list[Reach]") -> dict[str, str]:
    """Return the distance that messages name where the stated source reaches farther than that of the circular."""
    from shieldcalc.accident.cordon import distances

    far = reaches[-1].radius_m if reaches else 0.0
    return {"keep_away": up(far)} if far > distances()["keep_away"] else {}


def _amounts(radius: float | None) -> dict[str, str]:
    """Return the distances of messages and advice: people are moved out of the whole perimeter."""
    from shieldcalc.accident.cordon import distances

    found = {name: f"{metres:g}" for name, metres in distances().items()}
    if radius is not None and radius > distances()["evacuate"]:
        found["evacuate"] = up(radius)
    return {**found, "shelter_km": f"{distances()['shelter'] / 1000:g}"}


def _reaches(asked: dict[str, Any]) -> "tuple[list[Reach], tuple[Notice, ...]]":
    """Return how far the source reaches: as it is first, then without its layers; or why that is not known.

    Refuses a source whose neutrons are not known where neither a situation nor a reading gives a radius without it.
    """
    from shieldcalc.accident.cordon import reach
    from shieldcalc.cli.gamma_options import stack

    if asked["nuclide"] is None:
        if asked["layers"] or asked["activity"] is not None:
            raise OutsideDataError("accident.source_incomplete")
        return [], ()
    layers = stack(asked["layers"], asked["densities"])
    try:
        source, bounded = source_asked(asked)
        bare = reach(source, bounded)
        return ([reach(source, bounded, layers), bare] if layers else [bare]), ()
    except OutsideDataError as refused:
        if refused.code not in NEUTRONS or not (asked["situation"] or asked["surveys"] or asked["placed"]):
            raise
        return [], (Notice("warnings.accident.no_reach"), refused.notice())


def _said(
    radius: float | None, chosen: "Situation | None", reaches: "list[Reach]", found: "list[Message]"
) -> "Iterator[Notice]":
    from shieldcalc.accident.cordon import distances, printed_rate_notice
    from shieldcalc.units import significant

    yield printed_rate_notice()
    if reaches:
        yield Notice("warnings.accident.cordon_point")
        away = distances()["keep_away"]
        if reaches[-1].radius_m > away:
            rate_there = significant(reaches[-1].rate_at_1m / away**2, 3)
            params = {"distance": f"{away:g}", "rate": rate_there, "radius": up(reaches[-1].radius_m)}
            yield Notice("warnings.accident.keep_away", params)
    if len(reaches) > 1 and chosen is None:
        yield Notice("warnings.accident.cordon_shield", {"radius": up(reaches[-1].radius_m)})
    if radius is None:
        yield Notice("warnings.accident.cordon_nothing")
    if chosen is not None and any(row.force == "repealed" for row in chosen.rows):
        yield Notice("warnings.accident.repealed_circular")
    if found:
        yield Notice("warnings.accident.messages_unsent")


def _dangerous(asked: dict[str, Any]) -> "Iterator[Notice]":
    """Yield that a source of category 1 to 3 has a radius of its own where it is unshielded or damaged."""
    from shieldcalc.accident.categories import Piece, categorised
    from shieldcalc.accident.cordon import data, situation
    from shieldcalc.errors import ShieldcalcError

    if asked["nuclide"] is None or asked["situation"] is not None:
        return
    try:
        reference = asked["reference"]
        piece = Piece(asked["nuclide"], asked["activity"], reference, None if reference is None else asked["on"])
        category = categorised([piece]).category
    except ShieldcalcError:
        return
    if category is not None and category <= data()["dangerous"]["category"]:
        radius = f"{situation('unshielded_source').radius_m:g}"
        yield Notice("warnings.accident.cordon_dangerous", {"category": category, "radius": radius})


def _situation(chosen: "Situation") -> dict[str, object]:
    rows = [row._asdict() for row in chosen.rows]
    return {"name": chosen.name, "radius_m": chosen.radius_m, "or_more": chosen.or_more, "rows": rows}


def _indoors(chosen: "Situation | None", language: str) -> dict[str, object] | None:
    if chosen is None:
        return None
    return {"extent": chosen.indoors, "text": Notice(f"report.accident.cordon.{chosen.indoors}").text(language)}


def _reach(each: "Reach") -> dict[str, object]:
    return {
        "shielded": each.shielded,
        "ambient_dose_equivalent_rate_at_1m_uSv_per_h": each.rate_at_1m,
        "radius_100_uSv_per_h_m": each.radius_m,
        "radius_100_mSv_per_h_m": each.as_printed_m,
    }


def _parts(found: _Answer, asked: dict[str, Any], facts: dict[str, str], language: str) -> "Iterator[Part]":
    from shieldcalc.accident.told import part, say

    radius = found.radius_m
    lines = list(_perimeter(found, indoors=asked["indoors"]))
    lines.append(say("cordon.keep_away", **_amounts(radius)))
    if radius is None:
        title = "cordon.title_rooms" if asked["indoors"] and found.chosen is not None else "cordon.title_none"
    else:
        title = "cordon.title_or_more" if found.or_more else "cordon.title"
    yield part(title, lines, radius="" if radius is None else up(radius))
    yield from _more(found, asked, facts, language)


def _perimeter(found: _Answer, *, indoors: bool) -> "Iterator[Notice]":
    from shieldcalc.accident.cordon import rates_in_words, told_reading
    from shieldcalc.accident.told import place, say
    from shieldcalc.units import significant

    (rate, printed), chosen = rates_in_words(), found.chosen
    if chosen is not None:
        if indoors:
            yield say(f"cordon.{chosen.indoors}")
        for row in chosen.rows:
            where = {"instrument": row.instrument, "article": place(row.article)}
            force, name = Notice(f"findings.force.{row.force}"), say(f"cordon.situation.{chosen.name}")
            yield say("cordon.row", situation=name, radius=f"{row.radius_m:g}", force=force, **where)
    for each in found.reaches:
        far, near = up(each.radius_m), up(each.as_printed_m)
        code = "cordon.reach_shielded" if each.shielded else "cordon.reach_bare"
        yield say(code, limit=rate, printed=printed, rate=significant(each.rate_at_1m, 4), radius=far, near=near)
    yield from map(told_reading, found.readings)


def _more(found: _Answer, asked: dict[str, Any], facts: dict[str, str], language: str) -> "Iterator[Part]":
    from shieldcalc.accident.messages import advice, call_form
    from shieldcalc.accident.told import Part, part, say

    if asked["situation"] or asked["done"]:
        yield part("cordon.phases", list(_checklist(found.goals)))
        yield Part(say("cordon.advice"), advice(language, _amounts(found.radius_m)))
    if asked["call_form"]:
        rows = (
            say("cordon.field", label=label, value=value or "....") for _, label, value in call_form(facts, language)
        )
        yield part("cordon.form", rows)
    for each in found.messages:
        for name in SHOWN_LANGUAGES:
            title = say("cordon.message", name=say(f"message_name.{each.name}"), language=name)
            yield Part(title, each.lines[name])


def _checklist(goals: "tuple[Goal, ...]") -> "Iterator[Notice]":
    from shieldcalc.accident.told import say

    for phase in dict.fromkeys(each.phase for each in goals):
        own = [each for each in goals if each.phase == phase]
        mark = "[x]" if all(each.done for each in own) else "[ ]"
        yield say("cordon.phase", mark=mark, number=phase, text=say(f"phases.{phase}"))
        for each in own:
            yield say("cordon.phase", mark="    [x]" if each.done else "    [ ]", number=each.goal,
                      text=say(f"goal.{each.goal}"))  # fmt: skip


def _placed(asked: dict[str, Any]) -> "list[tuple[Xy, Reading]]":
    """Return the readings at places, in metres from the source."""
    from math import hypot

    from shieldcalc.accident.cordon import reading

    x, y = asked["source_at"] or (0.0, 0.0)
    found = []
    for east, north, rate in asked["placed"]:
        place = ((east - x) / 1000, (north - y) / 1000)
        if place == (0.0, 0.0):
            raise OutsideDataError("accident.survey_at_source", rate=f"{1000 * rate:g}")
        found.append((place, reading(hypot(*place), 1000 * rate)))
    return found


def _ground(plan: str | None, map_to: str | None, asked: dict[str, Any]) -> "Ground | None":
    """Return what the map is drawn over; refuses a plan without a place of the source, or without a map."""
    if plan is None:
        return None
    if asked["source_at"] is None or map_to is None:
        raise OutsideDataError("accident.plan_needs", plan=plan)
    from shieldcalc import plugins
    from shieldcalc.accident.rings import ground
    from shieldcalc.model.loader import load_any

    x, y = asked["source_at"]
    return ground(load_any(plan, plugins.catalog()), (x / 1000, y / 1000))


def _write(target: str, ending: str, drawing: "Plan", plan: str | None) -> None:
    from shieldcalc.cli.files import Outputs

    outputs = Outputs(inputs=() if plan is None else (plan,))
    outputs.refuse_inputs(target)
    if ending == ".svg":
        outputs.add(target, drawing.svg.encode())
    else:
        from shieldcalc.reports.pdf import picture as painted

        outputs.add(target, painted(drawing.svg, drawing.width_mm, drawing.height_mm))
    outputs.write()
