"""Terms of a tube whose workload is patients a week in one of the report's distributions (sections 4.1 and 4.2)."""

from collections.abc import Mapping
from functools import partial

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice
from shieldcalc.model.design import Beam, Source, Xyz
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics import equations, kerma
from shieldcalc.physics.terms import (
    BY_TABLE,
    ByAngle,
    Evenly,
    Formula,
    Radiation,
    Term,
    inside_field,
    largest,
    nowhere,
    over_one_hour,
)
from shieldcalc.physics.values import PRIMARY, SECONDARY, WORKLOADS, wnorm

MAMMOGRAPHY = "mammography_room"
HOUR = ", busiest hour"


def by_patients(source: Source, margin_m: float) -> Radiation:
    """Return primary and secondary radiation of a tube by its patients, for the week and the busiest hour.

    The hour is unknown without patients in the busiest hour. With counts for every beam each counts in its direction;
    otherwise every primary barrier is taken to be in the beam (U = 1) and the secondary follows the use factors.
    """
    found = Radiation(source=source.id, tables=[*kerma.tables_of(source.distribution or "", SECONDARY)])
    if source.patients_in_busiest_hour is None:
        found.unknown.add("hour")
        found.notices.append(_undetermined(source, "workload.patients_in_busiest_hour"))
    if source.distribution == MAMMOGRAPHY:
        found.terms.append(_mammography(source))
        return found
    per_beam = _per_beam(source)
    if (
        not per_beam
        and source.patients_in_busiest_hour is not None
        and any(_has_primary(beam) for beam in source.beams)
    ):
        found.notices.append(Notice("assumptions.hour_without_directions", {"source": source.id}))
    uses = tuple((beam.use_factor, beam.distribution or source.distribution or "") for beam in source.beams)
    if len(source.beams) > 1:
        found.tables.append(WORKLOADS)
    for beam, share in zip(source.beams, kerma.beam_shares(uses), strict=True):
        found.terms.append(_secondary(source, beam, uses, share, per_beam=per_beam))
        if _has_primary(beam):
            found.terms.append(_primary(source, beam, margin_m, per_beam=per_beam))
            found.tables += kerma.tables_of(_name(source, beam), PRIMARY)
    return found


def _undetermined(source: Source, key: str) -> Notice:
    return Notice("warnings.hour_undetermined", {"source": source.id, "key": key})


def _per_beam(source: Source) -> bool:
    counted = all(beam.patients_in_busiest_hour is not None for beam in source.beams)
    return counted and source.patients_in_busiest_hour is not None


def _has_primary(beam: Beam) -> bool:
    return not beam.stopped_by_receptor and beam.use_factor > 0


def _elsewhere(source: Source) -> float:
    """Return the patients of the busiest hour that no beam's own count holds: they may be in any."""
    counted = sum(beam.patients_in_busiest_hour or 0.0 for beam in source.beams)
    return max(0.0, (source.patients_in_busiest_hour or 0.0) - counted)


def _name(source: Source, beam: Beam) -> str:
    return beam.distribution or source.distribution or ""


def _primary(source: Source, beam: Beam, margin_m: float, *, per_beam: bool) -> Term:
    workload = _name(source, beam)
    k1, patients = kerma.k1_primary(workload), source.patients_per_week or 0.0
    hourly = source.patients_in_busiest_hour
    if per_beam:
        hourly = (beam.patients_in_busiest_hour or 0.0) + _elsewhere(source)
    amounts = {"week": k1 * beam.use_factor * patients}
    formulas: dict[str, Formula] = {"week": partial(_primary_steps, k1, beam.use_factor, patients, workload)}
    if hourly is not None:
        amounts["hour"] = 1e3 * k1 * hourly
        formulas["hour"] = partial(_primary_hour, k1, hourly, workload)
    field = inside_field(beam, margin_m)
    return Term(
        kind="primary",
        source=source.id,
        beam=beam.id,
        starts=(beam.focus,),
        quality=Quality("ncrp147", "workload", workload, "primary"),
        amounts=amounts,
        formulas=formulas,
        gain=field,
        preshielding=beam.preshielding,
        most=nowhere,
    )


def _primary_steps(
    k1: float, use: float, patients: float, workload: str, d: float, gain: float, B: float, when: str = ""
) -> tuple[Step, ...]:
    inputs = {"K1_P": (k1 * gain, "mGy"), "U": (use, ""), "N": (patients, "1/week"), "d_P": (d, "m")}
    return _shielded(kerma.cited(evaluate(equations.primary_air_kerma, inputs, workload + when), workload), B)


