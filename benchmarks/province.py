"""A province's submissions drawn at random: rooms as they are built, with claims, readings, attachments and a manifest.

Of a hundred about 40 are rooms of an intra-oral dental unit, 15 of a panoramic one, 20 of general radiography, 5 of
chest radiography, 5 of bone densitometry, 5 of mammography and 10 of computed tomography. Every number is drawn: the
plan, layers, doors, windows, places beyond, workload, technique, distances; no two are alike. The applicant claims the
yearly dose behind every barrier as he computed it (another user's rounding, one in fifty too low by a factor), what a
wall is built of, the lead equivalent of the door, the verdict there, and sends two readings, a drawn wall and four
attachments.
"""

import sys
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

sys.path.insert(0, str(Path(__file__).parent))

from planted import rate as by_protocol

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load

ROOM = "room.toml"
SHARES = {
    "intraoral_dental": 40,
    "panoramic_dental": 15,
    "radiography": 20,
    "chest": 5,
    "bone_density": 5,
    "mammography": 5,
    "ct": 10,
}
SIZES = {"ct": (6.0, 5.0), "radiography": (5.0, 4.0), "chest": (4.2, 3.4), "mammography": (3.8, 3.2)}
OUTSIDE = [
    ("outdoors", 0.05),
    ("corridor", 0.2),
    ("office", 1.0),
    ("waiting", 1.0),
    ("storage", 0.05),
    ("toilet", 0.1),
    ("workroom", 1.0),
]
ABOVE = [("office", 1.0), ("storage", 0.05), ("workroom", 1.0), ("patient_room", 1.0)]
OUTPUT = '[{ kv = "60 kV", air_kerma = "0.045 mGy/mAs" }, { kv = "80 kV", air_kerma = "0.079 mGy/mAs" }, { kv = "100 kV", air_kerma = "0.118 mGy/mAs" }, { kv = "125 kV", air_kerma = "0.175 mGy/mAs" }]'  # noqa: E501
DENTAL = '[{ kv = "60 kV", air_kerma = "0.04 mGy/mAs" }, { kv = "70 kV", air_kerma = "0.05 mGy/mAs" }, { kv = "80 kV", air_kerma = "0.066 mGy/mAs" }]'  # noqa: E501
STOPPED = "stopped_by_receptor = true\n"
Place = tuple[float, float, float]
HEAVY = ("ct", "radiography", "chest")


def make(top: Path, count: int, seed: int) -> None:
    """Write so many submissions, a hundred in a folder; the same ones for the same seed."""
    for number in range(count):
        random = Random(f"{seed}/{number}")
        kind = random.choices(list(SHARES), list(SHARES.values()))[0]
        folder = top / "in" / f"{number // 100:04}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06}_{kind}.zip").write_bytes(packed(random, kind, top))


def packed(random: Random, kind: str, folder: Path) -> bytes:
    """Return one submission as a zip with its manifest."""
    text = design(random, kind)
    place = folder / ROOM
    place.write_text(text, "utf-8")
    found = assess(load(str(place), plugins.catalog()), building=False)
    files = {ROOM: text, "claims.toml": claims(random, found), "survey.csv": survey(random, kind, found)}
    files |= {f"{name}.txt": f"{name} {random.random()}" for name in ("calculation", "equipment", "meter", "reply")}
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as sink:
        manifest = "".join(f"{sha256(content.encode()).hexdigest()}  {name}\n" for name, content in files.items())
        for name, content in {"manifest.sha256": manifest, **files}.items():
            sink.writestr(name, content)
    return target.getvalue()


