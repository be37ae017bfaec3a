"""The facility file, format 1: every table, every key, its kind of value and its bounds. See docs/facility-file.md."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic_core import CoreSchema, core_schema

from shieldcalc.model.facility import MOST_BQ
from shieldcalc.model.facility_words import words
from shieldcalc.model.loader.emergency import schema as emergency
from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.schema import DESIGNATIONS, FORMAT
from shieldcalc.model.loader.values import (
    any_table,
    choice,
    day,
    flag,
    identifier,
    listing,
    metres,
    number,
    quantity,
    refused,
    shown,
    table,
    text,
)

EARLIEST, LATEST = 1900, 2200
# What a device's safety check answers by yes or no.
CHECKED = (
    "leakage_all_modes", "filtration_marked", "light_field", "technique_displayed", "exposure_ends_by_itself",
    "fluoroscopy_control", "ceiling_screen", "interventional_use",
)  # fmt: skip
_SHA256 = re.compile("[0-9a-f]{64}")
_ONE = "a date without quotes, such as 2025-06-30"
_ONE_OR_NOT = "a date without quotes, such as 2025-06-30, or false"
_MOMENT = "a date without quotes, such as 2025-06-30, or a local date and time, such as 2025-06-30T08:15:00"


def dates(*, clock: bool = False, most: int | None = None) -> CoreSchema:
    """Accept a date or a list of dates, returned as a sorted tuple; with ``clock`` each may have a time of day."""
    longest = limit("dates") if most is None else most

    def read(value: Any) -> tuple[date, ...] | None:
        if value is None:
            return None
        found = value if isinstance(value, list) else [value]
        if len(found) > longest:
            raise refused("design.list_length", found=len(found), allowed=f"1 to {longest}")
        for each in found:
            if not _is_moment(each, clock):
                raise refused("design.wrong_type", value=shown(each), wanted=_MOMENT if clock else _ONE)
            if not EARLIEST <= each.year <= LATEST:
                raise refused("facility.year", value=shown(each), first=EARLIEST, last=LATEST)
        return tuple(sorted(set(found), key=lambda moment: moment.isoformat()))

    one = core_schema.str_schema(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}" + ("" if clock else "$"))
    json = core_schema.union_schema([one, core_schema.list_schema(one, max_length=longest)])
    return core_schema.no_info_plain_validator_function(read, json_schema_input_schema=json)


def _is_moment(value: object, clock: bool) -> bool:
    return type(value) is date or (clock and isinstance(value, datetime) and value.tzinfo is None)


def date_or_false() -> CoreSchema:
    """Accept a date, returned as a tuple, or ``false``: it is known that it has not happened."""
    one = dates(most=1)

    def read(value: Any) -> Any:
        if value is False:
            return False
        if value is not None and not isinstance(value, list) and not _is_moment(value, False):
            raise refused("design.wrong_type", value=shown(value), wanted=_ONE_OR_NOT)
        return one["function"]["function"](value)

    json = core_schema.union_schema([one["json_schema_input_schema"], core_schema.literal_schema([False])])
    return core_schema.no_info_plain_validator_function(read, json_schema_input_schema=json)


def digest() -> CoreSchema:
    """Accept a SHA-256: 64 digits 0-9 and a-f."""

    def read(value: Any) -> str | None:
        if value is not None and (not isinstance(value, str) or not _SHA256.fullmatch(value)):
            raise refused("facility.bad_digest", value=shown(value))
        return value

    json = core_schema.str_schema(pattern=f"^{_SHA256.pattern}$")
    return core_schema.no_info_plain_validator_function(read, json_schema_input_schema=json)


def _events(owner: str, *, once: tuple[str, ...] = (), clock: bool = False) -> dict[str, CoreSchema]:
    """Return the keys of a table that are dates of what happened; those in ``once`` happen once."""
    return {name: dates(clock=clock, most=1 if name in once else None) for name in words().event[owner]}


def _several(item: CoreSchema, name: str) -> CoreSchema:
    return listing(item, 0, limit("facility_rows"), wanted=f"tables [[{name}]]")


def _made() -> dict[str, CoreSchema]:
    return {"make": text(), "model": text(), "serial": text()}


def _device() -> CoreSchema:
    own = {
        "room": identifier(),
        "licence": identifier(),
        "exempt": flag(),
        "dose_check_months": number(least=0, most=120, whole=True),
        "withdrawn": day(),
        "surface_rate": quantity("dose_rate", least=0, most=1e9),
        "maximum_energy": quantity("photon_energy", above=0, most=1000),
        "protection": listing(choice(*words().protection), 0, 20),
        "protection_staff": listing(choice(*words().protection), 0, 20),
        "checks": table({}, _checks()),
    }
    happened = _events("device", once=("acquired", "declared", "put_into_use"))
    return table({"id": identifier(), "kind": text()}, {**_made(), **own, **happened})


def _checks() -> dict[str, CoreSchema]:
    """Return the keys of a device's safety check: figures, and answers by yes or no."""
    figures = {
        "leakage": quantity("kerma_rate", least=0, most=1e6),
        "operator_distance": metres(least=0, most=100),
        "table_panels": quantity("lead_equivalent", least=0, most=100),
    }
    return {**figures, **{name: flag() for name in CHECKED}}


def _source() -> CoreSchema:
    needed = {
        "id": identifier(),
        "nuclide": text(),
        "activity": quantity("activity", above=0, most=MOST_BQ),
        "reference_date": day(),
    }
    own = {"serial": text(), "device": identifier(), "room": identifier(), "licence": identifier(), "withdrawn": day()}
    return table(needed, {**own, **_events("sealed_source", once=("acquired", "declared", "put_into_use"))})


