"""Facts of people's doses for the rules on persons, and their findings where a part of a dose is not known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from shieldcalc.errors import Notice
from shieldcalc.facility.doses import Known, PersonYear, person_years, terms
from shieldcalc.model.facility import Facility
from shieldcalc.model.result import Fact, Finding
from shieldcalc.regulations.taxonomy import taxonomy

ONE_YEAR = ("any_single_year", "per_year", "calendar_year")
MEAN = "mean_5_years"
OF_TISSUE = {
    "effective": "effective_dose", "lens": "equivalent_dose_lens", "skin": "equivalent_dose_skin",
    "extremities": "equivalent_dose_extremities",
}  # fmt: skip
Key = tuple[str, str, str]
Parts = Mapping[Key, Known]


def dose_parts(years: Iterable[PersonYear]) -> dict[Key, Known]:
    """Return what is known by subject, quantity and averaging, in mSv; a mean of five years is the sum over five."""
    return {key: known for each in years for key, known in _of_year(each)}


def _of_year(each: PersonYear) -> Iterator[tuple[Key, Known]]:
    units, name = taxonomy().quantities, each.subject
    for tissue, quantity in OF_TISSUE.items():
        for averaging in ONE_YEAR:
            if (quantity, averaging) in units:
                yield (name, quantity, averaging), each.doses[tissue]
        if (quantity, MEAN) in units:
            total = each.five_years[tissue]
            yield (name, quantity, MEAN), Known(total.mSv / Decimal(each.years), total.missing)
    skin, hands = each.doses["skin"], each.doses["extremities"]
    both = Known(max(skin.mSv, hands.mSv), tuple(dict.fromkeys((*skin.missing, *hands.missing))))
    yield (name, "equivalent_dose_skin_extremities", "per_year"), both
    yield (name, "equivalent_dose_abdomen", "any_3_months"), each.doses["abdomen"]
    if each.fetus is not None:
        yield (name, "fetal_dose", "rest_of_pregnancy"), each.fetus


def dose_facts(years: Iterable[PersonYear], parts: Parts) -> Iterator[Fact]:
    """Yield one subject a person and year, with everything that is known of its doses."""
    for each in years:
        name, key = each.subject, f"{each.person}: person.pregnancy.moved"
        yield Fact(subject=name, quantity="subject", value="person", person=each.kind)
        since = f"{each.person}: person.exposed_since"
        yield Fact(subject=name, quantity="too_young", value=each.too_young, provenance=since)
        yield _special(each)
        yield Fact(subject=name, quantity="moved_from_radiation", value=each.moved, provenance=key)
    for (subject, quantity, averaging), known in parts.items():
        unit = taxonomy().quantities[quantity, averaging].unit
        yield Fact(subject=subject, quantity=quantity, averaging=averaging, value=float(known.mSv), unit=unit)


def _special(each: PersonYear) -> Fact:
    """Return whether special circumstances are claimed; not known while the mean that they ask for is not."""
    lost = each.five_years["effective"].missing if each.special else ()
    name = "special_circumstances"
    return Fact(subject=each.subject, quantity=name, value=None if lost else each.special, provenance="; ".join(lost))


def people(facility: Facility, instrument: str, on: date) -> tuple[tuple[PersonYear, ...], dict[Key, Known]]:
    """Return the years of people and the parts of their doses as an instrument takes its five years."""
    years = person_years(facility, on, terms(instrument))
    return years, dose_parts(years)


def settled(finding: Finding, years: Mapping[str, PersonYear], parts: Parts, open_period: bool) -> Finding:
    """Return a finding on a person: what is known can break a limit but not keep it while a part is missing.

    ``open_period``: the periods are fixed and the file does not say from when, or from a later year only: a mean that
    is too high in some five years is no verdict. The same of an apprentice whose age is not known.
    """
    known = parts.get((finding.subject, finding.quantity, finding.averaging))
    each = years.get(finding.subject)
    if known is None or each is None:
        return finding
    if finding.outcome == "pass" and known.missing:
        return _open(finding if known.mSv else replace(finding, value=None, margin=None), known.missing)
    if finding.outcome == "fail" and finding.averaging == MEAN and (open_period or each.early):
        return _open(finding, ("evaluation.five_years_from",))
    if finding.outcome == "fail" and each.unsure:
        return _open(finding, (each.unsure,))
    if not each.over and finding.averaging != "rest_of_pregnancy":
        return replace(
            finding, notices=(*finding.notices, Notice("findings.audit.year_not_over", {"year": str(each.year)}))
        )
    return finding


def _open(finding: Finding, missing: tuple[str, ...]) -> Finding:
    reason = Notice("findings.not_known", {"quantity": finding.quantity, "key": "; ".join(missing)})
    return replace(finding, outcome="undetermined", reason=reason)
