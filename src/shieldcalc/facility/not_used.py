"""What a file says of its devices and nothing that is asked judges: told, so that nobody takes it for kept."""

from collections.abc import Iterable, Iterator
from datetime import date

from shieldcalc.errors import Notice
from shieldcalc.facility.facts import staff
from shieldcalc.facility.items import Item
from shieldcalc.facility.own_facts import CHECKS, QUANTITY, devices_in_use
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.facility import Facility, FacilityDevice
from shieldcalc.regulations.rules import Condition, Rule, load
from shieldcalc.regulations.taxonomy import is_a, taxonomy

GIVEN = ("protection", "protection_staff")


def not_used(
    facility: Facility, chosen: Iterable[Instrument], items: Iterable[Item], on: date
) -> Iterator[tuple[str, Notice]]:
    """Yield (device, what is said) for each value of a device's safety check that no rule asked here judges.

    A value that a condition of a rule on its kind reads is used, whether or not the rule applies then. So of somebody's
    protective equipment where the file does not say for what work.
    """
    judged = {(item.finding.subject, item.finding.quantity) for item in items}
    rules = [rule for each in chosen for rule in load(each).rules if rule.scope == "device"]
    for device in devices_in_use(facility, on):
        read = {name for rule in rules if _about(rule, device.kind) for name in _conditions(rule)}
        for key, quantity in _said(device):
            if (device.id, quantity) not in judged and quantity not in read:
                yield device.id, Notice("findings.audit.not_used", {"key": key, "kind": device.kind})
    for person in staff(facility, on):
        if person.protection is not None and not (person.operates or person.assists or person.handles):
            yield person.id, Notice("findings.audit.not_used", {"key": "person.protection", "kind": person.role})


def _said(device: FacilityDevice) -> Iterator[tuple[str, str]]:
    yield from (
        (f"device.checks.{key}", QUANTITY.get(key, key)) for key in CHECKS if device.checks.get(key) is not None
    )
    yield from ((f"device.{key}", key) for key in GIVEN if getattr(device, key) is not None)


def _about(rule: Rule, kind: str) -> bool:
    tree = taxonomy().equipment
    return is_a(tree, kind, rule.equipment) and not is_a(tree, kind, rule.not_equipment)


def _conditions(rule: Rule) -> Iterator[str]:
    return (each.quantity for each in (*rule.when, *rule.unless) if isinstance(each, Condition))
