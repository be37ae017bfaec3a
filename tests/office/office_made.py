"""Small submissions for the office: one room of a chest stand, told apart by its lead."""

from pathlib import Path
from zipfile import ZipFile

from designs import CHEST, OFFICER, box, head, slabs, walls

SHELL = head("Hospital", "Room", "VN-13-2014", methods=["ncrp147"], author=OFFICER).lstrip() + box(5, 4)
CLAIMS = """format = 1
[submission]
applicant = "{applicant}"
designs = ["room.toml"]
[claimed]
method = "ncrp147"
[[claim]]
barrier = "west"
material = "lead"
thickness = "{lead} mm"
"""


def files(lead: float, applicant: str = "Hospital") -> dict[str, str]:
    """Return the files of one submission whose walls are of so much lead (mm)."""
    upright = walls(f'{{ material = "lead", thickness = "{lead} mm" }}', 'kind = "office", occupancy = 1')
    return {
        "room.toml": SHELL + upright + slabs() + CHEST,
        "claims.toml": CLAIMS.format(lead=lead, applicant=applicant),
    }


def folder(top: Path, lead: float, applicant: str = "Hospital") -> Path:
    """Write a submission as a folder."""
    top.mkdir(parents=True)
    for name, text in files(lead, applicant).items():
        (top / name).write_text(text, "utf-8")
    return top


def packed(path: Path, lead: float, applicant: str = "Hospital") -> Path:
    """Write a submission as a zip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w") as sink:
        for name, text in files(lead, applicant).items():
            sink.writestr(name, text)
    return path


def province(top: Path) -> Path:
    """Write a folder of submissions: folders within folders, zips, one of them bad, and a folder that is none."""
    folder(top / "north" / "a", 2.0, "First hospital")
    folder(top / "north" / "deep" / "er" / "b", 0.1, "Second hospital")
    packed(top / "c.zip", 1.0, "Third hospital")
    (top / "d.zip").write_bytes(b"PK\x03\x04 no zip")
    (top / "e").mkdir()
    (top / "e" / "letter.txt").write_text("Dear office", "utf-8")
    return top
