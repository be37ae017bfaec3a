"""The room of the sample: L-shaped, a tube and a CT scanner, every kind of barrier."""

from datetime import date
from typing import Any

from shieldcalc.model.design import (
    Beam,
    Beyond,
    Contribution,
    Declarations,
    Design,
    Identity,
    Layer,
    Leakage,
    Output,
    Protocol,
    Slab,
    Source,
    Technique,
    Wall,
    WallOpening,
)
from shieldcalc.model.judging import Reading
from shieldcalc.model.scene import Barrier, Scene

PLAN = ((0.0, 0.0), (6.0, 0.0), (6.0, 3.0), (3.5, 3.0), (3.5, 5.0), (0.0, 5.0))
OUTWARD = ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0))
NAMES = ("south", "east", "notch_north", "notch_east", "north", "west")
BRICK = (Layer(material="brick", thickness_mm=220.0, form="solid", density_g_per_cm3=1.65),)
LINED = (*BRICK, Layer(material="barium_plaster", thickness_mm=20.0))
DOOR = (Layer(material="wood", thickness_mm=40.0), Layer(material="lead", thickness_mm=1.0))
GLASS = (Layer(material="plate_glass", thickness_mm=12.0),)


def beyond(kind: str, occupancy: float, **more: object) -> Beyond:
    given = {"designation": "uncontrolled", "person": "public", "name": ""} | more
    return Beyond(kind=kind, occupancy=occupancy, **given)  # type: ignore[arg-type]


CONTROL = beyond("control_room", 1.0, designation="controlled", person="radiation_worker", name="Control room 2")
WAITING = beyond("waiting", 1.0, occupancy_assumed=True, name="Phòng chờ – khoa Chẩn đoán hình ảnh")
CORRIDOR = beyond(
    "corridor", 0.2, other_contributions=(Contribution(origin="CT room next door", air_kerma_mGy_per_week=0.0004),)
)
BEYONDS = (CORRIDOR, CONTROL, beyond("outdoors", 0.025), beyond("office", 1.0), WAITING, beyond("nothing", 0.0))


def scene() -> Scene:
    walls = [
        Barrier(
            id=name,
            kind="wall",
            layers=LINED if index % 2 else BRICK,
            thickness_m=0.24 if index % 2 else 0.22,
            beyond=BEYONDS[index],
            a=PLAN[index],
            b=PLAN[(index + 1) % 6],
            top_m=3.2,
            outward=OUTWARD[index],
        )
        for index, name in enumerate(NAMES)
    ]
    more = [
        Barrier(
            id="door",
            kind="door",
            layers=DOOR,
            thickness_m=0.22,
            beyond=CORRIDOR,
            host="south",
            a=(4.2, 0.0),
            b=(5.3, 0.0),
            top_m=2.1,
            outward=(0.0, -1.0),
        ),
        Barrier(
            id="control_window",
            kind="control_window",
            layers=(Layer(material="lead", thickness_mm=1.5),),
            thickness_m=0.24,
            beyond=CONTROL,
            host="east",
            a=(6.0, 1.0),
            b=(6.0, 2.0),
            bottom_m=0.9,
            top_m=1.7,
            outward=(1.0, 0.0),
        ),
        Barrier(
            id="high window",
            kind="window",
            layers=GLASS,
            thickness_m=0.22,
            beyond=WAITING,
            host="north",
            a=(2.5, 5.0),
            b=(1.0, 5.0),
            bottom_m=2.2,
            top_m=2.8,
            outward=(0.0, 1.0),
        ),
        Barrier(
            id="floor",
            kind="floor",
            layers=(Layer(material="concrete", thickness_mm=150.0),),
            thickness_m=0.15,
            beyond=beyond("storage", 0.05, storey_height_m=3.3),
            outline=PLAN,
        ),
        Barrier(
            id="ceiling",
            kind="ceiling",
            layers=(Layer(material="concrete", thickness_mm=150.0),),
            thickness_m=0.15,
            beyond=beyond("office", 1.0),
            outline=PLAN,
            bottom_m=3.2,
            top_m=3.2,
        ),
        Barrier(
            id="screen",
            kind="screen",
            layers=DOOR,
            thickness_m=0.041,
            beyond=None,
            a=(4.4, 2.6),
            b=(5.4, 2.2),
            top_m=2.0,
            outward=(0.37, 0.93),
        ),
    ]
    barriers = (*walls, *more)
    return Scene(
        barriers=barriers,
        sources=sources(),
        height_m=3.2,
        plan=PLAN,
        working_hours_per_week=40.0,
        by_id={barrier.id: barrier for barrier in barriers},
    )


