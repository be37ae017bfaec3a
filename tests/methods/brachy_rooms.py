"""A small brachytherapy room as text, to be changed by tests."""

from designs import box, head, slabs, walls

CONCRETE = '{ material = "concrete", thickness = "800 mm" }'
WALLS = walls(CONCRETE, ids=("w1", "w2", "w3", "w4"), w2='kind = "office", occupancy = 1')
SOURCE = """[[source]]
id = "hdr"
kind = "hdr_brachytherapy"
nuclide = "Ir-192"
activity = "370 GBq"
positions = [["3 m", "2 m", "1 m"]]
treatments_per_week = 30
time_per_treatment = "10 min"
treatments_in_busiest_hour = 3
safe = { position = ["1 m", "1 m", "1 m"], rate = "5 uSv/h" }
"""
ROOM = head("Hospital", "HDR", "VN-19-2012", methods=["srs47"]) + box(6, 4) + WALLS + slabs() + SOURCE


def at_a_point(text: str) -> str:
    """Return the room with nobody behind its walls but at a point 3.3 m from the treatment, 5.39 m from the safe."""
    alone = text.replace('kind = "office", occupancy = 1', 'kind = "nothing"')
    point = '[[point]]\nid = "p"\nposition = ["6.3 m", "2 m", "1 m"]\nbeyond = { kind = "office", occupancy = 1 }\n'
    return alone.replace("[[source]]", point + "[[source]]")
