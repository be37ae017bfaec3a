"""What a dose that is not known lacks, said by the method itself: facts get the reason of its notices."""

from collections.abc import Iterable, Iterator, Mapping

from shieldcalc.errors import Notice
from shieldcalc.model.result import Fact, Result
from shieldcalc.plugin_raised import NO_DOSE
from shieldcalc.records import replace
from shieldcalc.regulations.evaluate import HOUR, INSTANT

_QUANTITY = {INSTANT: "beam_on", "radiography": "beam_on", "listed_devices": "beam_on", HOUR: "hour"}


def explained(facts: Iterable[Fact], result: Result) -> Iterator[Fact]:
    """Yield the facts; a rate or hour average that is not known has what its method found missing.

    As provenance where the file lacks it, else as the reason: the method does not compute it, or its data do not reach.
    """
    at = {point.point.id: point.notices for point in result.points}
    failed = next((each for each in result.notices if each.code in NO_DOSE), None)
    for fact in facts:
        if fact.value is not None:
            yield fact
            continue
        if failed is not None and fact.method:
            yield replace(fact, reason=failed)
            continue
        quantity = _QUANTITY.get(fact.averaging)
        if quantity is not None and not fact.provenance.startswith("screen."):
            notices = (*result.notices, *at.get(fact.subject, ()))
            found = dict.fromkeys(_missing(notices, quantity))
            codes = [f"warnings.{quantity}_{why}" for why in ("not_computed", "outside_data")]
            outside = next((each for each in notices if each.code in codes), None)
            yield replace(fact, provenance="; ".join(found)) if found else replace(fact, reason=outside)
        else:
            yield fact


def _missing(notices: Iterable[Notice], quantity: str) -> Iterator[str]:
    for code, params in notices:
        if code == f"warnings.{quantity}_undetermined":
            yield f"{_source(params)}.{params['key']}"
        elif code == "warnings.contribution_incomplete" and params["key"] == quantity:
            yield f"other_contributions.{quantity} ({params['origin']})"


def _source(params: Mapping[str, object]) -> str:
    return f"source.{params['source']}"
