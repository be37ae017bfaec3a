"""A small room as a design file, and the least that each kind of equipment needs in it."""

ROOM = """
format = 1
identity = {{ facility = "F", room = "R", author = "A" }}
evaluation = {{ date = 2025-06-30, instruments = ["VN-LC-24-2015"], methods = ["{method}"], working_hours = "40 h" }}

[room]
plan = [["0 m", "0 m"], ["5 m", "0 m"], ["5 m", "5 m"], ["0 m", "5 m"]]
height = "3 m"

[floor]
layers = [{{ material = "concrete", thickness = "150 mm" }}]
beyond = {{ kind = "nothing" }}

[ceiling]
layers = [{{ material = "concrete", thickness = "150 mm" }}]
beyond = {{ kind = "nothing" }}
"""
WALL = """
[[wall]]
id = "wall{n}"
edge = {n}
layers = [{{ material = "lead", thickness = "{lead} mm" }}]
beyond = {{ kind = "{beyond}" }}
"""
SOURCE = """
[[source]]
id = "{id}"
kind = "{kind}"
"""
TECHNIQUE = 'maximum_technique = { kv = "%s kV", current = "%s mA" }\n'
BEAM = """
[[source.beam]]
id = "beam"
focus = ["2 m", "2 m", "2 m"]
patient = ["2 m", "2 m", "1 m"]
toward = "floor"
use_factor = 1
field = { area = "400 cm2", at = "1 m" }
"""
STOPPED = "stopped_by_receptor = true\n"
PROTOCOL = """
[[source.protocol]]
id = "usual"
per_week = 100
in_busiest_hour = 6
"""
PATIENTS = 'workload = {{ distribution = "{}", patients_per_week = 50, patients_in_busiest_hour = 3 }}\n'
KAP = 'kap = { per_week = "100 Gy*cm2", in_busiest_hour = "5 Gy*cm2", kv = "90 kV" }\n'
SCATTER = 'scatter = { air_kerma = "4 uGy", document = "data sheet of the maker" }\n'

DISTRIBUTIONS = {
    "radiography": "rad_room_floor_or_other",
    "chest": "chest_room",
    "fluoroscopy": "fluoroscopy_tube_rf_room",
    "radiography_fluoroscopy": "rad_tube_rf_room",
    "angiography": "peripheral_angiography",
    "cardiac_angiography": "cardiac_angiography",
    "interventional": "peripheral_angiography",
    "c_arm": "peripheral_angiography",
    "skull_xray": "rad_room_floor_or_other",
    "mobile_xray": "rad_room_floor_or_other",
    "mobile_c_arm": "peripheral_angiography",
}
BY_PROTOCOL = {
    "intraoral_dental": ("70", "7", 'charge = "1.4 mAs"\ntime = "0.2 s"\n'),
    "panoramic_dental": ("80", "10", 'charge = "140 mAs"\ntime = "14 s"\n'),
    "dental_cbct": ("90", "10", 'charge = "100 mAs"\ntime = "10 s"\n'),
    "bone_density": ("76", "3", 'time = "15 s"\n'),
    "veterinary_xray": ("90", "100", 'charge = "10 mAs"\ntime = "0.1 s"\n'),
    "mammography": ("30", "100", 'charge = "100 mAs"\ntime = "1 s"\n'),
}


def source(kind: str, name: str = "unit", *, scatter: bool = False) -> str:
    """Return the least source of a kind, with declared scatter where asked for."""
    head = SOURCE.format(id=name, kind=kind)
    if kind == "ct":
        centre = 'kv = "120 kV"\nisocentre = ["2 m", "2 m", "1 m"]\n'
        return head + centre + PROTOCOL + 'region = "body"\ndlp = "500 mGy*cm"\nscan_time = "10 s"\n'
    if kind in DISTRIBUTIONS and not scatter:
        stopped = STOPPED if "angiography" in DISTRIBUTIONS[kind] or kind == "fluoroscopy" else ""
        return head + TECHNIQUE % ("100", "100") + PATIENTS.format(DISTRIBUTIONS[kind]) + KAP + BEAM + stopped
    kv, current, amounts = BY_PROTOCOL.get(kind, ("90", "100", 'charge = "10 mAs"\ntime = "0.1 s"\n'))
    if not scatter and kind != "bone_density":
        amounts = amounts.partition("time")[0]
    head += 'isocentre = ["2 m", "2 m", "1 m"]\n' if kind == "mammography" else ""
    head += TECHNIQUE % (kv, current)
    if kind == "mammography" and not scatter:
        return head + PATIENTS.format("mammography_room") + BEAM + STOPPED
    said = SCATTER if scatter else ""
    return head + BEAM + STOPPED + PROTOCOL + f'kv = "{kv} kV"\n' + amounts + said


def room(*sources: str, method: str, lead: float = 1.0, beyond: str = "office", together: bool = True) -> str:
    """Return a design file with these sources in a square room."""
    walls = "".join(WALL.format(n=n, lead=lead, beyond=beyond) for n in range(1, 5))
    said = f"\n[declarations]\nsimultaneous_operation = {str(together).lower()}\n"
    return ROOM.format(method=method) + walls + said + "".join(sources)
