"""Air kerma per patient at 1 m: Tables 4.5 and 4.7 as printed, by scattering angle, and rebuilt from Table 4.2.

The rebuilt values are a check of the printed ones and give their dependence on the angle; doses use the printed ones.
A distribution that a plugin brings has no printed values: its doses use the rebuilt ones.
All air kerma in mGy per patient at 1 m.
"""

from functools import cache

from shieldcalc import beams
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.trace import Step
from shieldcalc.physics.values import MODELS, PRIMARY, SECONDARY, value, wnorm
from shieldcalc.tables import head, table

COLUMNS = {
    "leakage": "leakage",
    "side": "side",
    "forward_back": "fb",
    "leakage_side": "leak_side",
    "leakage_forward_back": "leak_fb",
}
ALL_BARRIERS, MAMMOGRAPHY = "rad_room_all_barriers", "mammography_room"
REBUILT = "NCRP Report No. 147 (2004), Appendix B and Appendix C, with “{table}”"
SIDE_DEG, FORWARD_BACK_DEG = 90.0, 135.0


def distributions() -> tuple[str, ...]:
    """Return the names of the workload distributions (Table 4.7), and of those that plugins bring."""
    return beams.workloads()


def known_workload(workload: str) -> str:
    """Return the name itself; raise UnknownNameError where no distribution has it."""
    return beams.workload(workload).name


def tables_of(workload: str, printed: str) -> tuple[str, ...]:
    """Return the table that printed values are from; of a plugin's distribution its own, and that of the models."""
    found = beams.workload(workload)
    return (found.table, MODELS) if found.added else (printed,)


def cited(step: Step, workload: str) -> Step:
    """Return a step with a value of Table 4.5 or 4.7; of a plugin's distribution it cites the plugin's own table."""
    found = beams.workload(workload)
    return step._replace(source=REBUILT.format(table=head(found.table)["title"])) if found.added else step


@cache
def _rebuilt(found: beams.Workload) -> dict[str, float]:
    """Return the rebuilt values of a distribution by the columns of Table 4.7, and "primary"."""
    leakage = rebuilt_leakage(found.name)
    side, fb = (rebuilt_scatter(found.name, angle) for angle in (SIDE_DEG, FORWARD_BACK_DEG))
    values = {"leakage": leakage, "side": side, "fb": fb, "leak_side": leakage + side, "leak_fb": leakage + fb}
    return {**values, "primary": rebuilt_primary(found.name)}


def k1_primary(workload: str) -> float:
    """Return K1_P (Table 4.5). Raises OutsideDataError for a distribution without primary barriers."""
    found = beams.workload(workload)
    return _rebuilt(found)["primary"] if found.added else _k1_primary(workload)


@cache
def _k1_primary(workload: str) -> float:
    row = next(table(PRIMARY).where(workload=known_workload(workload)), None)
    if row is None:
        allowed = ", ".join(each["workload"] for each in table(PRIMARY).rows)
        code = "no_primary_all_barriers" if workload == ALL_BARRIERS else "no_primary_kerma"
        raise OutsideDataError(code, workload=workload, allowed=allowed)
    return float(row["K1_primary_mGy_per_patient"])


def k1_secondary(workload: str, component: str) -> float:
    """Return one column of Table 4.7: leakage, side, forward_back, leakage_side or leakage_forward_back."""
    found = beams.workload(workload)
    return _rebuilt(found)[COLUMNS[component]] if found.added else _k1_secondary(workload, component)


@cache
def _k1_secondary(workload: str, component: str) -> float:
    row = next(table(SECONDARY).where(workload=known_workload(workload)))
    return float(row[COLUMNS[component]])


def mammography_isocentre() -> float:
    """Return K1_sec of a four-view mammography examination at 1 m from the isocentre, all barriers (section 5.5)."""
    return value("mammography_K1_secondary")


