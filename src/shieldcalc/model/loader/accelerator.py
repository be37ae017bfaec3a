"""Accelerators for radiotherapy in the design file: checks of their keys, and what becomes of them."""

from dataclasses import replace
from math import dist, hypot, sqrt

from shieldcalc.errors import UnitError
from shieldcalc.model.accelerator import COBALT as COBALT_60
from shieldcalc.model.accelerator import Accelerator, BeamEnergy, Gantry, NeutronSource, TotalBody
from shieldcalc.model.design import Beam, Xyz
from shieldcalc.model.gantry import apart_deg, target
from shieldcalc.model.loader.limits import own_rule
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.positions import Room
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.sealed import COMMON, ROUNDING
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.loader.therapy_tubes import THERAPY_TUBES, refuse_receptor
from shieldcalc.tables import table

LINAC, COBALT, DIRECTED = ("linac",), ("co60_teletherapy",), ("industrial_linac",)
ACCELERATORS = (*LINAC, *COBALT, *DIRECTED)
TURNING = ("isocentre", "table_toward", "gantry", "energy")
NEEDED = {
    **dict.fromkeys(LINAC, TURNING),
    **dict.fromkeys(COBALT, (*TURNING, "leakage_off")),
    **dict.fromkeys(DIRECTED, ("beam", "energy")),
}
OF_TURNING = ("gantry", "energy", "tbi", "largest_field", "leakage_fraction")
OF_COBALT = ("source_distance", "leakage_off")
MAY = {
    **dict.fromkeys(LINAC, OF_TURNING),
    **dict.fromkeys(COBALT, ("gantry", "energy", "largest_field", "leakage_fraction", *OF_COBALT)),
    **dict.fromkeys(DIRECTED, ("beam", "energy", "leakage_fraction")),
}
OWN = (*OF_TURNING, *OF_COBALT)
ONLY_LINAC = ("imrt_share", "imrt_factor", "neutrons")
SAME_DEG, SAME_PLACE_M, GRAY, CM = 0.5, 0.01, 1000.0, 100.0
RULES = "therapy/ncrp151_rules.csv"


def isocentre_distance_m(row: Tree) -> float:
    """Return how far target or source is from the isocentre."""
    return row["source_distance"] or own_rule("cobalt_distance" if row["kind"] in COBALT else "scatter_distance")


def _rule(name: str) -> float:
    return float(next(table(RULES).where(name=name))["value"])


def check_accelerator(path: Path, source: Tree, evaluation: Tree, room: Room | None, problems: Problems) -> None:
    """Report what an accelerator lacks, what has no meaning for it, angles, energies and hours that do not fit."""
    kind = source["kind"]
    why = f"a source of kind {kind}"
    for key in NEEDED[kind]:
        if source[key] is None and not problems.about((*path, key)):
            problems.say((*path, key), "design.needed_here", why=why)
    for key in source:
        if key not in (*MAY[kind], *NEEDED[kind], *COMMON) and source[key] is not None:
            problems.say((*path, key), "design.not_here", why=why)
    if kind in DIRECTED:
        _directions(path, source, problems)
    else:
        _couch(path, source, problems)
        _gantry(path, source, room, problems)
    _energies(path, source, evaluation.get("working_hours"), problems)
    _total_body(path, source, problems)


def refuse_accelerator_keys(path: Path, source: Tree, problems: Problems) -> None:
    """Report keys of accelerators in another source."""
    for key in OWN:
        if source[key] is not None and (key != "leakage_fraction" or source["kind"] not in THERAPY_TUBES):
            problems.say((*path, key), "design.not_here", why=f"a source of kind {source['kind']}")


def _directions(path: Path, source: Tree, problems: Problems) -> None:
    """Report beams without use factor, use factors that do not share out the workload, keys of patients in a beam."""
    total, least = 0.0, own_rule("use_factors_least")
    found = list(rows(source, "beam"))
    refuse_receptor(path, source, f"a source of kind {source['kind']}", problems)
    for index, beam in found:
        at = (*path, "beam", index)
        if beam["use_factor"] is None:
            problems.say((*at, "use_factor"), "design.needed_here", why=f"a source of kind {source['kind']}")
            return
        for key in ("distribution", "patients_in_busiest_hour", "preshielding"):
            if beam[key] is not None:
                problems.say((*at, key), "design.not_here", why=f"a source of kind {source['kind']}")
        total += beam["use_factor"]
    if found and not least <= total <= 2 - least:
        code = "design.use_factors_below" if total < least else "design.use_factor_sum"
        told = {"sum": f"{total:g}", "least": f"{least:g}", "distribution": "energy"}
        problems.say((*path, "beam", found[-1][0], "use_factor"), code, **told)


