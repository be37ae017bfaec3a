"""Checks of sources: which keys a kind of source needs, its workload in one form, the busiest hour, use factors."""

from collections.abc import Iterator
from math import dist

from shieldcalc.model.catalog import Catalog
from shieldcalc.model.loader.accelerator import ACCELERATORS, check_accelerator, refuse_accelerator_keys
from shieldcalc.model.loader.brachytherapy import BRACHYTHERAPY, check_brachytherapy, refuse_brachytherapy_keys
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.materials import own_materials
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.patients import PATIENTS, check_patients, refuse_patient_keys
from shieldcalc.model.loader.positions import Room
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.sealed import STANDING, check_sealed, refuse_sealed_keys
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.loader.therapy_tubes import THERAPY_TUBES, check_therapy_tube
from shieldcalc.tables import table

CT, MAMMOGRAPHY = "ct", "mammography"
CT_ONLY = ("kv", "contrast_multiplier", "table_toward")
TUBE_ONLY = ("workload", "kap", "beam", "maximum_technique", "fluoroscopy_technique", "output", "dxa_beam")
TUBE_PROTOCOL = ("kv", "charge", "current", "time", "beam")
CT_PROTOCOL = ("region", "dlp", "scan_length", "pitch", "nctdi100", "scan_time")
FILM_TERMS = ("ffd", "film_to_skin")
KAP_PROTOCOL = ("kap", "esd", *FILM_TERMS)
INTRAORAL, DXA = "intraoral_dental", "bone_density"
WITHOUT_CHARGE = (INTRAORAL, DXA)
CTDI_TERMS = ("scan_length", "pitch", "nctdi100", "charge")
PRIMARY_TABLE = "xray/ncrp147_table_4_5_primary_kerma.csv"
ROUNDING = 1e-9
SAME_PLACE_M = 0.01


def check_sources(tree: Tree, catalog: Catalog, problems: Problems) -> None:
    """Report everything about sources that one key alone cannot show."""
    evaluation = tree["evaluation"] or {}
    hours = evaluation.get("working_hours")
    for index, source in rows(tree, "source"):
        path: Path = ("source", index)
        if source["kind"] not in catalog.equipment_kinds:
            continue  # refused by its name; what a kind needs is asked of kinds that there are
        if source["kind"] in ACCELERATORS:
            check_accelerator(path, source, evaluation, Room.of(tree), problems)
            continue
        refuse_accelerator_keys(path, source, problems)
        if source["kind"] in STANDING:
            check_sealed(path, source, evaluation, problems, own_materials(tree), beside=_computed(tree))
            continue
        if source["kind"] in PATIENTS:
            check_patients(path, source, hours, problems)
            continue
        if source["kind"] in BRACHYTHERAPY:
            check_brachytherapy(path, source, evaluation, problems, own_materials(tree))
            continue
        refuse_sealed_keys(path, source, problems)
        refuse_patient_keys(path, source, problems)
        refuse_brachytherapy_keys(path, source, problems)
        if source["kind"] == CT:
            _scanner(path, source, problems)
        else:
            _tube(path, source, problems)
            if source["kind"] in THERAPY_TUBES:
                check_therapy_tube(path, source, problems)
        _busiest_hours(path, source, hours, problems)


def _computed(tree: Tree) -> bool:
    """Return whether any source of the file can be computed, that is no neutron source without data."""
    from shieldcalc.photons.neutrons import is_unknown

    return not all(isinstance(each["nuclide"], str) and is_unknown(each["nuclide"]) for _, each in rows(tree, "source"))


def _need(path: Path, table: Tree, keys: tuple[str, ...], why: str, problems: Problems) -> None:
    for key in keys:
        if table[key] is None and not problems.about((*path, key)):
            problems.say((*path, key), "design.needed_here", why=why)


def _refuse(path: Path, table: Tree, keys: tuple[str, ...], why: str, problems: Problems) -> None:
    for key in keys:
        if table[key] is not None:
            problems.say((*path, key), "design.not_here", why=why)