def design(random: Random, kind: str) -> str:
    """Return a rectangular room with a door, a control window and one unit."""
    width, depth = SIZES.get(kind, (3.2, 2.8))
    width, depth = round(width + random.uniform(0, 1.5), 2), round(depth + random.uniform(0, 1.5), 2)
    height = round(random.uniform(2.8, 3.4), 2)
    lead = random.choice((1.5, 2, 2.5, 3)) if kind in HEAVY else random.choice((0.5, 1, 1.5))
    beyond = [random.choice(OUTSIDE) for _ in range(4)]
    beyond[1], beyond[3] = (
        ("control_room", 1.0),
        random.choice((("storage", 0.05), ("workroom", 1.0))),
    )  # the beam's side
    rows = [
        "format = 1\n[identity]\n"
        f'facility = "Facility {random.randrange(10**6)}"\nroom = "Room {random.randrange(100)}"\nauthor = "Officer"\n'
        f'[evaluation]\ndate = 2025-0{random.randrange(1, 10)}-{random.randrange(10, 28)}\nmethods = ["ncrp147"]\n'
        'instruments = ["VN-LC-24-2015", "VN-13-2014", "VN-19-2012"]\nworking_hours = "40 h"\n'
        'reading_15_3 = { averaging = "hour", document = "Reply of the authority" }\n'
        f'[room]\nplan = [["0 m", "0 m"], ["{width} m", "0 m"], ["{width} m", "{depth} m"], ["0 m", "{depth} m"]]\n'
        f'height = "{height} m"\n'
    ]
    for edge, (place, T) in enumerate(beyond, 1):
        rows.append(
            f'[[wall]]\nid = "wall_{edge}"\nedge = {edge}\nlayers = [{wall(random, kind, lead)}]\n'
            f'beyond = {{ kind = "{place}", name = "Place {random.randrange(1000)}", occupancy = {T} }}\n'
        )
    door, window = round(random.uniform(0.2, width - 1.8), 2), round(random.uniform(0.2, depth - 1.5), 2)
    above, T = random.choice(ABOVE)
    concrete = f'{{ material = "concrete", thickness = "{random.randrange(120, 260, 10)} mm", density = "2.35 g/cm3" }}'
    console = round(width + 0.6, 2), round(window + 0.5, 2)
    rows.append(
        f'[[door]]\nid = "entrance"\nwall = "wall_3"\nfrom = "{door} m"\nwidth = "{random.choice((0.9, 1.2, 1.4))} m"\n'
        f'height = "2.1 m"\nlayers = [{{ material = "lead", thickness = "{lead} mm" }}]\n'
        f'[[control_window]]\nid = "window"\nwall = "wall_2"\nfrom = "{window} m"\nsill = "0.9 m"\nwidth = "1 m"\n'
        f'height = "0.8 m"\nlayers = [{{ material = "lead", thickness = "{lead} mm" }}]\n'
        f'[floor]\nlayers = [{concrete}]\nbeyond = {{ kind = "nothing", name = "ground" }}\n'
        f"[ceiling]\nlayers = [{concrete}]\n"
        f'beyond = {{ kind = "{above}", name = "above", occupancy = {T}, storey_height = "{height} m" }}\n'
        '[console]\nlocation = "outside"\nbarrier = "window"\n'
        f'position = ["{console[0]} m", "{console[1]} m", "1.3 m"]\n'
        "patient_view = true\npatient_contact = true\nadjoining = true\n"
        "[declarations]\nwarning_sign_over_entrance = true\nwarning_lamp_at_entrance = true\n"
        "safety_rules_posted = true\nin_residential_area = false\n"
    )
    return "".join(rows) + unit(random, kind, width, depth)


def wall(random: Random, kind: str, lead: float) -> str:
    """Return the layers of a wall: brick with or without lead, concrete, of light units gypsum board too."""
    brick = layer("brick", random.choice((110, 220)), ', form = "solid", density = "1.65 g/cm3"')
    concrete = layer("concrete", random.randrange(100, 260, 10), ', density = "2.35 g/cm3"')
    lined = f"{brick}, {layer('lead', lead)}"
    if kind == "mammography":
        return random.choice((brick, concrete, layer("gypsum", random.randrange(30, 80, 5))))
    return random.choice((lined, concrete)) if kind in HEAVY else random.choice((brick, concrete, lined))


def layer(material: str, thickness_mm: float, more: str = "") -> str:
    return f'{{ material = "{material}", thickness = "{thickness_mm} mm"{more} }}'


def unit(random: Random, kind: str, width: float, depth: float) -> str:
    """Return the unit of a room with its beams and its work."""
    x, y = round(width / 2 + random.uniform(-0.3, 0.3), 2), round(depth / 2 + random.uniform(-0.3, 0.3), 2)
    serial = random.randrange(10**6)
    head = f'[[source]]\nid = "unit"\nkind = "{kind}"\nmake = "Maker"\nmodel = "M"\nserial = "{serial}"\n'
    return head + UNITS[kind](random, x, y)


def beam(name: str, toward: str, focus: Place, patient: Place, field: str, more: str = "") -> str:
    places = [f'["{x:.2f} m", "{y:.2f} m", "{z:.2f} m"]' for x, y, z in (focus, patient)]
    return (
        f'[[source.beam]]\nid = "{name}"\ntoward = "{toward}"\nfocus = {places[0]}\npatient = {places[1]}\n'
        f"use_factor = 1\nfield = {{ {field} }}\n{more}"
    )


def week(random: Random) -> tuple[int, int]:
    """Return patients a week and in the busiest hour."""
    return random.randrange(20, 100), random.randrange(3, 7)