def _primary_hour(k1: float, patients: float, workload: str, d: float, gain: float, B: float) -> tuple[Step, ...]:
    return _in_hour(_primary_steps(k1, 1.0, patients, workload, d, gain, B, HOUR))


def _secondary(
    source: Source, beam: Beam, uses: tuple[tuple[float, str], ...], share: float, *, per_beam: bool
) -> Term:
    workload, patients = source.distribution or "", source.patients_per_week or 0.0
    amounts = {"week": share * patients}
    first = _share_steps(beam, uses, workload) if len(uses) > 1 else ()
    formulas: dict[str, Formula] = {"week": partial(_secondary_steps, first, share, patients, workload)}
    if source.patients_in_busiest_hour is not None:
        own = (beam.patients_in_busiest_hour or 0.0) + share * _elsewhere(source)
        hourly = (own, 1.0) if per_beam else (source.patients_in_busiest_hour, share)
        amounts["hour"] = 1e3 * hourly[0] * hourly[1]
        formulas["hour"] = partial(_secondary_hour, () if per_beam else first, hourly[1], hourly[0], workload)
    return Term(
        kind="secondary",
        source=source.id,
        beam=beam.id,
        starts=(beam.patient, beam.focus),
        quality=Quality("ncrp147", "workload", workload, "secondary"),
        amounts=amounts,
        formulas=formulas,
        gain=ByAngle(partial(kerma.k1_secondary_at, workload), beam, BY_TABLE, partial(kerma.curve, workload)),
        most=largest(partial(kerma.k1_secondary_at, workload)),
    )


def _share_steps(beam: Beam, uses: tuple[tuple[float, str], ...], workload: str) -> tuple[Step, ...]:
    total = sum(use * wnorm(name) for use, name in uses)
    if not total:
        return ()
    own = wnorm(beam.distribution or workload)
    inputs = {"U": (beam.use_factor, ""), "W": (own, "mA min"), "W_sum": (total, "mA min")}
    step = evaluate(equations.workload_share, inputs, beam.id)
    return (kerma.cited(step, beam.distribution or workload),)


def _secondary_steps(
    first: tuple[Step, ...],
    share: float,
    patients: float,
    workload: str,
    d: float,
    gain: float,
    B: float,
    when: str = "",
) -> tuple[Step, ...]:
    inputs: Mapping[str, tuple[float, str]] = {"K1_sec": (gain, "mGy"), "N": (patients, "1/week"), "d_sec": (d, "m")}
    if share == 1:
        step = evaluate(equations.secondary_air_kerma, inputs, workload + when)
    else:
        step = evaluate(equations.secondary_air_kerma_of_beam, {**inputs, "s": (share, "")}, workload + when)
    return (*(first if share != 1 else ()), *_shielded(kerma.cited(step, workload), B))


def _secondary_hour(
    first: tuple[Step, ...], share: float, patients: float, workload: str, d: float, gain: float, B: float
) -> tuple[Step, ...]:
    return _in_hour(_secondary_steps(first, share, patients, workload, d, gain, B, HOUR))


def _shielded(step: Step, B: float) -> tuple[Step, ...]:
    return step, evaluate(equations.shielded_air_kerma, {"K": (step.value, step.unit), "B": (B, "")}, step.label)


def _in_hour(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    last = steps[-1]
    return (*over_one_hour(steps), evaluate(equations.hour_air_kerma, {"K": (last.value, "mGy")}, last.label))


def _mammography(source: Source) -> Term:
    """Return the one secondary value of section 5.5, from the isocentre to every barrier."""
    k1, patients = kerma.mammography_isocentre(), source.patients_per_week or 0.0
    amounts = {"week": patients}
    formulas: dict[str, Formula] = {"week": partial(_secondary_steps, (), 1.0, patients, MAMMOGRAPHY)}
    if source.patients_in_busiest_hour is not None:
        amounts["hour"] = 1e3 * source.patients_in_busiest_hour
        formulas["hour"] = partial(_secondary_hour, (), 1.0, source.patients_in_busiest_hour, MAMMOGRAPHY)
    return Term(
        kind="secondary",
        source=source.id,
        beam=source.beams[0].id if source.beams else "",
        starts=(isocentre(source),),
        quality=Quality("ncrp147", "workload", MAMMOGRAPHY, "secondary"),
        amounts=amounts,
        formulas=formulas,
        gain=Evenly(k1),
        most=lambda: k1,
    )


def isocentre(source: Source) -> Xyz:
    """Return where a CT or mammography unit's radiation starts: its isocentre, else the first patient's place."""
    return source.isocentre if source.isocentre is not None else source.beams[0].patient
