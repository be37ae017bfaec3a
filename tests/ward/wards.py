"""Small wards as text, for the tests of mobile units."""

from pathlib import Path

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design
from shieldcalc.model.loader import load

HEAD = """format = 1
[identity]
facility = "hospital"
room = "ward"
author = "officer"
[evaluation]
date = 2025-06-30
instruments = [{instruments}]
methods = [{methods}]
working_hours = "40 h"
[room]
plan = [["0 m", "0 m"], ["12 m", "0 m"], ["12 m", "10 m"], ["0 m", "10 m"]]
height = "3.2 m"
ward = true
"""
POINT = """[[point]]
id = "{id}"
position = ["{x} m", "{y} m", "{z} m"]
beyond = {{ kind = "patient_room", occupancy = {occupancy} }}
"""
UNIT = """[[source]]
id = "mobile"
kind = "{kind}"
filtration = "3 mm Al"
output = [{{ kv = "60 kV", air_kerma = "0.04 mGy/mAs" }}, {{ kv = "120 kV", air_kerma = "0.16 mGy/mAs" }}]
leakage = {{ rate = "0.5 mGy/h", kv = "125 kV", current = "2 mA" }}
maximum_technique = {{ kv = "110 kV", current = "200 mA" }}
[source.operator]
distance = "{operator} m"
protection = "0.25 mm"
"""
BED = """[[source.beam]]
id = "bed_{n}"
focus = ["{x} m", "{y} m", "1.9 m"]
patient = ["{x} m", "{y} m", "0.9 m"]
toward = "floor"
field = {{ area = "1500 cm2", at = "1 m" }}
stopped_by_receptor = {stopped}
[[source.protocol]]
id = "chest_{n}"
beam = "bed_{n}"
kv = "{kv} kV"
charge = "{charge} mAs"
per_week = {films}
in_busiest_hour = {hour}
"""
BEDS = ((3.0, 2.0), (9.0, 2.0))


def ward(
    films: float = 20,
    kv: float = 90,
    charge: float = 2,
    *,
    beds: tuple[tuple[float, float], ...] = BEDS[:1],
    people: tuple[tuple[float, float, float], ...] = ((6.0, 5.0, 0.9),),
    occupancy: float = 1.0,
    operator: float = 2.5,
    stopped: bool = True,
    kind: str = "mobile_xray",
    instruments: tuple[str, ...] = ("VN-19-2012", "ICRP-103"),
    methods: tuple[str, ...] = ("ncrp147",),
) -> str:
    """Return the text of a ward; ``films`` a week at each bed, a fifth of them in the busiest hour."""
    quoted = [", ".join(f'"{name}"' for name in names) for names in (instruments, methods)]
    text = HEAD.format(instruments=quoted[0], methods=quoted[1])
    for n, (x, y, z) in enumerate(people, 1):
        text += POINT.format(id=f"person_{n}", x=x, y=y, z=z, occupancy=occupancy)
    text += UNIT.format(kind=kind, operator=operator)
    for n, (x, y) in enumerate(beds, 1):
        shown = {"stopped": str(stopped).lower(), "kv": kv, "charge": charge, "films": films, "hour": films / 5}
        text += BED.format(n=n, x=x, y=y, **shown)
    return text


def loaded(text: str, folder: Path) -> Design:
    """Return the design of a text."""
    file = folder / "ward.toml"
    file.write_text(text)
    return load(str(file), plugins.catalog())


def judged(text: str, folder: Path) -> Assessment:
    """Return the assessment of a text."""
    return assess(loaded(text, folder))


def radius(found: Assessment, rule: str, quantity: str = "h10_year_mSv") -> float:
    """Return how far a rule's limit reaches aside in m."""
    zone = next(each for each in found.zones if each.rule == rule and each.quantity == quantity)
    assert zone.aside_m is not None
    return zone.aside_m
