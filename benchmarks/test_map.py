"""Maps of 200 x 200 points after load and check, CPU seconds of one process."""

import time
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.loader import load
from shieldcalc.photons.source import of_nuclide
from shieldcalc.physics.dose_map import dose_map, plane_of

EXAMPLES = Path(__file__).parents[1] / "examples"
EIGHT_LINES = "Fe-59"


def room_with_eight_lines(folder: Path) -> Path:
    """The source store with its Co-60 replaced by a nuclide of eight lines above the cut-off, the others taken out."""
    assert len(of_nuclide(EIGHT_LINES, 1e9).lines) == 8
    head, *sources = (EXAMPLES / "source_store.toml").read_text(encoding="utf-8").split("[[source]]")
    (cobalt,) = (each for each in sources if "Co-60" in each)
    date = next(line for line in cobalt.splitlines() if line.startswith("reference_date"))
    room = folder / "eight_lines.toml"
    room.write_text(f"{head}[[source]]{cobalt.replace('Co-60', EIGHT_LINES).replace(date, '')}", encoding="utf-8")
    return room


@pytest.mark.parametrize("plane", ["z=1 m", "y=0.7 m"])
@pytest.mark.parametrize("name", ["eight lines", "source_store", "ct_room", "district_hospital_radiography"])
def test_map_seconds(name: str, plane: str, tmp_path: Path) -> None:
    room = room_with_eight_lines(tmp_path) if name == "eight lines" else EXAMPLES / f"{name}.toml"
    assessment = assess(load(str(room), plugins.catalog()))
    start = time.process_time()
    found = dose_map(assessment, plane_of(plane), None, None, 200)
    seconds = time.process_time() - start
    print(f"{name}, {plane}: {seconds:.2f} s")
    assert len(found.values) == len(found.values[0]) == 200
    assert seconds <= 2.0
