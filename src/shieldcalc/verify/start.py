"""A new submission: the design as it is, a claims file to fill in, an empty survey table."""

import os

from shieldcalc import plugins
from shieldcalc.assess.unseen import NOBODY
from shieldcalc.model.build import scene_of
from shieldcalc.model.loader import load
from shieldcalc.model.loader.text import read_bytes
from shieldcalc.resources import data_path
from shieldcalc.verify.claims import CLAIMS
from shieldcalc.verify.names import checked
from shieldcalc.verify.refusal import SubmissionError
from shieldcalc.verify.survey import COLUMNS

SURVEY = "survey.csv"


def start(folder: str, design_path: str) -> tuple[str, ...]:
    """Write a new folder and return the names of its files; raise SubmissionError where it exists already."""
    design = load(design_path, plugins.catalog())
    name = checked(os.path.basename(design_path))
    places = [
        barrier.id
        for barrier in scene_of(design).barriers
        if barrier.beyond is not None and barrier.beyond.kind != NOBODY
    ]
    files = {
        name: read_bytes(design_path),
        CLAIMS: _claims(name, places, design.methods[0]).encode(),
        SURVEY: (",".join(COLUMNS) + "\n").encode(),
    }
    if design.background is not None:
        files[checked(design.background.file)] = design.background.png
    if os.path.lexists(folder):
        raise SubmissionError("submission.folder_exists", file=folder)
    os.mkdir(folder)
    for file, content in files.items():
        place = os.path.join(folder, *file.split("/"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "xb") as sink:
            sink.write(content)
    return tuple(files)


def _claims(design: str, places: list[str], method: str) -> str:
    with open(data_path("verify", "claims_template.toml"), encoding="utf-8") as file:
        template = file.read()
    rows = "\n".join(f'# [[claim]]\n# barrier = "{place}"\n# quantity = "h10_year"\n# dose = ""\n' for place in places)
    return template.replace("@DESIGN@", design).replace("@METHOD@", method).replace("@CLAIMS@", rows)
