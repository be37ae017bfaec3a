"""From checked tables to the gamma sources of a Design: sealed, unsealed, patients, exposures, boundaries."""

from shieldcalc.model.bodies import Body
from shieldcalc.model.design import Layer, SealedSource
from shieldcalc.model.loader.brachytherapy import BRACHYTHERAPY, brachytherapy_source
from shieldcalc.model.loader.materials import COMPOSITION
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.patients import IMAGING, THERAPY, stay_of
from shieldcalc.model.loader.sealed import STANDING
from shieldcalc.model.loader.shapes import shape_of
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.patients import Declared, Patients
from shieldcalc.model.radiography import Boundary, Collimator, Exposure
from shieldcalc.model.shapes import Shape, volume

WHOLE_WEEK_H, HOUR_S = 168.0, 3600.0


def layers_of(table: Tree, key: str = "layers") -> tuple[Layer, ...]:
    """Return the layers under one key of a checked table; none where it says none."""
    return tuple(
        Layer(
            material=row["material"],
            thickness_mm=row["thickness"] or row["lead_equivalent"],
            density_g_per_cm3=row["density"],
            form=row["form"],
            lead_equivalent_mm=row["lead_equivalent"],
            lead_equivalent_kv=row["lead_equivalent_kv"],
            composition=row.get(COMPOSITION, ""),
        )
        for row in table[key] or ()
    )


def sealed_of(row: Tree) -> SealedSource | None:
    """Return the sealed or unsealed sources of a checked table, None for X-ray equipment and patients."""
    if row["kind"] in BRACHYTHERAPY:
        return brachytherapy_source(row, layers_of(row["safe"]))
    if row["kind"] not in STANDING:
        return None
    hourly = row["exposed_in_busiest_hour"]
    filling = None if row["shape"] is None or row["self_absorption"] is None else _filling(row)
    return SealedSource(
        nuclide=row["nuclide"],
        activity_Bq=_activity(row, filling),
        position=row["position"],
        number=int(row["number"] or 1),
        reference_date=row["reference_date"],
        container=layers_of(row, "container"),
        shield=layers_of(row, "shield"),
        exposed_h_per_week=row["exposed_per_week"] or WHOLE_WEEK_H,
        exposed_in_busiest_hour=1.0 if hourly is None else hourly / HOUR_S,
        cutoff_MeV=row["cutoff"],
        daughters=row["daughters"] is not False,
        cavity_m=row["cavity"] or 0.0,
        size_m=row["source_size"],
        exposures=tuple(_exposure(exposure) for _, exposure in rows(row, "exposure")),
        shape=None if row["shape"] is None else shape_of(row),
        filling=filling,
    )


def _activity(row: Tree, filling: Body | None) -> float:
    """Return the activity in Bq of a source: as said, or of the volume of its shape or the mass in it."""
    if row["activity"] is not None:
        return float(row["activity"])
    cm3 = volume(shape_of(row)) * 1e6
    if row["activity_concentration"] is not None:
        return float(row["activity_concentration"] * cm3)
    from shieldcalc.photons.materials import material

    assert filling is not None, "asked for with specific_activity"
    density = filling.density_g_per_cm3 or material(filling.material).density()
    return float(row["specific_activity"] * cm3 * density)


def _filling(row: Tree) -> Body:
    return _body(row["id"], shape_of(row), row["self_absorption"])


def body_of(row: Tree) -> Body:
    """Return the body of a checked table."""
    return _body(row["id"], shape_of(row), row)


def _body(name: str, shape: Shape, row: Tree) -> Body:
    material, density = row["material"], row["density"]
    return Body(
        id=name, shape=shape, material=material, density_g_per_cm3=density, composition=row.get(COMPOSITION, "")
    )


def patients_of(row: Tree) -> Patients:
    """Return the patients of a checked table."""
    rate, constant, half_life = row["patient_rate"], row["patient_constant"], row["effective_half_life"]
    if rate is not None:
        rate = Declared(value=rate["rate"] * (rate["at"] or 1.0) ** 2, document=rate["document"])
    return Patients(
        nuclide=row["nuclide"],
        activity_Bq=row["activity"],
        position=row["position"],
        per_week=row["patients_per_week"],
        stay_h=stay_of(row) or 0.0,
        stay_assumed=row["kind"] == THERAPY and row["stay"] is None,
        decay_h=(row["uptake"] or 0.0) if row["kind"] == IMAGING else 0.0,
        voiding=row["voiding"] or 1.0,
        number=int(row["number"] or 1),
        in_busiest_hour=row["patients_in_busiest_hour"],
        constant=None if constant is None else Declared(**constant),
        rate=rate,
        effective_half_life_h=None if half_life is None else Declared(**half_life),
        cutoff_MeV=row["cutoff"],
        daughters=row["daughters"] is not False,
    )


def _exposure(row: Tree) -> Exposure:
    return Exposure(
        id=row["id"],
        positions=row["positions"],
        per_week=row["per_week"],
        hours=row["time"] / HOUR_S,
        wind_out_h=row["wind_out"] / HOUR_S,
        in_busiest_hour=row["in_busiest_hour"],
        collimator=None if row["collimator"] is None else _collimator(row["collimator"]),
    )


def _collimator(row: Tree) -> Collimator:
    return Collimator(
        toward=row["toward"],
        half_angle_deg=row["half_angle"],
        attenuation=row["attenuation"],
        document=row["document"] or "",
        layers=layers_of(row),
    )


def boundary_of(row: Tree) -> Boundary:
    """Return a limit whose boundary the user asks for on an open site."""
    return Boundary(id=row["id"], limit_uSv_per_h=row["limit"], averaging=row["averaging"] or "beam_on")
