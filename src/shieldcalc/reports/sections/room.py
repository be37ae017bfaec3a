"""Room, equipment, workload and the barrier schedule."""

from collections.abc import Iterator, Mapping

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Beam, Protocol, Scatter, Source, Xy
from shieldcalc.model.scene import Barrier
from shieldcalc.reports.blocks import Block, facts, section, subheading, table
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.accelerator import accelerator_facts, beam_facts
from shieldcalc.reports.sections.containers import exposures, rates
from shieldcalc.reports.sections.patients import patient_facts, stay_facts
from shieldcalc.reports.sections.sealed import exposure_facts, sealed_facts
from shieldcalc.reports.words import Words


def equipment(assessment: Assessment, words: Words) -> Block:
    """Return what is known of each source."""
    blocks: list[Block] = []
    for number, source in enumerate(assessment.design.sources, 1):
        blocks.append(subheading(source_title(number, source, words)))
        blocks.append(facts(_source_facts(source, words)))
        blocks.append(rates(assessment, words, source.id) if source.sealed is not None else {})
    return section(words.say("section.equipment"), blocks)


def source_title(number: int, source: Source, words: Words) -> str:
    """Return the mark, id and kind of a source."""
    kind = words.named("equipment", source.kind)
    return words.say("source_title", mark=f"S{number}", id=visible(source.id), kind=kind)


def _source_facts(source: Source, words: Words) -> Iterator[tuple[str, str]]:
    dash = words.say("dash")
    yield words.say("label.make"), visible(source.make) or dash
    yield words.say("label.model"), visible(source.model) or dash
    yield words.say("label.serial"), visible(source.serial) or dash
    yield words.say("label.device"), visible(source.device) or dash
    if source.sealed is not None:
        yield from sealed_facts(source.sealed, words)
        return
    if source.patients is not None:
        yield from patient_facts(source.patients, words)
        return
    if source.accelerator is not None:
        yield from accelerator_facts(source, source.accelerator, words)
        return
    if source.kind == "ct" or source.ct_kv is not None:
        yield words.say("label.ct_kv"), words.optional(source.ct_kv, "kV")
        return
    yield words.say("label.max_technique"), _technique(source, words)
    yield words.say("label.filtration"), words.optional(source.filtration_mmAl, "mm Al")
    yield words.say("label.output"), _output(source, words)
    yield words.say("label.leakage"), _leakage(source, words)


def _technique(source: Source, words: Words) -> str:
    technique = source.max_technique
    if technique is None:
        return words.say("not_declared")
    return f"{words.optional(technique.kv, 'kV')}, {words.optional(technique.current_mA, 'mA')}"


def _output(source: Source, words: Words) -> str:
    values = (
        words.say("output_at", kv=words.shortest(output.kv), value=words.optional(output.mGy_m2_per_mAs, "mGy·m²/mAs"))
        for output in source.outputs
    )
    return "; ".join(values) or words.say("not_declared_table")


def _leakage(source: Source, words: Words) -> str:
    leakage = source.leakage
    if leakage is None:
        return words.say("not_declared")
    text = words.say(
        "leakage_at",
        rate=words.optional(leakage.rate_mGy_per_h, "mGy/h"),
        kv=words.optional(leakage.kv, "kV"),
        current=words.optional(leakage.current_mA, "mA"),
    )
    return text if leakage.declared else words.say("assumed", text=text)


