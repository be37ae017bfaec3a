"""Every example facility on two days, on both sides of a change of the law: what the law changes, and no more."""

import json
from typing import Any

import jsonschema
import pytest
from audit_made import audited
from facility_made import ROOT

EXAMPLES = ROOT / "examples"
SCHEMA = json.loads((ROOT / "data" / "schemas" / "audit-1.json").read_text("utf-8"))
Key = tuple[str, str]
DEAD = ("repealed", "not_yet_valid")
CASES = [
    # folder, day before, day after, exit codes, an outcome with its force before and after
    ("dental_chain", "2025-12-01", "2026-01-15", (0, 3),
     {("VN-LC-24-2015/14.1b.two_years", "panoramic_1"): ("pass binding", "pass unverified"),
      ("VN-LC-24-2015/18.1.apron", "panoramic_1"): ("pass binding", "pass unverified"),
      ("VN-LC-24-2015/18.5b", "worker-01/2024"): ("pass unverified", "undetermined unverified"),
      ("VN-19-2012/I.worker", "worker-01/2024"): ("pass unverified", "pass repealed")}),
    ("well_logging_company", "2026-12-15", "2027-01-15", (1, 3),
     {("CN-SZ-42-2024/4.2.corrected", "alarm"): ("fail binding", "fail repealed"),
      ("CN-SZ-42-2024/4.2.corrected", "log_sheets"): ("pass binding", "pass repealed"),
      ("CN-GB18871-2002/B1.person.worker", "worker-01/2025"): ("pass secondary_source", "pass secondary_source"),
      ("CN-GB18871-2002/B1.person.apprentice", "trainee-01/2026"): ("pass unverified", "pass unverified")}),
    ("industrial_radiography_firm", "2025-12-01", "2026-01-15", (1, 3),
     {("VN-LC-24-2015/14.3.year", "survey_meter_1"): ("fail binding", "fail unverified"),
      ("VN-142-2020/person.worker", "worker-01/2024"): ("fail secondary_source", "fail unverified"),
      ("VN-19-2012/I.worker", "worker-01/2024"): ("fail unverified", "fail repealed"),
      ("VN-19-2012/I.apprentice", "apprentice-01/2024"): ("pass unverified", "pass repealed")}),
    ("district_hospital", "2025-12-01", "2026-01-15", (1, 3),
     {("VN-LC-24-2015/14.1c.repair", "ct_1"): ("fail binding", "fail unverified"),
      ("VN-LC-24-2015/14.3.year", "survey_meter_1"): ("pass binding", "fail unverified")}),
    ("cn_city_hospital", "2026-02-10", "2027-02-10", (3, 3),
     {("CN-SZ-42-2024/3.1.2.records", "facility"): ("undetermined binding", "undetermined repealed")}),
]  # fmt: skip


def _told(found: dict[str, Any]) -> dict[Key, str]:
    return {(row["rule"], row["subject"]): f"{row['outcome']} {row['force']}" for row in found["findings"]}


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize(("folder", "before", "after", "codes", "outcomes"), CASES, ids=[case[0] for case in CASES])
def test_the_law_changes_between_two_days(
    folder: str, before: str, after: str, codes: tuple[int, int], outcomes: dict[Key, tuple[str, str]]
) -> None:
    path = EXAMPLES / folder / "facility.toml"
    first, second = audited(path, "--on", before, code=codes[0]), audited(path, "--on", after, code=codes[1])
    for found in (first, second):
        jsonschema.validate(found, SCHEMA)
    told = _told(first), _told(second)
    assert {key: (told[0].get(key), told[1].get(key)) for key in outcomes} == outcomes
    assert told[0] != told[1]
    states = [{row["id"]: row["state"] for row in found["instruments"]} for found in (first, second)]
    assert states[0] != states[1]


def test_the_examples_name_nobody() -> None:
    for path in EXAMPLES.glob("*/facility.toml"):
        assert "\nname = " not in path.read_text("utf-8").partition("[[person]]")[2].partition("[[meter]]")[0]


def test_a_room_is_what_check_says_of_it() -> None:
    from click.testing import CliRunner

    from shieldcalc.cli import cli

    folder = EXAMPLES / "cn_city_hospital"
    (first,) = audited(folder / "facility.toml", "--on", "2026-02-10")["rooms"]
    alone = CliRunner().invoke(cli, ["check", str(folder / "dr_room.toml"), "--on", "2026-02-10", "--json", "-"])
    same = {"findings", "barriers", "exit_code", "instruments", "points"}
    found = json.loads(alone.output)
    assert {key: first["check"][key] for key in same} == {key: found[key] for key in same}


def test_a_changed_design_file_is_said(tmp_path: Any) -> None:
    from shutil import copytree

    from click.testing import CliRunner

    from shieldcalc.cli import cli

    folder = tmp_path / "chain"
    copytree(EXAMPLES / "dental_chain", folder)
    with (folder / "clinic_1.toml").open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    done = CliRunner().invoke(cli, ["audit", str(folder / "facility.toml")])
    assert done.exit_code == 2
    assert "room.1.sha256: clinic_1.toml is not the file that was named" in done.output.replace("'", "")
