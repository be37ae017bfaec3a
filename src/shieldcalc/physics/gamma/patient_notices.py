"""What has to be said of patients: their constant, decay, stay; and what is refused of declared figures."""

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.patients import Patients
from shieldcalc.photons.nuclides import nuclide
from shieldcalc.photons.rules import rule
from shieldcalc.physics.gamma.constants import Constants, design_value
from shieldcalc.physics.gamma.measured import about_patients

MEGA = 1e6


def declared_constant(patients: Patients) -> float | None:
    """Return the declared constant of a patient in uSv m2/(MBq h), or that of the declared rate; None without one."""
    if patients.rate is not None:
        return patients.rate.value / (patients.activity_Bq / MEGA)
    return None if patients.constant is None else patients.constant.value


def refuse_far(source: str, patients: Patients, bare: float) -> None:
    """Refuse a declared figure of another order of magnitude than the bare nuclide's: a slip of the unit."""
    value = declared_constant(patients)
    least, most = rule("declared_least_share"), rule("declared_most_share")
    if value is not None and not least <= value / bare <= most:
        said = {"value": f"{value:.3g}", "bare": f"{bare:.3g}", "percent": f"{100 * value / bare:.3g}"}
        allowed = {"least": f"{100 * least:g}", "most": f"{100 * most:g}"}
        raise OutsideDataError("nm_declared_far", source=source, **said, **allowed)


def about(source: str, patients: Patients, known: Constants | None, bare: float, half_life_h: float) -> list[Notice]:
    """Return every assumption on patients; ``bare`` is H*(10) of the bare nuclide in uSv m2/(MBq h)."""
    said = [_constant(source, patients, known, bare)]
    if patients.voiding != 1:
        report = f"{design_value('share_after_voiding'):g}"
        voided = {"source": source, "value": f"{patients.voiding:g}", "report": report}
        said.append(Notice("assumptions.nm_voiding", voided))
    if patients.stay_assumed:
        said.append(Notice("assumptions.nm_whole_week", {"source": source}))
    decay = {"source": source, "hours": f"{half_life_h:.4g}"}
    if patients.effective_half_life_h is None:
        said.append(Notice("assumptions.nm_physical_decay", decay))
    else:
        document = patients.effective_half_life_h.document
        said.append(Notice("assumptions.nm_effective_half_life", {**decay, "document": document}))
    said.append(Notice("assumptions.nm_point", {"source": source}))
    return said + about_patients(source, nuclide(patients.nuclide).name)


def _constant(source: str, patients: Patients, known: Constants | None, bare: float) -> Notice:
    """Return by what a patient counts, beside the bare nuclide."""
    said = {"source": source, "bare": f"{bare:.3g}"}
    declared, value = patients.rate or patients.constant, declared_constant(patients)
    if declared is not None and value is not None:
        said |= {"value": f"{value:.3g}", "percent": f"{100 * value / bare:.3g}", "document": declared.document}
        return Notice("assumptions.nm_declared", said)
    if known is not None and known.patient is not None:
        said |= {"value": f"{known.patient:g}", "other": f"{bare * known.patient / known.air:.3g}"}
        return Notice("assumptions.nm_report_constant", said)
    return Notice("assumptions.nm_bare", said)