def k1_secondary_at(workload: str, theta: float) -> float:
    """Return leakage plus scatter at ``theta`` degrees from the forward beam.

    Printed values at 90 degrees, and at 135 degrees and beyond or within 20 degrees of the beam; in between they are
    joined along the rebuilt scatter, never below the 90 degree value. Mammography: its isocentre value everywhere.
    Raises UnknownNameError for other distributions.
    """
    if workload == MAMMOGRAPHY:
        return mammography_isocentre()
    side, fb = k1_secondary(workload, "leakage_side"), k1_secondary(workload, "leakage_forward_back")
    if theta <= value("scatter_angle_min") or theta >= FORWARD_BACK_DEG:
        return fb
    return max(side, side + (fb - side) * _between_side_and_back(theta))


def curve(workload: str) -> tuple[float, ...]:
    """Return ``k1_secondary_at`` as numbers for ``kernels.gains.gain`` (columns 7 to 20)."""
    low = value("scatter_angle_min")
    if workload == MAMMOGRAPHY:
        return low, low, 0.0, 0.0, *(0.0,) * 6, 0.0, mammography_isocentre(), 0.0, 1.0
    side, fb = k1_secondary(workload, "leakage_side"), k1_secondary(workload, "leakage_forward_back")
    at_90, at_135 = _at_reference(SIDE_DEG), _at_reference(FORWARD_BACK_DEG)
    drawn = beams.scatter_numbers(value("scatter_kv_reference"))
    return low, FORWARD_BACK_DEG, 0.0, 0.0, *drawn, side, fb, at_90, at_135 - at_90


def _between_side_and_back(theta: float) -> float:
    """Return where the scatter at an angle lies between that at 90 (0) and 135 degrees (1).

    The dependence of a1 on the angle (Fig. C.1) is the same at every tube potential, so that it is that of every sum.
    """
    at_90, at_135 = _at_reference(SIDE_DEG), _at_reference(FORWARD_BACK_DEG)
    return (beams.scatter_fraction(value("scatter_kv_reference"), theta) - at_90) / (at_135 - at_90)


@cache
def _at_reference(theta: float) -> float:
    return beams.scatter_fraction(value("scatter_kv_reference"), theta)


def beam_shares(use: tuple[tuple[float, str], ...]) -> tuple[float, ...]:
    """Return each beam's share of a tube's workload, from (use factor, distribution) of all its beams.

    The share is U x Wnorm over the sum of U x Wnorm; equal shares when no beam is ever used.
    """
    loads = [factor * wnorm(workload) for factor, workload in use]
    if not sum(loads):
        return tuple(1 / len(loads) for _ in loads)
    return tuple(load / sum(loads) for load in loads)


def rebuilt_primary(workload: str) -> float:
    """Return the sum over the bins of Table 4.2 of workload times output (Fig. B.1)."""
    return sum(each.mA_min * beams.output_ncrp(each.table_kv) for each in beams.bins(workload))


def rebuilt_scatter(workload: str, theta: float) -> float:
    """Return the scatter at ``theta`` degrees (20 to 140), from the bins of Table 4.2, Fig. B.1 and Fig. C.1."""
    found = beams.workload(workload)
    field = found.field_cm2 / found.field_at_m**2
    return field * sum(
        each.mA_min * beams.output_ncrp(each.table_kv) * beams.scatter_fraction(each.table_kv, theta)
        for each in beams.bins(workload)
    )


def rebuilt_leakage(workload: str) -> float:
    """Return the leakage from the bins of Table 4.2 by the model of section C.2 (tungsten tubes only)."""
    return sum(each.mA_min * beams.leakage_per_mAmin(each.table_kv) for each in beams.bins(workload))


def housing_transmission(kv: float, lead_mm: float) -> float:
    """Return the primary transmission of the tube housing, as millimetres of lead, at one tube potential.

    Below 50 kV, where Table A.1 has no lead row of a tungsten tube, the 50 kV row serves (it lets more through).
    """
    kv = max(kv, value("output_tungsten_kv_min"))
    beam = beams.Beam("ncrp147", "kvp", f"{kv:.12g}", "primary")
    return beams.log_transmission(beam, (beams.Layer("lead", lead_mm),)).transmission
