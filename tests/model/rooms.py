"""Rooms for tests, built by hand: what a loader would give, without a file."""

from dataclasses import replace
from datetime import date
from math import hypot

from shieldcalc.model.design import (
    Beam,
    Beyond,
    Console,
    Declarations,
    Design,
    Identity,
    Layer,
    Protocol,
    Screen,
    Slab,
    Source,
    Technique,
    UserPoint,
    Wall,
    WallOpening,
)

OFFICE = Beyond(kind="office", name="office", occupancy=1.0, designation="uncontrolled", person="non_radiation_staff")
NOTHING = Beyond(kind="nothing", name="", occupancy=0.0, designation="uncontrolled", person="public")
STOREY = replace(OFFICE, storey_height_m=3.2)
SQUARE = ((0.0, 0.0), (5.0, 0.0), (5.0, 4.0), (0.0, 4.0))
L_SHAPE = ((0.0, 0.0), (6.0, 0.0), (6.0, 3.0), (3.0, 3.0), (3.0, 6.0), (0.0, 6.0))


def layers(*pairs):
    """Layers from (material, mm) pairs."""
    return tuple(Layer(material=name, thickness_mm=float(mm)) for name, mm in pairs)


TECHNIQUE = Technique(kv=125.0, current_mA=300.0)
BRICKLIKE = layers(("concrete", 150))
LEADED = layers(("lead", 2.0))


def walls_around(plan, stack=BRICKLIKE, height=3.0, beyond=OFFICE):
    """One wall an edge: wall0, wall1, …"""
    found = []
    for edge, (ax, ay) in enumerate(plan):
        bx, by = plan[(edge + 1) % len(plan)]
        size = hypot(bx - ax, by - ay)
        found.append(
            Wall(id=f"wall{edge}", edge=edge, start_m=0.0, end_m=size, height_m=height, layers=stack, beyond=beyond)
        )
    return tuple(found)


def design(plan=SQUARE, sources=(), height=3.0, **changes):
    """A room with one wall an edge, slabs of concrete and no openings unless given."""
    slab = layers(("concrete", 120))
    made = Design(
        file="room.toml",
        sha256="",
        identity=Identity(facility="f", room="r", author="a"),
        on=date(2025, 6, 30),
        instruments=(),
        methods=("ncrp147",),
        reading_15_3=None,
        working_hours_per_week=40.0,
        plan=plan,
        height_m=height,
        walls=walls_around(plan, height=height),
        openings=(),
        floor=Slab(id="floor", kind="floor", layers=slab, beyond=STOREY),
        ceiling=Slab(id="ceiling", kind="ceiling", layers=slab, beyond=STOREY),
        screens=(),
        console=None,
        points=(),
        sources=tuple(sources),
        declarations=Declarations(),
    )
    return replace(made, **changes)


def door(wall="wall0", start=1.0, width=0.9, stack=LEADED, name="door", height=2.1):
    return WallOpening(
        id=name,
        kind="door",
        wall=wall,
        start_m=start,
        sill_m=0.0,
        width_m=width,
        height_m=height,
        layers=stack,
        beyond=OFFICE,
    )


def window(wall="wall1", start=1.0, width=0.8, sill=1.0, height=0.6, stack=LEADED, name="window"):
    return WallOpening(
        id=name,
        kind="control_window",
        wall=wall,
        start_m=start,
        sill_m=sill,
        width_m=width,
        height_m=height,
        layers=stack,
        beyond=OFFICE,
    )


def screen(a=(3.6, 0.0), b=(3.6, 1.3), height=2.0, name="screen"):
    return Screen(id=name, a=a, b=b, height_m=height, layers=LEADED)


def ct(isocentre=(2.2, 1.9, 1.0), scans=60.0, name="ct", scan_time=1.0):
    protocols = (
        Protocol(
            id="head",
            per_week=scans / 2,
            in_busiest_hour=3.0,
            region="head",
            dlp_mGy_cm=1200.0,
            scan_time_s=2 * scan_time,
        ),
        Protocol(
            id="body", per_week=scans, in_busiest_hour=2.0, region="body", dlp_mGy_cm=550.0, scan_time_s=scan_time
        ),
    )
    return Source(
        id=name, kind="ct", device=name, ct_kv=120.0, isocentre=isocentre, contrast_multiplier=1.4, protocols=protocols
    )


def beam(name, focus, patient, target, use, distribution=None, stopped=False, pre="none", area=1000.0):
    return Beam(
        id=name,
        focus=focus,
        patient=patient,
        target=target,
        use_factor=use,
        field_cm2=area,
        field_at_m=1.0,
        distribution=distribution,
        preshielding=pre,
        stopped_by_receptor=stopped,
        patients_in_busiest_hour=None,
    )


def tube(name="tube", shift=(0.0, 0.0), patients=125.0, hourly=6.0, technique=TECHNIQUE):
    """A radiographic tube over a table, with a wall stand on the x = 5 side."""
    x, y = shift
    down = beam(
        "table",
        (2.0 + x, 2.0 + y, 2.0),
        (2.0 + x, 2.0 + y, 1.0),
        (2.0 + x, 2.0 + y, 0.0),
        0.89,
        "rad_room_floor_or_other",
        pre="table_and_receptor",
    )
    chest = beam(
        "chest",
        (2.2 + x, 2.0 + y, 1.4),
        (3.9 + x, 2.0 + y, 1.4),
        (5.0 + x, 2.0 + y, 1.4),
        1.0,
        "rad_room_chest_bucky",
        pre="table_and_receptor",
    )
    return Source(
        id=name,
        kind="radiography",
        device=name,
        filtration_mmAl=2.5,
        max_technique=technique,
        distribution="rad_room_all_barriers",
        patients_per_week=patients,
        patients_in_busiest_hour=hourly,
        beams=(down, chest),
    )


def fluoroscopy(name="fluoro"):
    under = beam("under", (2.5, 2.0, 0.5), (2.5, 2.0, 1.1), (2.5, 2.0, 3.0), 1.0, stopped=True, area=400.0)
    return Source(
        id=name,
        kind="fluoroscopy",
        device=name,
        filtration_mmAl=3.0,
        max_technique=Technique(kv=110.0, current_mA=20.0),
        distribution="fluoroscopy_tube_rf_room",
        patients_per_week=20.0,
        patients_in_busiest_hour=2.0,
        beams=(under,),
    )


def protocols_tube(name="tube"):
    """The same tube by protocols."""
    made = (
        Protocol(id="chest", per_week=100.0, in_busiest_hour=5.0, beam="chest", kv=120.0, charge_mAs=4.0),
        Protocol(id="any", per_week=200.0, in_busiest_hour=8.0, kv=80.0, charge_mAs=20.0),
    )
    return replace(tube(name), distribution=None, patients_per_week=None, patients_in_busiest_hour=None, protocols=made)


CONSOLE = Console(location="in_room", position=(4.3, 0.6, 1.5), screen="screen")
USER = UserPoint(id="bench", position=(8.0, 2.0, 1.0), beyond=OFFICE)