def _scanner(path: Path, source: Tree, problems: Problems) -> None:
    why = "a CT scanner"
    _need(path, source, ("isocentre", "kv", "protocol"), why, problems)
    _refuse(path, source, TUBE_ONLY, why, problems)
    centre, table_toward = source["isocentre"], source["table_toward"]
    if centre is not None and table_toward is not None and dist(centre[:2], table_toward[:2]) < SAME_PLACE_M:
        problems.say((*path, "table_toward"), "design.coincide", one="table_toward", other="isocentre")
    for index, protocol in rows(source, "protocol"):
        at = (*path, "protocol", index)
        _need(at, protocol, ("region",), why, problems)
        _refuse(at, protocol, ("kv", "current", "time", "beam", "scatter", *KAP_PROTOCOL), why, problems)
        if protocol["dlp"] is not None:
            _refuse(at, protocol, CTDI_TERMS, "a protocol that gives dlp", problems)
        elif any(protocol[key] is not None for key in CTDI_TERMS):
            _need(at, protocol, CTDI_TERMS, "a protocol without dlp", problems)
        else:
            _need(at, protocol, ("dlp",), "a CT protocol", problems)


def _tube(path: Path, source: Tree, problems: Problems) -> None:
    why = f"a source of kind {source['kind']}"
    _refuse(path, source, CT_ONLY if source["kind"] == DXA else (*CT_ONLY, "dxa_beam"), why, problems)
    if source["kind"] == MAMMOGRAPHY:
        _need(path, source, ("isocentre",), why, problems)
    else:
        _refuse(path, source, ("isocentre",), why, problems)
        _need(path, source, ("beam",), why, problems)
    for index, protocol in rows(source, "protocol"):
        _tube_protocol((*path, "protocol", index), protocol, source["kind"], problems)
    _scatter_of_all(path, source, problems)
    _one_workload(path, source, problems)
    _use_factors(path, source, problems)
    _primary(path, source, problems)


def _tube_protocol(at: Path, protocol: Tree, kind: str, problems: Problems) -> None:
    _need(at, protocol, ("kv",), f"a source of kind {kind}", problems)
    _refuse(at, protocol, CT_PROTOCOL, f"a source of kind {kind}", problems)
    _film(at, protocol, problems)
    if protocol["scatter"] is not None:
        _declared((*at, "scatter"), protocol, problems)
    elif kind == DXA:
        _need(at, protocol, ("time",), "a protocol of a bone densitometer", problems)
    elif protocol["charge"] is not None:
        _refuse(at, protocol, ("current", "time"), "a protocol that gives charge", problems)
    elif protocol["current"] is not None or protocol["time"] is not None:
        _need(at, protocol, ("current", "time"), "a protocol without charge", problems)
    elif kind not in WITHOUT_CHARGE and protocol["kap"] is None and protocol["esd"] is None:
        _need(at, protocol, ("charge",), "a protocol", problems)
    if protocol["charge"] is not None and protocol["time"] is not None:
        _refuse(at, protocol, ("current",), "a protocol that gives charge and time", problems)


def _declared(path: Path, protocol: Tree, problems: Problems) -> None:
    """Report declared scatter that is neither that of one exposure nor a rate with the time of one."""
    scatter = protocol["scatter"]
    if scatter["rate"] is None:
        _need(path, scatter, ("air_kerma",), "declared scatter without rate", problems)
        return
    _refuse(path, scatter, ("air_kerma",), "declared scatter that gives rate", problems)
    _need(path[:-1], protocol, ("time",), "a protocol with the rate of its scatter", problems)


def _scatter_of_all(path: Path, source: Tree, problems: Problems) -> None:
    """Report protocols without declared scatter beside others that have it: a sum would mix two kinds of figures."""
    found = list(rows(source, "protocol"))
    if any(protocol["scatter"] is not None for _, protocol in found):
        for index, protocol in found:
            why = "a source of which a protocol declares its scatter"
            _need((*path, "protocol", index), protocol, ("scatter",), why, problems)


def _film(at: Path, protocol: Tree, problems: Problems) -> None:
    """Entrance surface dose goes with the distances from the film to focus and skin, the skin nearer than the focus."""
    if protocol["esd"] is None:
        _refuse(at, protocol, FILM_TERMS, "a protocol without esd", problems)
        return
    _need(at, protocol, FILM_TERMS, "a protocol that gives esd", problems)
    ffd, skin = protocol["ffd"], protocol["film_to_skin"]
    if ffd is not None and skin is not None and skin >= ffd:
        problems.say((*at, "film_to_skin"), "design.skin_behind_focus", value=f"{skin:g}", ffd=f"{ffd:g}")