def workload(assessment: Assessment, words: Words) -> Block:
    """Return what each source does in a week and in its busiest hour."""
    blocks: list[Block] = []
    for number, source in enumerate(assessment.design.sources, 1):
        blocks.append(subheading(source_title(number, source, words)))
        if source.sealed is not None:
            blocks.append(facts(exposure_facts(source.sealed, words)))
            blocks.append(exposures(source.sealed, words))
            continue
        if source.patients is not None:
            blocks.append(facts(stay_facts(source.patients, words)))
            continue
        if source.accelerator is not None:
            blocks.append(facts(beam_facts(source.accelerator, words)))
            if not source.accelerator.gantry:
                blocks.append(table(_beam_columns(words), (_beam_row(beam, words) for beam in source.beams)))
            continue
        blocks.append(facts(_workload_facts(source, words)))
        blocks.append(table(_beam_columns(words), (_beam_row(beam, words) for beam in source.beams)))
        blocks.append(table(_protocol_columns(words), (_protocol_row(p, words) for p in source.protocols)))
    hours = assessment.design.working_hours_per_week
    blocks.append(facts([(words.say("label.working_hours"), words.optional(hours, "h"))]))
    return section(words.say("section.workload"), blocks)


def _workload_facts(source: Source, words: Words) -> Iterator[tuple[str, str]]:
    if source.distribution:
        yield words.say("label.distribution"), words.named("distribution", source.distribution)
    if source.patients_per_week is not None or not (source.protocols or source.kap):
        yield words.say("label.patients_per_week"), words.optional(source.patients_per_week)
        yield words.say("label.patients_in_busiest_hour"), words.optional(source.patients_in_busiest_hour)
    if source.kap is not None:
        yield words.say("label.kap_per_week"), words.optional(source.kap.per_week_Gy_cm2, "Gy cm²")
        yield words.say("label.kap_in_busiest_hour"), words.optional(source.kap.in_busiest_hour_Gy_cm2, "Gy cm²")
        yield words.say("label.kap_kv"), words.optional(source.kap.kv, "kV")
    if source.contrast_multiplier != 1:
        yield words.say("label.contrast_multiplier"), words.shortest(source.contrast_multiplier)


def _beam_columns(words: Words) -> list[tuple[str, float, str]]:
    heads = (("beam", 1.5, "l"), ("focus", 1.6, "l"), ("patient", 1.6, "l"), ("target", 1.6, "l"), ("use", 0.8, "r"))
    return [
        (words.say(f"column.{name}"), share, align)
        for name, share, align in (*heads, ("field", 1.5, "l"), ("preshielding", 1.5, "l"))
    ]


def _beam_row(beam: Beam, words: Words) -> list[str]:
    field = words.say("field_at", area=words.shortest(beam.field_cm2), distance=words.shortest(beam.field_at_m))
    receptor = words.say("stopped_by_receptor") if beam.stopped_by_receptor else ""
    before = words.say(f"preshielding.{beam.preshielding}")
    places = [place_text(place, words) for place in (beam.focus, beam.patient, beam.target)]
    standing = f"{before}; {receptor}" if receptor else before
    return [visible(beam.id), *places, words.shortest(beam.use_factor), field, standing]


def place_text(place: tuple[float, ...], words: Words) -> str:
    """Return coordinates in metres to the centimetre."""
    apart = f"{words.say('number.list')} "
    return apart.join(words.number(f"{round(value, 2) + 0.0:.2f}") for value in place)


def _protocol_columns(words: Words) -> list[tuple[str, float, str]]:
    return [
        (words.say(f"column.{name}"), share, align)
        for name, share, align in (
            ("protocol", 1.6, "l"),
            ("beam", 1.2, "l"),
            ("exposure", 3.2, "l"),
            ("per_week", 1.0, "r"),
            ("per_hour", 1.0, "r"),
        )
    ]


