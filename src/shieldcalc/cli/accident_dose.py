"""``shieldcalc accident dose``: doses of people beside a source, tissue effects, stay times, actions for the public."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from shieldcalc.cli.accident_common import answer, answer_options, one_source_options, source_asked, speak
from shieldcalc.cli.common import Quantity
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shieldcalc.accident.exposure import Dose, Size, Together
    from shieldcalc.accident.measures import Action, Effect, Iodine, Stay, TurnBack
    from shieldcalc.accident.told import Part

TIME, LENGTH = Quantity("time"), Quantity("length")
LONGEST_MINUTES = 1e6  # two years: longer is not told in minutes
QUESTIONS = ("exposures", "contact", "pocket", "bedside", "responders", "publics")


@click.command("dose")
@one_source_options(required=False)
@click.option("--source-diameter", "diameter", type=LENGTH, metavar="LENGTH", help="Of the active part of the source.")
@click.option("--source-length", "length", type=LENGTH, metavar="LENGTH", help="Of the active part of the source.")
@click.option("--exposure", "exposures", type=(LENGTH, TIME), multiple=True, metavar="DISTANCE TIME",
              help='A stay: "2 m" "3 h"; repeat it for several.')  # fmt: skip
@click.option("--contact", type=TIME, metavar="TIME", help="How long the source was held in the hand.")
@click.option("--pocket", type=TIME, metavar="TIME", help="How long it was carried in a pocket.")
@click.option("--bedside", type=TIME, metavar="TIME", help="How long it lay beside a bed or seat, 0.5 m away.")
@click.option("--responder", "responders", type=LENGTH, multiple=True, metavar="DISTANCE",
              help="Tell how long a responder may stay at this distance.")  # fmt: skip
@click.option("--received", type=Quantity("dose", zero=True), default="0 mSv", metavar="DOSE",
              help="What the responder has received in this emergency already.")  # fmt: skip
@click.option("--public", "publics", type=LENGTH, multiple=True, metavar="DISTANCE",
              help="Tell which actions for people at this distance are justified.")  # fmt: skip
@click.option("--absorbed", "absorbed", type=(str, Quantity("kerma", zero=True)), multiple=True, metavar="ORGAN DOSE",
              help='An absorbed dose that somebody determined, skin "14 Gy": which effects it reaches.')  # fmt: skip
@click.option("--thyroid", type=Quantity("kerma", zero=True), metavar="DOSE",
              help='Estimated dose of the thyroid that iodine tablets would avert: "120 mGy".')  # fmt: skip
@answer_options
@click.pass_context
def command(context: click.Context, /, as_json: bool, language: str, **asked: Any) -> None:
    """Estimate doses of people beside a lost or stuck source: upper values, each with its geometry.

    Distances are from the middle of the source, or from its surface where no size is given. Absorbed doses (Gy) are
    compared with tissue effects; effective dose never is.

    \b
    Example:
      shieldcalc accident dose --nuclide Ir-192 --activity "26 Ci" --pocket "3 h"
        --exposure "1 m" "2 h" --source-diameter "2 mm" --source-length "3 mm"
    """
    from shieldcalc.accident import exposure, measures
    from shieldcalc.cli.gamma_options import stack

    language = speak(context, language)
    beside = any(asked[key] for key in QUESTIONS)
    if not (beside or asked["absorbed"] or asked["thyroid"] is not None):
        raise OutsideDataError("accident.no_exposure")
    if not beside and asked["nuclide"] is None and asked["activity"] is None:
        _without_source(asked, (as_json, language))
        return
    source, bounded = source_asked(asked, strict=True)
    if bounded is not None:
        raise OutsideDataError("accident.neutron_dose", nuclide=asked["nuclide"])
    size, layers = _size(asked), stack(asked["layers"], asked["densities"])
    found = [exposure.dose(source, where, size, layers) for where in _places(asked, size)]
    total = exposure.together(found)
    effects = measures.effects(total, betas=exposure.emits_betas(source), on=_day(asked)) if found else ()
    rates = {mm: _rate(source, mm / 1000, size, layers) for mm in (*asked["responders"], *asked["publics"])}
    called = _measures(asked, rates)
    document = {"activity_Bq": source.members[0].activity_Bq, **_document(found, total, effects, called, language)}
    said = [*exposure.notices(source, found, size), *source.notices, *_ended(effects, called)]
    tables = [*source.tables, exposure.GEOMETRIES_TABLE, exposure.DOSE_RULES, exposure.MU_EN, *_tables()]
    answer("dose", document, _parts(found, total, effects, called), (as_json, language), said, tables)


def _without_source(asked: dict[str, Any], how: tuple[bool, str]) -> None:
    """Answer what needs no source: effects of doses that are stated, iodine."""
    from shieldcalc.accident.exposure import together

    called = _measures(asked, {})
    document = {"activity_Bq": None, **_document([], together([]), (), called, how[1])}
    answer("dose", document, _parts([], together([]), (), called), how, _ended((), called), _tables())


def _tables() -> list[str]:
    from shieldcalc.accident import measures

    return [measures.THRESHOLDS]


def _day(asked: dict[str, Any]) -> date | None:
    return None if asked["on"] is None else date.fromordinal(asked["on"])


class Called(NamedTuple):
    """What doses and rates call for: stay times, rates to turn back at, actions by distance, iodine, stated doses."""

    stays: "list[Stay]"
    turns: "list[TurnBack]"
    actions: "list[tuple[float, Action]]"
    thyroid: "tuple[Iodine, ...]"
    stated: "list[Effect]"


def _measures(asked: dict[str, Any], rates: dict[float, float]) -> Called:
    """Return stay times, dose rates to turn back at, actions for the public, effects of stated doses."""
    from shieldcalc.accident import measures

    day, received = _day(asked), asked["received"]
    decay = _decay(asked["nuclide"]) if asked["publics"] else 0.0
    stays = [each for mm in asked["responders"] for each in measures.stays(mm / 1000, rates[mm], received, day)]
    turns = [each for mm in asked["responders"] for each in measures.turn_backs(mm / 1000, rates[mm])]
    actions = [(mm / 1000, each) for mm in asked["publics"] for each in measures.actions(rates[mm], decay)]
    thyroid = () if asked["thyroid"] is None else tuple(measures.iodine(asked["thyroid"]))
    stated = [each for organ, mGy in asked["absorbed"] for each in measures.effects_of(organ, mGy / 1000, day)]
    return Called(stays, turns, actions, thyroid, stated)


def _document(
    found: "list[Dose]", total: "Together", effects: "tuple[Effect, ...]", called: Called, language: str
) -> dict[str, object]:
    return {
        "exposures": [_exposure(each) for each in found],
        "total": {
            **{f"{name}_upper": value for name, value in total._asdict().items()},
            "effective_mSv_upper": sum(each.effective_mSv for each in found),
            "ambient_dose_equivalent_mSv": sum(each.h10_mSv for each in found),
        },
        "effects": [{**each._asdict(), "text": _name(each).text(language)} for each in effects],
        "stay_times": [each._asdict() for each in called.stays],
        "turn_back": [each._asdict() for each in called.turns],
        "public": [{"distance_m": metres, **each._asdict()} for metres, each in called.actions],
        "iodine": [each._asdict() for each in called.thyroid],
        "stated_effects": [{**each._asdict(), "text": _name(each).text(language)} for each in called.stated],
    }


def _ended(effects: "tuple[Effect, ...]", called: Called) -> "Iterator[Notice]":
    """Yield that the Vietnamese figures have ended, where they are used."""
    forces = [each.force for each in (*effects, *called.stated)] + [each.force for each in called.stays]
    if "repealed" in forces:
        yield Notice("warnings.accident.vn19_ended")


def _size(asked: dict[str, Any]) -> "Size | None":
    from shieldcalc.accident.exposure import Size

    diameter, length = asked["diameter"], asked["length"]
    if (diameter is None) != (length is None):
        raise OutsideDataError("accident.half_size")
    return None if diameter is None else Size(diameter / 1000, length / 1000)


def _places(asked: dict[str, Any], size: "Size | None") -> "Iterator[Any]":
    from shieldcalc.accident.exposure import GIVEN, Place, geometries, place

    for distance, seconds in asked["exposures"]:
        yield Place(GIVEN, seconds / 3600, distance / 1000, None)
    for kind in geometries():
        if asked[kind] is not None:
            yield place(kind, asked[kind] / 3600, size)


def _rate(source: Any, distance_m: float, size: "Size | None", layers: Any) -> float:
    """Return the H*(10) rate in mSv/h at a distance."""
    from shieldcalc.accident.exposure import GIVEN, Place, dose

    return dose(source, Place(GIVEN, 1.0, distance_m, None), size, layers).rate_mSv_per_h


def _decay(name: str) -> float:
    from shieldcalc.photons.nuclides import nuclide

    return nuclide(name).decay_constant


def _exposure(each: "Dose") -> dict[str, object]:
    return {
        "kind": each.place.kind,
        "hours": each.place.hours,
        "distance_m": each.place.body_m,
        "local_distance_m": each.place.local_m,
        "body_Gy_upper": each.body_Gy,
        "local_Gy_upper": each.local_Gy,
        "skin_Gy_upper": each.skin_Gy,
        "effective_mSv_upper": each.effective_mSv,
        "ambient_dose_equivalent_mSv": each.h10_mSv,
        "uniform": each.uniform,
        "geometry": each.geometry,
    }


def _parts(found: "list[Dose]", total: "Together", effects: "tuple[Effect, ...]", called: Called) -> "Iterator[Part]":
    from shieldcalc.accident.told import part, say
    from shieldcalc.units import significant

    if found:
        lines = [_dose_line(each) for each in found]
        lines.append(
            say(
                "dose.total",
                **{name: significant(value) for name, value in zip(("body", "local", "skin"), total, strict=True)},
            )
        )
        yield part("dose.title", lines)
        met = [_effect_line(each) for each in effects if each.status in ("possible", "reached")]
        yield part("dose.effects", met or [say("dose.no_effect")])
        for status in ("open", "below"):
            if lines := [_effect_line(each) for each in effects if each.status == status]:
                yield part(f"dose.effects_{status}", lines)
    for status in ("reached", "below"):
        if lines := [_effect_line(each) for each in called.stated if each.status == status]:
            yield part(f"dose.stated_{status}", lines)
    if called.stays:
        turns = [_turn_line(each) for each in called.turns if each.reached]
        yield part("dose.stay", [*map(_stay_line, called.stays), *turns])
    if called.actions or called.thyroid:
        lines = [_action_line(metres, each) for metres, each in called.actions]
        yield part("dose.public", [*lines, *map(_iodine_line, called.thyroid)])


def _dose_line(each: "Dose") -> Notice:
    from shieldcalc.accident.told import say
    from shieldcalc.units import significant

    return say(
        "dose.line" if each.place.local_m is None else "dose.line_local",
        kind=say(f"dose.kind.{each.place.kind}"),
        hours=f"{each.place.hours:.4g}",
        distance=f"{each.place.body_m:g}",
        near=f"{1000 * (each.place.local_m or 0):g}",
        body=significant(each.body_Gy),
        local=significant(each.local_Gy),
        skin=significant(each.skin_Gy),
        effective=significant(each.effective_mSv),
        uniform=say("dose.uniform" if each.uniform else "dose.nearest"),
        geometry=say(f"dose.geometry.{each.geometry}"),
    )


def _name(each: "Effect") -> Notice:
    from shieldcalc.accident.told import say

    return say("dose.effect_name", organ=say(f"organ.{each.organ}"), effect=say(f"effect.{each.effect}"))


def _effect_line(each: "Effect") -> Notice:
    from shieldcalc.accident.told import kept, say

    compared = kept(each.compared_Gy, (each.dose_Gy,))
    return say(
        "dose.below" if each.status == "open" else f"dose.{each.status}",
        name=_name(each), dose=f"{each.dose_Gy:g}", compared=compared,
        set=say(f"effect_set.{each.set}"), force=Notice(f"findings.force.{each.force}"),
    )  # fmt: skip


def _stay_line(each: "Stay") -> Notice:
    from shieldcalc.accident.told import cited, down, say
    from shieldcalc.units import significant

    minutes = None if each.hours is None else 60 * each.hours
    hours = "-" if minutes is None else down(minutes) if minutes < LONGEST_MINUTES else f"> {LONGEST_MINUTES:,.0f}"
    return say(
        "dose.stay_line", distance=f"{each.distance_m:g}", rate=significant(each.rate_mSv_per_h), minutes=hours,
        limit=f"{each.limit_mSv:g}", action=say(f"dose.action.{each.action}"),
        rule=cited(each.instrument, each.article), force=Notice(f"findings.force.{each.force}"),
    )  # fmt: skip


def _turn_line(each: "TurnBack") -> Notice:
    from shieldcalc.accident.told import say

    return say(
        "dose.turn_line", distance=f"{each.distance_m:g}", rate=f"{each.rate_mSv_per_h:g}",
        action=say(f"dose.action.{each.action}"), rule=each.instrument, force=Notice(f"findings.force.{each.force}"),
    )  # fmt: skip


def _action_line(metres: float, each: "Action") -> Notice:
    from shieldcalc.accident.told import kept, say

    averted = kept(each.avertable_mSv, (each.level_mSv,))
    return say(
        "dose.justified" if each.justified else "dose.not_justified", distance=f"{metres:g}",
        action=say(f"dose.action.{each.action}"), dose=averted, level=f"{each.level_mSv:g}",
        period=_period(each.days), rule=each.instrument, force=Notice(f"findings.force.{each.force}"),
    )  # fmt: skip


def _period(days: float) -> Notice:
    from shieldcalc.accident.measures import YEAR
    from shieldcalc.accident.told import say

    return say("dose.years", count=round(days / YEAR)) if days >= YEAR else say("dose.days", count=f"{days:g}")


def _iodine_line(each: "Iodine") -> Notice:
    from shieldcalc.accident.told import say

    return say(
        "dose.iodine" if each.justified else "dose.no_iodine", dose=f"{each.avertable_mGy:g}",
        level=f"{each.level_mGy:g}", rule=each.instrument, force=Notice(f"findings.force.{each.force}"),
    )  # fmt: skip