def work(random: Random) -> str:
    return "per_week = {}\nin_busiest_hour = {}\n".format(*week(random))


def ct(random: Random, x: float, y: float) -> str:
    rows = [
        f'kv = "120 kV"\nisocentre = ["{x} m", "{y} m", "1 m"]\ncontrast_multiplier = 1.4\n'
        'leakage = { rate = "0.8 mGy/h", kv = "140 kV", current = "5 mA" }\n'
    ]
    for name, region, dlp, seconds in (("head", "head", 1200, 20), ("chest", "body", 525, 10)):
        product = round(dlp * random.uniform(0.7, 1.3))
        rows.append(
            f'[[source.protocol]]\nid = "{name}"\nregion = "{region}"\ndlp = "{product} mGy*cm"\n'
            f'scan_time = "{seconds} s"\nper_week = {random.randrange(10, 50)}\nin_busiest_hour = 2\n'
        )
    return "".join(rows)


def mammography(random: Random, x: float, y: float) -> str:
    return (
        f'patient_table = "none"\nfiltration = "0.5 mm Al"\nisocentre = ["{x} m", "{y} m", "1.1 m"]\n'
        'leakage = { rate = "0.05 mGy/h", kv = "50 kV", current = "5 mA" }\n'
        + workload("mammography_room", random)
        + beam("down", "floor", (x, y, 1.7), (x, y, 1.1), 'area = "720 cm2", at = "0.58 m"', STOPPED)
    )


def workload(distribution: str, random: Random) -> str:
    patients = "patients_per_week = {}, patients_in_busiest_hour = {}".format(*week(random))
    return f'workload = {{ distribution = "{distribution}", {patients} }}\n'


def tube(random: Random, table: str, distribution: str) -> str:
    return (
        f'patient_table = "{table}"\nfiltration = "2.5 mm Al"\noutput = {OUTPUT}\n'
        'leakage = { rate = "0.8 mGy/h", kv = "150 kV", current = "3.3 mA" }\n'
        f'maximum_technique = {{ kv = "125 kV", current = "{random.choice((200, 320, 400))} mA" }}\n'
        + workload(distribution, random)
    )


def stand(y: float, distribution: str) -> str:
    field = 'area = "1535 cm2", at = "1.83 m"'
    more = f'distribution = "{distribution}"\npreshielding = "table_and_receptor"\n'
    return beam("stand", "wall_4", (2.3, y, 1.3), (0.5, y, 1.3), field, more)


def radiography(random: Random, x: float, y: float) -> str:
    more = 'distribution = "rad_room_floor_or_other"\npreshielding = "table_and_receptor"\n'
    table = beam("table", "floor", (x, y, 1.9), (x, y, 0.9), 'area = "1000 cm2", at = "1 m"', more)
    return tube(random, "fixed", "rad_room_all_barriers") + table + stand(y, "rad_room_chest_bucky")


def chest(random: Random, x: float, y: float) -> str:  # noqa: ARG001
    return tube(random, "none", "chest_room") + stand(y, "chest_room")


def bone_density(random: Random, x: float, y: float) -> str:
    return (
        'patient_table = "fixed"\nfiltration = "2.5 mm Al"\nwhole_body = true\ndxa_beam = "fan_beam"\n'
        'leakage = { rate = "0.01 mGy/h", kv = "100 kV", current = "3 mA" }\n'
        'maximum_technique = { kv = "100 kV", current = "3 mA" }\n'
        + beam("up", "ceiling", (x, y, 0.3), (x, y, 0.8), 'area = "10 cm2", at = "0.5 m"', STOPPED)
        + f'[[source.protocol]]\nid = "spine"\nkv = "100 kV"\ntime = "{random.randrange(20, 60)} s"\n{work(random)}'
    )


def intraoral(random: Random, x: float, y: float) -> str:
    return dental(random, x, y, f"{random.uniform(0.7, 2.5):.2f} mAs")


def panoramic(random: Random, x: float, y: float) -> str:
    return "cephalometry = false\n" + dental(random, x, y, f"{random.randrange(80, 160)} mAs", STOPPED)