def _one_workload(path: Path, source: Tree, problems: Problems) -> None:
    given = [key for key in ("workload", "protocol") if source[key] is not None or problems.about((*path, key))]
    if not given and source["kap"] is None and not problems.about((*path, "kap")):
        problems.say((*path, "workload"), "design.no_workload")
    elif len(given) == 2:
        problems.say((*path, "workload"), "design.two_workloads")


def _distribution(source: Tree, beam: Tree) -> str | None:
    found: str | None = beam["distribution"] or (source["workload"] or {}).get("distribution")
    return found


def _use_factors(path: Path, source: Tree, problems: Problems) -> None:
    """Use factors are asked for unless every protocol names its beam; those of one distribution share at most 1."""
    named = (
        source["workload"] is None
        and source["kap"] is None
        and all(protocol["beam"] for _, protocol in rows(source, "protocol"))
    )
    sums: dict[str | None, float] = {}
    for index, beam in rows(source, "beam"):
        key = (*path, "beam", index, "use_factor")
        if named:
            continue
        if beam["use_factor"] is None:
            _need(key[:-1], beam, ("use_factor",), "a beam that no protocol names", problems)
            continue
        name = _distribution(source, beam)
        sums[name] = sums.get(name, 0.0) + beam["use_factor"]
        if sums[name] > 1 + ROUNDING:
            problems.say(key, "design.use_factor_sum", sum=f"{sums[name]:g}", distribution=name or "protocols")


def _primary(path: Path, source: Tree, problems: Problems) -> None:
    """Report a beam that nothing stops and whose distribution has no primary air kerma (Table 4.5)."""
    if source["workload"] is None:
        return
    with_primary = [row["workload"] for row in table(PRIMARY_TABLE).rows]
    for index, beam in rows(source, "beam"):
        name = _distribution(source, beam)
        stopped = beam["stopped_by_receptor"] or beam["use_factor"] == 0
        if name is not None and name not in with_primary and not stopped:
            at = (*path, "beam", index, "distribution")
            if not problems.about(at) and not problems.about((*path, "workload", "distribution")):
                problems.say(at, "design.no_primary", distribution=name, allowed=", ".join(with_primary))


def _counts(path: Path, source: Tree) -> Iterator[tuple[Path, Tree, str, str]]:
    """Yield (path, table, weekly key, hourly key) of everything counted a week and in the busiest hour."""
    if source["workload"] is not None:
        yield (*path, "workload"), source["workload"], "patients_per_week", "patients_in_busiest_hour"
    if source["kap"] is not None:
        yield (*path, "kap"), source["kap"], "per_week", "in_busiest_hour"
    for index, protocol in rows(source, "protocol"):
        yield (*path, "protocol", index), protocol, "per_week", "in_busiest_hour"


def _busiest_hours(path: Path, source: Tree, hours: float | None, problems: Problems) -> None:
    for at, counted, weekly, hourly in _counts(path, source):
        if counted[hourly] is not None:
            _busiest_hour((*at, hourly), counted[weekly], counted[hourly], hours, problems)
    total = (source["workload"] or {}).get("patients_in_busiest_hour")
    for index, beam in rows(source, "beam"):
        patients = beam["patients_in_busiest_hour"]
        key = (*path, "beam", index, "patients_in_busiest_hour")
        if patients is not None and total is None:
            problems.say(key, "design.hour_without_total")
        elif patients is not None and patients > total:
            problems.say(key, "design.hour_above", value=f"{patients:g}", most=f"{total:g}")


def _busiest_hour(key: Path, week: float | None, hour: float, hours: float | None, problems: Problems) -> None:
    """Report a busiest hour with less than the week's share of one working hour, or with more than the week."""
    if hours is None:
        at: Path = ("evaluation", "working_hours")
        if not problems.about(at):
            problems.say(at, "design.hours_missing")
    elif week is not None and hour < week / hours * (1 - ROUNDING):
        said = {"value": f"{hour:g}", "week": f"{week:g}", "hours": f"{hours:g}", "least": f"{week / hours:.4g}"}
        problems.say(key, "design.hour_below", **said)
    if week is not None and hour > week:
        problems.say(key, "design.hour_above", value=f"{hour:g}", most=f"{week:g}")
