"""What each source of a room gives out by this report: scanners, tubes by patients or protocols, beam-on rates."""

from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.ncrp147.doses import doses_at
from shieldcalc.methods.ncrp147.scene_workload import MAMMOGRAPHY, by_patients
from shieldcalc.model.design import Source
from shieldcalc.model.scene import Scene
from shieldcalc.physics.beside import others_of
from shieldcalc.physics.ct_terms import by_scans
from shieldcalc.physics.field import Field
from shieldcalc.physics.last_scene import of_last, of_last_scene
from shieldcalc.physics.rules import rule
from shieldcalc.physics.terms import Radiation
from shieldcalc.physics.tubes import CBCT, VETERINARY, at_maximum, by_protocols, knows_scatter, notices_of_kind

CT, MAMMOGRAPHY_KIND = "ct", "mammography"
SURVEYED = (
    *("radiography", "chest", "fluoroscopy", "radiography_fluoroscopy", "angiography", "cardiac_angiography"),
    *("interventional", "c_arm", MAMMOGRAPHY_KIND, "skull_xray", "simulator", "mobile_xray", "mobile_c_arm"),
)
KINDS = (*SURVEYED, CT, "intraoral_dental", "panoramic_dental", CBCT, "bone_density", VETERINARY)


@of_last
def radiation_of(source: Source) -> list[Radiation]:
    """Return what one source gives out.

    Raises OutsideDataError for a kind of equipment without data, and for a workload that is not its own.
    """
    if source.kind not in KINDS:
        raise OutsideDataError("kind_without_method", source=source.id, kind=source.kind, allowed=", ".join(KINDS))
    if source.kind == CT:
        return [by_scans(source)]
    _workload_of_its_kind(source)
    margin = rule("beam_margin_m")
    weekly = by_protocols if source.protocols else by_patients
    found = [weekly(source, margin), at_maximum(source, margin)]
    found[0].notices += notices_of_kind(source)
    return found


def _workload_of_its_kind(source: Source) -> None:
    """Refuse a tube without workload, and a distribution that was surveyed on other equipment."""
    own = (source.distribution == MAMMOGRAPHY) == (source.kind == MAMMOGRAPHY_KIND)
    if source.distribution is not None and (source.kind not in SURVEYED or not own):
        shown = {"kind": source.kind, "distribution": source.distribution}
        raise OutsideDataError("distribution_of_others", source=source.id, **shown)
    by_charge = bool(source.protocols) and all(each.charge_mAs for each in source.protocols)
    if source.distribution is None and not by_charge and not knows_scatter(source):
        code = "scatter_not_declared" if source.kind == CBCT else "ncrp147_without_workload"
        raise OutsideDataError(code, source=source.id, kind=source.kind)


@of_last_scene
def field_of(scene: Scene) -> Field:
    """Return the dose field of a room by this report."""
    return Field(scene, radiation_of, others_of(scene, field_of, doses_at, "ncrp147"))