def dental(random: Random, x: float, y: float, charge: str, receptor: str = "") -> str:
    """Return a unit of a fixed tube potential; its leakage is stated at that or at a higher one."""
    current, kv = random.choice((5, 6, 7, 8)), random.choice((60, 65, 70))
    return (
        f'patient_table = "none"\nfiltration = "2.5 mm Al"\noutput = {DENTAL}\n'
        f'leakage = {{ rate = "0.25 mGy/h", kv = "{random.choice((kv, 70, 90))} kV", current = "{current} mA" }}\n'
        f'maximum_technique = {{ kv = "{kv} kV", current = "{current} mA" }}\n'
        + beam("sideways", "wall_4", (x + 0.3, y, 1.2), (x, y, 1.2), 'area = "28 cm2", at = "0.2 m"', receptor)
        + f'[[source.protocol]]\nid = "film"\nkv = "{kv} kV"\ncharge = "{charge}"\n{work(random)}'
    )


UNITS: dict[str, Callable[[Random, float, float], str]] = {
    "intraoral_dental": intraoral,
    "panoramic_dental": panoramic,
    "radiography": radiography,
    "chest": chest,
    "bone_density": bone_density,
    "mammography": mammography,
    "ct": ct,
}


def claims(random: Random, found: Assessment) -> str:
    """Return what the applicant claims; one dose in fifty is too low by a factor of 1.5 to 5."""
    rows = [
        f'format = 1\n[submission]\napplicant = "Applicant {random.randrange(10**6)}"\ndesigns = ["{ROOM}"]\n'
        f'[claimed]\nmethod = "ncrp147"\nprogram = "a spreadsheet"\nuncertainty = {random.choice((0, 0.05, 0.1))}\n'
    ]
    result = found.results[0]
    at = {each.point.id: each.doses.h10_year_mSv for each in result.points}
    care = random.uniform(0.96, 1.04)
    for each in result.barriers:
        dose = max((at[name] for name in each.points), default=0.0) * care
        dose /= random.uniform(1.5, 5) if random.random() < 0.02 else 1
        if dose > 0:
            rows.append(f'[[claim]]\nbarrier = "{each.barrier}"\nquantity = "h10_year"\ndose = "{dose:.3g} mSv/year"\n')
    lead = next((each.lead_equivalent_mm for each in result.barriers if each.barrier == "entrance"), None)
    if lead:
        rows.append(f'[[claim]]\nbarrier = "entrance"\nlead_equivalent = "{lead:.3g} mm"\n')
    if "console" in at:
        rows.append(
            f'[[claim]]\npoint = "console"\nquantity = "h10_year"\ndose = "{at["console"] * care:.3g} mSv/year"\n'
        )
    layers = found.scene.by_id["wall_1"].layers
    first = layers[0]
    rows.append(
        f'[[claim]]\nbarrier = "wall_1"\nmaterial = "{first.material}"\nthickness = "{first.thickness_mm:g} mm"\n'
        '[[claim]]\nbarrier = "entrance"\nverdict = "pass"\n'
        '[[instrument]]\nid = "meter"\nmake = "M"\nmodel = "S"\nserial = "1"\nshows = "h10"\ncalibrated = 2024-12-15\n'
        'factor = 1.0\nresponse_time = "0.1 s"\nuncertainty = 0.2\n[[survey]]\nfile = "survey.csv"\n'
        f'[[drawn]]\nbarrier = "wall_1"\nthickness = "{sum(each.thickness_mm for each in layers):g} mm"\n'
    )
    kinds = ("calculation", "equipment_certificate", "calibration_certificate", "reading_of_the_law")
    names = ("calculation", "equipment", "meter", "reply")
    rows += [f'[[attachment]]\nfile = "{n}.txt"\nwhat = "{what}"\n' for n, what in zip(names, kinds, strict=True)]
    return "".join(rows)


def survey(random: Random, kind: str, found: Assessment) -> str:
    """Return readings at the door and behind a wall at the maximum technique, or of a scanner's head protocol.

    Of mammography none: no rate while the beam is on can be computed.
    """
    rows = ["at,instrument,date,reading,background,source,kv,current,dlp,time,beam,phantom,filtration"]
    at = {each.point.id: each.doses.h10_beam_on_uSv_per_h or 0.0 for each in found.results[0].points}
    source = found.design.sources[0]
    technique = source.max_technique
    for place in ("entrance", "wall_1") if kind != "mammography" else ():
        rate = by_protocol(found, place) if kind == "ct" else at.get(place, 0.0)
        if technique is not None:
            how = f"{technique.kv:g} kV,{technique.current_mA:g} mA,,1 s,,water 20 cm,2.5 mm Al"
        else:
            how = f"120 kV,,{source.protocols[0].dlp_mGy_cm:g} mGy*cm,20 s,head,head 16 cm,"
        reading = 0.12 + rate * random.uniform(0.3, 0.8)
        rows.append(f"{place},meter,2025-01-0{random.randrange(2, 9)},{reading:.4g} uSv/h,0.12 uSv/h,unit,{how}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
