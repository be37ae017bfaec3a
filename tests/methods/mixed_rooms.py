"""A room with X-ray equipment and a sealed gamma source, and the same room with either alone."""

from designs import NOBODY, box, slabs

WALLS = {
    "south": '{ material = "lead", thickness = "1 mm" }',
    "east": '{ material = "concrete", thickness = "150 mm", density = "2.35 g/cm3" }',
    "north": '{ material = "lead", thickness = "1.5 mm" }',
    "west": '{ material = "brick", thickness = "220 mm", form = "solid", density = "1.65 g/cm3" }',
}
OFFICE = 'kind = "office", name = "office", occupancy = 0.5'
SCANNER = """
[[source]]
id = "{name}"
kind = "ct"
kv = "120 kV"
isocentre = ["{x} m", "2 m", "1 m"]
[[source.protocol]]
id = "body"
region = "body"
dlp = "500 mGy*cm"
per_week = 100
in_busiest_hour = 4
scan_time = "10 s"
"""
CT = SCANNER.format(name="scanner", x=2)
FLUOROSCOPE = """
[[source]]
id = "arm"
kind = "c_arm"
maximum_technique = { kv = "110 kV", current = "60 mA" }
fluoroscopy_technique = { kv = "90 kV", current = "4 mA" }
filtration = "3 mm Al"
[source.workload]
distribution = "cardiac_angiography"
patients_per_week = 10
patients_in_busiest_hour = 1
[[source.beam]]
id = "up"
focus = ["2 m", "2 m", "0.4 m"]
patient = ["2 m", "2 m", "1 m"]
toward = "ceiling"
use_factor = 1
stopped_by_receptor = true
field = { area = "900 cm2", at = "1 m" }
"""
STORE = """
[[source]]
id = "store"
kind = "source_store"
nuclide = "Cs-137"
activity = "2 GBq"
position = ["5 m", "4 m", "0.5 m"]
container = [{ material = "lead", thickness = "30 mm" }]
"""
INSIDE = """
[[point]]
id = "inside"
position = ["3 m", "2 m", "1 m"]
beyond = { kind = "inside_room", occupancy = 0.3, designation = "controlled", person = "radiation_worker" }
[[point]]
id = "beside"
position = ["7.5 m", "3.7 m", "1.2 m"]
beyond = { kind = "dwelling", occupancy = 1 }
"""


def room(
    *sources: str,
    more: str = INSIDE,
    evaluation: str = "",
    behind: str = NOBODY,
    hours: str = 'working_hours = "40 h"',
    **walls: str,
) -> str:
    """Return a design file of sources, with ``behind`` the east wall; ``walls`` replace layers by name."""
    upright = "".join(
        f'[[wall]]\nid = "{name}"\nedge = {edge}\nlayers = [{layers}]\n'
        f"beyond = {{ {behind if name == 'east' else NOBODY} }}\n"
        for edge, (name, layers) in enumerate({**WALLS, **walls}.items(), 1)
    )
    judged = evaluation or 'instruments = ["VN-LC-24-2015", "VN-19-2012"]'
    return f"""format = 1
[identity]
facility = "Hospital"
room = "PET/CT"
author = "Officer"
[evaluation]
date = 2025-06-30
{judged}
{hours}
{box(6, 5)}{slabs()}{upright}{more}{"".join(sources)}"""
