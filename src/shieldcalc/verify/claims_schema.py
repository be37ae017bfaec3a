"""The format of ``claims.toml``, as a schema of pydantic's engine."""

from functools import cache

from pydantic_core import CoreSchema

from shieldcalc.assess.site import SITE
from shieldcalc.model.loader.facility_schema import digest
from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.values import choice, day, identifier, listing, metres, number, quantity, table, text
from shieldcalc.verify.quantities import DOSES
from shieldcalc.verify.vocabulary import attachment_kinds

FORMAT = 1
OUTCOMES = ("pass", "fail", "undetermined")
SHOWS = ("h10", "air_kerma", "neutron_h10")
DETECTORS = ("ion_chamber", "geiger", "proportional", "scintillator", "semiconductor", "moderated", "passive")


def _length() -> CoreSchema:
    return quantity("length", least=0, most=100_000)


def _claim() -> CoreSchema:
    return table(
        {},
        {
            "id": identifier(),
            "design": text(),
            "barrier": identifier(),
            "point": identifier(SITE),
            "dose": text(),
            "quantity": choice(*DOSES),
            "thickness": text(),
            "required": text(),
            "lead_equivalent": text(),
            "material": identifier(),
            "verdict": choice(*OUTCOMES),
            "rule": text(),
            "method": text(),
            "program": text(),
            "uncertainty": number(least=0, most=1),
        },
    )


def _instrument() -> CoreSchema:
    rate = quantity("dose_rate", above=0)
    return table(
        {"id": identifier(), "make": text(), "model": text(), "serial": text(), "shows": choice(*SHOWS)},
        {
            "calibrated": day(),
            "valid_until": day(),
            "certificate": text(),
            "detector": choice(*DETECTORS),
            "factor": number(above=0, most=100),
            "response_time": quantity("time", above=0, most=1000),
            "uncertainty": number(least=0, most=1),
            "energy_low": quantity("photon_energy", above=0, most=20),
            "energy_high": quantity("photon_energy", above=0, most=20),
            "least": rate,
            "most": rate,
        },
    )


def _drawn() -> CoreSchema:
    own = {"design": text(), "thickness": _length(), "source": identifier(), "distance": metres(above=0)}
    return table({"barrier": identifier()}, own)


@cache
def claims() -> CoreSchema:
    """Return the whole file as one schema."""
    named = listing(text(), 1, limit("submission_designs"), wanted="a list of the names of design files")
    head = table({"applicant": text(), "designs": named}, {"reference": text(), "date": day(), "site": text()})
    stated = table({}, {"method": text(), "program": text(), "uncertainty": number(least=0, most=1)})
    attachment = table({"file": text(), "what": choice(*attachment_kinds())}, {"sha256": digest()})
    survey = table({"file": text()}, {"design": text()})
    rows = {
        "claim": (_claim(), limit("submission_claims")),
        "instrument": (_instrument(), 50),
        "survey": (survey, 20),
        "drawn": (_drawn(), 500),
        "attachment": (attachment, limit("submission_attachments")),
    }
    tables = {name: listing(row, 0, most, wanted=f"tables [[{name}]]") for name, (row, most) in rows.items()}
    return table(
        {"format": number(least=FORMAT, most=FORMAT, whole=True), "submission": head}, {"claimed": stated, **tables}
    )
