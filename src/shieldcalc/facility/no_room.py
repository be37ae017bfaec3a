"""Devices that stand in no room with a design file: nothing is judged of their siting, size and shielding."""

from collections.abc import Iterator
from datetime import date

from shieldcalc.errors import Notice
from shieldcalc.facility.items import Item
from shieldcalc.facility.own_facts import devices_in_use
from shieldcalc.model.facility import Facility
from shieldcalc.model.result import Finding
from shieldcalc.regulations.book import FACILITY
from shieldcalc.regulations.taxonomy import is_a, taxonomy

SYSTEM = "S07"
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
        finding = Finding(
            rule="room_not_given", instrument="-", article="-", subject=FACILITY, quantity="room",
            outcome="undetermined", force="unverified", value=names, unit="", comparator="", limit=None, limit_unit="",
            averaging="none", margin=None, reason=reason, paraphrase="rules.room_not_given",
        )  # fmt: skip
        yield Item(SYSTEM, finding, tuple(f"{name}: device.room" for name in names))
