"""Devices that the law of the place exempts from declaration and licence, whether or not the file calls them exempt."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from shieldcalc.model.catalog import Instrument
from shieldcalc.model.facility import Facility, FacilityDevice

SHOWS = ("surface_rate", "maximum_energy")


def exempt_by_law(facility: Facility, chosen: Iterable[Instrument], on: date) -> Facility:
    """Return the facility with its devices exempt that a ladder of the instruments exempts outright on a day.

    Only a device whose rate or energy is given can be found to be.
    """
    asked = [each for each in facility.devices if not each.exempt and _shows(each)]
    if not asked:
        return facility
    from shieldcalc.facility.classes import EXEMPTION, classes
    from shieldcalc.facility.items import system_of

    found = classes(replace(facility, devices=tuple(asked)), chosen, on)
    names = {each.subject for each in found if system_of(each.ladder) == EXEMPTION and each.grade == "exempt"
             and each.outcome == "classified" and each.force == "binding"}  # fmt: skip
    devices = tuple(replace(each, exempt=True) if each.id in names else each for each in facility.devices)
    return replace(facility, devices=devices)


def _shows(device: FacilityDevice) -> bool:
    return any(device.checks.get(name) is not None for name in SHOWS)
