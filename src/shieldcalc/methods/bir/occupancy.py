"""Occupancy of RPII Table 5.5 where a design gives none."""

from dataclasses import replace

from shieldcalc.errors import Notice
from shieldcalc.model.design import Beyond
from shieldcalc.tables import table

OCCUPANCY = "xray/bir_occupancy.csv"


def occupied(beyond: Beyond) -> tuple[Beyond, Notice | None]:
    """Return the surroundings with BIR's occupancy where the design gave none and BIR has another for the kind."""
    row = next(table(OCCUPANCY).where(kind=beyond.kind), None)
    if row is None or not beyond.occupancy_assumed or float(row["occupancy"]) == beyond.occupancy:
        return beyond, None
    T = float(row["occupancy"])
    said = {"kind": beyond.kind, "occupancy": T, "row": row["area"], "other": beyond.occupancy}
    return replace(beyond, occupancy=T), Notice("assumptions.bir_occupancy", said)
