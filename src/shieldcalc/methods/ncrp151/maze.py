"""NCRP 151: reflection of walls (Table B.8), neutrons of machines (Table B.9), the constants of mazes."""

from shieldcalc.physics.therapy.document import Fraction
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.maze_data import Machine, Maze, Wall, reflected, strength, with_bare
from shieldcalc.physics.therapy.rules import own_rule, rule
from shieldcalc.tables import table

B8 = "therapy/ncrp151_b8_wall_reflection.csv"
B9 = "therapy/ncrp151_b9_neutron_source.csv"
RULES = "therapy/ncrp151_rules.csv"
NEUTRONS, SV = 1e12, 1e-3


def reflection(row: str, wall: Wall) -> Fraction:
    """Return alpha of concrete, iron or lead; raises OutsideDataError beyond the table."""
    return reflected(table(B8).where(material=wall.material), row, wall, B8, "NCRP 151 Table B.8")


def through_patient(energy: Energy) -> float:
    """Return the share of the primary beam behind the patient: 0.25 up to 10 MV, 0.34 above."""
    low = energy.MV is None or rule(RULES, "patient_transmission_low_up_to") >= energy.MV
    return rule(RULES, f"patient_transmission_{'up_to' if low else 'above'}_10")


def capture_tvd(MV: float) -> float:
    """Return the tenth value distance of capture gammas in m: the longer one above 15 MV."""
    short = rule(RULES, "capture_tvd_short_up_to") >= MV
    return rule(RULES, "capture_tvd_below_18" if short else "capture_tvd_from_18")


def machine(name: str | None, MV: float) -> Machine:
    """Return the largest Q_n and H_0 of a machine, or of all up to the next stated energy."""
    found = strength(table(B9).rows, name, MV, ("h0_low", "h0_high"))
    dose = with_bare(found, own_rule("neutron_dose_per_strength") * NEUTRONS / SV)
    dose = None if dose is None else SV * dose
    return Machine(NEUTRONS * (found.qn or 0.0), dose, rule(RULES, "kersey_d0"), (B9,))


MAZE = Maze(reflection, through_patient, capture_tvd, machine)
