"""``shieldcalc check``, as people run it: exit codes, streams, outputs, dates, refusals."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shieldcalc.cli import cli

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
DISTRICT = EXAMPLES / "district_hospital_radiography.toml"
CHINESE = ("cn_ct_room", "cn_dr_room")
OPEN = {
    "dental_clinic_below_a_flat": {"VN-LC-24-2015/15.3.last"},  # beside a home survey readings decide
    "veterinary_room": {"no_binding_rule"},  # on whoever holds an animal
    "pet_ct_room": {"VN-LC-24-2015/13.2"},  # sends to articles that are not held
    "linac_6mv_room": {"VN-LC-24-2015/13.2"},
    "linac_6mv_maze_bunker": {"VN-LC-24-2015/13.2"},
    "linac_18mv_maze_bunker": {"VN-LC-24-2015/13.2"},
    "linac_18mv_direct_door": {"VN-LC-24-2015/13.2"},
    "co60_teletherapy_room": {"VN-LC-24-2015/13.2"},
    "orthovoltage_room": {"VN-LC-24-2015/13.2"},
    "xray_open_site": {"CN-GBZ117-2022/7.supervised", "no_binding_rule"},  # people of the public stand elsewhere
}
GAMMA = (
    "source_store",
    "decay_store_with_pots",
    "cs137_gauge",
    "ir192_bunker",
    "ir192_open_site",
    "i131_ward",
    "co60_hdr_room",
)
INDUSTRY = ("industrial_xray_room", "industrial_linac_room", "simulator_room")
UNBOUND = (*CHINESE, "mobile_xray_ward", *GAMMA, *INDUSTRY)  # no rule whose text is held binds a dose there
OTHERS = ("failing_room", *UNBOUND, *OPEN)
COMPLYING = sorted(file.stem for file in EXAMPLES.glob("*.toml") if file.stem not in OTHERS)


def check(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


def document(*arguments: object) -> dict[str, object]:
    result = check(*arguments, "--json", "-")
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    assert found["exit_code"] == result.exit_code
    return found


def refused(*arguments: object) -> str:
    """Return what a fresh process says when it refuses."""
    command = [sys.executable, "-m", "shieldcalc", "check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("name", COMPLYING)
def test_a_complying_example_exits_with_0_and_with_3_once_the_law_is_not_held(name: str) -> None:
    assert check(EXAMPLES / f"{name}.toml").exit_code == 0
    later = document(EXAMPLES / f"{name}.toml", "--on", "2026-06-30")
    assert later["exit_code"] == 3
    assert later["on"] == "2026-06-30"


@pytest.mark.parametrize("name", OPEN)
def test_a_room_that_keeps_every_limit_waits_for_what_no_calculation_says(name: str) -> None:
    found = document(EXAMPLES / f"{name}.toml")
    left = {f["rule"] for f in found["findings"] if f["outcome"] not in ("pass", "not_applicable")}  # type: ignore[attr-defined]
    assert left == OPEN[name]
    assert found["exit_code"] == 3


@pytest.mark.parametrize("name", UNBOUND)
def test_a_room_that_keeps_every_rule_exits_with_3_for_want_of_binding_ones(name: str) -> None:
    found = document(EXAMPLES / f"{name}.toml")
    outcomes = {finding["rule"]: finding["outcome"] for finding in found["findings"]}  # type: ignore[attr-defined]
    assert {rule for rule, outcome in outcomes.items() if outcome not in ("pass", "not_applicable")} == {
        "no_binding_rule"
    }
    assert found["exit_code"] == 3


def test_a_chinese_dr_room_says_which_lead_rows_are_not_verified() -> None:
    said = " ".join(check(EXAMPLES / "cn_dr_room.toml").stdout.split())
    assert "not verified: CN-GBZ130-2020/T3.2.primary, CN-GBZ130-2020/T3.2.secondary" in said
    assert "not verified" not in " ".join(check(EXAMPLES / "cn_ct_room.toml").stdout.split()).partition("Warnings")[2]


def test_a_chinese_room_without_dose_constraints_is_undetermined_and_names_the_key(tmp_path: Path) -> None:
    text = (EXAMPLES / "cn_ct_room.toml").read_text("utf-8")
    room = tmp_path / "room.toml"
    room.write_text("\n".join(line for line in text.splitlines() if not line.startswith("dose_constraints")), "utf-8")
    found = document(room)
    open_ = {f["rule"]: f["reason"]["text"] for f in found["findings"] if f["outcome"] == "undetermined"}  # type: ignore[attr-defined]
    assert "evaluation.dose_constraints.public" in open_["CN-GB18871-2002/constraint.public"]
    assert "evaluation.dose_constraints.worker" in open_["CN-GB18871-2002/constraint.worker"]


def test_a_chinese_room_with_a_thin_window_fails(tmp_path: Path) -> None:
    text = (EXAMPLES / "cn_ct_room.toml").read_text("utf-8")
    room = tmp_path / "room.toml"
    room.write_text(text.replace('thickness = "4 mm" }]  # lead glass', 'thickness = "2 mm" }]  # lead glass'), "utf-8")
    assert check(room).exit_code == 1
    assert "control_window/scanner" in check(room).stdout


def test_the_failing_room_exits_with_1_and_says_what_to_build() -> None:
    result = check(EXAMPLES / "failing_room.toml")
    assert result.exit_code == 1
    assert "fail" in result.stdout
    found = document(EXAMPLES / "failing_room.toml")
    assert any(finding["outcome"] == "fail" for finding in found["findings"])  # type: ignore[attr-defined]


def test_ncrp_alone_is_never_a_legal_pass() -> None:
    assert check(DISTRICT, "--regulation", "US-NCRP147").exit_code == 3


def test_json_is_alone_on_standard_output_and_fits_its_schema() -> None:
    schema = json.loads((ROOT / "data" / "schemas" / "check-1.json").read_text("utf-8"))
    jsonschema.validate(document(DISTRICT), schema)


def test_json_to_a_file_is_the_same_and_the_terminal_is_still_shown(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    result = check(DISTRICT, "--json", target)
    assert "control_window" in result.stdout
    assert json.loads(target.read_text("utf-8")) == document(DISTRICT)


def test_the_answer_carries_the_hash_of_the_file_that_it_is_about() -> None:
    assert hashlib.sha256(DISTRICT.read_bytes()).hexdigest() in json.dumps(document(DISTRICT))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert check(DISTRICT, "--json", tmp_path / f"{name}.json", "--report", tmp_path / f"{name}.pdf").exit_code == 0
    for ending in (".json", ".pdf"):
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_every_report_asked_for_is_written(tmp_path: Path) -> None:
    targets = [tmp_path / f"room.{ending}" for ending in ("html", "docx", "xlsx")] + [tmp_path / "again.html"]
    assert check(DISTRICT, *(part for target in targets for part in ("--report", target))).exit_code == 0
    assert sorted(tmp_path.iterdir()) == sorted(targets)
    assert targets[0].read_bytes() == targets[3].read_bytes()
    assert "two outputs" in refused(DISTRICT, "--report", targets[0], "--report", targets[0])


def test_no_report_is_written_where_one_cannot_be(tmp_path: Path) -> None:
    refused(DISTRICT, "--report", tmp_path / "room.html", "--report", tmp_path / "room.odt")
    refused(DISTRICT, "--report", tmp_path / "room.html", "--report", tmp_path / "none" / "room.html")
    assert not list(tmp_path.iterdir())


def test_a_refusal_inside_a_warning_is_said_in_the_language(tmp_path: Path) -> None:
    room = tmp_path / "room.toml"
    technique = 'maximum_technique = { kv = "165.5 kV", current = "500 mA" }'
    room.write_text(re.sub(r"maximum_technique = .*", technique, DISTRICT.read_text("utf-8")), "utf-8")
    said = {"en": "tube output at 165.5 kV", "vi": "suất ra của bóng ở 165,5 kV", "zh": "165.5 kV 的球管输出量"}
    for language, words in said.items():
        out = tmp_path / f"{language}.json"
        check(room, "--lang", language, "--regulation", "CN-GBZ130-2020", "--json", out)
        found = json.loads(out.read_text("utf-8"))
        warned = [each for each in found["warnings"] if each["code"] == "warnings.beam_on_outside_data"]
        assert words in warned[0]["reason"]
        assert words in warned[0]["text"]
        reasons = [f["reason"]["text"] for f in found["findings"] if f["reason"] and "165" in f["reason"]["text"]]
        assert reasons
        assert all(words in text for text in reasons)
        refusal = check(room, "--lang", language, "--method", "gbz130").stderr
        assert words.replace("165,5", "165.5") in refusal


@pytest.mark.parametrize("option", ["--json", "--report"])
@pytest.mark.parametrize("way", ["{room}", "{folder}/./room.html", "{link}"])
def test_an_input_is_never_overwritten(tmp_path: Path, option: str, way: str) -> None:
    room, link = tmp_path / "room.html", tmp_path / "link.html"
    shutil.copy(DISTRICT, room)
    link.symlink_to(room)
    before = room.read_bytes()
    said = refused(room, option, way.format(room=room, folder=tmp_path, link=link))
    assert "never overwrites an input" in said
    assert room.read_bytes() == before


def test_one_name_is_not_written_twice(tmp_path: Path) -> None:
    assert "two outputs" in refused(DISTRICT, "--json", tmp_path / "x.pdf", "--report", tmp_path / "x.pdf")


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    refused(DISTRICT, "--json", tmp_path / "no" / "out.json")
    refused(DISTRICT, "--json", tmp_path / "out.json", "--report", tmp_path / "no" / "out.pdf")
    refused(DISTRICT, "--json", tmp_path / "out.json", "--regulation", "NO-SUCH")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--on", "30/06/2025"], "2025-06-30"),
        (["--on", "2025-02-30"], "not a date"),
        (["--regulation", "VN-LC-24-2016"], "VN-LC-24-2015"),
        (["--method", "ncrp174"], "ncrp147"),
        (["--lang", "xx"], "en"),
        (["--report", "report.odt"], ".pdf"),
    ],
)
def test_unknown_names_are_refused_with_what_is_allowed(arguments: list[str], said: str) -> None:
    assert said in refused(DISTRICT, *arguments)


@pytest.mark.parametrize("name", ["no_such_room.toml", ""])
def test_a_missing_file(name: str) -> None:
    refused(name)


def test_a_folder_is_no_design(tmp_path: Path) -> None:
    assert tmp_path.name in refused(tmp_path)


def test_the_day_decides_what_is_in_force() -> None:
    before, after = document(DISTRICT, "--on", "2025-12-31"), document(DISTRICT, "--on", "2026-01-01")
    assert (before["exit_code"], after["exit_code"]) == (0, 3)
    assert "59/2025" in json.dumps(after, ensure_ascii=False)
    assert date.fromisoformat(str(after["on"])) == date(2026, 1, 1)
