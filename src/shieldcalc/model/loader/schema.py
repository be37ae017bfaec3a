"""The design file, format 1: every table, every key, its kind of value and its bounds. See docs/design-file.md.

The bounds keep a file finite and catch slips of a factor of ten; what the physics can answer is for the methods to say.
"""

from functools import cache

from pydantic_core import CoreSchema

from shieldcalc.model.loader.accelerator_keys import accelerator_keys
from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.maze_keys import duct_keys, maze_keys, stated_keys
from shieldcalc.model.loader.shapes import SIZES, SOLID, shape_keys
from shieldcalc.model.loader.values import (
    aim,
    any_table,
    choice,
    day,
    flag,
    identifier,
    listing,
    metres,
    number,
    place,
    quantity,
    table,
    text,
)
from shieldcalc.model.protective import ProtectiveEquipment

FORMAT = 1
WEEK_H = 168
PERSONS = ("radiation_worker", "non_radiation_staff", "public")
DESIGNATIONS = ("controlled", "supervised", "uncontrolled")


def _layers(fewest: int = 1) -> CoreSchema:
    layer = table(
        {"material": text()},
        {
            "thickness": quantity("length", above=0, most=5000),
            "density": quantity("density", above=0, most=25),
            "form": choice("solid", "hollow"),
            "lead_equivalent": quantity("lead_equivalent", above=0, most=100),
            "lead_equivalent_kv": quantity("voltage", above=0, most=1000),
        },
    )
    return listing(layer, fewest, 20, wanted="a list of layers [{ material = ..., thickness = ... }]")


def beyond() -> CoreSchema:
    """Return the table of what lies beyond a face, or around a point."""
    rate = quantity("dose_rate", least=0, most=1000, per=1e-3)
    kerma = quantity("kerma_per_week", least=0, most=1000)
    contribution = table({"origin": text(), "air_kerma": kerma}, {"beam_on": rate, "hour": rate})
    return table(
        {"kind": text()},
        {
            "name": text(),
            "occupancy": number(above=0, most=1),
            "designation": choice(*DESIGNATIONS),
            "person": choice(*PERSONS),
            "storey_height": metres(above=0, most=30),
            "other_contributions": listing(contribution, 0, 20),
        },
    )


def _identity() -> CoreSchema:
    return table({"facility": text(), "room": text(), "author": text()}, {"address": text()})


def _evaluation() -> CoreSchema:
    reading = table({"averaging": choice("beam_on", "hour"), "document": text()})
    yearly = quantity("dose_per_year", above=0, most=1000)
    constraints = table({"document": text()}, {"worker": yearly, "public": yearly})
    return table(
        {"date": day(), "instruments": listing(text(), 0, 20)},
        {
            "methods": listing(text(), 1, 10),
            "working_hours": quantity("working_hours", above=0, most=168),
            "integration_tolerance": number(least=1e-4, most=0.05),
            "reading_15_3": reading,
            "dose_constraints": constraints,
        },
    )


def _room() -> CoreSchema:
    return table(
        {"plan": listing(place(2), 3, 100), "height": metres(above=0.5, most=30)},
        {"background": _background(), "ward": flag(), "open_site": flag(), "boundary": listing(_boundary(), 1, 10)},
    )


def _boundary() -> CoreSchema:
    rate = quantity("dose_rate", above=0, most=1e6, per=1e-3)
    return table({"id": identifier(), "limit": rate}, {"averaging": choice("beam_on", "hour")})


def _background() -> CoreSchema:
    pixels = listing(number(least=0, most=100_000), 2, 2, wanted="[x, y] in pixels")
    return table(
        {"file": text(), "points": listing(pixels, 2, 2), "distance": metres(above=0)},
        {"at": place(2), "turn": quantity("angle", least=-360, most=360)},
    )


def _wall() -> CoreSchema:
    return table(
        {"id": identifier(), "edge": number(least=1, most=100, whole=True), "layers": _layers(), "beyond": beyond()},
        {"from": metres(least=0), "to": metres(above=0), "height": metres(above=0, most=30)},
    )


