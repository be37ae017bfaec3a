"""Devices and sources that no design file shows: nothing is judged of their siting, number and shielding."""

from collections.abc import Iterable, Iterator
from datetime import date

from shieldcalc.errors import Notice
from shieldcalc.facility.items import Item
from shieldcalc.facility.own_facts import devices_in_use
from shieldcalc.facility.sources import Held, decayed, held_sources, place_of
from shieldcalc.model.design import SealedSource
from shieldcalc.model.facility import Facility
from shieldcalc.model.result import Finding, Outcome
from shieldcalc.photons.dangerous import parent_of
from shieldcalc.regulations.book import FACILITY
from shieldcalc.regulations.taxonomy import is_a, taxonomy

SYSTEM = "S07"
ROUNDING = 1e-9
STANDING = ("medical_dx_xray", "veterinary_xray", "radiotherapy", "source_store", "gauge", "blood_irradiator",
            "industrial_radiography", "nuclear_medicine")  # fmt: skip
CARRIED = ("mobile_xray", "mobile_radiography")


def rooms_not_given(facility: Facility, on: date) -> Iterator[Item]:
    """Yield one undetermined finding that names the installed devices without a room; none where there are none."""
    tree = taxonomy().equipment
    bare = [each for each in devices_in_use(facility, on) if not each.room and is_a(tree, each.kind, STANDING)]
    names = tuple(each.id for each in bare if not is_a(tree, each.kind, CARRIED))
    if names:
        reason = Notice("findings.audit.no_room", {"devices": ", ".join(names)})
        finding = unasked("room_not_given", FACILITY, "undetermined", names, reason)
        yield Item(SYSTEM, finding, tuple(f"{name}: device.room" for name in names))


def devices_beside_design(facility: Facility, room: str, designed: Iterable[str], on: date) -> Iterator[Item]:
    """Yield one undetermined finding that names the installed devices of a room whose kind its design does not show.

    ``designed``: the kinds of equipment of the room's design files, one of each piece.
    """
    tree, free, beside = taxonomy().equipment, list(designed), []
    for device in devices_in_use(facility, on):
        if device.room == room and not is_a(tree, device.kind, CARRIED):
            match = next((kind for kind in free if alike(device.kind, kind)), None)
            beside += [device.id] if match is None else []
            free = free if match is None else [*free[: free.index(match)], *free[free.index(match) + 1 :]]
    if beside:
        reason = Notice("findings.audit.not_in_design", {"devices": ", ".join(beside), "room": room})
        yield Item(SYSTEM, unasked("device_not_in_design", room, "undetermined", tuple(beside), reason))


def sources_beside_design(facility: Facility, room: str, designed: Iterable[SealedSource], on: date) -> Iterator[Item]:
    """Yield one undetermined finding that names the sources kept in a room whose design has less of their nuclide.

    Activities on the day are compared, of all sources of a nuclide together; one that is not known exceeds any.
    """
    held: dict[str, list[Held]] = {}
    for each in held_sources(facility, on):
        if place_of(each.source, facility) == room:
            held.setdefault(parent_of(each.source.nuclide) or each.source.nuclide, []).append(each)
    known: dict[str, float] = {}
    for shown in designed:
        name, whole = parent_of(shown.nuclide) or shown.nuclide, shown.number * shown.activity_Bq
        there = whole if shown.reference_date is None else decayed(shown.nuclide, whole, shown.reference_date, on)
        known[name] = known.get(name, 0.0) + (there or 0.0)
    beside = [each.source.id for name, group in held.items() if _more(group, known.get(name, 0.0)) for each in group]
    if beside:
        reason = Notice("findings.audit.sources_not_in_design", {"sources": ", ".join(beside), "room": room})
        yield Item(SYSTEM, unasked("source_not_in_design", room, "undetermined", tuple(beside), reason))


def _more(group: Iterable[Held], designed_Bq: float) -> bool:
    activities = [each.activity_Bq for each in group]
    return any(each is None for each in activities) or sum(filter(None, activities)) > designed_Bq * (1 + ROUNDING)


def alike(one: str, other: str) -> bool:
    """Return whether two kinds of equipment are the same, or one is a kind of the other."""
    tree = taxonomy().equipment
    return is_a(tree, one, (other,)) or is_a(tree, other, (one,))


def unasked(rule: str, subject: str, outcome: Outcome, value: tuple[str, ...] | bool, reason: Notice) -> Finding:
    """Return a finding of what an audit asks for beside the rules; it binds nobody."""
    return Finding(
        rule=rule, instrument="-", article="-", subject=subject, quantity=rule, outcome=outcome, force="unverified",
        value=value, unit="", comparator="", limit=None, limit_unit="", averaging="none", margin=None, reason=reason,
        paraphrase=f"rules.{rule}",
    )  # fmt: skip
