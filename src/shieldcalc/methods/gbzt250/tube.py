"""Industrial X-ray tubes by GBZ/T 250-2014: output (Table B.1), leakage (Table 1), the constant of scatter.

Table B.1 contradicts itself: without a filter the largest output up to the potential counts, rows that cannot be are
refused, all others are told with how they are known.
"""

from collections.abc import Mapping

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.gbzt250 import B1, RULES, T1, WORDS
from shieldcalc.physics.therapy.document import LEAKAGE, PRIMARY
from shieldcalc.physics.therapy.industrial import Tube
from shieldcalc.physics.therapy.rules import own_rule, rule
from shieldcalc.tables import table

IMPOSSIBLE, CHECKED = "impossible", "cross-checked"


def tube(kV: float, mA: float, component: str, stated: Mapping[str, float | None], filtered: str | None) -> Tube:
    """Return a tube with what is ``stated`` (output, leakage, constant) and the tables' values for the rest.

    Raises OutsideDataError for options that a component has no use of, and for outputs that the table cannot give.
    """
    _refuse(component, stated, filtered)
    found = Tube(kV, mA, stated["output"], stated["leakage"], stated["constant"])
    if component != LEAKAGE and found.output is None:
        found = _with_output(found, filtered)
    if component not in (PRIMARY, LEAKAGE) and found.constant is None:
        found = _with_constant(found)
    if component not in (PRIMARY, "scatter") and found.leakage is None:
        found = _with_leakage(found)
    return found


def _refuse(component: str, stated: Mapping[str, float | None], filtered: str | None) -> None:
    useless = {
        "--output": stated["output"] is not None and component == LEAKAGE,
        "--filter": filtered is not None and (component == LEAKAGE or stated["output"] is not None),
        "--leakage-rate": stated["leakage"] is not None and component in (PRIMARY, "scatter"),
        "--scatter-constant": stated["constant"] is not None and component in (PRIMARY, LEAKAGE),
    }
    for option, wrong in useless.items():
        if wrong:
            raise OutsideDataError("therapy_industrial_option", option=option, component=component)


def _with_output(found: Tube, filtered: str | None) -> Tube:
    rows = table(B1).rows
    kvs = sorted({float(row["kv"]) for row in rows})
    at = next((kv for kv in kvs if kv >= found.kV), None)
    if at is None:
        raise _missing(found, filtered, "")
    if filtered is None:
        output = max(float(row["output"]) for row in rows if float(row["kv"]) <= at)
        return _added(found, B1, Notice("warnings.therapy_output_assumed", {"output": f"{output:g}"}), output=output)
    row = next((row for row in rows if float(row["kv"]) == at and _plain(row["filter"]) == _plain(filtered)), None)
    if row is None:
        raise _missing(found, filtered, ", ".join(row["filter"] for row in rows if float(row["kv"]) == at))
    told = {"output": row["output"], "filter": row["filter"], "confidence": row["confidence"]}
    if IMPOSSIBLE in row["confidence"]:
        raise OutsideDataError("therapy_output_impossible", **{**told, "energy": f"{at:g} kV"})
    said = None if row["confidence"] == CHECKED and at == found.kV else Notice("warnings.therapy_output_row", told)
    return _added(found, B1, said, output=float(row["output"]))


def _plain(text: str) -> str:
    return "".join(text.lower().split())


def _missing(found: Tube, filtered: str | None, allowed: str) -> OutsideDataError:
    told = {"document": WORDS, "energy": f"{found.kV:g} kV", "filter": filtered or "-", "allowed": allowed or "-"}
    return OutsideDataError("therapy_output_missing", **told)


def _added(found: Tube, name: str, said: Notice | None, **values: float) -> Tube:
    notices = found.notices if said is None else (*found.notices, said)
    return found._replace(tables=(*found.tables, name), notices=notices, **values)


def _with_constant(found: Tube) -> Tube:
    kvs = [float(row["kv"]) for row in table(B1).rows]
    if found.kV > own_rule("hard_tubes_most"):
        raise OutsideDataError("therapy_scatter_constant_missing", energy=f"{found.kV:g} kV")
    if found.kV > max(kvs):
        found = found._replace(
            notices=(*found.notices, Notice("warnings.therapy_scatter_hard", {"most": f"{max(kvs):g}"}))
        )
    value = rule(RULES, "scatter_constant_150" if found.kV <= min(kvs) else "scatter_constant_above")
    return _added(found, RULES, Notice("warnings.therapy_scatter_constant", {"value": f"{value:g}"}), constant=value)


def _with_leakage(found: Tube) -> Tube:
    rows = table(T1).rows
    first = rows[0]
    row = next((row for row in rows[1:] if found.kV <= float(row["kv_most"])), None)
    if found.kV < float(first["kv_most"]):
        row = first
    if row is None:
        raise OutsideDataError("therapy_leakage_missing", energy=f"{found.kV:g} kV")
    said = Notice("warnings.therapy_leakage_table", {"leakage": row["leakage"]})
    return _added(found, T1, said, leakage=float(row["leakage"]))
