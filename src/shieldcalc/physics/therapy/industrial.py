"""One barrier of an industrial X-ray room: GBZ/T 250-2014, its layers or those of NCRP 49."""

from collections.abc import Callable, Iterator
from math import log10
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError, UnitError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import industrial_equations as equations
from shieldcalc.physics.therapy.barrier import Place
from shieldcalc.physics.therapy.counted import layers_of
from shieldcalc.physics.therapy.document import LEAKAGE, PRIMARY, SCATTER, SECONDARY, Beam, Document, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.parts import Answer, Part, governing, kept, needed, tables, together, told
from shieldcalc.physics.therapy.rules import rule
from shieldcalc.physics.values import h10_per_air_kerma
from shieldcalc.tables import table
from shieldcalc.units import parse

RATE = "rate"
HIGHEST = "therapy/gbzt250_rules.csv"
MINUTES = 60.0


class Tube(NamedTuple):
    """The tube: potential kV, current mA; output mGy m2/(mA min), leakage uSv/h, scatter constant; data, remarks."""

    kV: float
    mA: float
    output: float | None
    leakage: float | None
    constant: float | None
    tables: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class Week(NamedTuple):
    """What is allowed: a dose rate as text, or a dose of a week with its hours and use factor."""

    goal: str
    hours: float | None = None
    use: float = 1.0


def industrial_barrier(document: Document, tube: Tube, component: str, week: Week, place: Place) -> Answer:
    """Return what one barrier needs; ``secondary`` is leakage and scatter by the two-source rule.

    Raises OutsideDataError for what there are no data of, UnitError for a goal that is none.
    """
    names = (LEAKAGE, SCATTER) if component == SECONDARY else (component,)
    try:
        H_c, before = _rate(week, place.occupancy, _most(document))
        parts = [_part(name, document, tube, H_c, place) for name in names]
        rule, mm = together(document, parts)
    except (OverflowError, ZeroDivisionError) as error:
        raise OutsideDataError("therapy_numbers") from error
    needs, governed = governing(parts)
    steps = (*before, *(step for part in parts for step in part.steps), *rule)
    free = [Notice("warnings.srs47_no_shielding", {"B": f"{needs[governed].B:.3g}"})] if kept(parts) else []
    return Answer(
        goal=H_c,
        needs=needs,
        governing=needs[governed],
        governed_by=governed,
        slant_mm=mm,
        mm=mm,
        steps=tuple(cited(step, "GBZ/T 250") for step in steps),
        assumptions=(Notice("assumptions.therapy_industrial", {}),),
        warnings=(*free, *_of_goal(H_c), *tube.notices, *told(parts)),
        tables=tuple(dict.fromkeys((*tables(parts), *tube.tables, document.rules))),
    )


UNITS = {
    "H_c": "uSv/h", "H_d": "uSv/h", "H_max": "uSv/h", "H_w": "uSv/week", "t": "h/week", "R": "m", "R_s": "m",
    "I": "mA", "Y": "mGy m2/(mA min)",
    "H_0": "uSv m2/(mA h)", "H_L": "uSv/h", "m": "min/h",
}  # fmt: skip


def inputs(**numbers: float) -> dict[str, tuple[float, str]]:
    """Return numbers of the equations with their units."""
    return {symbol: (number, UNITS.get(symbol, "")) for symbol, number in numbers.items()}


def _of_goal(H_c: float) -> Iterator[Notice]:
    """Yield what a dose rate is beside H*(10) and beside the highest that GBZ/T 250 allows."""
    times = h10_per_air_kerma()
    yield Notice("warnings.therapy_industrial_quantity", {"times": f"{times:g}", "layers": f"{log10(times):.2g}"})
    most = rule(HIGHEST, "rate_goal")
    if H_c > most:
        yield Notice("warnings.therapy_industrial_rate", {"rate": f"{H_c:.4g}", "most": f"{most:g}"})


def _most(document: Document) -> float | None:
    """Return the highest dose rate that a document allows whatever a week's dose, None where it has none."""
    found = next(table(document.rules).where(name="rate_goal"), None)
    return None if found is None else float(found["value"])


def _rate(week: Week, occupancy: float, most: float | None) -> tuple[float, list[Step]]:
    """Return the dose rate allowed in uSv/h, and the steps from a week's dose, never above ``most``."""
    try:
        rate: float | None = 1e3 * parse(week.goal, "dose_rate")
    except UnitError as error:
        if error.code != "wrong_unit":
            raise
        rate = None
    dose = 1e3 * parse(week.goal, "dose_per_week") if rate is None else rate
    if not dose > 0:
        raise UnitError("not_positive", value=week.goal)
    of_week = week.hours is not None
    if of_week != (rate is None) or (rate is not None and (week.use, occupancy) != (1.0, 1.0)):
        raise OutsideDataError("therapy_industrial_goal", goal=week.goal)
    if week.hours is None:
        return dose, []
    steps = [evaluate(equations.rate_of_a_week, inputs(H_w=dose, t=week.hours, U=week.use, T=occupancy))]
    if most is not None and steps[0].value > most:
        steps.append(evaluate(equations.rate_allowed, inputs(H_d=steps[0].value, H_max=most)))
    return steps[-1].value, steps


def _part(name: str, document: Document, tube: Tube, H_c: float, place: Place) -> Part:
    before, step = _STEPS[name](tube, H_c, place.distance_m)
    beam = Beam(Energy(kV=tube.kV), name)
    layers = None if place.material is None else layers_of(document, beam, place.material, place.density_g_per_cm3)
    need, after = needed(step, layers, name)
    return Part(name, (*before, step, *after), {RATE: need}, layers, None)


def _primary(tube: Tube, H_c: float, R: float) -> tuple[list[Step], Step]:
    output = output_step(tube)
    told = inputs(H_c=H_c, R=R, I=tube.mA, H_0=output.value)
    return [output], evaluate(equations.primary, told, PRIMARY)


def _leakage(tube: Tube, H_c: float, R: float) -> tuple[list[Step], Step]:
    if tube.leakage is None:
        raise OutsideDataError("therapy_leakage_missing", energy=f"{tube.kV:g} kV")
    return [], evaluate(equations.leakage, inputs(H_c=H_c, R=R, H_L=tube.leakage), LEAKAGE)


def _scatter(tube: Tube, H_c: float, R: float) -> tuple[list[Step], Step]:
    if tube.constant is None:
        raise OutsideDataError("therapy_scatter_constant_missing", energy=f"{tube.kV:g} kV")
    output = output_step(tube)
    told = inputs(H_c=H_c, R_s=R, I=tube.mA, H_0=output.value, C=tube.constant)
    return [output], evaluate(equations.scatter, told, SCATTER)


def output_step(tube: Tube) -> Step:
    """Return the output per hour; raises OutsideDataError where it is neither stated nor in the table."""
    if tube.output is None:
        told = {"document": "GBZ/T 250-2014", "energy": f"{tube.kV:g} kV", "filter": "-", "allowed": "-"}
        raise OutsideDataError("therapy_output_missing", **told)
    return evaluate(equations.output_per_hour, inputs(m=MINUTES, Y=tube.output))


_STEPS: dict[str, Callable[[Tube, float, float], tuple[list[Step], Step]]] = {
    PRIMARY: _primary,
    LEAKAGE: _leakage,
    SCATTER: _scatter,
}
