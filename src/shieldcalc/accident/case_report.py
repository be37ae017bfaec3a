"""The initial, follow-up, final or summary report of a case: parts of words, and the same as a document to lay out."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from shieldcalc.accident import ending
from shieldcalc.accident.case import Known, Stay
from shieldcalc.accident.categories import ratio_shown
from shieldcalc.accident.cordon import told_reading
from shieldcalc.accident.due_lines import line
from shieldcalc.accident.exposure import together
from shieldcalc.accident.ladders import asks, rule_of
from shieldcalc.accident.measures import Effect, effects_of
from shieldcalc.accident.told import Part, Said, part, place, say, up, words
from shieldcalc.errors import Notice
from shieldcalc.model.accident_case import CaseAbsorbed
from shieldcalc.units import significant

if TYPE_CHECKING:
    from shieldcalc.accident.rings import Ground


def parts(known: Known) -> tuple[Part, ...]:
    """Return the parts of the report in their order."""
    found = [
        part("case.demanded", _demanded(known)),
        part("case.sources", _sources(known)),
        part("case.grade", _grade(known)),
        part("case.perimeter", _perimeter(known)),
        part("case.doses", _doses(known)),
        part("case.reports", _reports(known)),
        part("case.chronology", (f"{each.at:%Y-%m-%d %H:%M}  {each.what}" for each in known.entries)),
        part("case.phases", _open_goals(known)),
        part("end.title", map(ending.line, known.ending) if known.kind != "initial" else ()),
        part("case.notes", known.notices),
    ]
    return tuple(each for each in found if each.lines)


def facts(known: Known) -> tuple[tuple[Notice, str], ...]:
    """Return the head of the report: labels with their values."""
    from shieldcalc import plugins

    case = known.case
    used = "; ".join(f"{each.name} {each.version} SHA-256 {each.sha256}" for each in plugins.loaded())
    return (
        (say("case.label.case"), f"{case.id}, {case.name}"),
        (say("case.label.place"), case.place),
        (say("case.label.unit"), case.unit or "-"),
        (say("case.label.discovered"), f"{case.discovered:%Y-%m-%d %H:%M}"),
        (say("case.label.as_known"), f"{known.at:%Y-%m-%d %H:%M}"),
        (say("case.label.file"), case.sha256[:16]),
        *([(Notice("report.label.plugins", {}), used)] if used else []),
    )


def _demanded(known: Known) -> Iterator[Said]:
    for each in known.told:
        label = say(f"case.content.{each.name}")
        yield say("cordon.field", label=label, value=each.words or say("case.not_known"))


def _sources(known: Known) -> Iterator[Said]:
    found = known.category
    back = {name for entry in known.entries for name in entry.recovered}
    rows = [None] * len(known.case.sources) if found is None else found.items
    for source, item in zip(known.case.sources, rows, strict=True):
        state = "recovered" if source.id in back else source.state
        category = "-" if item is None or item.category is None else str(item.category)
        yield say(
            "case.source", id=source.id, nuclide=source.nuclide if item is None else item.name,
            activity=f"{source.activity_Bq if item is None else item.activity_Bq:.4g}", category=category,
            class_cn="-" if item is None else item.class_cn or "-", state=say(f"case.state.{state}"),
        )  # fmt: skip
    if found is None:
        return
    category = "-" if found.category is None else str(found.category)
    yield say("case.together", ratio=ratio_shown(found.over_d), category=category)


def grade_line(known: Known) -> Notice:
    """Return the grade as a headline; without a ladder of grades, that there is none."""
    found = known.grading
    if found is None:
        return say("case.no_ladder")
    name = say(f"grade.name.{found.grade or 'none'}")
    return say("grade.unverified_head" if found.grade != found.firm else "grade.head", name=name)


def _grade(known: Known) -> Iterator[Said]:
    yield grade_line(known)
    found = known.grading
    if found is None:
        return
    for each in found.deciding:
        force = Notice(f"findings.force.{each.force}")
        yield say("case.decided", quantity=asks(each.criterion), rule=rule_of(each.criterion), force=force)
    if found.may_be:
        yield say("case.may_be", grade=found.may_be)
    if found.response is not None:
        by = say(f"grade.by.{found.response.started_by}")
        yield say("grade.started", level=found.response.level, by=by, article=found.response.article)


def _perimeter(known: Known) -> Iterator[Said]:
    if known.situation is not None:
        if known.case.indoors:
            yield say(f"cordon.{known.situation.indoors}")
        foreign = "VN-" if known.grading is not None else "CN-"
        for row in (row for row in known.situation.rows if not row.instrument.startswith(foreign)):
            name, force = say(f"cordon.situation.{known.situation.name}"), Notice(f"findings.force.{row.force}")
            where = {"article": place(row.article), "instrument": row.instrument}
            yield say("cordon.row", situation=name, radius=f"{row.radius_m:g}", force=force, **where)
    for each in known.reaches:
        yield say("case.reach", rate=significant(each.rate_at_1m, 4), radius=up(each.radius_m))
    unknown = bool(known.case.sources) and not known.reaches and not _all_back(known)
    if unknown:
        yield Notice("warnings.accident.no_reach", {})
    yield from map(told_reading, known.perimeter.readings)
    if (radius := known.perimeter.radius_m) is not None:
        more = unknown or (known.situation is not None and known.situation.or_more)
        yield say("cordon.title_or_more" if more else "cordon.title", radius=up(radius))


def _all_back(known: Known) -> bool:
    """Return whether every source has been recovered."""
    back = {name for entry in known.entries for name in entry.recovered}
    return all(each.id in back or each.state == "recovered" for each in known.case.sources)


def _doses(known: Known) -> Iterator[Said]:
    for entry in known.entries:
        for each in entry.doses:
            yield say("case.dose", who=each.who or say("case.somebody"), person=say(f"case.person.{each.person}"),
                      organ=say(f"case.organ.{each.organ}"), dose=f"{each.dose_mSv:g}")  # fmt: skip
        yield from map(_absorbed, entry.absorbed)
    for stay in known.stays:
        yield _stay(stay)
    for who in dict.fromkeys(stay.given.who for stay in known.stays if stay.given.who):
        own = [stay for stay in known.stays if stay.given.who == who]
        found = [stay.dose for stay in own if stay.dose is not None]
        if len(own) > 1 and found:
            code = "case.stays" if len(found) == len(own) else "case.stays_in_part"
            doses = zip(("body", "local", "skin"), map(significant, together(found)), strict=True)
            yield say(code, who=who, computed=len(found), count=len(own), **dict(doses))


def reached(organ: str, dose_Gy: float) -> tuple[Effect, ...]:
    """Return the effects that a stated absorbed dose of an organ reaches."""
    return tuple(each for each in effects_of(organ, dose_Gy) if each.status == "reached")


def _absorbed(each: CaseAbsorbed) -> Notice:
    """Return a stated absorbed dose with the effects that it reaches."""
    words: Notice | None = None
    for effect in reached(each.organ, each.dose_Gy):
        name = say("dose.effect_name", organ=say(f"organ.{effect.organ}"), effect=say(f"effect.{effect.effect}"))
        one = say("case.effect", name=name, dose=f"{effect.dose_Gy:g}", set=say(f"effect_set.{effect.set}"))
        words = one if words is None else say("ladder.both", first=words, second=one)
    who, organ = each.who or say("case.somebody"), say(f"organ.{each.organ}")
    told = words or say("case.no_effect")
    return say("case.absorbed", who=who, organ=organ, dose=significant(each.dose_Gy), effects=told)


def _stay(stay: Stay) -> Notice:
    who = stay.given.who or say("case.somebody")
    if stay.dose is None:
        return say("case.no_dose", who=who, reason=stay.reason or "")
    found = stay.dose
    return say(
        "case.stay", who=who, kind=say(f"dose.kind.{found.place.kind}"), hours=f"{found.place.hours:.4g}",
        distance=f"{found.place.body_m:g}",
        body=significant(found.body_Gy), local=significant(found.local_Gy), skin=significant(found.skin_Gy),
        effective=significant(found.effective_mSv),
    )  # fmt: skip


def _reports(known: Known) -> Iterator[Said]:
    now = known.at.replace(tzinfo=known.zone)
    for each in known.reports:
        if each.applies is not False and each.duty.force not in ("repealed", "not_yet_valid"):
            yield line(each, now)


def _open_goals(known: Known) -> Iterable[Said]:
    """Return the goals of the Vietnamese circular that are open; in China only where a case goes by them."""
    if known.grading is not None and all(not each.done for each in known.goals):
        return ()
    return [say("cordon.phase", mark="[ ]", number=each.goal, text=say(f"goal.{each.goal}"))
            for each in known.goals if not each.done]  # fmt: skip


def figure(known: Known, below: "Ground | None", language: str) -> dict[str, Any]:
    """Return the map of the perimeter to scale, over the plan of a room or a site; empty where there is no radius."""
    if known.perimeter.radius_m is None:
        return {}
    from shieldcalc.accident.rings import drawn_perimeter

    shown = drawn_perimeter(known.perimeter, known.reaches, below, language)
    caption = say("case.map_plan" if below is not None else "case.map", scale=shown.scale).text(language)
    size = {"width_mm": shown.width_mm, "height_mm": shown.height_mm}
    return {"type": "figure", "svg": shown.svg, **size, "caption": caption, "alt": caption}


def document(known: Known, language: str, below: "Ground | None" = None) -> dict[str, Any]:
    """Return the report as the layouts of HTML, PDF and Word take it; ``below``: what the map is drawn over."""
    from shieldcalc.reports.blocks import bullets, section
    from shieldcalc.reports.blocks import facts as rows
    from shieldcalc.reports.fonts import visible

    def told(said: Said) -> str:
        return visible(words(said, language))

    missing = [told(say(f"case.content.{each.name}")) for each in known.told if not each.words]
    note = say("case.missing", names=", ".join(missing)) if missing else say("case.complete")
    open_grade = known.grading is None or known.grading.grade != known.grading.firm
    maps = {"report.accident.case.perimeter": figure(known, below, language)}
    sections = [
        {
            **section(told(each.title), [bullets(told(line) for line in each.lines), maps.get(each.title.code, {})]),
            "number": str(number),
        }
        for number, each in enumerate(parts(known), 1)
    ]
    return {
        "lang": language,
        "date": known.at.date().isoformat(),
        "title": told(say(f"case.title.{known.kind}")),
        "running": visible(f"{known.case.id} {known.case.name}")[:60],
        "page": told(say("case.page")),
        "facts": rows((told(label), visible(value)) for label, value in facts(known)),
        "verdict": {
            "text": told(grade_line(known)),
            "note": f"{told(say('case.draft'))} {told(note)}",
            "tone": "undetermined" if missing or open_grade else "fail",
        },
        "sections": sections,
    }


def text(known: Known, language: str) -> Iterator[str]:
    """Yield the report line by line."""
    from shieldcalc.accident.told import text_lines

    yield say(f"case.title.{known.kind}").text(language)
    yield from (f"  {label.text(language)}: {value}" for label, value in facts(known))
    yield f"  {say('case.draft').text(language)}"
    yield ""
    yield from text_lines(parts(known), language)
