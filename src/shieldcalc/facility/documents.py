"""Documents on file that have run out on a day."""

from collections.abc import Iterator
from datetime import date

from shieldcalc.errors import Notice
from shieldcalc.facility.items import Item
from shieldcalc.facility.no_room import unasked
from shieldcalc.model.facility import Document, Facility

SYSTEM = "S02"


def documents_on_file(facility: Facility, on: date) -> tuple[Document, ...]:
    """Return the documents that are dated by a day, or have no date."""
    return tuple(each for each in facility.documents if each.dated is None or each.dated <= on)


def expired_documents(facility: Facility, on: date) -> Iterator[Item]:
    """Yield a failure for each document on file whose last day is over; on the last day itself it holds."""
    for each in documents_on_file(facility, on):
        if each.expiry is not None and each.expiry < on:
            reason = Notice("findings.audit.document_expired", {"title": each.title, "day": each.expiry.isoformat()})
            yield Item(SYSTEM, unasked("document_expired", each.id, "fail", True, reason))