def _couch(path: Path, source: Tree, problems: Problems) -> None:
    centre, toward = source["isocentre"], source["table_toward"]
    if centre is not None and toward is not None and dist(centre[:2], toward[:2]) < SAME_PLACE_M:
        problems.say((*path, "table_toward"), "design.coincide", one="table_toward", other="isocentre")


def _gantry(path: Path, source: Tree, room: Room | None, problems: Problems) -> None:
    """Report angles named twice, use factors that leave out a part of the workload, a gantry that hits a wall."""
    found = [(index, row) for index, row in rows(source, "gantry") if None not in row.values()]
    for position, (index, row) in enumerate(found):
        for _, other in found[:position]:
            if apart_deg(row["angle"], other["angle"]) < SAME_DEG:
                problems.say((*path, "gantry", index, "angle"), "design.gantry_twice", angle=f"{row['angle']:g}")
    total = sum(row["use_factor"] for _, row in found)
    least = own_rule("use_factors_least")
    if found and total < least and len(found) == len(source["gantry"]):
        at = (*path, "gantry", found[-1][0], "use_factor")
        problems.say(at, "design.use_factors_below", sum=f"{total:g}", least=f"{least:g}")
    _turns(path, source, room, problems)


def _turns(path: Path, source: Tree, room: Room | None, problems: Problems) -> None:
    centre, toward = source["isocentre"], source["table_toward"]
    at = (*path, "isocentre")
    if (
        room is None
        or centre is None
        or toward is None
        or problems.about(at)
        or problems.about((*path, "table_toward"))
    ):
        return
    for angle in range(0, 360, 45):
        if not room.holds(target(centre, axis_of(source), angle, isocentre_distance_m(source))):
            told = {"angle": f"{angle:g}", "distance": f"{isocentre_distance_m(source):g}"}
            problems.say(at, "design.gantry_hits", **told)
            return


def _energies(path: Path, source: Tree, hours: float | None, problems: Problems) -> None:
    seen: set[str] = set()
    for index, row in rows(source, "energy"):
        at = (*path, "energy", index)
        if source["kind"] in COBALT:
            _cobalt(at, index, row, problems)
        elif row["mv"] is None and not problems.about((*at, "mv")):
            problems.say((*at, "mv"), "design.needed_here", why=f"a source of kind {source['kind']}")
        else:
            _energy((*at, "mv"), row["mv"], source["kind"], seen, problems)
        if source["kind"] in DIRECTED:
            _refuse(at, row, (*ONLY_LINAC, "quality_assurance"), f"a source of kind {source['kind']}", problems)
        elif (row["imrt_share"] is None) != (row["imrt_factor"] is None):
            missing = "imrt_share" if row["imrt_share"] is None else "imrt_factor"
            if not problems.about((*at, missing)):
                problems.say((*at, missing), "design.needed_here", why="a beam with intensity modulation")
        _hour((*at, "in_busiest_hour"), row, hours, problems)


def _cobalt(at: Path, index: int, row: Tree, problems: Problems) -> None:
    """Report an energy of cobalt, which has one, a second table of it, intensity modulation."""
    _refuse(at, row, ("mv", *ONLY_LINAC), "a source of kind co60_teletherapy", problems)
    if index:
        problems.say(at, "design.energy_twice", energy=COBALT_60)


def _refuse(at: Path, row: Tree, keys: tuple[str, ...], why: str, problems: Problems) -> None:
    for key in keys:
        if row[key] is not None:
            problems.say((*at, key), "design.not_here", why=why)


