"""What methods and rules give back: doses with their parts and provenance, facts, findings."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, Literal

from shieldcalc.errors import Notice
from shieldcalc.model.brief import BriefResult
from shieldcalc.model.design import Xyz
from shieldcalc.model.maze import MazeFigure as MazeFigure
from shieldcalc.model.maze import MazeResult as MazeResult
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import Step
from shieldcalc.records import dataclass

Outcome = Literal["pass", "fail", "not_applicable", "undetermined"]
Force = Literal["binding", "secondary_source", "unverified", "repealed", "not_yet_valid"]

LEAD = ("lead_equivalent_primary", "lead_equivalent_secondary")  # quantities of a barrier against one source


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
    """One part of a dose: primary, scatter, leakage, secondary, ct or other, of one beam of one source.

    ``room`` names the room of the site that it comes from, "" this one or what the file declares. Of a source with an
    extent, ``distance_m`` is that of a point which would give as much with nothing in the way, ``integration_error``
    the estimated relative error of integrating over it.
    """

    kind: str
    source: str
    beam: str
    kerma: Kerma
    unshielded: Kerma
    distance_m: float
    transmission: float | None
    crossed: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    room: str = ""
    integration_error: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Doses:
    """All dose quantities at one point, each a column of its own. Yearly doses with T and with T = 1.

    ``h10_beam_on_fluoroscopy_uSv_per_h``: at the maximum fluoroscopy technique; the next two: of devices for short
    exposures, and of CT, mammography, dental and bone density, where they differ from the whole room. None where the
    method does not say it.
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
    h10_beam_on_radiography_uSv_per_h: float | None = None
    h10_beam_on_listed_devices_uSv_per_h: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomShare:
    """What the sources of one room of a site give at a point, before occupancy."""

    room: str
    kerma: Kerma


