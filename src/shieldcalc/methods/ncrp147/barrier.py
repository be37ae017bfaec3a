"""One barrier: from patients, distance and goal to the thickness of one material (sections 4 and 5)."""

from collections.abc import Sequence
from typing import NamedTuple

from shieldcalc import beams
from shieldcalc.errors import Notice, OutsideDataError, UnknownNameError
from shieldcalc.methods.ncrp147.design_goals import DesignGoal
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics import ct, equations, kerma
from shieldcalc.physics.barrier import Answer, within_numbers
from shieldcalc.physics.values import MODELS, PRESHIELDING, PRIMARY, SECONDARY, preshielding_mm

COMPONENTS = ("primary", "leakage", "side", "forward_back", "leakage_side", "leakage_forward_back")
CURVES = {"primary": "primary", "leakage": "leakage", "side": "scatter", "forward_back": "scatter"}
PRESHIELDINGS = ("none", "cross_table", "table_and_receptor")


class Place(NamedTuple):
    """What surrounds a barrier: the goal, the occupancy T, the distance in m, the barrier's material and density."""

    goal: DesignGoal
    occupancy: float
    distance_m: float
    material: str
    density_g_per_cm3: float | None = None


class Scans(NamedTuple):
    """Weekly CT scans of one region: K1 (mGy at 1 m a scan) as a Step, ``by`` "DLP" or "CTDI", contrast multiplier."""

    region: str
    per_week: float
    K1: Step
    by: str
    contrast: float


@within_numbers
def xray_barrier(
    workload: str,
    component: str,
    patients: float,
    place: Place,
    use: float = 1.0,
    preshielding: str = "none",
    k1_mGy: float | None = None,
) -> Answer:
    """Return what one barrier needs against one component of one workload distribution.

    ``patients`` a week (or in the goal's storage period); ``k1_mGy`` replaces the table's air kerma per patient at
    1 m. Raises UnknownNameError for names, OutsideDataError for a component that the report gives no value for, for
    a use factor or preshielding of a secondary component, for an occupancy with a storage goal.
    """
    _known(component, preshielding)
    _refuse_secondary_options(component, use, preshielding)
    _refuse_occupied_storage(place)
    K1, source, warnings = _k1(workload, component, k1_mGy)
    first, *rest = _xray_steps(component, K1, patients, use, place)
    steps = (first if k1_mGy is not None else kerma.cited(first, workload), *rest)
    beam = beams.Beam("ncrp147", "workload", kerma.known_workload(workload), CURVES.get(component, "secondary"))
    return _answer(beam, place, steps, source, warnings, preshielding)


@within_numbers
def ct_barrier(kv: float, scans: Sequence[Scans], place: Place) -> Answer:
    """Return what one barrier needs against the scatter of weekly CT scans at ``kv``; distance from the isocentre.

    The transmission is that of the next higher of 120 and 140 kV. Raises OutsideDataError above 140 kV.
    """
    _refuse_occupied_storage(place)
    weekly = [ct.weekly(each.K1.value, each.per_week, each.contrast, place.distance_m, each.region) for each in scans]
    inputs = {"P": (place.goal.P, "mGy"), "T": (place.occupancy, "")}
    K = (sum(step.value for step in weekly), "mGy")
    needed = evaluate(equations.required_transmission, {**inputs, "K": K})
    steps = (*(each.K1 for each in scans), *weekly, needed)
    answer = _answer(beams.Beam("ncrp147", "ct", f"{kv:.12g}", "secondary"), place, steps, (MODELS,), (), "none", K[0])
    return answer._replace(assumptions=(*answer.assumptions, *_ct_assumptions(kv, scans)))


def _ct_assumptions(kv: float, scans: Sequence[Scans]) -> list[Notice]:
    said = dict.fromkeys((each.by, each.contrast) for each in scans)
    found = [Notice("assumptions.ct_contrast", {"by": by, "contrast": f"{contrast:g}"}) for by, contrast in said]
    if any(each.by == "CTDI" for each in scans):
        found.append(Notice("assumptions.ct_ctdi_kv", {"kv": f"{kv:g}"}))
    return [*found, Notice("assumptions.ct_isotropic", {})]


def _known(component: str, preshielding: str) -> None:
    for kind, name, allowed in (
        ("component", component, COMPONENTS),
        ("preshielding", preshielding, PRESHIELDINGS),
    ):
        if name not in allowed:
            raise UnknownNameError(kind, name, allowed)


