"""Facts of the protective equipment that the facility declares, one subject a piece."""

from collections.abc import Iterator

from shieldcalc.assess.kinds import kinds_of
from shieldcalc.model.design import Design
from shieldcalc.model.protective import ProtectiveEquipment
from shieldcalc.model.result import Fact
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.regulations.view import SUBJECT

SCOPE = "protective_equipment"
_FOR_PATIENTS = ("patient_gonad_shield", "patient_thyroid_collar")
_AT_THE_TABLE = ("staff_apron", "staff_thyroid_collar", "staff_glasses", "staff_gloves")
_OPERATED_BESIDE = ("interventional_xray", "angiography_cardiac_with_contrast")


def protective_facts(design: Design) -> Iterator[Fact]:
    """Return the lead equivalent of each piece: what is declared, and what the room cannot do without as not known.

    No room can do without gonad shield and thyroid collar for patients (a dental one needs the collar alone); one whose
    staff works at the table needs apron, collar, glasses and gloves too.
    """
    kept = design.declarations.protective_equipment or ProtectiveEquipment()
    kinds = kinds_of(design)
    needed = {*_needed(kinds)}
    for name in ProtectiveEquipment.__slots__:
        value = getattr(kept, name)
        if value is not None or name in needed:
            key = f"declarations.{SCOPE}.{name}"
            subject, lead = f"protective.{name}", "lead_equivalent_protective"
            yield Fact(subject=subject, quantity=SUBJECT, value=SCOPE, equipment=kinds)
            yield Fact(subject=subject, quantity=SCOPE, value=name)
            yield Fact(subject=subject, quantity=lead, value=value, unit="mmPb", provenance=key)


def _needed(kinds: tuple[str, ...]) -> Iterator[str]:
    tree = taxonomy().equipment
    dental = all(is_a(tree, kind, ("dental",)) for kind in kinds)
    yield from _FOR_PATIENTS[1:] if dental else _FOR_PATIENTS
    if any(is_a(tree, kind, _OPERATED_BESIDE) for kind in kinds):
        yield from _AT_THE_TABLE
