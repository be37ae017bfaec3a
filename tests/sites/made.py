"""Small sites made for the tests: CT rooms of plain lead, so that every dose can be reckoned by hand."""

from pathlib import Path

from shieldcalc import plugins
from shieldcalc.assess.site import check_any
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load_any
from shieldcalc.model.result import PointResult
from shieldcalc.model.site import Site, SiteAssessment

EXAMPLES = Path(__file__).parents[2] / "examples"
SITES = sorted(EXAMPLES.glob("*/site*.toml"))
DESK = 'beyond = { kind = "office", name = "desk", occupancy = 1.0 }'


def ct_room(
    *,
    lead: float = 2.0,
    isocentre: str = '["2 m", "2 m", "1 m"]',
    scans: int = 100,
    hour: str = "in_busiest_hour = 4",
    time: str = 'scan_time = "10 s"',
    dlp: int = 500,
    more: str = "",
    beyond: str = 'kind = "office", occupancy = 1.0',
    head: str = "",
    slab: float = 100.0,
) -> str:
    """Return a design file: a CT room of 5 m x 4 m x 3 m with walls of lead (mm) and slabs of concrete (mm)."""
    walls = "".join(
        f'[[wall]]\nid = "{name}"\nedge = {edge}\nlayers = [{{ material = "lead", thickness = "{lead} mm" }}]\n'
        f"beyond = {{ {beyond} }}\n"
        for edge, name in enumerate(("south", "east", "north", "west"), 1)
    )
    slabs = "".join(
        f'[{name}]\nlayers = [{{ material = "concrete", thickness = "{slab} mm" }}]\n'
        'beyond = { kind = "office", occupancy = 1.0, storey_height = "3 m" }\n'
        for name in ("floor", "ceiling")
    )
    evaluation = head or 'date = 2025-06-30\ninstruments = ["VN-LC-24-2015"]\nmethods = ["ncrp147"]'
    return f"""format = 1
[identity]
facility = "Hospital"
room = "CT"
author = "Radiation protection officer"
[evaluation]
{evaluation}
working_hours = "40 h"
[room]
plan = [["0 m", "0 m"], ["5 m", "0 m"], ["5 m", "4 m"], ["0 m", "4 m"]]
height = "3 m"
{walls}{slabs}{more}
[[source]]
id = "scanner"
kind = "ct"
kv = "120 kV"
isocentre = {isocentre}
[[source.protocol]]
id = "body"
region = "body"
dlp = "{dlp} mGy*cm"
per_week = {scans}
{hour}
{time}
"""


def site_text(*rooms: tuple[str, str, str], more: str = "", before: str = "") -> str:
    """Return a site file of rooms as (id, at, turn)."""
    listed = "".join(
        f'[[room]]\nid = "{name}"\nfile = "{name}.toml"\nat = {at}\nturn = "{turn}"\n' for name, at, turn in rooms
    )
    who = (
        'format = 1\n[identity]\nfacility = "Hospital"\nsite = "Department"\nauthor = "Radiation protection officer"\n'
    )
    return f"{who}{before}{listed}{more}"


def written(folder: Path, site: str, **rooms: str) -> Path:
    """Write a site and its rooms into a folder and return the site's path."""
    for name, text in rooms.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    path = folder / "site.toml"
    path.write_text(site, "utf-8")
    return path


def loaded(path: Path) -> Site:
    found = load_any(str(path), plugins.catalog())
    assert isinstance(found, Site)
    return found


def checked(path: Path, methods: tuple[str, ...] = ()) -> SiteAssessment:
    found = check_any(loaded(path), methods=methods)
    assert isinstance(found, SiteAssessment)
    return found


def alone(path: Path) -> Assessment:
    found = check_any(load_any(str(path), plugins.catalog()))
    assert isinstance(found, Assessment)
    return found


def room_of(found: SiteAssessment, name: str) -> Assessment:
    return next(each for room, each in zip(found.site.rooms, found.rooms, strict=True) if room.id == name)


def point_of(found: Assessment, name: str) -> PointResult:
    return next(point for point in found.results[0].points if point.point.id == name)


def codes(found: SiteAssessment | Assessment) -> set[str]:
    return {notice.code for notice in found.notices}
