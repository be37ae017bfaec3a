"""View: the facts of one case, found by subject and quantity. A subject's own facts come before the room's."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from shieldcalc.model.result import Fact
from shieldcalc.records import dataclass
from shieldcalc.regulations.rules import Rule

SUBJECT = "subject"
ROOM = "room"
FACILITY = "facility"
_KEPT = 1 << 14


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What subjects of many rooms have in common; ``fits``: whether rules are about them, as far as that was asked."""

    equipment: tuple[str, ...]
    places: tuple[str, ...]
    person: str
    fits: dict[Rule, bool]


@lru_cache(maxsize=_KEPT)
def _form(equipment: tuple[str, ...], places: tuple[str, ...], person: str) -> Form:
    return Form(equipment, places, person, {})


class Subject(NamedTuple):
    """Something that rules are judged for: what it is, and what its first fact says of device, place and person."""

    id: str
    scope: str
    place: str
    person: str
    equipment: tuple[str, ...]
    form: Form


def _nothing(scope: str) -> Subject:
    """Return a room or a facility of which nothing is known."""
    return Subject(scope, scope, "any", "any", (), _form((), (), "any"))


class View:
    """Facts by subject and quantity; a subject is what has a fact ``subject`` that names its scope.

    What a subject has no fact of is the room's or the facility's own, where that has one.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: dict[tuple[str, str], list[Fact]] = {}
        heads: list[Fact] = []
        for fact in facts:
            name = fact.subject, fact.quantity
            found = self._facts.get(name)
            if found is not None:
                found.append(fact)
                continue
            self._facts[name] = [fact]
            if name[1] == SUBJECT:
                heads.append(fact)
        self._shared = tuple(
            head.subject for head in heads if head.subject == head.value and head.value in (ROOM, FACILITY)
        )
        self._subjects = tuple(map(self._subject, heads))
        scopes = dict.fromkeys(subject.scope for subject in self._subjects)
        self._by_scope = {name: tuple(each for each in self._subjects if each.scope == name) for name in scopes}
        self._sets: dict[tuple[str, str], tuple[Mapping[str, Fact], ...]] = {}

    def _subject(self, fact: Fact) -> Subject:
        found = self.fact(fact.subject, "place")
        places = found.value if found is not None and isinstance(found.value, tuple) else ()
        form = _form(fact.equipment, places, fact.person)
        return Subject(fact.subject, str(fact.value), fact.place, fact.person, fact.equipment, form)

    @cached_property
    def scopes(self) -> frozenset[str]:
        """Return the scopes that there are subjects of."""
        return frozenset(self._by_scope)

    def subjects(self, scope: str) -> tuple[Subject, ...]:
        """Return the subjects of one scope, in the order of their facts."""
        return self._by_scope.get(scope, ())

    @cached_property
    def room(self) -> Subject:
        """Return the room; a case that names none has its facility, or an empty one."""
        return next(iter((*self.subjects(ROOM), *self.subjects(FACILITY))), _nothing(ROOM))

    @cached_property
    def facility(self) -> Subject:
        """Return the facility; a case that names none has an empty one."""
        return next(iter(self.subjects(FACILITY)), _nothing(FACILITY))

    @cached_property
    def equipment(self) -> tuple[str, ...]:
        """Return the kinds of equipment of the room, or of everything that a facility has."""
        every = (kind for subject in self._subjects for kind in subject.equipment)
        return self.room.equipment or tuple(dict.fromkeys(every))

    def fact(self, subject: str, quantity: str, averaging: str = "") -> Fact | None:
        """Return the one fact of a quantity (of one averaging if named), own or else the room's or the facility's."""
        if not averaging:
            found = self._own(subject, quantity)
            return found[0] if found else None
        for owner in (subject, *self._shared):
            for fact in self._facts.get((owner, quantity), ()):
                if averaging == fact.averaging:
                    return fact
        return None

    def sets(self, subject: str, quantity: str) -> tuple[Mapping[str, Fact], ...]:
        """Return a quantity's facts by averaging: one set a time that a method computed it."""
        known = self._sets.get((subject, quantity))
        if known is None:
            known = self._sets[subject, quantity] = self._sets_of(subject, quantity)
        return known

    def _sets_of(self, subject: str, quantity: str) -> tuple[Mapping[str, Fact], ...]:
        own = self._own(subject, quantity)
        if len(own) == 1:
            return ({own[0].averaging: own[0]},)
        sets: list[tuple[str, dict[str, Fact]]] = []
        for fact in own:
            for method, known in sets:
                if method == fact.method and fact.averaging not in known:
                    known[fact.averaging] = fact
                    break
            else:
                sets.append((fact.method, {fact.averaging: fact}))
        return tuple([known for _, known in sets]) or ({},)

    def _own(self, subject: str, quantity: str) -> Sequence[Fact]:
        """Return the facts of a quantity, of the subject or else of the room or facility."""
        found = self._facts.get((subject, quantity))
        if found is not None:
            return found
        for owner in self._shared:
            if found := self._facts.get((owner, quantity)):
                return found
        return ()
