"""What was measured on patients by others: shown as information, never lowering a dose."""

from shieldcalc.errors import Notice
from shieldcalc.tables import table

RETENTION_TABLE = "nuclear_medicine/retention.csv"
RATES_TABLE = "nuclear_medicine/patient_rates.csv"


def measured_tables(name: str) -> list[str]:
    """Return the data files that say something of a nuclide."""
    return [file for file in (RETENTION_TABLE, RATES_TABLE) if next(table(file).where(nuclide=name), None)]


def about_patients(source: str, name: str) -> list[Notice]:
    """Return the effective half-lives and the dose rates of patients published of a nuclide, each where there are any.

    Half-lives in h, rates at 1 m in uSv m2/(GBq h); single copies, none used in the calculation.
    """
    said = []
    for code, file in (("nm_half_lives", RETENTION_TABLE), ("nm_measured_rates", RATES_TABLE)):
        found = [float(row["value"]) for row in table(file).where(nuclide=name)]
        if found:
            low, high = f"{min(found):g}", f"{max(found):g}"
            said.append(Notice(f"assumptions.{code}", {"source": source, "nuclide": name, "low": low, "high": high}))
    return said