@dataclass(frozen=True, kw_only=True, slots=True)
class PointResult:
    """One point: total doses, components, and notices about it; on a site the shares of rooms, this one's first."""

    point: Point
    doses: Doses
    components: tuple[Component, ...]
    notices: tuple[Notice, ...] = ()
    steps: tuple[Step, ...] = ()
    rooms: tuple[RoomShare, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A bound that a barrier has to keep: a field of Doses (``quantity``), its bound in that field's unit, the rule.

    With one of LEAD as quantity: the least lead equivalent in mm against the source of the subject ``point``, which is
    "barrier/source".
    """

    quantity: str
    limit: float
    rule: str
    point: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """What a barrier needs of one candidate material to keep every goal at its points.

    ``required_mm`` is the total thickness of that material alone; ``added_mm`` what is missing on top of what stands;
    None with a ``reason`` code where the data cannot say. ``governed_by`` says what asks for most, where a method knows
    more than doses: "dose", or the rule on lead equivalents. ``layers``: of several materials together, each in mm.
    """

    material: str
    required_mm: float | None
    added_mm: float | None
    reason: str = ""
    governed_by: str = ""
    layers: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadEquivalent:
    """The lead in mm that a barrier is worth against one source's useful beam (primary) or all else (secondary).

    ``beam`` says at which kind of beam; None with the reason where the tables do not reach.
    """

    source: str
    component: Literal["primary", "secondary"]
    beam: str
    lead_mm: float | None
    reason: Notice | None = None


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
class Unshielded:
    """What the units of a ward give with nothing around, full occupancy.

    ``aside`` 1 m from tube and patient, outside the primary beams, in the direction of most scatter; ``primary`` of the
    primary beams alone, 1 m from the focus (None where a receptor stops them all); ``focus_to_patient_m`` the largest.
    ``least_m``: nearer than this a patient is no point and inverse square says nothing. ``protected``: of operators who
    declare it, the lead in mm and their doses behind it, for information.
    """

    aside: PointResult
    primary: Doses | None
    focus_to_patient_m: float
    least_m: float
    protected: tuple[tuple[float, PointResult], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone:
    """How far one bound of a rule reaches: ``aside_m`` from tube and patient, ``primary_m`` from the focus in its beam.

    ``quantity`` is a field of Doses with its ``limit``; None where the dose is not known, or no primary beam leaves.
    ``worker``: of radiation workers, else of everybody else; ``inside``: it judged somebody in the ward itself.
    """

    method: str
    rule: str
    instrument: str
    article: str
    paraphrase: str
    force: Force
    quantity: str
    limit: float
    unit: str
    aside_m: float | None
    primary_m: float | None
    worker: bool
    inside: bool
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ContainerRates:
    """Highest H*(10) rates (uSv/h) around a sealed source in what stands around it, on the day of evaluation.

    ``state``: "container", the layers that always stand around it, or "shield", with those of the time at rest.
    ``surface_m`` from the source to the outer surface; at the surface, 1 m from it, 1 m from the source (None where
    that lies inside or the source is no point). ``transport_index`` of what stands around it at rest, as a package.
    """

    source: str
    state: Literal["container", "shield"]
    surface_m: float
    surface_uSv_per_h: float | None
    at_1m_uSv_per_h: float | None
    from_source_uSv_per_h: float | None
    transport_index: float | None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What all sources of an open site give 1 m away, by field of Doses: in the beam, outside it, on the way, at rest.

    Full occupancy, nothing in between. ``least_m``: nearer than this no boundary is said.
    """

    name: Literal["beam", "outside_beam", "wind_out", "at_rest"]
    at_1m: Mapping[str, float]
    least_m: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How far one limit reaches in one situation of an open site: ``distance_m`` from every place of the source."""

    method: str
    situation: str
    limit_of: str
    instrument: str
    article: str
    force: Force | None
    quantity: str
    limit: float
    unit: str
    distance_m: float
    worker: bool | None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Result(BriefResult):
    """What one method says of one scene."""

    method: str
    title: str
    reference: str
    points: tuple[PointResult, ...]
    barriers: tuple[BarrierResult, ...]
    tables: tuple[str, ...]
    notices: tuple[Notice, ...] = ()
    unshielded: Unshielded | None = None
    containers: tuple[ContainerRates, ...] = ()
    open_site: tuple[Situation, ...] = ()
    mazes: tuple[MazeResult, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """A way to turn a scene into doses: ``compute(scene, points, options) -> Result``.

    ``points`` are the fixed ones (console, the user's own); the method adds the worst places of every barrier.
    ``require(scene, result, barrier, goals, materials)`` gives the thickness of each material with which every goal
    holds at that barrier's points; None where the method cannot say. ``adds_rooms``: the method counts the other rooms
    of a site, ``scene.others``; one that does not is refused for a site.
    ``dose_field(scene, quantity)`` gives one field of Doses (with T = 1, without declared contributions) as a function
    of a place in metres, for maps; it returns None where the file does not say it, or at a source itself.
    For sums of X-ray equipment and gamma sources: an X-ray method has ``xray`` (physics/room.py), a gamma method
    ``emitter_of(source, scene)`` (physics/gamma/emitter.py).
    """

    name: str
    title: str
    reference: str
    valid_for: tuple[str, ...]
    compute: Callable[[Scene, tuple[Point, ...], Mapping[str, Any]], Result]
    require: Callable[[Scene, Result, str, tuple[Goal, ...], tuple[str, ...]], tuple[Requirement, ...]] | None = None
    adds_rooms: bool = False
    dose_field: Callable[[Scene, str], Callable[[Xyz], float | None]] | None = None
    xray: Any = None
    emitter_of: Callable[..., Any] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """The only thing rules read. ``value`` is a number, a yes/no, a name or a tuple of names; None is "not known".

    ``method`` names the method that computed it; empty for what no method has a part in. ``reason`` is why the value is
    not known, where it is not for something that the file lacks: its provenance otherwise. ``confidence``: how well
    what it was derived with is known, as a rule's; "" for what a file or a method says. ``at_least``: the part
    of a sum that is known where the whole is not; ``at_most``: how many times the known part the whole is at most.
    """

    subject: str
    quantity: str
    value: float | bool | str | tuple[str, ...] | None
    unit: str = ""
    place: str = "any"
    person: str = "any"
    equipment: tuple[str, ...] = ()
    averaging: str = "none"
    provenance: str = ""
    method: str = ""
    reason: Notice | None = field(default=None, hash=False)
    confidence: str = ""
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A rule judged for one subject, by what one method computed (``method``; empty where none has a part in it).

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
    value: float | bool | str | tuple[str, ...] | tuple[float, ...] | None
    unit: str
    comparator: str
    limit: float | bool | str | tuple[str, ...] | tuple[float, ...] | None
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
    method: str = ""

    def by(self, method: str) -> bool:
        """Return whether a method has a part in it, or none has."""
        return self.method in ("", method)


DutyStatus = Literal["overdue", "due", "late", "undetermined", "standing"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reckoning:
    """One way to count when a duty is due: from which event, on which day it was, and what that gives.

    ``event`` and ``due`` are ISO dates or dates with a time, "" where not known; ``reason`` says why ``due`` is not.
    """

    counted_from: str
    event: str
    due: str
    reason: Notice | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """Something due: what, when, from whom, to whom, counted from which event.

    ``due`` is the earliest of the ``ways`` to count, the last day that is surely in time; "" where there is none.
    ``what`` is the code of its paraphrase; ``duty_holder``, ``addressees`` and ``counted_from`` are codes of words.
    ``status``: overdue and due are not done; late was done after its day where the law attaches something to that;
    undetermined misses the dates in ``missing``; standing has no date. ``force_when_due`` where it differs then.
    ``fulfilled_by``: the events that a file records when it is done.
    """

    rule: str
    instrument: str
    article: str
    what: str
    subject: str
    scope: str
    status: DutyStatus
    force: Force
    due: str
    duty_holder: str
    addressees: tuple[str, ...]
    counted_from: str
    ways: tuple[Reckoning, ...] = ()
    missing: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    force_when_due: Force | None = None
    fulfilled_by: tuple[str, ...] = ()
