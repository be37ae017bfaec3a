"""``verify``, ``submission`` and ``compare`` from the command line, with submissions as applicants write them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "submissions"
HONEST = EXAMPLES / "vn_ct_honest"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, list(arguments))


def verified(path: Path, *arguments: str) -> dict[str, Any]:
    done = run("verify", str(path), *arguments, "--json")
    assert done.exit_code != 2, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["exit_code"] == done.exit_code
    return found


def refused(path: Path) -> str:
    done = run("verify", str(path))
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.stderr
    return str(done.stderr)


def codes(found: dict[str, Any], weight: str) -> set[str]:
    return {each["code"].rpartition(".")[2] for each in found["reasons"] if each["weight"] == weight}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "s"
    shutil.copytree(HONEST, folder)
    (folder / "manifest.sha256").unlink()
    return folder


def change(folder: Path, name: str, before: str, after: str) -> Path:
    text = (folder / name).read_text("utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after), "utf-8")
    return folder


def test_the_honest_example() -> None:
    found = verified(HONEST)
    assert found["outcome"] == "accept_with_conditions"
    assert found["exit_code"] == 3
    claims = found["designs"][0]["claims"]
    assert {each["status"] for each in claims} == {"agrees"}
    assert len(claims) == 12
    assert {each["status"] for each in found["designs"][0]["readings"]} == {"below"}


def test_a_wall_thinner_than_claimed_is_rejected_with_its_article() -> None:
    found = verified(EXAMPLES / "vn_ct_thin_wall")
    assert (found["outcome"], found["exit_code"]) == ("reject", 1)
    (reason,) = [each for each in found["reasons"] if each["weight"] == "reject"]
    assert (reason["instrument"], reason["article"], reason["subject"]) == ("VN-LC-24-2015", "Art. 15(3)d", "west")
    by_id = {each["id"]: each for each in found["designs"][0]["claims"]}
    assert by_id["west_wall"]["status"] == by_id["west_year"]["status"] == "understated"
    assert by_id["west_wall"]["factor"] == pytest.approx(220 / 120)
    assert by_id["south_year"]["status"] == "agrees"


def test_a_survey_that_contradicts_is_a_question() -> None:
    found = verified(EXAMPLES / "vn_ct_survey_contradicts")
    assert found["outcome"] == "query"
    assert codes(found, "query") == {"reading_above"}
    assert {each["subject"] for each in found["designs"][0]["readings"] if each["status"] == "above"} == {"north"}


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_the_chinese_example_is_never_accepted_without_a_binding_rule(language: str) -> None:
    found = verified(EXAMPLES / "cn_ct", "--lang", language)
    assert found["outcome"] == "query"
    assert "undetermined" in codes(found, "query")


def test_reports_of_three_languages(tmp_path: Path) -> None:
    for language, word in (("en", "Query"), ("vi", "Yêu cầu giải trình"), ("zh", "提出质询")):
        targets = [str(tmp_path / f"{language}.{kind}") for kind in ("html", "pdf", "docx")]
        options = [part for target in targets for part in ("--report", target)]
        done = run("verify", str(EXAMPLES / "cn_ct"), "--lang", language, *options)
        assert done.exit_code == 3
        assert word in done.stdout
        assert word in (tmp_path / f"{language}.html").read_text("utf-8")
        assert (tmp_path / f"{language}.pdf").read_bytes().startswith(b"%PDF")


def test_packing_new_and_show(tmp_path: Path) -> None:
    folder, target = tmp_path / "s", tmp_path / "s.zip"
    assert run("submission", "new", str(folder), "--design", str(ROOT / "examples" / "ct_room.toml")).exit_code == 0
    assert run("submission", "new", str(folder), "--design", str(ROOT / "examples" / "ct_room.toml")).exit_code == 2
    assert run("submission", "pack", str(folder), "--to", str(target)).exit_code == 0
    shown = json.loads(run("submission", "show", str(target), "--json").stdout)
    assert shown["manifest"] is True
    assert shown["designs"] == ["ct_room.toml"]
    assert "SHA-256" in run("submission", "show", str(target)).stdout
    found = verified(target)
    assert "no_claims" in codes(found, "query")


def test_a_changed_byte_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    shutil.copytree(HONEST, folder)
    change(folder, "survey.csv", "0.82", "0.81")
    assert "survey.csv" in refused(folder)


def test_nothing_is_written_into_the_submission(copy: Path) -> None:
    assert run("verify", str(copy), "--json", str(copy / "x.json")).exit_code == 2
    assert run("submission", "pack", str(copy), "--to", str(copy / "x.zip")).exit_code == 2
    before = sorted(copy.rglob("*"))
    run("verify", str(copy))
    assert sorted(copy.rglob("*")) == before


CLAIM_ERRORS = {
    ('dose = "0.0017 mSv/year"', 'dose = "0.0017"'): "unit",
    ('dose = "0.0017 mSv/year"', 'dose = "0,0017 mSv/year"'): "comma",
    ('dose = "0.0017 mSv/year"', 'dose = "0.0017 mGy/year"'): "mGy",
    ('dose = "0.0017 mSv/year"', 'dose = "-0.0017 mSv/year"'): "negative",
    ('dose = "0.0017 mSv/year"', 'dose = "1e999 mSv/year"'): "computed with",
    ('barrier = "south"\nquantity', 'barrier = "south"\npoint = "console"\nquantity'): "one of them",
    ('quantity = "h10_year"\ndose = "0.0017 mSv/year"', 'dose = "0.0017 mSv/year"'): "quantity",
    ('designs = ["room.toml"]', 'designs = ["rom.toml"]'): "room.toml",
    ('designs = ["room.toml"]', 'designs = ["../room.toml"]'): "room.toml",
    ("uncertainty = 0.1", "uncertainty = 10"): "at most 1",
    ('file = "survey.csv"', 'file = "/etc/passwd"'): "file in the submission",
    ('format = 1', 'format = 1\nformat = 1'): "already defined",
    ('shows = "h10"', 'shows = "h11"'): "h10",
    ('id = "south_year"', 'id = "east_year"'): "east_year",
    ('factor = 0.98', 'factor = "0.98"'): "number",
}  # fmt: skip


@pytest.mark.parametrize("pair", CLAIM_ERRORS, ids=lambda pair: pair[1][:40])
def test_errors_in_claims_name_file_line_and_key(pair: tuple[str, str], copy: Path) -> None:
    said = refused(change(copy, "claims.toml", *pair))
    assert said.startswith("claims.toml:")
    assert CLAIM_ERRORS[pair] in said


SURVEY_ERRORS = {
    ("0.82 uSv/h", "0.82"): "unit",
    ("0.82 uSv/h", "0.82 mm"): "a reading is a rate or a dose",
    ("0.82 uSv/h", "=1+1"): "number",
    ("0.82 uSv/h", "nan uSv/h"): "number",
    ("id,at", "id,att"): "at",
    ("2025-06-10", "10/6/2025"): "2025-06-30",
    ("120 kV", "120 kg"): "voltage",
    ("120 kV", "-120 kV"): "zero",
    ("r1,", 'r1,"'): "survey.csv",
    ("r1,entrance", "r1,entrance\x00"): "survey.csv",
}


@pytest.mark.parametrize("pair", SURVEY_ERRORS, ids=lambda pair: repr(pair[1][:40]))
def test_errors_in_a_survey_name_file_and_row(pair: tuple[str, str], copy: Path) -> None:
    said = refused(change(copy, "survey.csv", *pair))
    assert "survey.csv" in said
    assert SURVEY_ERRORS[pair] in said


def test_other_encodings_and_large_tables(copy: Path) -> None:
    rows = (copy / "survey.csv").read_text("utf-8")
    (copy / "survey.csv").write_bytes(rows.encode("utf-16"))
    assert "UTF-8" in refused(copy)
    (copy / "survey.csv").write_text(rows + rows.splitlines()[1].join(["\n"] * 6000), "utf-8")
    assert "5000" in refused(copy)
    (copy / "survey.csv").write_text("a" * 2_000_000, "utf-8")
    assert "survey.csv" in refused(copy)


def test_an_excel_survey_gives_the_same(copy: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in (copy / "survey.csv").read_text("utf-8").splitlines():
        book.active.append(line.split(","))
    book.save(copy / "survey.xlsx")
    change(copy, "claims.toml", 'file = "survey.csv"', 'file = "survey.xlsx"')
    assert verified(copy)["designs"][0]["readings"][0]["status"] == "below"
    book.active["E2"] = "=1+1"
    book.save(copy / "survey.xlsx")
    assert "formula" in refused(copy)


READING_FLAWS = {
    ("calibrated = 2025-01-15", "calibrated = 2024-01-15"): "calibration",
    ("calibrated = 2025-01-15", "calibrated = 2024-06-01\nvalid_until = 2099-01-01"): "calibration",
    ("calibrated = 2025-01-15", "calibrated = 2025-07-01"): "calibration",
    ("calibrated = 2025-01-15\n", ""): "instrument_missing",
    ('response_time = "1 s"', 'response_time = "200 s"'): "too_short",
    ('shows = "h10"', 'shows = "air_kerma"'): "other_quantity",
}


@pytest.mark.parametrize("pair", READING_FLAWS, ids=lambda pair: pair[1][:40])
def test_readings_that_do_not_count(pair: tuple[str, str], copy: Path) -> None:
    found = verified(change(copy, "claims.toml", *pair))
    readings = found["designs"][0]["readings"]
    assert {each["status"] for each in readings} == {"not_counted"}
    assert READING_FLAWS[pair] in {why["code"].rpartition(".")[2] for why in readings[0]["why"]}
    assert found["outcome"] == "query"


def test_a_short_exposure_is_corrected_for_the_response_of_the_meter(copy: Path) -> None:
    before = verified(copy)["designs"][0]["readings"][0]["net"]
    change(copy, "claims.toml", 'response_time = "1 s"', 'response_time = "20 s"')
    after = verified(copy)["designs"][0]["readings"][0]["net"]
    assert after / before == pytest.approx(1 / (1 - 2.718281828459045**-1))


def test_another_tube_potential_is_not_scaled(copy: Path) -> None:
    change(copy, "survey.csv", "120 kV", "100 kV")
    readings = verified(copy)["designs"][0]["readings"]
    assert {each["why"][0]["code"].rpartition(".")[2] for each in readings} == {"other_kv"}


def test_a_measured_dose_above_a_binding_limit_is_rejected(copy: Path) -> None:
    change(copy, "survey.csv", "12.0 uSv/h" if "12.0" in (copy / "survey.csv").read_text() else "1.5 uSv/h", "60 uSv/h")
    found = verified(copy)
    assert found["outcome"] == "reject"
    assert "measured_fails" in codes(found, "reject")


def test_a_claim_by_an_unknown_method_is_asked_about(copy: Path) -> None:
    found = verified(change(copy, "claims.toml", 'method = "ncrp147"', 'method = "Monte Carlo"'))
    statuses = {each["quantity"]: each["status"] for each in found["designs"][0]["claims"]}
    assert statuses["h10_year"] == "not_reproduced"
    assert found["designs"][0]["claims"][0]["missing"]["code"].endswith("method_unknown")
    assert found["designs"][0]["claims"][0]["spread"]


def test_a_claim_is_judged_by_its_own_method_not_by_the_verifiers(copy: Path) -> None:
    found = verified(change(copy, "claims.toml", 'method = "ncrp147"', 'method = "NCRP 147"'), "--method", "gbz130")
    by_id = {each["id"]: each for each in found["designs"][0]["claims"]}
    assert by_id["ceiling_year"]["status"] == "agrees"
    assert by_id["ceiling_year"]["spread"]["gbz130"] < by_id["ceiling_year"]["recomputed"]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("0.0017 mSv/year", "agrees"),
        ("1.7 uSv/year", "agrees"),
        ("0.0015 mSv/year", "agrees"),
        ("0.0013 mSv/year", "understated"),
        ("0.005 mSv/year", "conservative"),
        ("0 mSv/year", "not_reproduced"),
        ("0.001 mSv/year", "understated"),
        ("1.7e-6 mSv/year", "understated"),
        ("1.7 mSv/year", "conservative"),
    ],
)
def test_bands_of_a_claim(written: str, status: str, copy: Path) -> None:
    change(copy, "claims.toml", 'dose = "0.0017 mSv/year"', f'dose = "{written}"')
    found = {each["id"]: each for each in verified(copy)["designs"][0]["claims"]}["south_year"]
    assert found["status"] == status
    assert (found["slip"] is not None) == (written in ("1.7e-6 mSv/year", "1.7 mSv/year"))


def test_no_stated_uncertainty_excuses_a_third(copy: Path) -> None:
    change(copy, "claims.toml", "uncertainty = 0.1", "uncertainty = 1.0")
    change(copy, "claims.toml", 'dose = "0.0017 mSv/year"', 'dose = "0.0013 mSv/year"')
    found = {each["id"]: each for each in verified(copy)["designs"][0]["claims"]}["south_year"]
    assert found["status"] == "understated"


def test_without_the_document_a_reading_of_the_law_is_a_question(copy: Path) -> None:
    change(copy, "claims.toml", 'what = "reading_of_the_law"', 'what = "other"')
    found = verified(copy)
    assert found["outcome"] == "query"
    assert "reading_undocumented" in codes(found, "query")
    change(copy, "room.toml", "reading_15_3", "# reading_15_3")
    assert "undetermined" in codes(verified(copy), "query")


def test_after_the_force_is_not_verified_nothing_is_accepted() -> None:
    assert verified(HONEST, "--on", "2026-06-30")["outcome"] == "query"


def test_markup_in_a_strangers_words_is_escaped(copy: Path, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>#panic()[x]"
    change(copy, "claims.toml", 'program = "bảng tính của đơn vị tư vấn"', f"program = '{evil}'")
    target = tmp_path / "r.html"
    done = run("verify", str(copy), "--report", str(target), "--report", str(tmp_path / "r.pdf"))
    assert done.exit_code == 3
    assert "<script>" not in target.read_text("utf-8")
    change(copy, "claims.toml", evil, "a\\u001b[31m")
    assert "claims.toml" in refused(change(copy, "claims.toml", "'a\\u001b[31m'", '"a\\u001b[31m"'))


def test_plausibility(copy: Path) -> None:
    change(copy, "claims.toml", 'barrier = "west"\nthickness = "220 mm"', 'barrier = "west"\nthickness = "200 mm"')
    change(copy, "claims.toml", 'distance = "2.4 m"', 'distance = "2.9 m"')
    change(copy, "room.toml", "per_week = 30\nin_busiest_hour = 2", "per_week = 900\nin_busiest_hour = 19")
    found = verified(copy)
    asked = {each["code"].rpartition(".")[2] for each in found["designs"][0]["plausibility"]}
    assert asked == {"thicker_than_drawn", "distance", "workload_high"}


def test_sensitivity_finds_what_turns_a_pass_into_a_fail() -> None:
    flips = {each["assumption"]: each for each in verified(HONEST)["designs"][0]["sensitivity"]}
    assert set(flips) == {"density", "thickness", "workload", "occupancy", "distance", "kv", "technique"}
    assert flips["workload"]["least"] == pytest.approx(6.2155 - 1, rel=0.01)  # the margin of the door
    assert flips["distance"]["least"] == pytest.approx(1 - 6.2155**-0.5, rel=0.01)
    assert not flips["workload"]["flips"]


def test_compare() -> None:
    before, after = (str(ROOT / "examples" / f"{name}.toml") for name in ("failing_room", "failing_room_repaired"))
    done = run("compare", before, after, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 3
    assert {each["id"] for each in found["licence"]["cases"]} == {"equipment", "safety_structure"}
    assert "wall.south.layers.2.material" in {each["key"] for each in found["changes"]}
    back = run("compare", after, before, "--json")
    assert back.exit_code == 1
    assert any(each["after"] == "fail" and each["force"] == "binding" for each in json.loads(back.stdout)["verdicts"])
    same = run("compare", before, before, "--json")
    assert same.exit_code == 0
    assert json.loads(same.stdout)["changes"] == []


@pytest.mark.parametrize(
    ("before", "after", "case"),
    [
        ('isocentre = ["3.4 m"', 'isocentre = ["3.2 m"', "source_place"),
        ("per_week = 30", "per_week = 31", "operating_limits"),
        ('kv = "120 kV"', 'kv = "140 kV"', "equipment"),
        ('thickness = "2.5 mm"', 'thickness = "2.6 mm"', "safety_structure"),
    ],
)
def test_changes_that_need_a_new_licence(before: str, after: str, case: str, tmp_path: Path) -> None:
    text = (ROOT / "examples" / "ct_room.toml").read_text("utf-8")
    (tmp_path / "b.toml").write_text(text.replace(before, after, 1), "utf-8")
    done = run("compare", str(ROOT / "examples" / "ct_room.toml"), str(tmp_path / "b.toml"), "--json")
    assert [each["id"] for each in json.loads(done.stdout)["licence"]["cases"]] == [case]
    for language in ("en", "vi", "zh"):
        assert run(
            "compare", str(ROOT / "examples" / "ct_room.toml"), str(tmp_path / "b.toml"), "--lang", language
        ).stdout
