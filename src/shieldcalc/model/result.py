"""What methods and rules give back: doses with their parts and provenance, facts, findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shieldcalc.errors import Notice
from shieldcalc.model.design import Xyz
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import Step

Outcome = Literal["pass", "fail", "not_applicable", "undetermined"]
Force = Literal["binding", "secondary_source", "unverified", "repealed", "not_yet_valid"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kerma:
    """Air kerma at a point, each averaging by itself; None is "cannot be said from this file".

    ``beam_on_uGy_per_h`` at the maximum clinical technique; ``hour_uGy`` over the busiest hour; ``week_mGy`` with use
    factors but without occupancy.
    """

    beam_on_uGy_per_h: float | None
    hour_uGy: float | None
    week_mGy: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """One part of a dose: primary, scatter, leakage, secondary, ct or other, of one beam of one source."""

    kind: str
    source: str
    beam: str
    kerma: Kerma
    unshielded: Kerma
    distance_m: float
    transmission: float | None
    crossed: tuple[str, ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Doses:
    """All dose quantities at one point, each a column of its own. Yearly doses with T and with T = 1.

    ``h10_beam_on_fluoroscopy_uSv_per_h``: at the maximum fluoroscopy technique; None where the method does not say it.
    """

    air_kerma_beam_on_uGy_per_h: float | None
    air_kerma_hour_uGy: float | None
    air_kerma_week_mGy: float
    air_kerma_week_occupied_mGy: float
    air_kerma_year_mGy: float
    air_kerma_year_full_occupancy_mGy: float
    h10_beam_on_uSv_per_h: float | None
    h10_hour_uSv: float | None
    h10_week_mSv: float
    h10_year_mSv: float
    h10_year_full_occupancy_mSv: float
    h10_beam_on_fluoroscopy_uSv_per_h: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PointResult:
    """One point: total doses, components, and notices about it."""

    point: Point
    doses: Doses
    components: tuple[Component, ...]
    notices: tuple[Notice, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A bound that a barrier has to keep: a field of Doses (``quantity``), its bound in that field's unit, the rule."""

    quantity: str
    limit: float
    rule: str
    point: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """What a barrier needs of one candidate material to keep every goal at its points.

    ``required_mm`` is the total thickness of that material alone; ``added_mm`` what is missing on top of what stands;
    None with a ``reason`` code where the data cannot say.
    """

    material: str
    required_mm: float | None
    added_mm: float | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadEquivalent:
    """The lead in mm that a barrier is worth against one source's useful beam (primary) or all else (secondary).

    ``beam`` says at which kind of beam; None where the tables do not reach.
    """

    source: str
    component: Literal["primary", "secondary"]
    beam: str
    lead_mm: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BarrierResult:
    """One barrier: the ids of its points (worst week first, then worst hour and beam-on where they lie elsewhere).

    ``lead_equivalents`` are those by source and direction, where the method gives them.
    """

    barrier: str
    points: tuple[str, ...]
    lead_equivalent_mm: float | None
    lead_equivalent_beam: str
    lead_equivalents: tuple[LeadEquivalent, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What one method says of one scene."""

    method: str
    title: str
    reference: str
    points: tuple[PointResult, ...]
    barriers: tuple[BarrierResult, ...]
    tables: tuple[str, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """A way to turn a scene into doses: ``compute(scene, points, options) -> Result``.

    ``points`` are the fixed ones (console, the user's own); the method adds the worst places of every barrier.
    ``require(scene, result, barrier, goals, materials)`` gives the thickness of each material with which every goal
    holds at that barrier's points; None where the method cannot say.
    ``dose_field(scene, quantity)`` gives one field of Doses (with T = 1, without declared contributions) as a function
    of a place in metres, for maps; it returns None where the file does not say it, or at a source itself.
    """

    name: str
    title: str
    reference: str
    valid_for: tuple[str, ...]
    compute: Callable[[Scene, tuple[Point, ...], Mapping[str, Any]], Result]
    require: Callable[[Scene, Result, str, tuple[Goal, ...], tuple[str, ...]], tuple[Requirement, ...]] | None = None
    dose_field: Callable[[Scene, str], Callable[[Xyz], float | None]] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """The only thing rules read. ``value`` is a number, a yes/no, a name or a tuple of names; None is "not known"."""

    subject: str
    quantity: str
    value: float | bool | str | tuple[str, ...] | None
    unit: str = ""
    place: str = "any"
    person: str = "any"
    equipment: tuple[str, ...] = ()
    averaging: str = "none"
    provenance: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A rule judged for one subject.

    ``shown`` holds the values looked at by averaging; ``bounds`` the limit in terms of the fields of Doses (for example
    ``{"h10_beam_on_uSv_per_h": 0.5}``), whatever reading decides: what a barrier must be built to.
    """

    rule: str
    instrument: str
    article: str
    subject: str
    quantity: str
    outcome: Outcome
    force: Force
    value: float | bool | str | tuple[str, ...] | None
    unit: str
    comparator: str
    limit: float | bool | str | tuple[str, ...] | None
    limit_unit: str
    averaging: str
    margin: float | None
    reason: Notice | None
    paraphrase: str
    dose_rule: bool = False
    place: str = "any"
    person: str = "any"
    notices: tuple[Notice, ...] = ()
    shown: Mapping[str, float] = field(default_factory=dict)
    bounds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """A ladder's class with the deciding criterion and every other one shown."""

    ladder: str
    subject: str
    grade: str
    decided_by: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """Something due: what, when, from whom, to whom, counted from which event."""

    rule: str
    what: str
    due: str
    duty_holder: str
    addressee: str
    counted_from: str
