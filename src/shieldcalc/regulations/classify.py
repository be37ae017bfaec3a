"""Facts against ladders on a day: the class of each thing with the criterion that decides, and every other one."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from shieldcalc.model.catalog import Instrument
from shieldcalc.model.classification import ClassFound, CriterionRead
from shieldcalc.model.result import Fact, Force
from shieldcalc.regulations.classes import Criterion, Ladder, ladders
from shieldcalc.regulations.conditions import all_of
from shieldcalc.regulations.derive import derived
from shieldcalc.regulations.rules import LoadedInstrument
from shieldcalc.regulations.status import by_confidence, library, own_force, weakest
from shieldcalc.regulations.view import Subject, View


def classify(
    facts: Iterable[Fact], instruments: Iterable[Instrument | str], *, on: date | None
) -> tuple[ClassFound, ...]:
    """Return the class of every subject by every ladder of the instruments on a day (None: as their texts stand).

    Quantities that follow from others (activity over D) are derived first, each saying so in its provenance. The
    gravest class that is met is taken, whatever the force of its criterion; ``verified`` is the gravest one that is
    not of unverified criteria alone. Raises what ``load`` and ``ladders`` raise.
    """
    given = tuple(instruments)
    view = View(derived(facts))
    find = library(given)
    names = dict.fromkeys(item if isinstance(item, str) else item.id for item in given)
    return tuple(
        _classified(ladder, find(name), view, subject, on)
        for name in names
        for ladder in ladders(name)
        for subject in view.subjects(ladder.scope)
    )


def _classified(
    ladder: Ladder, instrument: LoadedInstrument, view: View, subject: Subject, on: date | None
) -> ClassFound:
    reads = tuple(_read(criterion, instrument, view, subject, on) for criterion in ladder.criteria)
    met = sorted((read for read in reads if read.holds), key=lambda read: _rank(ladder, read))
    open_ = [read for read in reads if read.holds is None]
    graver = [read for read in open_ if not met or _rank(ladder, read)[0] < _rank(ladder, met[0])[0]]
    verified = [read.grade for read in met if read.force in ("binding", "secondary_source")]
    return ClassFound(
        ladder=ladder.full_id,
        instrument=ladder.instrument,
        article=met[0].article if met else ladder.article,
        subject=subject.id,
        outcome=("at_least" if graver else "classified") if met else ("undetermined" if graver else "none"),
        grade=met[0].grade if met else "",
        decided_by=met[0].criterion if met else "",
        force=met[0].force if met else _strongest(reads),
        verified=verified[0] if verified else "",
        **_compared(ladder, view, subject, met[0].criterion if met else ""),
        missing=tuple(dict.fromkeys(name for read in graver for name in read.missing)),
        others=reads,
    )


def _compared(ladder: Ladder, view: View, subject: Subject, criterion: str) -> dict[str, Any]:
    """Return the number that a criterion compares, or that the first one would that compares a number."""
    own = [one for one in ladder.criteria if one.full_id == criterion] or ladder.criteria
    facts = (view.fact(subject.id, each.quantity) for one in own for each in one.when if not isinstance(each, str))
    told = (fact for fact in facts if fact is not None and (isinstance(fact.value, float) or fact.at_least is not None))
    found = next(told, None)
    if found is None:
        return {}
    return {"quantity": found.quantity, "value": found.value, "value_at_least": found.at_least}


def _rank(ladder: Ladder, read: CriterionRead) -> tuple[int, int]:
    """Return how grave a criterion's class is, then how weak its force, the gravest and strongest first."""
    forces: tuple[Force, ...] = ("binding", "secondary_source", "unverified", "repealed", "not_yet_valid")
    return ladder.order.index(read.grade), forces.index(read.force)


def _strongest(reads: tuple[CriterionRead, ...]) -> Force:
    forces: tuple[Force, ...] = ("binding", "secondary_source", "unverified", "repealed", "not_yet_valid")
    return min((read.force for read in reads), key=forces.index)


def _read(
    criterion: Criterion, instrument: LoadedInstrument, view: View, subject: Subject, on: date | None
) -> CriterionRead:
    truth = all_of(criterion.when, view, subject)
    force = own_force(criterion, instrument, on)
    weak = [by_confidence(fact.confidence) for fact in _facts(criterion, view, subject) if fact.confidence]
    return CriterionRead(
        criterion=criterion.full_id,
        grade=criterion.grade,
        article=criterion.article,
        holds=truth.holds,
        force=weakest(force, *weak),
        missing=tuple(dict.fromkeys(fact.provenance or fact.quantity for fact in truth.missing)),
    )


def _facts(criterion: Criterion, view: View, subject: Subject) -> Iterator[Fact]:
    for condition in criterion.when:
        found = None if isinstance(condition, str) else view.fact(subject.id, condition.quantity, condition.averaging)
        if found is not None:
            yield found