def _protocol_row(protocol: Protocol, words: Words) -> list[str]:
    terms = (
        (protocol.kv, "kV"),
        (protocol.charge_mAs, "mAs"),
        (protocol.kap_Gy_cm2, "Gy cm²"),
        (protocol.entrance_dose_mGy, "mGy"),
        (protocol.dlp_mGy_cm, "mGy·cm"),
        (protocol.scan_length_cm, "cm"),
        (protocol.nctdi100_mGy_per_mAs, "mGy/mAs"),
        (protocol.scan_time_s, "s"),
        (protocol.time_s, "s"),
    )
    shown = [words.optional(value, unit) for value, unit in terms if value is not None]
    if protocol.scatter is not None:
        pair = ((protocol.scatter.air_kerma_mGy, "mGy"), (protocol.scatter.rate_mGy_per_h, "mGy/h"))
        shown += [
            words.say("scatter_at_1m", value=words.optional(each, unit)) for each, unit in pair if each is not None
        ]
    shown += [words.say("pitch", value=words.shortest(protocol.pitch))] if protocol.pitch is not None else []
    region = [words.say(f"region.{protocol.region}")] if protocol.region else []
    beam = visible(protocol.beam) if protocol.beam else words.say("all_by_use")
    counts = [words.optional(protocol.per_week), words.optional(protocol.in_busiest_hour)]
    return [visible(protocol.id), words.say("dash") if region else beam, ", ".join([*region, *shown]), *counts]


def scatter_text(scatter: Scatter, words: Words) -> str:
    """Return a declared scatter at 1 m, as air kerma of one exposure or as its rate."""
    if scatter.air_kerma_mGy is not None:
        return words.optional(scatter.air_kerma_mGy, "mGy")
    return words.optional(scatter.rate_mGy_per_h, "mGy/h")


def dimensions(assessment: Assessment, words: Words) -> Block:
    """Return the room's size."""
    plan = assessment.design.plan
    xs, ys = zip(*plan, strict=True)
    size = words.say("size", wide=words.shortest(max(xs) - min(xs), 4), long=words.shortest(max(ys) - min(ys), 4))
    return facts(
        [
            (words.say("label.size"), size),
            (words.say("label.area"), f"{words.shortest(_area(plan), 4)} m²"),
            (words.say("label.height"), f"{words.shortest(assessment.design.height_m)} m"),
        ]
    )


def _area(plan: tuple[Xy, ...]) -> float:
    pairs = zip(plan, (*plan[1:], plan[0]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def schedule(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return every barrier: composition, lead equivalent, what is beyond."""
    names = (("mark", 0.6, "l"), ("barrier", 1.6, "l"), ("layers", 2.3, "l"), ("lead", 1.6, "l"), ("beyond", 1.9, "l"))
    last = (("occupancy", 1.05, "r"), ("designation", 1.5, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    rows = (_schedule_row(assessment, words, marks, barrier) for barrier in assessment.scene.barriers)
    title = words.say("section.schedule")
    return section(title, [dimensions(assessment, words), table(columns, rows)])


def _schedule_row(assessment: Assessment, words: Words, marks: Mapping[str, str], barrier: Barrier) -> list[str]:
    dash, there = words.say("dash"), barrier.beyond
    name = words.say("barrier_kind", id=visible(barrier.id), kind=words.say(f"kind.{barrier.kind}"))
    row = [marks[barrier.id], name, words.layers(barrier.layers), _lead(assessment, words, barrier.id)]
    if there is None:
        return [*row, dash, dash, dash]
    place = words.beyond(there)
    if there.storey_height_m is not None:
        place = words.say("storey", place=place, height=words.shortest(there.storey_height_m))
    occupancy = words.shortest(there.occupancy)
    occupancy = words.say("assumed", text=occupancy) if there.occupancy_assumed else occupancy
    people = f"{words.say(f'designation.{there.designation}')}; {words.named('person', there.person)}"
    return [*row, place, dash if there.kind == "nothing" else occupancy, dash if there.kind == "nothing" else people]


def _lead(assessment: Assessment, words: Words, barrier: str) -> str:
    found = (b for result in assessment.results for b in result.barriers if b.barrier == barrier)
    texts = [
        words.say("lead_at", value=words.shortest(b.lead_equivalent_mm, 3), beam=words.beam(b.lead_equivalent_beam))
        for b in found
        if b.lead_equivalent_mm is not None
    ]
    return "; ".join(dict.fromkeys(texts)) or words.say("dash")