def _opening(*, door: bool) -> CoreSchema:
    size = {"from": metres(least=0), "width": metres(above=0), "height": metres(above=0)}
    sill, there = {"sill": metres(least=0)}, {"beyond": beyond()}
    required = {"id": identifier(), "wall": text(), **size, "layers": _layers()}
    return table(required, {**sill, **there}) if door else table({**required, **sill}, there)


def _slab() -> CoreSchema:
    return table({"layers": _layers(), "beyond": beyond()})


def _material() -> CoreSchema:
    density = quantity("density", above=0, most=25)
    return table(
        {"id": identifier(), "density": density, "document": text()}, {"composition": text(), "formula": text()}
    )


def _screen() -> CoreSchema:
    return table(
        {"id": identifier(), "from": place(2), "to": place(2), "height": metres(above=0, most=30), "layers": _layers()},
        {"scatter_over_top": quantity("dose_rate", least=0, per=1e-3)},
    )


def _console() -> CoreSchema:
    return table(
        {"location": choice("outside", "in_room")},
        {
            "barrier": text(),
            "position": place(3),
            "screen": text(),
            "patient_view": flag(),
            "patient_contact": flag(),
            "adjoining": flag(),
        },
    )


def _beam() -> CoreSchema:
    field = table({"area": quantity("area", above=0, most=10_000), "at": metres(above=0, most=10)})
    return table(
        {"id": identifier(), "focus": place(3), "patient": place(3), "toward": aim(), "field": field},
        {
            "use_factor": number(least=0, most=1),
            "distribution": text(),
            "preshielding": choice("none", "cross_table", "table_and_receptor"),
            "stopped_by_receptor": flag(),
            "patients_in_busiest_hour": number(least=0, most=1000),
        },
    )


def _declared_scatter() -> CoreSchema:
    return table(
        {"document": text()},
        {
            "air_kerma": quantity("kerma", above=0, most=1000),
            "rate": quantity("kerma_rate", above=0, most=1e5),
            "at": metres(least=0.5, most=5),
        },
    )


def _protocol() -> CoreSchema:
    return table(
        {"id": identifier(), "per_week": number(least=0, most=100_000)},
        {
            "in_busiest_hour": number(least=0, most=100_000),
            "beam": text(),
            "kv": quantity("voltage", above=0, most=1000),
            "charge": quantity("charge", above=0, most=1e6),
            "current": quantity("current", above=0, most=1e4),
            "time": quantity("time", above=0, most=36_000),
            "region": choice("head", "body"),
            "dlp": quantity("dlp", above=0, most=1e5),
            "scan_length": quantity("length", above=0, most=300, per=10.0),
            "pitch": number(above=0, most=10),
            "nctdi100": quantity("output", above=0, most=10),
            "scan_time": quantity("time", above=0, most=3600),
            "kap": quantity("kap", above=0, most=1e4),
            "esd": quantity("kerma", above=0, most=1e4),
            "ffd": metres(above=0, most=10),
            "film_to_skin": metres(least=0, most=2),
            "scatter": _declared_scatter(),
        },
    )


def _asked_by_rules() -> dict[str, CoreSchema]:
    """Return the keys of a source that only the law asks for."""
    return {
        "scan_posture": choice("sitting", "standing", "lying"),
        "cephalometry": flag(),
        "whole_body": flag(),
        "vehicle_mounted": flag(),
        "temporary_controlled_zone": metres(above=0, most=100),
        "staff_position_rate": quantity("dose_rate", least=0, per=1e-3),
    }


def _operator() -> CoreSchema:
    return table({"distance": metres(above=0)}, {"protection": quantity("length", above=0, most=10)})


