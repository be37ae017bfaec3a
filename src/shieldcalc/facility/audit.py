"""The self-inspection of a facility: every duty and rule that applies, its rooms, people, hazards; one exit code."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from os.path import dirname, join

from shieldcalc.assess.site import check_any
from shieldcalc.errors import InputError, Notice, ShieldcalcError
from shieldcalc.facility.audit_duties import duty_items
from shieldcalc.facility.classes import classes, exemption_items
from shieldcalc.facility.desk import AskDesk, Desk
from shieldcalc.facility.documents import documents_on_file, expired_documents
from shieldcalc.facility.dose_facts import dose_facts, people, settled
from shieldcalc.facility.doses import PersonYear, terms
from shieldcalc.facility.duties import DueList, asked, due_list
from shieldcalc.facility.hazards import Entry, Statistics, ledger, statistics
from shieldcalc.facility.items import Item, system_of
from shieldcalc.facility.licences import LicenceDates, expired_items, licence_dates
from shieldcalc.facility.no_room import devices_beside_design, rooms_not_given, sources_beside_design, unasked
from shieldcalc.facility.not_used import not_used
from shieldcalc.facility.own_facts import own_facts
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.catalog import Catalog, Instrument
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.design import Design, SealedSource
from shieldcalc.model.facility import Document, Facility, FacilityRoom
from shieldcalc.model.result import Finding
from shieldcalc.model.site import Site, SiteAssessment
from shieldcalc.records import dataclass
from shieldcalc.regulations import judge
from shieldcalc.regulations.rules import LoadedInstrument, load
from shieldcalc.regulations.status import NOT_LIVE

WORST_FIRST = (1, 3, 0)
OPEN = 3
OF_THE_DAY = ("errors.gamma_dates_order", "errors.photon_gone")


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomAudit:
    """One room of the facility as ``check`` finds it; with the refusal where it cannot be computed on that day."""

    room: FacilityRoom
    asked: Design | Site
    found: Assessment | SiteAssessment | None
    refused: Notice | None = None

    @property
    def exit_code(self) -> int:
        """Return the code of the room's check; 3 where it cannot be computed on that day."""
        return OPEN if self.found is None else self.found.exit_code

    @property
    def designs(self) -> tuple[Design, ...]:
        """Return the design of the room, or of each room of a site."""
        return tuple(each.design for each in self.asked.rooms) if isinstance(self.asked, Site) else (self.asked,)

    @property
    def parts(self) -> tuple[Assessment, ...]:
        """Return what is found of the room, or of each room of a site."""
        if self.found is None:
            return ()
        return self.found.rooms if isinstance(self.found, SiteAssessment) else (self.found,)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kind of each piece of equipment that the design shows."""
        pieces = ({source.device: source.kind for source in design.sources} for design in self.designs)
        return tuple(kind for each in pieces for kind in each.values())

    @property
    def sealed(self) -> tuple[SealedSource, ...]:
        """Return the sealed sources that the design shows."""
        sources = (source for design in self.designs for source in design.sources)
        return tuple(source.sealed for source in sources if source.sealed is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """Everything that one audit of a facility found on a day."""

    facility: Facility
    on: date
    dues: DueList
    items: tuple[Item, ...]
    rooms: tuple[RoomAudit, ...]
    years: tuple[PersonYear, ...]
    classes: tuple[ClassFound, ...]
    licences: tuple[LicenceDates, ...]
    hazards: tuple[Entry, ...]
    statistics: tuple[Statistics, ...]
    exit_code: int
    asked_by_name: tuple[str, ...] = field(default=())
    desk: Desk | None = None
    unused: tuple[tuple[str, Notice], ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return the documents on file on the day."""
        return documents_on_file(self.facility, self.on)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return every file that the audit was made of: the facility's, designs, sites with their rooms, documents."""
        folder, designs = dirname(self.facility.file), [each for room in self.rooms for each in room.designs]
        documents = (join(folder, each.file) for each in self.facility.documents if each.file)
        named = (room.room.path(self.facility) for room in self.rooms)
        return (self.facility.file, *named, *(design.file for design in designs), *documents)


def audit(
    facility: Facility,
    catalog: Catalog,
    *,
    on: str | None = None,
    regulations: tuple[str, ...] = (),
    period: str = "year",
    ask_desk: AskDesk | None = None,
) -> Audit:
    """Return what every applicable duty and rule finds of a facility on a day, and its rooms one by one.

    ``on`` (ISO date) replaces the file's date, ``regulations`` its instruments and those of its rooms; ``period`` is
    that of the ledger's statistics; ``ask_desk`` gives what the accident desk says of the facility. An overdue duty is
    a rule that fails.
    Raises what ``due_list``, the loading of the rooms and their check raise.
    """
    facility = replace(facility, instruments=regulations) if regulations else facility
    dues = due_list(facility, catalog.instruments, on=on)
    day, chosen = dues.window.on, asked(facility, catalog.instruments)
    judged = (item for each in chosen for item in _judged(facility, each, day))
    classed = classes(facility, catalog.instruments.values(), day)
    licences = licence_dates(facility, chosen, day)
    rooms = tuple(_room(facility, room, catalog, day, regulations) for room in facility.rooms)
    beside = (item for each in rooms for item in _beside_design(facility, each, day))
    others = (*exemption_items(facility, classed), *expired_items(licences), *expired_documents(facility, day),
              *rooms_not_given(facility, day), *beside)  # fmt: skip
    desk = ask_desk(facility, day, frozenset(each.id for each in chosen)) if ask_desk else None
    gone = (Item("S01", unasked("instrument_not_asked", str(each.params["instrument"]), "undetermined", (), each))
            for each in dues.lost)  # fmt: skip
    items = (*gone, *duty_items(dues, chosen), *judged, *others, *(desk.items if desk else ()))
    return Audit(
        facility=facility,
        on=day,
        dues=dues,
        items=tuple(sorted(items, key=_rank)),
        rooms=rooms,
        years=people(facility, "", day)[0],
        classes=classed,
        licences=licences,
        hazards=ledger(facility, day),
        statistics=statistics(facility, day, period),
        exit_code=exit_code(items, (room.exit_code for room in rooms), frozenset(facility.instruments)),
        asked_by_name=facility.instruments,
        desk=desk,
        unused=tuple(not_used(facility, chosen, items, day)),
    )


