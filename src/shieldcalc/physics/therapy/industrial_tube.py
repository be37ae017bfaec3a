"""Industrial X-ray tubes of design files by GBZ/T 250-2014: output, leakage and scatter where the file says none.

Table B.1 contradicts itself, so that its output is not verified: the largest up to the potential counts. Scatter at 90
degrees counts in all directions with the largest ratio over all angles.
"""

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.physics.therapy.document import SCATTER, Beam, Fraction, look_up
from shieldcalc.physics.therapy.energy import COBALT, Energy
from shieldcalc.physics.therapy.rules import OWN, own_rule, rule
from shieldcalc.physics.therapy.tube import Figure
from shieldcalc.tables import table

B1, T1 = "therapy/gbzt250_b1_output.csv", "therapy/gbzt250_t1_leakage.csv"
RULES = "therapy/gbzt250_rules.csv"
SRS47_T5 = "therapy/srs47_t5_scatter_fraction.csv"
SECONDS, TO_MGY = 60.0, 1000.0


def output(kV: float) -> Figure:
    """Return the largest output up to the next potential of Table B.1 in mGy/mAs; OutsideDataError above the table."""
    rows = table(B1).rows
    at = min((float(row["kv"]) for row in rows if float(row["kv"]) >= kV), default=None)
    if at is None:
        told = {"document": "GBZ/T 250-2014", "energy": f"{kV:g} kV", "filter": "-", "allowed": "-"}
        raise OutsideDataError("therapy_output_missing", **told)
    most = max(float(row["output"]) for row in rows if float(row["kv"]) <= at)
    said = Notice("warnings.tube_output_unverified", {"output": f"{most:g}"})
    return Figure(most / SECONDS, (B1,), (said,), "GBZ/T 250-2014 Table B.1")


def leakage(kV: float) -> Figure:
    """Return the leakage rate of Table 1 in mGy/h at 1 m; OutsideDataError above the table."""
    rows = [(float(row["kv_from"]), float(row["kv_most"]), float(row["leakage"])) for row in table(T1).rows]
    first = rows[0]
    of_row = [most for _, up_to, most in rows[1:] if kV <= up_to]
    if kV < first[1]:
        of_row = [first[2]]
    if not of_row:
        raise OutsideDataError("therapy_leakage_missing", energy=f"{kV:g} kV")
    said = Notice("warnings.therapy_leakage_table", {"leakage": f"{of_row[0]:g}"})
    return Figure(of_row[0] / TO_MGY, (T1,), (said,))


def hard_fraction(energy: Energy, angle: float) -> Fraction:
    """Return the scatter fraction of any potential up to 1 MV.

    Above the potentials of GBZ/T 250 the larger of its last fraction and of cobalt's (SRS 47, Table 5): between the two
    scatter falls sideways and backwards and rises forwards. Raises OutsideDataError above 1 MV.
    """
    most = rule(RULES, "scatter_fraction_up_to")
    if (energy.kV or 0.0) <= most:
        return fraction(energy, angle)
    if (energy.kV or 0.0) > own_rule("hard_tubes_most"):
        raise OutsideDataError("tube_scatter_absent", energy=energy.words, most=f"{own_rule('hard_tubes_most'):g}")
    last = fraction(Energy(kV=most), angle)
    rows = table(SRS47_T5).where(energy=COBALT)
    at = min(own_rule("scatter_last_angle"), max(own_rule("least_angle"), angle))
    cobalt = look_up(rows, "at_depth", Beam(Energy(), SCATTER, at), "IAEA SRS 47 Table 5")
    said = Notice("assumptions.tube_scatter_hard", {"energy": energy.words, "most": f"{most:g}"})
    return Fraction(max(last.a, cobalt.value), (*last.tables, SRS47_T5), (said,))


def fraction(energy: Energy, angle: float) -> Fraction:  # noqa: ARG001
    """Return the scatter fraction of any angle; OutsideDataError above the potentials that it is printed for."""
    kV = energy.kV or 0.0
    most_kV = rule(RULES, "scatter_fraction_up_to")
    if kV > most_kV:
        raise OutsideDataError("tube_scatter_absent", energy=energy.words, most=f"{most_kV:g}")
    least = min(float(row["kv"]) for row in table(B1).rows)
    a, more = (
        rule(RULES, "scatter_fraction_150" if kV <= least else "scatter_fraction_above"),
        own_rule("scatter_any_angle"),
    )
    said = Notice("assumptions.tube_scatter_any", {"a": f"{a:g}", "factor": f"{more:g}"})
    return Fraction(more * a, (RULES, OWN), (said,))