def _sealed() -> dict[str, CoreSchema]:
    """Return the keys of sealed gamma sources, those of brachytherapy among them."""
    return {
        "nuclide": text(),
        "activity": quantity("activity", above=0, most=1e18),
        "number": number(least=1, most=1000, whole=True),
        "reference_date": day(),
        "position": place(3),
        "container": _layers(),
        "shield": _layers(),
        "exposed_per_week": quantity("working_hours", above=0, most=168),
        "exposed_in_busiest_hour": quantity("time", above=0, most=3600),
        "cutoff": quantity("photon_energy", least=0.01, most=1),
        "daughters": flag(),
        "cavity": metres(least=0, most=5),
        "source_size": metres(above=0, most=2),
        "exposure": listing(_exposure(), 1, 20),
        **shape_keys(*SIZES),
        "self_absorption": table({"material": text()}, {"density": quantity("density", above=0, most=25)}),
        "activity_concentration": quantity("activity_concentration", above=0, most=1e18),
        "specific_activity": quantity("specific_activity", above=0, most=1e18),
        **_brachytherapy(),
    }


def _body() -> CoreSchema:
    """Return the table of a free body."""
    keys = shape_keys(*SOLID)
    required = {"id": identifier(), "shape": keys.pop("shape"), "position": place(3), "material": text()}
    return table(required, {**keys, "density": quantity("density", above=0, most=25)})


def _brachytherapy() -> dict[str, CoreSchema]:
    """Return the keys of brachytherapy sources that other sealed sources do not have."""
    rate = quantity("dose_rate", above=0, most=1e6, per=1e-3)
    return {
        "reference_air_kerma_rate": quantity("kerma_rate", above=0, most=1e6),
        "maximum_activity": quantity("activity", above=0, most=1e18),
        "positions": listing(place(3), 1, 20, wanted='a list of places [["2 m", "2 m", "1 m"]]'),
        "treatments_per_week": number(least=0, most=10_000),
        "time_per_treatment": quantity("time", above=0, most=604_800),
        "treatments_in_busiest_hour": number(least=0, most=1000),
        "patient_attenuation": flag(),
        "safe": table({"position": place(3)}, {"layers": _layers(), "rate": rate}),
    }


def _patients() -> dict[str, CoreSchema]:
    """Return the keys of patients with radiopharmaceuticals; times in hours."""
    constant = quantity("dose_rate_constant", above=0, most=1)
    rate = quantity("dose_rate", above=0, most=1e5, per=1e-3)
    half_life = quantity("time", above=0, most=1e5, per=3600)
    return {
        "patients_per_week": number(above=0, most=10_000),
        "patients_in_busiest_hour": number(least=1, most=1000),
        "uptake": quantity("time", above=0, most=1000, per=3600),
        "imaging": quantity("time", above=0, most=WEEK_H, per=3600),
        "stay": quantity("time", above=0, most=WEEK_H, per=3600),
        "voiding": number(above=0, most=1),
        "patient_constant": table({"value": constant, "document": text()}),
        "patient_rate": table({"rate": rate, "document": text()}, {"at": metres(least=0.5, most=5)}),
        "effective_half_life": table({"value": half_life, "document": text()}),
    }


def _gamma() -> dict[str, CoreSchema]:
    """Return the keys of gamma sources of every kind, and of accelerators."""
    return {**_sealed(), **_patients(), **accelerator_keys()}


def _exposure() -> CoreSchema:
    """Return the keys of a kind of exposure in industrial radiography."""
    collimator = table(
        {"toward": place(3), "half_angle": quantity("angle", above=0, most=180)},
        {"attenuation": number(least=1, most=1e6), "document": text(), "layers": _layers()},
    )
    return table(
        {
            "id": identifier(),
            "positions": listing(place(3), 1, 20),
            "per_week": number(least=0, most=10_000),
            "time": quantity("time", above=0, most=360_000),
            "wind_out": quantity("time", least=0, most=3600),
        },
        {"in_busiest_hour": number(least=0, most=1000), "collimator": collimator},
    )


