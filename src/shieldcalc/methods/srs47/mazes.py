"""SRS 47: reflection of concrete (Tables 6 and 7), the beam behind the patient (8), neutrons of machines (9 and 10)."""

from shieldcalc.errors import OutsideDataError
from shieldcalc.physics.therapy.document import CONCRETE, PRIMARY, Beam, Fraction, look_up
from shieldcalc.physics.therapy.energy import COBALT, Energy
from shieldcalc.physics.therapy.maze_data import Machine, Maze, Wall, reflected, strength
from shieldcalc.physics.therapy.rules import rule
from shieldcalc.tables import table

T6_T7 = "therapy/srs47_t6_t7_albedo_concrete.csv"
T8 = "therapy/srs47_t8_patient_transmission.csv"
T9_T10 = "therapy/srs47_t9_t10_neutron_source.csv"
RULES = "therapy/srs47_linac_rules.csv"
NEUTRONS, SV = 1e12, 1e-3


def reflection(row: str, wall: Wall) -> Fraction:
    """Return alpha of concrete; raises OutsideDataError for other walls and beyond the tables."""
    if wall.material != CONCRETE:
        raise OutsideDataError("therapy_reflection_of_concrete", material=wall.material)
    return reflected(table(T6_T7).rows, row, wall, T6_T7, "IAEA SRS 47 Tables 6 and 7")


def through_patient(energy: Energy) -> float:
    """Return the share of the primary beam behind the patient (Table 8); below 6 MV that of 6 MV, the larger."""
    least = min(float(row["energy"]) for row in table(T8).rows if row["energy"] != COBALT)
    beam = Beam(energy._replace(MV=max(energy.MV, least)) if energy.MV is not None else energy, PRIMARY)
    return look_up(table(T8).rows, "f", beam, "IAEA SRS 47 Table 8").value


def machine(name: str | None, MV: float) -> Machine:
    """Return the largest Q_n and H_1 of a machine, or of all up to the next stated energy."""
    found = strength(table(T9_T10).rows, name, MV, ("h1_low", "h1_high"))
    dose = None if found.dose is None else SV * found.dose
    return Machine(NEUTRONS * (found.qn or 0.0), dose, rule(RULES, "kersey_d0"), (T9_T10,))


MAZE = Maze(reflection, through_patient, lambda _: rule(RULES, "capture_tvd"), machine)
