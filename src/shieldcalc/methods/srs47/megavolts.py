"""SRS 47: tenth value layers and scatter fractions of accelerators, cobalt and tubes.

Tables 4, 5 and 11 for accelerators and cobalt, Tables 12, 14 and 18 for tubes (simulator, superficial, orthovoltage),
whose scatter counts with the layers of the primary beam (Section 7.2). One layer for any depth.
"""

from collections.abc import Iterable

from shieldcalc.errors import Notice
from shieldcalc.methods.srs47.mazes import MAZE, RULES
from shieldcalc.physics.therapy.document import (
    CONCRETE,
    LEAD,
    PRIMARY,
    SCATTER,
    SECONDARY,
    STEEL,
    Beam,
    Document,
    Fraction,
    Row,
    at_least,
    check_angle,
    look_up,
)
from shieldcalc.physics.therapy.energy import COBALT, Energy
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.physics.therapy.rules import own_rule, rule
from shieldcalc.physics.therapy.tube_scatter import tube_fraction
from shieldcalc.tables import table

T4 = "therapy/srs47_t4_tvl.csv"
T5 = "therapy/srs47_t5_scatter_fraction.csv"
T11 = "therapy/srs47_t11_scatter_tvl_concrete.csv"
T18 = "therapy/srs47_t18_kv_tvl.csv"
WORDS = "IAEA Safety Reports Series No. 47 (2006)"


def layers(beam: Beam, material: str) -> Layers | None:
    """Return the layers as printed, None for a material without rows; OutsideDataError outside the tables."""
    if material not in (CONCRETE, LEAD, STEEL):
        return None
    if beam.energy.kV is not None:
        found = _single(T18, table(T18).where(material=material), "IAEA SRS 47 Table 18", beam, material, "kv")
        return _of_simulator(found, beam.energy) if beam.energy.kV <= own_rule("simulator_up_to") else found
    if beam.component == SCATTER:
        return _scattered(beam, material)
    return _table_4(beam, material, PRIMARY if beam.component == PRIMARY else SECONDARY)


def _of_simulator(found: Layers, energy: Energy) -> Layers:
    return found._replace(notices=(*found.notices, Notice("warnings.therapy_simulator", {"energy": energy.words})))


def _single(name: str, rows: Iterable[Row], what: str, beam: Beam, material: str, key: str = "energy") -> Layers:
    found = look_up(rows, "tvl", beam, what, key)
    return Layers(found.value, found.value, rule(RULES, f"density_{material}"), (name,), found.notices)


def _table_4(beam: Beam, material: str, radiation: str) -> Layers:
    rows = table(T4).where(material=material, radiation=radiation)
    return _single(T4, rows, "IAEA SRS 47 Table 4", beam, material)


def _scattered(beam: Beam, material: str) -> Layers:
    """Return the layers of scatter by the patient: Table 11 for concrete, secondary radiation for lead and steel."""
    check_angle(beam, own_rule("least_angle"), _most(T5))
    primary = _table_4(beam, material, PRIMARY)
    if material == CONCRETE:
        found = _single(T11, table(T11).rows, "IAEA SRS 47 Table 11", beam, material)
        return at_least(found, primary, beam, own_rule("primary_layers_below"))
    found = _table_4(beam, material, SECONDARY)
    said = Notice("warnings.therapy_secondary_layers", {"material": material})
    return at_least(found._replace(notices=(*found.notices, said)), primary, beam, own_rule("secondary_layers_from"))


def _most(name: str) -> float:
    return max(float(row["angle"]) for row in table(name).rows)


def fraction(beam: Beam, column: str) -> Fraction:
    """Return the scatter fraction: ``at_depth`` or ``maximum`` of Table 5; of tubes Table 12 or 14.

    Between cobalt and 6 MV the larger of both counts. Raises OutsideDataError outside the tables.
    """
    if beam.energy.kV is not None:
        return tube_fraction(beam)
    check_angle(beam, own_rule("least_angle"), _most(T5))
    energy = beam.energy
    if energy.MV is None or min(float(row["energy"]) for row in _accelerators()) <= energy.MV:
        found = look_up(table(T5).rows, column, beam, "IAEA SRS 47 Table 5")
        return Fraction(found.value, (T5,), found.notices)
    return _below_six(beam, column)


def _accelerators() -> list[Row]:
    return [row for row in table(T5).rows if row["energy"] != COBALT]


def _below_six(beam: Beam, column: str) -> Fraction:
    """Return the larger of cobalt and the lowest accelerator, for energies that Table 4 has between them."""
    _table_4(beam, CONCRETE, PRIMARY)
    low = min(float(row["energy"]) for row in _accelerators())
    both = (beam._replace(energy=Energy()), beam._replace(energy=Energy(MV=low)))
    what = "IAEA SRS 47 Table 5"
    said = Notice(
        "warnings.therapy_between", {"energy": beam.energy.words, "table": what, "rows": f"{COBALT}, {low:g}"}
    )
    return Fraction(max(look_up(table(T5).rows, column, each, what).value for each in both), (T5,), (said,))


SRS47 = Document("srs47", WORDS, "SRS 47", RULES, layers, fraction, MAZE, long_maze=True, second_bend=True)