def _beside_design(facility: Facility, room: RoomAudit, day: date) -> Iterator[Item]:
    if room.refused is not None:
        reason = Notice("findings.audit.room_refused", {"reason": room.refused})
        yield Item("S07", unasked("room_not_computed", room.room.id, "undetermined", (), reason))
    yield from devices_beside_design(facility, room.room.id, room.kinds, day)
    yield from sources_beside_design(facility, room.room.id, room.sealed, day)


def _rank(item: Item) -> tuple[str, int]:
    return item.system, ("fail", "undetermined", "pass", "not_applicable").index(item.finding.outcome)


def _judged(facility: Facility, instrument: Instrument, day: date) -> Iterator[Item]:
    """Yield what the rules of one instrument find of the facility's people and its own things."""
    years, parts = people(facility, instrument.id, day)
    by_subject = {each.subject: each for each in years}
    law = load(instrument)
    open_period = terms(instrument.id).fixed and facility.five_years_from is None
    told, named = (*own_facts(facility, day), *dose_facts(years, parts)), frozenset(facility.instruments)
    for finding in judge(told, (instrument,), on=day, asked_by_name=named):
        if finding.outcome != "not_applicable" and _bound(finding, by_subject.get(finding.subject), law):
            yield item_of(settled(finding, by_subject, parts, open_period))


def _bound(finding: Finding, year: PersonYear | None, law: LoadedInstrument) -> bool:
    """Return whether a rule may judge somebody's year: one that ended before the rule came is not judged by it."""
    if year is None:
        return True
    rule = law.rule(finding.rule.partition("/")[2])
    return year.year >= max(rule.effective, law.effective).year


def item_of(finding: Finding) -> Item:
    """Return a finding with its system and what is missing for it."""
    reason = finding.reason
    known = reason is not None and reason.code == "findings.not_known" and finding.outcome == "undetermined"
    missing = str(reason.params["key"]).split("; ") if known and reason is not None else []
    return Item(system_of(finding.rule), finding, tuple(missing))


def _room(
    facility: Facility, room: FacilityRoom, catalog: Catalog, day: date, regulations: tuple[str, ...]
) -> RoomAudit:
    from shieldcalc.model.loader import load_any

    design = load_any(room.path(facility), catalog)
    try:
        found = check_any(design, regulations=regulations, on=day.isoformat())
    except ShieldcalcError as refused:
        reason = _of_the_day(refused)
        if reason is None:
            raise
        return RoomAudit(room=room, asked=design, found=None, refused=reason)
    return RoomAudit(room=room, asked=design, found=found)


def _of_the_day(refused: ShieldcalcError) -> Notice | None:
    """Return why a room cannot be computed on a day, None where the day is not why."""
    if isinstance(refused, InputError):
        notices = [Notice(f"errors.{problem.code}", problem.params) for problem in refused.problems]
    else:
        notices = [refused.notice()]
    return notices[0] if all(each.code in OF_THE_DAY for each in notices) else None


def exit_code(items: Iterable[Item], rooms: Iterable[int], asked_by_name: frozenset[str]) -> int:
    """Return 1 where a rule that weighs fails, 3 where anything else fails, is undetermined or nothing is judged, 0.

    A rule of secondary source weighs in an instrument that was asked for by name. Rules that are repealed or not yet
    valid never count; the worst of the rooms counts with them.
    """
    live = [item.finding for item in items if item.finding.force not in NOT_LIVE]
    found = [*rooms, *(_code(finding, asked_by_name) for finding in live if finding.outcome != "not_applicable")]
    return next((code for code in WORST_FIRST if code in found), 3)


def _code(finding: Finding, asked_by_name: frozenset[str]) -> int:
    if finding.outcome == "pass":
        return 0 if finding.force == "binding" else -1
    weighs = finding.force == "binding" or (finding.force == "secondary_source" and finding.instrument in asked_by_name)
    return 1 if finding.outcome == "fail" and weighs else 3


def counts(items: Iterable[Item]) -> Mapping[str, int]:
    """Return how many findings there are of each outcome, by rules in force; ``binding``: kept by rules that bind."""
    live = [item.finding for item in items if item.finding.force not in NOT_LIVE]
    found = {name: sum(each.outcome == name for each in live) for name in ("fail", "undetermined", "pass")}
    return {**found, "binding": sum(each.outcome == "pass" and each.force == "binding" for each in live)}


def counted(items: Iterable[Item]) -> dict[str, object]:
    """Return the counts as parameters of their sentence."""
    found = counts(items)
    return {"fail": found["fail"], "undetermined": found["undetermined"], "kept": found["pass"],
            "binding": found["binding"]}  # fmt: skip
