"""Two designs of one room: what changed, what it does to each dose and verdict, whether a new licence is needed."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from math import exp, log

from shieldcalc import __version__, plugins
from shieldcalc.assess import assess
from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design
from shieldcalc.model.result import Doses, Finding
from shieldcalc.plugin_raised import NO_DOSE
from shieldcalc.records import dataclass
from shieldcalc.verify.changes import Changed, changes
from shieldcalc.verify.claimed import result_of
from shieldcalc.verify.vocabulary import toml

LAW = "lao_cai_3_3_c.toml"
SHOWN = ("h10_beam_on_uSv_per_h", "h10_hour_uSv", "h10_year_mSv")
UNITS = {"h10_beam_on_uSv_per_h": "uSv/h", "h10_hour_uSv": "uSv", "h10_year_mSv": "mSv/year"}
NOT_KNOWN, FAILED = 3, {*NO_DOSE, plugins.LOST_INSTRUMENT}
_RANK = {"pass": 0, "not_applicable": 0, "undetermined": 1, "fail": 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class DoseChange:
    """One dose at one place, before and after; None where it is not known or the place is not there."""

    place: str
    quantity: str
    before: float | None
    after: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictChange:
    """A rule at a place whose outcome differs; "" where it did not judge."""

    rule: str
    article: str
    subject: str
    force: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LicenceCase:
    """One case of Article 3(3)c that changes fall under; ``only_if_safety``: only where it affects safety."""

    id: str
    keys: tuple[str, ...]
    only_if_safety: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """Everything that a comparison found; ``most`` the largest factor by which a dose rises or falls."""

    before: Assessment
    after: Assessment
    changes: tuple[Changed, ...]
    doses: tuple[DoseChange, ...]
    verdicts: tuple[VerdictChange, ...]
    cases: tuple[LicenceCase, ...]
    asked: bool
    in_force: bool
    most: float
    exit_code: int
    version: str = __version__

    @property
    def troubles(self) -> tuple[Notice, ...]:
        """Return what was wrong with plugins, each once: a method among them gives nothing to compare."""
        return troubles(self.before, self.after)


def troubles(*found: Assessment) -> tuple[Notice, ...]:
    """Return the warnings of assessments about plugins, each once."""
    said = [each for one in found for each in one.notices if each.code.startswith("warnings.plugin_")]
    return tuple({each.text(): each for each in said}.values())


def compare(
    before: Design,
    after: Design,
    regulations: tuple[str, ...] = (),
    methods: tuple[str, ...] = (),
    on: str | None = None,
) -> Compared:
    """Return what the second design changes, both judged by the same instruments and methods on one day.

    Where nothing is named, those of the second design hold for both. Raises what ``assess`` raises.
    """
    named, by = regulations or after.instruments, methods or after.methods
    day = on or after.on.isoformat()
    one, two = (assess(design, named, by, day) for design in (before, after))
    found = changes(before, after)
    doses, verdicts = tuple(_doses(one, two)), tuple(_verdicts(one, two))
    law = toml(LAW)
    asked = law["instrument"] in named
    cases = tuple(_cases(found)) if asked else ()
    state = next((row["state"] for row in two.instrument_status if row["id"] == law["instrument"]), "")
    return Compared(
        before=one,
        after=two,
        changes=found,
        doses=doses,
        verdicts=verdicts,
        cases=cases,
        asked=asked,
        in_force=state in ("in_force", "amended"),
        most=_most(doses),
        exit_code=_exit_code(verdicts, cases) or (NOT_KNOWN if FAILED & {e.code for e in troubles(one, two)} else 0),
    )


def _doses(one: Assessment, two: Assessment) -> Iterator[DoseChange]:
    for result in two.results:
        before, after = _by_place(one, result.method), _by_place(two, result.method)
        for place in {**before, **after}:
            for quantity in SHOWN:
                values = [_highest(side.get(place, ()), quantity) for side in (before, after)]
                if any(value is not None for value in values):
                    yield DoseChange(place=place, quantity=quantity, before=values[0], after=values[1])


def _by_place(found: Assessment, method: str) -> Mapping[str, tuple[Doses, ...]]:
    result = result_of(found, method)
    at = {each.point.id: each.doses for each in result.points}
    behind = {
        barrier.barrier: tuple(at[name] for name in barrier.points) for barrier in result.barriers if barrier.points
    }
    taken = {name for barrier in result.barriers for name in barrier.points}
    return {**behind, **{name: (doses,) for name, doses in at.items() if name not in taken}}


def _highest(doses: tuple[Doses, ...], quantity: str) -> float | None:
    values = [getattr(each, quantity) for each in doses]
    return max(values) if values and None not in values else None


def _verdicts(one: Assessment, two: Assessment) -> Iterator[VerdictChange]:
    before, after = _outcomes(one), _outcomes(two)
    for key in {**before, **after}:
        first, second = before.get(key), after.get(key)
        outcomes = [each.outcome if each else "" for each in (first, second)]
        shown = second or first
        if outcomes[0] != outcomes[1] and shown is not None and set(outcomes) != {"", "not_applicable"}:
            yield VerdictChange(
                rule=shown.rule,
                article=f"{shown.instrument} {shown.article}",
                subject=shown.subject,
                force=shown.force,
                before=outcomes[0],
                after=outcomes[1],
            )


def _outcomes(found: Assessment) -> dict[tuple[str, str, str], Finding]:
    worst: dict[tuple[str, str, str], Finding] = {}
    for each in found.findings:
        key = (each.rule, each.subject, each.method)
        if key not in worst or _RANK[each.outcome] > _RANK[worst[key].outcome]:
            worst[key] = each
    return worst


def _cases(found: tuple[Changed, ...]) -> Iterator[LicenceCase]:
    kinds = toml(LAW)["class"]
    by_case: dict[str, list[str]] = {}
    for change in found:
        case = next((kind["id"] for kind in kinds if any(_fits(change.key, each) for each in kind["keys"])), None)
        if case is not None:
            by_case.setdefault(case, []).append(change.key)
    for kind in kinds:
        if keys := by_case.get(kind["id"]):
            yield LicenceCase(id=kind["id"], keys=tuple(keys), only_if_safety=kind.get("only_if_safety", False))


def _fits(key: str, pattern: str) -> bool:
    parts, wanted = key.split("."), pattern.split(".")
    if wanted[-1] == "**":
        wanted, parts = wanted[:-1], parts[: len(wanted) - 1]
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))


def _most(doses: tuple[DoseChange, ...]) -> float:
    far = [abs(log(each.after / each.before)) for each in doses if each.before and each.after]
    return exp(max(far, default=0.0))


def _exit_code(verdicts: tuple[VerdictChange, ...], cases: tuple[LicenceCase, ...]) -> int:
    worse = [each for each in verdicts if _RANK.get(each.after, 1) > _RANK.get(each.before, 0)]
    if any(each.after == "fail" and each.force == "binding" for each in worse):
        return 1
    return 3 if worse or cases else 0
