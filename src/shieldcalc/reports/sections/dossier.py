"""What a dossier needs beside the result: areas, contributions of other rooms, construction, conditions of validity."""

from collections.abc import Iterator, Mapping
from math import dist

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Beyond, Source, WallOpening
from shieldcalc.model.scene import Barrier
from shieldcalc.reports.areas import draw_areas
from shieldcalc.reports.blocks import Block, bullets, facts, section, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections import ward
from shieldcalc.reports.sections.accelerator import accelerator_facts, beam_facts
from shieldcalc.reports.sections.patients import patient_facts, stay_facts
from shieldcalc.reports.sections.room import scatter_text, source_title
from shieldcalc.reports.sections.rooms import rooms_blocks
from shieldcalc.reports.sections.sealed import exposure_facts, sealed_facts
from shieldcalc.reports.words import Words

_RULES = ("overlap", "frames", "height", "penetrations", "masonry", "survey")
_BLANK_LINES = 4


def areas(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return the controlled and supervised areas: drawn, and as a table."""
    drawing = draw_areas(assessment.scene, marks, words.number)
    caption = words.say("areas_caption", scale=drawing.scale)
    size = {"width_mm": drawing.width_mm, "height_mm": drawing.height_mm}
    figure = {"type": "figure", "svg": drawing.svg, **size, "caption": caption, "alt": words.say("areas_alt")}
    names = (("mark", 0.6), ("place", 3.0), ("area", 1.8), ("people", 1.8))
    columns = [(words.say(f"column.{name}"), share, "l") for name, share in names]
    room = [words.say("dash"), words.say("whole_room"), words.say("designation.controlled"), _workers(words)]
    rows = [_area_row(words, marks[barrier.id], there) for barrier, there in _neighbours(assessment)]
    title = words.say("section.areas")
    return section(title, [text(words.say("note.areas")), figure, table(columns, [room, *rows])])


def _workers(words: Words) -> str:
    return words.named("person", "radiation_worker")


def _area_row(words: Words, mark: str, there: Beyond) -> list[str]:
    person = words.named("person", there.person)
    return [mark, words.beyond(there), words.say(f"designation.{there.designation}"), person]


def _neighbours(assessment: Assessment) -> Iterator[tuple[Barrier, Beyond]]:
    """Yield the barriers behind which somebody can be."""
    for barrier in assessment.scene.barriers:
        if barrier.beyond is not None and barrier.beyond.kind != "nothing":
            yield barrier, barrier.beyond


def contributions(assessment: Assessment, words: Words) -> Block:
    """Return the doses from other rooms: of the site, computed, and those that the design file declares."""
    computed, declared = rooms_blocks(assessment, words), _declared(assessment, words)
    if declared:
        computed.append(text(words.say("note.contributions")))
    elif not computed:
        computed.append(text(words.say("contributions_none")))
    return section(words.say("section.contributions"), [*computed, declared])


def _declared(assessment: Assessment, words: Words) -> Block:
    places = [(barrier.id, there) for barrier, there in _neighbours(assessment)]
    places += [(point.id, point.beyond) for point in assessment.design.points]
    rows = [
        [
            visible(name),
            words.beyond(there),
            visible(given.origin),
            words.optional(given.air_kerma_mGy_per_week),
            words.optional(given.beam_on_uSv_per_h),
            words.optional(given.hour_uSv_per_h),
        ]
        for name, there in places
        for given in there.other_contributions
    ]
    heads = (("point", 1.4, "l"), ("place", 2.0, "l"), ("origin", 2.0, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in heads]
    doses = ("air_kerma_week_mGy", "h10_beam_on_uSv_per_h", "h10_hour_uSv")
    columns += [(words.say(f"dose.{field}"), 1.2, "r") for field in doses]
    return table(columns, rows)


def construction(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return what to build: layers, heights and sizes, rules for lead, and fields to fill in on site."""
    names = (("mark", 0.6), ("barrier", 1.8), ("layers", 3.0), ("extent", 2.6))
    columns = [(words.say(f"column.{name}"), share, "l") for name, share in names]
    openings = {opening.id: opening for opening in assessment.design.openings}
    rows = [_build_row(words, marks[barrier.id], barrier, openings) for barrier in assessment.scene.barriers]
    rules = bullets(words.say(f"build_rule.{rule}") for rule in _RULES)
    blocks: list[Block] = [text(words.say("note.construction")), table(columns, rows), rules]
    blocks += [subheading(words.say("as_built_title")), text(words.say("note.as_built"))]
    return section(words.say("section.construction"), [*blocks, *_as_built(assessment, words, marks)])


def _build_row(words: Words, mark: str, barrier: Barrier, openings: Mapping[str, WallOpening]) -> list[str]:
    kind = words.say(f"kind.{barrier.kind}")
    name = words.say("barrier_kind", id=visible(barrier.id), kind=kind)
    return [mark, name, words.layers(barrier.layers), _extent(words, barrier, openings.get(barrier.id))]


def _extent(words: Words, barrier: Barrier, opening: WallOpening | None) -> str:
    if barrier.outline:
        return words.say("whole_slab")
    if opening is None:
        length = dist(barrier.a, barrier.b)
        sides = {"length": length, "low": barrier.bottom_m, "high": barrier.top_m}
        return words.say("span", **{name: words.shortest(side, 4) for name, side in sides.items()})
    sizes = {"wide": opening.width_m, "high": opening.height_m, "sill": opening.sill_m}
    return words.say("opening_size", **{name: words.shortest(size, 4) for name, size in sizes.items()})


def _as_built(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Iterator[Block]:
    """Yield the empty tables of the site: each barrier, then penetrations."""
    first = (("mark", 0.6), ("barrier", 1.8), ("built", 1.6), ("certificate", 2.2), ("inspected", 2.0))
    columns = [(words.say(f"column.{name}"), share, "l") for name, share in first]
    yield table(columns, [[marks[b.id], visible(b.id), "", "", ""] for b in assessment.scene.barriers])
    second = (("mark", 0.6), ("penetration", 2.6), ("made_good", 2.6), ("inspected", 2.0))
    columns = [(words.say(f"column.{name}"), share, "l") for name, share in second]
    yield table(columns, [[""] * len(columns)] * _BLANK_LINES)


def conditions(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return what, if exceeded, voids the verdict."""
    blocks: list[Block] = [text(words.say("note.conditions"))]
    for number, source in enumerate(assessment.design.sources, 1):
        blocks += [subheading(source_title(number, source, words)), facts(_limits(source, words))]
    blocks += [facts(_operation(assessment, words)), subheading(words.say("conditions_places"))]
    blocks.append(_places(assessment, words, marks))
    blocks += ward.conditions(assessment, words) if assessment.design.ward else []
    blocks.append(subheading(words.say("conditions_drawn")))
    return section(words.say("section.conditions"), [*blocks, text(words.say("note.conditions_drawn"))])


def _limits(source: Source, words: Words) -> Iterator[tuple[str, str]]:
    technique, leakage = source.max_technique, source.leakage
    yield words.say("label.equipment_kind"), words.named("equipment", source.kind)
    if source.ct_kv is not None:
        yield words.say("label.ct_kv"), _most(words, words.optional(source.ct_kv, "kV"))
    if technique is not None:
        both = f"{words.optional(technique.kv, 'kV')}; {words.optional(technique.current_mA, 'mA')}"
        yield words.say("label.max_technique"), _most(words, both)
    if source.filtration_mmAl is not None:
        least = words.say("at_least", value=words.optional(source.filtration_mmAl, "mm Al"))
        yield words.say("label.filtration"), least
    if leakage is not None:
        yield words.say("label.leakage"), _most(words, words.optional(leakage.rate_mGy_per_h, "mGy/h"))
    if source.distribution:
        yield words.say("label.distribution"), words.named("distribution", source.distribution)
    if source.sealed is not None:
        yield from sealed_facts(source.sealed, words)
        yield from exposure_facts(source.sealed, words)
    if source.accelerator is not None:
        yield from accelerator_facts(source, source.accelerator, words)
        yield from beam_facts(source.accelerator, words)
        return
    if source.patients is not None:
        yield from patient_facts(source.patients, words)
        yield from stay_facts(source.patients, words)
    yield from _work(source, words)


def _work(source: Source, words: Words) -> Iterator[tuple[str, str]]:
    """Yield how much a source may work, and in which directions."""
    for key in ("patients_per_week", "patients_in_busiest_hour"):
        if (count := getattr(source, key)) is not None:
            yield words.say(f"label.{key}"), _most(words, words.optional(count))
    if source.kap is not None:
        yield words.say("label.kap_per_week"), _most(words, words.optional(source.kap.per_week_Gy_cm2, "Gy cm²"))
        yield words.say("label.kap_kv"), _most(words, words.optional(source.kap.kv, "kV"))
        if source.kap.in_busiest_hour_Gy_cm2 is not None:
            most = words.optional(source.kap.in_busiest_hour_Gy_cm2, "Gy cm²")
            yield words.say("label.kap_in_busiest_hour"), _most(words, most)
    for protocol in source.protocols:
        counts = [(words.say("column.per_week"), protocol.per_week)]
        counts += [(words.say("column.per_hour"), protocol.in_busiest_hour)] if protocol.in_busiest_hour else []
        told = "; ".join(words.say("by_beam", beam=name, value=words.shortest(count)) for name, count in counts)
        if protocol.scatter is not None:
            told += "; " + words.say("scatter_at_1m", value=scatter_text(protocol.scatter, words))
        yield words.say("by_beam", beam=words.say("column.protocol"), value=visible(protocol.id)), _most(words, told)
    if source.beams:
        shown = (words.say("by_beam", beam=visible(b.id), value=words.shortest(b.use_factor)) for b in source.beams)
        yield words.say("label.beams"), "; ".join(shown)


def _most(words: Words, value: str) -> str:
    return words.say("at_most", value=value)


def _operation(assessment: Assessment, words: Words) -> Iterator[tuple[str, str]]:
    hours = assessment.design.working_hours_per_week
    yield words.say("label.working_hours"), words.optional(hours, "h")
    if len(assessment.design.sources) > 1:
        alone = assessment.design.declarations.simultaneous_operation is False
        yield words.say("label.operation"), words.say("one_at_a_time" if alone else "together")
    if assessment.scene.others:
        yield words.say("site.others"), ", ".join(visible(other.room) for other in assessment.scene.others)


def _places(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    names = (("mark", 0.6, "l"), ("place", 2.6, "l"), ("occupancy_most", 1.0, "r"), ("area", 1.8, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, ("people", 1.6, "l"))]
    columns.append((words.say("column.storey_least"), 1.2, "r"))
    return table(columns, (_place_row(words, marks[barrier.id], there) for barrier, there in _neighbours(assessment)))


def _place_row(words: Words, mark: str, there: Beyond) -> list[str]:
    _, *rest = _area_row(words, mark, there)
    return [mark, rest[0], words.shortest(there.occupancy), rest[1], rest[2], words.optional(there.storey_height_m)]