def _refuse_secondary_options(component: str, use: float, preshielding: str) -> None:
    if component != "primary" and use != 1:
        raise OutsideDataError("use_of_secondary", component=component, use=f"{use:g}")
    if component != "primary" and preshielding != "none":
        raise OutsideDataError("preshielding_of_secondary", component=component, preshielding=preshielding)


def _refuse_occupied_storage(place: Place) -> None:
    if place.goal.per == "period" and place.occupancy != 1:
        raise OutsideDataError("occupancy_of_storage", occupancy=f"{place.occupancy:g}")


def _k1(workload: str, component: str, own: float | None) -> tuple[float, tuple[str, ...], tuple[Notice, ...]]:
    """Return K1, the tables it is from, and what has to be said about it."""
    if component == "primary" and workload == kerma.ALL_BARRIERS:
        kerma.k1_primary(workload)
    if own is not None:
        return own, (), (Notice("warnings.own_k1", {"k1_mGy": own}),)
    if component == "primary":
        return kerma.k1_primary(workload), kerma.tables_of(workload, PRIMARY), ()
    found: tuple[Notice, ...] = ()
    if workload == kerma.MAMMOGRAPHY:
        found = (Notice("warnings.mammography_isocentre", {"k1_mGy": kerma.mammography_isocentre()}),)
    return kerma.k1_secondary(workload, component), kerma.tables_of(workload, SECONDARY), found


def _xray_steps(component: str, K1: float, patients: float, use: float, place: Place) -> tuple[Step, ...]:
    """Return unshielded air kerma and required transmission (Eqs. 4.3 and 4.4)."""
    N, d, goal = (patients, ""), (place.distance_m, "m"), {"P": (place.goal.P, "mGy"), "T": (place.occupancy, "")}
    if component == "primary":
        inputs = {"K1_P": (K1, "mGy"), "U": (use, ""), "N": N, "d_P": d}
        kinds = equations.primary_air_kerma, equations.required_primary_transmission
    else:
        inputs = {"K1_sec": (K1, "mGy"), "N": N, "d_sec": d}
        kinds = equations.secondary_air_kerma, equations.required_secondary_transmission
    return evaluate(kinds[0], inputs, component), evaluate(kinds[1], {**goal, **inputs}, component)


def _answer(
    beam: beams.Beam,
    place: Place,
    steps: tuple[Step, ...],
    sources: tuple[str, ...],
    warnings: tuple[Notice, ...],
    preshielding: str,
    total_K: float | None = None,
) -> Answer:
    """Return the answer from the steps: the first gives K (unless ``total_K`` does), the last B."""
    K, B = steps[0].value if total_K is None else total_K, steps[-1].value
    total, tables, found = beams.thickness_mm(beam, place.material, min(B, 1.0), place.density_g_per_cm3)
    x_pre, pre_tables, pre_found = _preshielding(beam, place, preshielding)
    net = [evaluate(equations.net_thickness, {"x_total": (total, "mm"), "x_pre": (x_pre, "mm")})] if x_pre else []
    if B >= 1:
        warnings = (*warnings, Notice("warnings.no_shielding_needed", {"B": f"{B:.3g}"}))
    return Answer(
        K=K,
        B=B,
        total_mm=total,
        net_mm=max(0.0, total - x_pre),
        preshielding_mm=x_pre,
        steps=(*place.goal.steps, *steps, *(step for step in net if step.value > 0)),
        assumptions=place.goal.notices,
        warnings=(*warnings, *found, *pre_found),
        tables=tuple(dict.fromkeys((*sources, *tables, *pre_tables))),
    )


def _preshielding(beam: beams.Beam, place: Place, kind: str) -> tuple[float, tuple[str, ...], tuple[Notice, ...]]:
    """Return x_pre in mm of the barrier's material (Table 4.6; else as much as its lead lets through)."""
    if kind == "none":
        return 0.0, (), ()
    printed = preshielding_mm(kind, place.material)
    if printed is not None:
        return printed, (PRESHIELDING,), ()
    lead = preshielding_mm(kind, "lead") or 0.0
    through = beams.log_transmission(beam, (beams.Layer("lead", lead),)).transmission
    mm, tables, found = beams.thickness_mm(beam, place.material, through, place.density_g_per_cm3)
    counted = {"lead_mm": lead, "material": place.material, "thickness_mm": f"{mm:.3g}"}
    said = Notice("warnings.preshielding_by_lead", counted)
    return mm, (PRESHIELDING, *tables), (said, *found)
