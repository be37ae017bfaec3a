"""X-ray tubes of therapy, simulators and industry in the design file: what they need beside other tubes."""

from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree

ORTHOVOLTAGE, INDUSTRIAL, SIMULATOR = "orthovoltage", "industrial_xray", "simulator"
THERAPY_TUBES = (ORTHOVOLTAGE, INDUSTRIAL, SIMULATOR)
OF_DIAGNOSIS = ("workload", "kap", "fluoroscopy_technique", "patient_table")
OF_PROTOCOL = ("kap", "esd", "scatter")


def check_therapy_tube(path: Path, source: Tree, problems: Problems) -> None:
    """Report what such a tube lacks, workloads of diagnosis, potentials above the highest, leakage told twice."""
    why = f"a source of kind {source['kind']}"
    needed = ("maximum_technique", "output") if source["kind"] == ORTHOVOLTAGE else ("maximum_technique",)
    for key in needed:
        if source[key] is None and not problems.about((*path, key)):
            problems.say((*path, key), "design.needed_here", why=why)
    if source["kind"] != SIMULATOR:
        _refuse(path, source, OF_DIAGNOSIS, why, problems)
        for index, protocol in rows(source, "protocol"):
            _refuse((*path, "protocol", index), protocol, OF_PROTOCOL, why, problems)
        refuse_receptor(path, source, why, problems)
    if source["leakage"] is not None and source["leakage_fraction"] is not None:
        problems.say((*path, "leakage_fraction"), "design.not_here", why="a source that gives leakage")
    _potentials(path, source, problems)


def _refuse(path: Path, row: Tree, keys: tuple[str, ...], why: str, problems: Problems) -> None:
    for key in keys:
        if row[key] is not None:
            problems.say((*path, key), "design.not_here", why=why)


def refuse_receptor(path: Path, source: Tree, why: str, problems: Problems) -> None:
    """Report image receptors that are said to stop beams too hard for any: the primary beam would not count."""
    for index, beam in rows(source, "beam"):
        if beam["stopped_by_receptor"]:
            problems.say((*path, "beam", index, "stopped_by_receptor"), "design.not_here", why=why)


def _potentials(path: Path, source: Tree, problems: Problems) -> None:
    """Report protocols above the highest potential, and leakage that is stated below it."""
    most = (source["maximum_technique"] or {}).get("kv")
    if most is None:
        return
    for index, protocol in rows(source, "protocol"):
        if protocol["kv"] is not None and protocol["kv"] > most:
            told = {"value": f"{protocol['kv']:g}", "most": f"{most:g}"}
            problems.say((*path, "protocol", index, "kv"), "design.kv_above_maximum", **told)
    leakage = (source["leakage"] or {}).get("kv")
    if leakage is not None and leakage < most:
        problems.say((*path, "leakage", "kv"), "design.leakage_below", value=f"{leakage:g}", most=f"{most:g}")