def sources() -> tuple[Source, ...]:
    def beam(name: str, target: tuple[float, float, float], use: float) -> Beam:
        return Beam(
            id=name,
            focus=(1.8, 2.2, 2.0),
            patient=(1.8, 2.2, 1.0) if name == "table" else (1.2, 2.2, 1.2),
            target=target,
            use_factor=use,
            field_cm2=1225.0,
            field_at_m=1.0,
            distribution=None,
            preshielding="cross_table" if name == "chest" else "none",
            stopped_by_receptor=False,
            patients_in_busiest_hour=6.0,
        )

    tube = Source(
        id="tube",
        kind="radiography",
        device="dr1",
        make="Example & Sons",
        model="DR <500>",
        serial="0042",
        filtration_mmAl=3.1,
        outputs=(Output(kv=80.0, mGy_m2_per_mAs=0.075),),
        leakage=Leakage(rate_mGy_per_h=0.876, kv=150.0, current_mA=3.3, declared=False),
        max_technique=Technique(kv=125.0, current_mA=320.0),
        distribution="rad_room_all_barriers",
        patients_per_week=160.0,
        patients_in_busiest_hour=8.0,
        beams=(beam("table", (1.8, 2.2, 0.0), 0.89), beam("chest", (0.0, 2.2, 1.2), 0.11)),
    )
    scanner = Source(
        id="ct",
        kind="ct",
        device="ct1",
        ct_kv=120.0,
        isocentre=(4.6, 1.4, 1.0),
        contrast_multiplier=1.4,
        protocols=(
            Protocol(id="body", per_week=70.0, in_busiest_hour=None, region="body", dlp_mGy_cm=550.0, scan_time_s=9.0),
        ),
    )
    return tube, scanner


def design(there: Scene) -> Design:
    barriers: Any = there.barriers
    walls = tuple(
        Wall(id=b.id, edge=i, start_m=0.0, end_m=1.0, height_m=3.2, layers=b.layers, beyond=b.beyond)
        for i, b in enumerate(barriers)
        if b.kind == "wall"
    )
    openings = tuple(
        WallOpening(
            id=b.id,
            kind=b.kind,
            wall=b.host or "",
            start_m=0.1,
            sill_m=b.bottom_m,
            width_m=1.0,
            height_m=1.0,
            layers=b.layers,
            beyond=b.beyond,
        )
        for b in barriers
        if b.host
    )
    slabs = {b.kind: Slab(id=b.id, kind=b.kind, layers=b.layers, beyond=b.beyond) for b in there.barriers if b.outline}
    return Design(
        file="examples/sample.toml",
        sha256="4f1c" * 16,
        identity=Identity(
            facility="Bệnh viện Đa khoa huyện Bắc Hà",
            room="X-ray room 1",
            author="A. Physicist",
            address="1 Main Street",
        ),
        on=date(2025, 6, 30),
        instruments=("VN-LC-24-2015",),
        methods=("ncrp147",),
        reading_15_3=Reading(averaging="hour", document="Letter 12/2025"),
        working_hours_per_week=40.0,
        plan=PLAN,
        height_m=3.2,
        walls=walls,
        openings=openings,
        floor=slabs["floor"],
        ceiling=slabs["ceiling"],
        screens=(),
        console=None,
        points=(),
        sources=there.sources,
        declarations=Declarations(warning_lamp_at_entrance=True),
    )