def _source() -> CoreSchema:
    voltage, current = quantity("voltage", above=0, most=1000), quantity("current", above=0, most=1e4)
    kerma = quantity("output", above=0, most=100)
    output = table({"kv": voltage, "air_kerma": kerma}, {"at": metres(above=0, most=10)})
    workload = table(
        {"distribution": text(), "patients_per_week": number(above=0, most=10_000)},
        {"patients_in_busiest_hour": number(least=0, most=1000)},
    )
    kap = table(
        {"per_week": quantity("kap", above=0, most=1e7), "kv": voltage},
        {"in_busiest_hour": quantity("kap", least=0, most=1e6)},
    )
    leakage = table({"rate": quantity("kerma_rate", above=0, most=1000), "kv": voltage, "current": current})
    return table(
        {"id": identifier(), "kind": text()},
        {
            "device": identifier(),
            **dict.fromkeys(("equipment", "make", "model", "serial"), text()),
            "patient_table": choice("none", "fixed", "tilting"),
            "filtration": quantity("filtration", above=0, most=50),
            "output": listing(output, 1, 20),
            "leakage": leakage,
            "maximum_technique": table({"kv": voltage, "current": current}),
            "fluoroscopy_technique": table({"kv": voltage, "current": current}),
            "beam_on_per_year": quantity("working_hours", above=0, most=8784),
            **_asked_by_rules(),
            "dxa_beam": choice("fan_beam", "pencil_beam"),
            "kv": voltage,
            "isocentre": place(3),
            "contrast_multiplier": number(least=1, most=2),
            "workload": workload,
            "kap": kap,
            "table_toward": place(3),
            "operator": _operator(),
            **_gamma(),
            "beam": listing(_beam(), 1, 20),
            "protocol": listing(_protocol(), 1, 200),
        },
    )


def _declarations() -> CoreSchema:
    names = (
        "warning_sign_over_entrance",
        "warning_lamp_at_entrance",
        "safety_rules_posted",
        "operator_protection_provided",
        "simultaneous_operation",
        "in_residential_area",
        "notice_board",
        "lamp_linked_to_door",
        "door_self_closing",
        "door_anti_pinch",
        "nobody_waits_inside",
    )
    lead = quantity("length", above=0, most=20)
    worn = table({}, dict.fromkeys(ProtectiveEquipment.__slots__, lead))
    doors = choice("swing", "sliding", "powered_sliding")
    return table({}, {**{name: flag() for name in names}, "entrance_door": doors, "protective_equipment": worn})


@cache
def core() -> CoreSchema:
    """Return the whole file as one schema of pydantic's engine."""
    user_point = table({"id": identifier(), "position": place(3), "beyond": beyond()}, stated_keys())
    return table(
        {
            "format": number(least=FORMAT, most=FORMAT, whole=True),
            "identity": _identity(),
            "evaluation": _evaluation(),
            "room": _room(),
            "source": listing(_source(), 1, limit("sources"), wanted="tables [[source]]"),
        },
        {
            "wall": listing(_wall(), 1, limit("walls"), wanted="tables [[wall]]"),
            "floor": _slab(),
            "ceiling": _slab(),
            "door": listing(_opening(door=True), 0, limit("openings"), wanted="tables [[door]]"),
            "window": listing(_opening(door=False), 0, limit("openings"), wanted="tables [[window]]"),
            "control_window": listing(_opening(door=False), 0, limit("openings"), wanted="tables [[control_window]]"),
            "screen": listing(_screen(), 0, limit("screens"), wanted="tables [[screen]]"),
            "maze": maze_keys(),
            "duct": listing(duct_keys(), 0, limit("openings"), wanted="tables [[duct]]"),
            "body": listing(_body(), 0, limit("bodies"), wanted="tables [[body]]"),
            "material": listing(_material(), 0, limit("materials"), wanted="tables [[material]]"),
            "console": _console(),
            "point": listing(user_point, 0, limit("points"), wanted="tables [[point]]"),
            "declarations": _declarations(),
            "plugins": any_table(),
        },
    )
