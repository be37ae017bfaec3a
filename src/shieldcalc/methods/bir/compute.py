"""A whole room by the BIR/IPEM method."""

from collections.abc import Sequence
from functools import partial

from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.bir import equations
from shieldcalc.methods.bir.occupancy import occupied
from shieldcalc.methods.bir.scanner import by_scans
from shieldcalc.methods.bir.terms import INTRAORAL, at_maximum, by_films_or_kap, by_kap
from shieldcalc.methods.bir.values import value
from shieldcalc.model.design import Source
from shieldcalc.model.result import Doses, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import Step
from shieldcalc.physics.anywhere import dose_field
from shieldcalc.physics.beside import others_of
from shieldcalc.physics.declared import by_exposures, is_declared, while_on
from shieldcalc.physics.field import Field
from shieldcalc.physics.last_scene import of_last_scene
from shieldcalc.physics.require import required_by
from shieldcalc.physics.room import Names, Worst, Xray, room_result, xray_method
from shieldcalc.physics.rules import rule
from shieldcalc.physics.terms import Radiation
from shieldcalc.physics.tubes import CBCT, VETERINARY, beams_unstopped, notices_of_kind, with_primary
from shieldcalc.physics.yearly import Year

CT = "ct"
WITHOUT_FIGURES = ("mammography", CBCT, "bone_density")
KINDS = (
    *("radiography", "chest", "fluoroscopy", "radiography_fluoroscopy", "angiography", "cardiac_angiography"),
    *("interventional", "c_arm", "ct", "skull_xray", "mobile_xray", "mobile_c_arm", INTRAORAL, "panoramic_dental"),
    *(VETERINARY, *WITHOUT_FIGURES),
)
NAMES = Names(
    "bir",
    "BIR/IPEM with RPII 09/01",
    "Sutton and Williams, Radiation Shielding for Diagnostic X-rays (BIR/IPEM 2000; Sutton et al., 2nd edition 2012);"
    " RPII 09/01, The Design of Diagnostic Medical Facilities (2009)",
)


def radiation_of(height_m: float, source: Source) -> list[Radiation]:
    """Return what one source gives out.

    Raises OutsideDataError for a kind of equipment without data here and for a source whose kerma-area product the
    design does not say.
    """
    if source.kind not in KINDS:
        raise OutsideDataError("bir_kind", source=source.id, kind=source.kind, allowed=", ".join(KINDS))
    if source.kind == CT:
        return [by_scans(source, height_m)]
    if not source.beams:
        raise OutsideDataError("tube_without_beam", source=source.id)
    margin = rule("beam_margin_m")
    weekly = by_films_or_kap if source.kind == INTRAORAL else by_kap
    if is_declared(source):
        found = _declared(source, margin)
    elif source.kind in WITHOUT_FIGURES:
        raise OutsideDataError("scatter_not_declared", source=source.id, kind=source.kind)
    else:
        found = [weekly(source, margin), at_maximum(source, margin)]
    found[0].notices += notices_of_kind(source)
    return found


def _declared(source: Source, margin_m: float) -> list[Radiation]:
    """Return declared scatter, with the primary beam by this method where no receptor stops it."""
    week, rate = by_exposures(source, NAMES.method), while_on(source, NAMES.method)
    if not beams_unstopped(source):
        return [week, rate]
    return [with_primary(week, by_kap(source, margin_m)), with_primary(rate, at_maximum(source, margin_m))]


@of_last_scene
def field_of(scene: Scene) -> Field:
    """Return the dose field of a room by this method."""
    return Field(scene, partial(radiation_of, scene.height_m), others_of(scene, field_of, doses_at, NAMES.method))


def year() -> Year:
    """Return how this method counts a year: 52 weeks."""
    return Year(equations.occupied_air_kerma, equations.yearly_air_kerma, value("design", "weeks_per_year"))


def doses_at(point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
    """Return every dose quantity from week (mGy), hour (uGy) and beam-on (uGy/h), by this method's year."""
    return year().doses_at(point, own)


def compute(scene: Scene, points: tuple[Point, ...], worst: Worst | None = None) -> Result:
    """Return the doses at the fixed points and at the worst places behind every assessed barrier."""
    return room_result(NAMES, field_of(scene), points, doses_at, occupied, places=worst)


METHOD = xray_method(
    NAMES,
    KINDS,
    Xray(
        compute,
        lambda scene: {"": field_of(scene)},
        doses_at,
        required_by(field_of, doses_at),
        dose_field(field_of, doses_at),
    ),
)