def _total_body(path: Path, source: Tree, problems: Problems) -> None:
    """Report total body irradiation by a beam or at a gantry angle that the source does not have, or twice by one."""
    beams = [name for _, row in rows(source, "energy") if (name := _name(row["mv"]))]
    angles = [row["angle"] % 360 for _, row in rows(source, "gantry") if row["angle"] is not None]
    seen: set[str] = set()
    for index, row in rows(source, "tbi"):
        at = (*path, "tbi", index)
        name = _name(row["mv"])
        if row["mv"] is not None and name not in beams:
            problems.unknown((*at, "mv"), "energy", row["mv"], beams)
        elif name in seen:
            problems.say((*at, "mv"), "design.energy_twice", energy=name)
        seen.add(name)
        angle = row["gantry"]
        if angle is not None and angles and all(apart_deg(angle, each) >= SAME_DEG for each in angles):
            allowed = ", ".join(f"{each:g}" for each in angles)
            problems.say((*at, "gantry"), "design.tbi_gantry", angle=f"{angle:g}", allowed=allowed)


def _name(written: str | None) -> str:
    """Return a beam's name as people write it, "" for what is none."""
    try:
        MV, fff = megavolts(written or "")
    except UnitError:
        return ""
    return f"{MV:g} MV{' FFF' if fff else ''}"


def _energy(path: Path, written: str | None, kind: str, seen: set[str], problems: Problems) -> None:
    if written is None:
        return
    try:
        MV, fff = megavolts(written, kind)
    except UnitError:
        low, high = _range(kind)
        problems.say(path, "design.linac_energy", value=written, low=f"{low:g}", high=f"{high:g}")
        return
    name = f"{MV:g} MV{' FFF' if fff else ''}"
    if name in seen:
        problems.say(path, "design.energy_twice", energy=name)
    seen.add(name)


def _range(kind: str) -> tuple[float, float]:
    """Return the least and the largest energy of a kind in MV."""
    least = own_rule("industrial_linac_least" if kind in DIRECTED else "linac_least")
    return least, own_rule("linac_most")


def megavolts(written: str, kind: str = LINAC[0]) -> tuple[float, bool]:
    """Return the nominal energy in MV and whether the beam has no flattening filter: "6 MV", "10 MV FFF".

    Raises UnitError for what is none.
    """
    from shieldcalc.units import parse

    plain = written.strip()
    fff = plain.upper().endswith("FFF")
    kV = parse(plain[:-3] if fff else plain, "voltage")
    low, high = _range(kind)
    if not low <= kV / GRAY <= high:
        raise UnitError("therapy_energy", value=written)
    return kV / GRAY, fff


def _hour(path: Path, row: Tree, hours: float | None, problems: Problems) -> None:
    """Report a busiest hour with less than the week's share of one working hour, or with more than the week."""
    hour = row["in_busiest_hour"]
    if hour is None or row["per_week"] is None:
        return
    week = row["per_week"] + (row["quality_assurance"] or 0.0)
    if hours is None:
        if not problems.about(("evaluation", "working_hours")):
            problems.say(("evaluation", "working_hours"), "design.hours_missing")
    elif hour < week / hours * (1 - ROUNDING):
        told = {"value": f"{hour:g}", "week": f"{week:g}", "hours": f"{hours:g}", "least": f"{week / hours:.4g}"}
        problems.say(path, "design.hour_below", **told)
    if hour > week:
        problems.say(path, "design.hour_above", value=f"{hour:g}", most=f"{week:g}")


def axis_of(row: Tree) -> tuple[float, float]:
    """Return the unit vector from the isocentre along the couch on the plan."""
    (x, y), (tx, ty) = row["isocentre"][:2], row["table_toward"][:2]
    size = dist((x, y), (tx, ty)) or 1.0
    return (tx - x) / size, (ty - y) / size


def accelerator_of(row: Tree) -> Accelerator | None:
    """Return the accelerator of a checked table, None for other sources."""
    if row["kind"] not in ACCELERATORS:
        return None
    angles = [each["angle"] % 360 for _, each in rows(row, "gantry")]
    by_beam = {_name(each["mv"]): each for _, each in rows(row, "tbi")}
    sides = row["largest_field"]
    energies = [
        _at_1m(row, _beam(row["kind"], each, by_beam.get(_name(each["mv"])), angles)) for _, each in rows(row, "energy")
    ]
    return Accelerator(
        axis=(1.0, 0.0) if row["kind"] in DIRECTED else axis_of(row),
        gantry=tuple(
            Gantry(angle_deg=each["angle"] % 360, use_factor=each["use_factor"]) for _, each in rows(row, "gantry")
        ),
        energies=tuple(energies),
        field_m=_rule("largest_field") if sides is None else _square(*sides),
        field_sides_m=sides,
        field_assumed=sides is None and row["kind"] not in DIRECTED,
        leakage_fraction=row["leakage_fraction"],
        source_distance_m=isocentre_distance_m(row),
        leakage_off_mGy_per_h=row["leakage_off"],
    )