def _person() -> CoreSchema:
    dose = quantity("dose", least=0, most=100_000)
    yearly = table(
        {"employer": text(), "year": number(least=EARLIEST, most=LATEST, whole=True)},
        {
            "effective": dose,
            "lens": dose,
            "skin": dose,
            "extremities": dose,
            "abdomen": dose,
            "special_circumstances": flag(),
        },
    )
    pregnancy = table({"notice": day()}, {"moved": day(), "ended": day(), "fetus": dose})
    own = {
        "name": text(),
        "birth_date": day(),
        "certificate": text(),
        "left": day(),
        "exposed_since": day(),
        "reproductive_capacity": flag(),
        **{name: listing(identifier(), 0, limit("facility_rows")) for name in ("operates", "assists", "handles")},
        "protection": listing(choice(*words().protection), 0, 20),
        "pregnancy": listing(pregnancy, 0, 20, wanted="tables [[person.pregnancy]]"),
        "dose": listing(yearly, 0, 300, wanted="tables [[person.dose]]"),
    }
    happened = _events("person", once=("employed", "certificate_issued", "certificate_expiry"))
    return table({"id": identifier(), "role": choice(*words().role)}, {**own, **happened})


def _event() -> CoreSchema:
    kinds = (*words().event["facility"], "trained", "health_checked", "dosimeter_read")
    year = number(least=EARLIEST, most=LATEST, whole=True)
    people = listing(identifier(), 1, limit("facility_rows"), wanted="a list of ids of people")
    return table({"kind": choice(*kinds), "date": dates(most=1)}, {"for_year": year, "note": text(), "people": people})


def _application() -> CoreSchema:
    named = listing(identifier(), 1, limit("facility_rows"))
    own = {"licence": identifier(), "devices": named, "people": named}
    happened = _events("application", once=words().event["application"]) | {"fees_paid": date_or_false()}
    return table({"id": identifier(), "kind": choice(*words().application)}, {**own, **happened})


def _licence() -> CoreSchema:
    happened = _events("licence", once=words().event["licence"])
    needed = {"id": identifier(), "kind": choice(*words().licence), "issued": happened.pop("issued")}
    return table(needed, {"number": text(), "replaces": identifier(), **happened})


def _meter() -> CoreSchema:
    happened = _events("meter", once=("put_into_use",))
    return table({"id": identifier(), "kind": choice(*words().meter)}, {**_made(), "withdrawn": day(), **happened})


def _document() -> CoreSchema:
    own = {"number": text(), "date": day(), "expiry": day(), "file": text(), "sha256": digest()}
    return table({"id": identifier(), "title": text()}, own)


def _incident() -> CoreSchema:
    happened = _events("incident", once=words().event["incident"], clock=True)
    return table({"id": identifier(), "what": text()}, {"grade": choice(*words().grade), **happened})


def _workplace() -> CoreSchema:
    kinds = words()
    operation = table(
        {
            "nuclide": text(),
            "daily_activity": quantity("activity", above=0, most=MOST_BQ),
            "toxicity": choice(*kinds.toxicity),
            "handling": choice(*kinds.handling),
            "form": choice(*kinds.form),
        }
    )
    own = {
        "operation": listing(operation, 0, 200, wanted="tables [[workplace.operation]]"),
        "protection": listing(choice(*kinds.protection), 0, 20),
        "designation": choice(*DESIGNATIONS),
        "contamination_possible": flag(),
    }
    return table({"id": identifier()}, own)


def _inspection() -> CoreSchema:
    people = number(least=0, most=10_000, whole=True)
    return table({"id": identifier(), "unit": text(), "date": day()}, {"officers": people, "vehicles": people})


def _hazard() -> CoreSchema:
    own = {"level": choice(*words().hazard), "unit": text(), "inspection": identifier()}
    return table({"id": identifier(), "what": text(), "found": day()}, {**own, "deadline": day(), "corrected": day()})


def _head() -> CoreSchema:
    own = {
        "address": text(),
        "employees": number(least=0, most=1_000_000, whole=True),
        "features": listing(choice(*words().feature), 0, 20),
        "hazard_ledger": flag(),
    }
    return table({"name": text(), "kind": choice(*words().facility), "jurisdiction": text()}, own)


@cache
def facility() -> CoreSchema:
    """Return the whole file as one schema of pydantic's engine."""
    neighbour = table({"name": text(), "kind": text()}, {"distance": metres(least=0, most=100_000)})
    rows = {
        "licence": _licence(),
        "device": _device(),
        "sealed_source": _source(),
        "room": table({"id": identifier(), "file": text(), "sha256": digest()}),
        "person": _person(),
        "meter": _meter(),
        "document": _document(),
        "event": _event(),
        "application": _application(),
        "incident": _incident(),
        "neighbour": neighbour,
        "workplace": _workplace(),
        "inspection": _inspection(),
        "hazard": _hazard(),
    }
    start = number(least=EARLIEST, most=LATEST, whole=True)
    evaluation = {"date": day(), "instruments": listing(text(), 1, 20), "five_years_from": start}
    return table(
        {"format": number(least=FORMAT, most=FORMAT, whole=True), "facility": _head()},
        {
            "evaluation": table({}, evaluation),
            "self_inspection": table({}, {name: flag() for name in words().self_inspection}),
            **{name: _several(row, name) for name, row in rows.items()},
            "emergency": emergency(),
            "plugins": any_table(),
        },
    )
