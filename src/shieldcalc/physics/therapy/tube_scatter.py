"""Scatter fractions of tubes by SRS 47: Table 12 (simulators, 50 to 150 kV), Table 14 (50 to 300 kV)."""

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.physics.therapy.document import SCATTER, Beam, Fraction, Row, check_angle, look_up
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.rules import own_rule
from shieldcalc.tables import table

T12 = "therapy/srs47_t12_kv_scatter.csv"
T14 = "therapy/srs47_t14_kv_scatter.csv"


def tube_fraction(beam: Beam) -> Fraction:
    """Return the larger of Tables 12 and 14 where both reach; raises OutsideDataError where neither does."""
    rows = {name: list(table(name).rows) for name in (T12, T14)}
    angles = [float(row["angle"]) for each in rows.values() for row in each]
    check_angle(beam, min(angles), max(angles))
    found = []
    for name, what in ((T12, "IAEA SRS 47 Table 12"), (T14, "IAEA SRS 47 Table 14")):
        low, high = _angles(rows[name])
        if low <= beam.angle <= high and _reaches(rows[name], beam):
            seen = look_up(rows[name], "a", beam, what, "kv")
            found.append(Fraction(seen.value, (name,), seen.notices))
    if not found:
        raise OutsideDataError("therapy_tube_scatter", energy=beam.energy.words, angle=f"{beam.angle:g}")
    return max(found, key=lambda each: each.a)


def any_angle(energy: Energy, angle: float) -> Fraction:
    """Return the fraction at any angle: beyond the tables so much more than at their last angle (``own_rules``).

    Raises OutsideDataError for a potential outside both tables.
    """
    reached = [_angles(rows) for rows in map(_rows, (T12, T14)) if _reaches(rows, Beam(energy, SCATTER, angle))]
    if not reached:
        raise OutsideDataError("therapy_tube_scatter", energy=energy.words, angle=f"{angle:g}")
    low, high = min(low for low, _ in reached), max(high for _, high in reached)
    at = min(high, max(low, angle))
    found = tube_fraction(Beam(energy, SCATTER, at))
    if at == angle:
        return found
    more = own_rule("tube_scatter_beyond")
    told = {"low": f"{low:g}", "high": f"{high:g}", "factor": f"{more:g}"}
    return found._replace(a=more * found.a, notices=(*found.notices, Notice("assumptions.tube_scatter_beyond", told)))


def _rows(name: str) -> list[Row]:
    return list(table(name).rows)


def _angles(rows: list[Row]) -> tuple[float, float]:
    angles = [float(row["angle"]) for row in rows]
    return min(angles), max(angles)


def _reaches(rows: list[Row], beam: Beam) -> bool:
    kvs = [float(row["kv"]) for row in rows]
    return beam.energy.kV is not None and min(kvs) <= beam.energy.kV <= max(kvs)
