"""Small facilities as text, and what is told of their threat group."""

from pathlib import Path
from typing import Any

from desk import told

HEAD = """format = 1
[facility]
name = "Made up"
kind = "{kind}"
jurisdiction = "VN"
"""


SOURCE = """[[sealed_source]]
id = "{id}"
nuclide = "{nuclide}"
activity = "{activity}"
reference_date = 2014-01-01
"""


IN_FORCE, AFTER = "2014-01-01", "2026-03-01"


def asked(tmp_path: Path, *parts: str, kind: str = "hospital", on: str = IN_FORCE) -> dict[str, Any]:
    path = tmp_path / "facility.toml"
    path.write_text(HEAD.format(kind=kind) + "\n".join(parts), "utf-8")
    return told("threat-category", str(path), "--on", on)


def source(nuclide: str, activity: str, name: str = "s1") -> str:
    return SOURCE.format(id=name, nuclide=nuclide, activity=activity)
