"""A small facility for audits: one person whose doses are given, and what is found of them."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from facility_made import written

from shieldcalc.cli import cli

HEAD = """format = 1

[facility]
name = "Clinic"
kind = "clinic"
jurisdiction = "VN/Lao Cai"
features = []

[evaluation]
date = 2025-06-01
"""


def audited(*arguments: object, code: int | None = None) -> dict[str, Any]:
    """Return the JSON of ``shieldcalc audit`` with some arguments; its exit code must be one that judges."""
    done = CliRunner().invoke(cli, ["audit", *map(str, arguments), "--json", "-"])
    assert done.exit_code in ((0, 1, 3) if code is None else (code,)), done.output
    found = json.loads(done.output)
    assert found["exit_code"] == done.exit_code
    return dict(found)


def worker(doses: dict[int, str], head: str = 'role = "radiation_worker"\nexposed_since = 2019-01-01') -> str:
    """Return a person with one employer; each year's table as given."""
    rows = "".join(f'\n[[person.dose]]\nemployer = "Clinic"\nyear = {year}\n{rest}\n' for year, rest in doses.items())
    return f'\n[[person]]\nid = "worker-01"\n{head}\n{rows}'


def of(found: dict[str, Any], rule: str) -> dict[str, str]:
    """Return the outcome of one rule by subject."""
    return {row["subject"]: row["outcome"] for row in found["findings"] if row["rule"] == rule}


def asked_of(folder: Path, text: str, *arguments: object, head: str = HEAD) -> dict[str, Any]:
    """Return the audit of a small file."""
    return audited(written(folder, head + text), *arguments)
