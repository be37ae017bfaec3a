"""The emergency table of a facility file: its schema, its checks, and the way to an Emergency."""

from functools import cache

from pydantic_core import CoreSchema

from shieldcalc.model.emergency import Emergency, MachineRate
from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import ids, known
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.loader.values import choice, flag, identifier, listing, metres, number, quantity, table, text
from shieldcalc.resources import data_path
from shieldcalc.tables import table as contents_table

PLAN = "accident/plan_contents.csv"
MADE = ("rate", "dose_rate", "kv", "current", "output", "filtration")
KEPT = (
    "pool_needs_cooling", "dispersible", "fixed_sources", "mobile_sources", "activities", "products_at_risk", "plan",
)  # fmt: skip


@cache
def words() -> dict[str, list[str]]:
    """Return the names that the table may use (``data/facility/emergency.toml``)."""
    import tomllib

    with open(data_path("facility", "emergency.toml"), "rb") as file:
        return tomllib.load(file)


def schema() -> CoreSchema:
    """Return the table as a schema of pydantic's engine."""
    names = words()
    named = listing(identifier(), 1, limit("facility_rows"))
    made = {
        "rate": quantity("kerma_rate", least=0, most=1e9),
        "dose_rate": quantity("kerma_rate", above=0, most=1e9),
        "kv": quantity("voltage", above=0, most=1000),
        "current": quantity("current", above=0, most=5000),
        "output": quantity("output", above=0, most=100),
        "filtration": quantity("filtration", above=0, most=100),
    }
    return table(
        {},
        {
            "reactor_power_mw": number(above=0, most=1e5),
            "pool_cs137": quantity("activity", least=0, most=1e22),
            "pool_needs_cooling": flag(),
            "criticality_distance": metres(least=0, most=100_000),
            "dispersible": choice(*names["dispersible"]),
            "fixed_sources": named,
            "mobile_sources": named,
            "activities": listing(choice(*names["activity"]), 1, 10),
            "products_at_risk": flag(),
            "plan": listing(text(), 0, 100),
            "rate": listing(table({"device": identifier()}, made), 0, 100, wanted="tables [[emergency.rate]]"),
        },
    )


def check_emergency(tree: Tree, problems: Problems) -> None:
    """Report sources and devices that nobody has, and a source that is fixed and mobile."""
    row = tree["emergency"] or {}
    for key in ("fixed_sources", "mobile_sources"):
        for index, name in enumerate(row.get(key) or ()):
            known(("emergency", key, index), "sealed_source", name, ids(tree, "sealed_source"), problems)
    for index, name in enumerate(row.get("mobile_sources") or ()):
        if name in (row.get("fixed_sources") or ()):
            problems.say(("emergency", "mobile_sources", index), "facility.fixed_and_mobile", id=name)
    for index, item in enumerate(row.get("plan") or ()):
        contents = [each["item"] for each in contents_table(PLAN).rows]
        known(("emergency", "plan", index), "content of a plan", item, contents, problems)
    for index, rate in enumerate(row.get("rate") or ()):
        known(("emergency", "rate", index, "device"), "device", rate["device"], ids(tree, "device"), problems)
        _check_rate(("emergency", "rate", index), rate, problems)


def _check_rate(path: Path, row: Tree, problems: Problems) -> None:
    """Report a rate that neither is declared nor follows from what is said, and half a technique."""
    given = {key for key in MADE if row[key] is not None}
    if not given and not problems.about(path):
        problems.say(path, "facility.rate_of_nothing")
    for key, other in (("kv", "current"), ("current", "kv"), ("output", "kv"), ("filtration", "kv")):
        if key in given and other not in given and not problems.about((*path, other)):
            problems.say((*path, other), "design.needed_here", why=f"a rate of {key}")
    if {"kv", "dose_rate"} <= given:
        problems.say((*path, "dose_rate"), "design.not_here", why="a tube (kv)")


def emergency_of(tree: Tree) -> Emergency | None:
    """Return what the table says, None without one."""
    row = tree["emergency"]
    if row is None:
        return None
    return Emergency(
        **{key: row[key] for key in KEPT if row[key] is not None},
        reactor_power_MW=row["reactor_power_mw"],
        pool_cs137_Bq=row["pool_cs137"],
        criticality_m=row["criticality_distance"],
        rates=tuple(map(_rate, row["rate"] or ())),
    )


def _rate(row: Tree) -> MachineRate:
    return MachineRate(
        device=row["device"],
        rate_mGy_per_h=row["rate"],
        dose_rate_mGy_per_h=row["dose_rate"],
        kv=row["kv"],
        current_mA=row["current"],
        output_mGy_m2_per_mAs=row["output"],
        filtration_mmAl=row["filtration"],
    )