def _square(one: float, other: float) -> float:
    """Return the side of the square with a field's diagonal: it reaches as far and its area is never smaller."""
    return one if one == other else hypot(one, other) / sqrt(2)


def _beam(kind: str, row: Tree, tbi: Tree | None, angles: list[float]) -> BeamEnergy:
    """Return a beam; total body irradiation adds its grays at 1 m to week and busiest hour."""
    MV, fff = (None, False) if kind in COBALT else megavolts(row["mv"], kind)
    assurance = row["quality_assurance"] or 0.0
    week, hour, body = row["per_week"] + assurance, row["in_busiest_hour"], None
    if tbi is not None:
        square, of_hour = tbi["distance"] ** 2, tbi["in_busiest_hour"]
        at_1m, in_hour = tbi["patient_dose"] * square, (of_hour or 0.0) * square
        hour = None if hour is None or of_hour is None else hour + in_hour
        week += at_1m
        body = TotalBody(
            dose_Gy=tbi["patient_dose"],
            distance_m=tbi["distance"],
            at_1m_Gy=at_1m,
            gantry_deg=min(angles, key=lambda each: apart_deg(each, tbi["gantry"])),
            share=at_1m / week,
            hour_share=in_hour / hour if hour else 0.0,
        )
    return BeamEnergy(
        MV=MV,
        fff=fff,
        dose_rate_Gy_per_h=row["dose_rate"],
        per_week_Gy=week,
        in_busiest_hour_Gy=hour,
        imrt_share=_modulated(row["imrt_share"] or 0.0, row["per_week"], assurance),
        imrt_factor=row["imrt_factor"] or 1.0,
        neutrons=_neutrons(row["neutrons"]),
        tbi=body,
        quality_assurance_Gy=assurance,
    )


def _modulated(share: float, patients: float, assurance: float) -> float:
    """Return the share of all grays that counts with intensity modulation: quality assurance wholly."""
    return (share * patients + assurance) / (patients + assurance) if assurance else share


def _at_1m(row: Tree, found: BeamEnergy) -> BeamEnergy:
    """Return a beam whose doses at the isocentre are brought to 1 m from the source by the inverse square."""
    square = isocentre_distance_m(row) ** 2
    hour = found.in_busiest_hour_Gy
    return replace(
        found,
        dose_rate_Gy_per_h=square * found.dose_rate_Gy_per_h,
        per_week_Gy=square * found.per_week_Gy,
        quality_assurance_Gy=square * found.quality_assurance_Gy,
        in_busiest_hour_Gy=None if hour is None else square * hour,
    )


def _neutrons(row: Tree | None) -> NeutronSource:
    if row is None:
        return NeutronSource()
    dose = row["dose"]
    return NeutronSource(
        machine=row["machine"],
        Q_n=row["per_gray"],
        H_0=None if dose is None else dose / GRAY,
        head=row["head"],
    )


def gantry_beams(found: Accelerator, isocentre: Xyz, room: Room) -> tuple[Beam, ...]:
    """Return the beams at the declared gantry angles, each to where its central ray meets the room."""
    beams = []
    for each in found.gantry:
        focus = target(isocentre, found.axis, each.angle_deg, found.source_distance_m)
        behind = target(isocentre, found.axis, each.angle_deg + 180, found.source_distance_m)
        beams.append(
            Beam(
                id=f"gantry_{each.angle_deg:g}",
                focus=focus,
                patient=isocentre,
                target=room.hit(focus, isocentre, room.met_by(focus, isocentre)) or behind,
                use_factor=each.use_factor,
                field_cm2=(CM * found.field_m) ** 2,
                field_at_m=found.source_distance_m,
                distribution=None,
                preshielding="none",
                stopped_by_receptor=False,
                patients_in_busiest_hour=None,
            )
        )
    return tuple(beams)
