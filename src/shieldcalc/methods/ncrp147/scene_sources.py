"""What each source of a room gives out by this report: scanners, tubes by patients or protocols, beam-on rates."""

from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.ncrp147.scene_workload import by_patients
from shieldcalc.model.design import Source
from shieldcalc.model.scene import Scene
from shieldcalc.physics.ct_terms import by_scans
from shieldcalc.physics.field import Field, others_of
from shieldcalc.physics.rules import rule
from shieldcalc.physics.technique_terms import at_maximum, by_protocols
from shieldcalc.physics.terms import Radiation

CT = "ct"
KINDS = (
    *("radiography", "chest", "fluoroscopy", "radiography_fluoroscopy", "angiography", "cardiac_angiography"),
    *("interventional", "c_arm", "mammography", "ct", "skull_xray", "mobile_xray"),
)


def radiation_of(source: Source) -> list[Radiation]:
    """Return what one source gives out. Raises OutsideDataError for a kind of equipment that the report lacks."""
    if source.kind not in KINDS:
        raise OutsideDataError("kind_without_method", source=source.id, kind=source.kind, allowed=", ".join(KINDS))
    if source.kind == CT:
        return [by_scans(source)]
    if source.distribution is None and not (source.protocols and all(each.charge_mAs for each in source.protocols)):
        raise OutsideDataError("ncrp147_without_workload", source=source.id)
    margin = rule("beam_margin_m")
    weekly = by_protocols if source.protocols else by_patients
    return [weekly(source, margin), at_maximum(source, margin)]


def field_of(scene: Scene) -> Field:
    """Return the dose field of a room by this report."""
    return Field(scene, radiation_of, others_of(scene, field_of))
