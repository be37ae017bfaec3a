"""Industrial X rays in the open: how far the dose rate stays above a limit, in the beam and outside it.

Inverse square from the focus; no air, no scatter from the ground. Outside the beam leakage and scatter of the object
add up, scatter taken at its largest over all angles: that holds in every direction.
"""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import industrial_equations as equations
from shieldcalc.physics.therapy.counted import Behind, Sheet, behind
from shieldcalc.physics.therapy.document import LEAKAGE, PRIMARY, SCATTER, Beam, Document, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.industrial import Tube, inputs, output_step
from shieldcalc.physics.therapy.rules import OWN, own_rule


class Boundary(NamedTuple):
    """One limit in uSv/h and how far in m the dose rate stays above it."""

    limit: float
    in_beam_m: float
    outside_beam_m: float


class Site(NamedTuple):
    """Rates at 1 m in uSv/h, boundaries, steps, remarks, data files."""

    in_beam: float
    outside_beam: float
    boundaries: tuple[Boundary, ...]
    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]


def open_site(
    document: Document, tube: Tube, limits: Sequence[float], object_in_beam: Sequence[Sheet], around: Sequence[Sheet]
) -> Site:
    """Return the boundaries of an open site: ``object_in_beam`` attenuates the beam, ``around`` all that is outside it.

    Raises OutsideDataError for what there are no data of.
    """
    if tube.leakage is None or tube.constant is None:
        raise OutsideDataError("therapy_leakage_missing", energy=f"{tube.kV:g} kV")
    energy, output = Energy(kV=tube.kV), output_step(tube)
    through = _behind(document, Beam(energy, PRIMARY), object_in_beam)
    screens = [_behind(document, Beam(energy, part), around) for part in (LEAKAGE, SCATTER)]
    strength = inputs(I=tube.mA, H_0=output.value)
    beam = evaluate(equations.rate_in_beam, {**strength, **inputs(B=_passed(through))}, PRIMARY)
    aside = evaluate(
        equations.rate_outside_beam,
        {**strength, **inputs(H_L=tube.leakage, C=tube.constant, m_a=own_rule("scatter_any_angle"))}
        | inputs(B_L=_passed(screens[0]), B_s=_passed(screens[1])),
    )
    used = [each for each in (through, *screens) if each is not None]
    notices = {f"{notice.code}{notice.params}": notice for each in used for notice in each.notices}
    return Site(
        beam.value,
        aside.value,
        tuple(Boundary(limit, sqrt(beam.value / limit), sqrt(aside.value / limit)) for limit in limits),
        tuple(cited(step, "GBZ/T 250") for step in (output, beam, aside)),
        (Notice("warnings.therapy_open_site", {}), *tube.notices, *notices.values()),
        tuple(dict.fromkeys((*(name for each in used for name in each.tables), *tube.tables, OWN))),
    )


def _behind(document: Document, beam: Beam, sheets: Sequence[Sheet]) -> Behind | None:
    return behind(document, beam, sheets) if sheets else None


def _passed(found: Behind | None) -> float:
    return 1.0 if found is None else 10**-found.tenths
