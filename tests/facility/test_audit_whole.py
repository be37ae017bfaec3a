"""What an audit tells beside findings of rules: accident desk, terms of others, gaps, things that no design shows."""

from datetime import date
from pathlib import Path

import pytest
from audit_made import HEAD, asked_of, audited, of, worker
from click.testing import CliRunner
from facility_made import ROOT, SMALL, line_of, read, written

from shieldcalc import plugins
from shieldcalc.cli import cli
from shieldcalc.cli.accident_threat import desk
from shieldcalc.errors import InputError
from shieldcalc.facility import load
from shieldcalc.facility.audit import audit
from shieldcalc.facility.audit_text import lines
from shieldcalc.facility.no_room import devices_beside_design, sources_beside_design
from shieldcalc.model.design import SealedSource
from shieldcalc.reports.citations import article

HOSPITAL = ROOT / "examples" / "district_hospital" / "facility.toml"
OLD = """format = 1
[facility]
name = "Clinic"
kind = "clinic"
jurisdiction = "VN"
[[device]]
id = "tube"
kind = "radiography"
[[sealed_source]]
id = "source"
nuclide = "Co-60"
activity = "30 TBq"
reference_date = 2013-01-01
device = "tube"
[emergency]
dispersible = "none"
"""


@pytest.mark.parametrize(
    ("emergency", "plan", "outcome", "group"),
    [
        ('fixed_sources = ["source"]\nplan = ["6.1a"]', "art6", "fail", "III"),
        ('mobile_sources = ["source"]', "art6_scaled", "undetermined", "IV"),
    ],
)
def test_the_plan_is_judged_while_the_circular_is_in_force(
    tmp_path: Path, emergency: str, plan: str, outcome: str, group: str
) -> None:
    path = written(tmp_path, f"{OLD}{emergency}\n")
    found = audited(path, "--on", "2014-05-01")
    (item,) = [row for row in found["findings"] if row["quantity"] == "plan"]
    assert (item["rule"], item["outcome"], item["force"]) == (f"VN-24-2012/plan.{plan}", outcome, "binding")
    assert found["emergency"]["group"] == group
    lacking = found["emergency"]["plan"]["missing"]
    assert lacking == (None if outcome == "undetermined" else [each for each in _contents(found) if each != "6.1a"])
    later = audited(path, "--on", "2015-05-01")
    assert (later["emergency"]["group"], later["emergency"]["last_known"]) == (None, group)
    assert {row["force"] for row in later["findings"] if row["quantity"] == "plan"} == {"repealed"}


def _contents(found: dict[str, dict[str, dict[str, list[dict[str, str]]]]]) -> list[str]:
    return [row["item"] for row in found["emergency"]["plan"]["contents"]]


def test_chinese_facilities_have_no_threat_group(tmp_path: Path) -> None:
    found = audited(written(tmp_path, OLD.replace('"VN"', '"CN"').partition("[emergency]")[0]), "--on", "2014-05-01")
    assert found["emergency"] is None


@pytest.mark.usefixtures("quickly")
def test_what_an_audit_tells_in_each_language() -> None:
    catalog = plugins.catalog()
    found = audit(load(str(HOSPITAL), catalog), catalog, ask_desk=desk)
    for language, words in (
        ("en", ("threat group", "Primary school", "S06 siting", "Contract on reading", "holds until 2026-12-31")),
        ("vi", ("nhóm nguy cơ", "Primary school", "S06 vị trí", "có hiệu lực đến 2026-12-31")),
        ("zh", ("威胁类别", "Primary school", "S06 机房", "有效期至 2026-12-31", "第14条第3款，第20条第1款")),
    ):
        told = "\n".join(lines(found, language))
        assert [word for word in words if word not in told] == [], language


def test_terms_of_authorities_documents_and_gaps(tmp_path: Path) -> None:
    text = """
[[application]]
id = "asked"
kind = "declaration_xray"
complete = 2025-05-20
[[document]]
id = "paper"
title = "Paper"
date = 2020-01-01
expiry = 2025-06-01
[[meter]]
id = "meter"
kind = "survey_meter"
verified = [2022-01-10, 2023-06-10, 2024-06-10, 2025-05-01]
"""
    found = asked_of(tmp_path, text)
    assert [(row["id"], row["expired"]) for row in found["documents"]] == [("paper", False)]
    (gap,) = [
        notice for row in found["findings"] for notice in row["notices"] if notice["code"] == "findings.audit.gap"
    ]
    assert [day in gap["text"] for day in ("2022-01-10", "2023-01-10", "2023-06-10")] == [True] * 3
    done = CliRunner().invoke(cli, ["audit", str(tmp_path / "facility.toml"), "--on", "2025-06-02"])
    assert "asked: 2025-05-25; VN-LC-24-2015 Art. 10(2)b, binding" in done.output
    assert "Paper: its last day was 2025-06-01" in done.output


def test_what_was_done_too_late_is_not_kept(tmp_path: Path) -> None:
    text = """
[[device]]
id = "tube"
kind = "radiography"
acquired = 2025-01-22
declared = 2025-02-%02d
put_into_use = 2025-03-03
verified = 2025-03-%02d
"""
    for declared, verified, outcome in ((7, 3, "pass"), (10, 4, "undetermined")):
        found = asked_of(tmp_path, text % (declared, verified))
        rules = [of(found, f"VN-LC-24-2015/{rule}") for rule in ("6.1a.xray", "14.1a")]
        assert rules == [{"tube": outcome}] * 2
    incident = """
[[incident]]
id = "lost"
what = "a source was lost"
grade = "major"
discovered = 2025-05-30T08:00:00
notified = 2025-05-30T08:00:00
reported_in_writing = 2025-05-30T1%d:00:00
"""
    for hour, outcome in ((0, "pass"), (1, "undetermined")):
        found = asked_of(tmp_path, incident % hour, head=HEAD.replace("VN/Lao Cai", "CN/Guangxi"))
        (rule,) = [row for row in found["findings"] if "writing" in row["what"]]
        assert rule["outcome"] == outcome


def test_devices_and_sources_that_the_design_does_not_show(tmp_path: Path) -> None:
    text = SMALL.replace('kind = "ct"\n', 'kind = "ct"\nroom = "r"\n').replace(
        'nuclide = "Cs-137"\n', 'nuclide = "Cs-137"\nroom = "r"\n'
    )
    (tmp_path / "r.toml").write_text("")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    facility = read(tmp_path, f'{text}\n[[room]]\nid = "r"\nfile = "r.toml"\nsha256 = "{empty}"\n')
    on, cs = date(2025, 6, 1), SealedSource
    assert list(devices_beside_design(facility, "r", ["ct"], on)) == []
    (item,) = devices_beside_design(facility, "r", ["radiography"], on)
    assert (item.finding.outcome, item.finding.value) == ("undetermined", ("ct",))
    assert list(devices_beside_design(facility, "other", [], on)) == []
    enough = cs(nuclide="Cs-137", activity_Bq=1.85e8, number=2, position=(0, 0, 0), reference_date=date(2020, 1, 1))
    assert list(sources_beside_design(facility, "r", [enough], on)) == []
    for less in ([], [cs(nuclide="Cs-137", activity_Bq=3.2e8, position=(0, 0, 0))],
                 [cs(nuclide="Co-60", activity_Bq=1e12, position=(0, 0, 0))]):  # fmt: skip
        (item,) = sources_beside_design(facility, "r", less, on)
        assert (item.finding.outcome, item.finding.value) == ("undetermined", ("source",))


def test_every_pregnancy_of_a_year_is_judged(tmp_path: Path) -> None:
    told = """
[[person.pregnancy]]
notice = 2024-01-05
moved = 2024-01-06
ended = 2024-02-01
fetus = "0.1 mSv"
[[person.pregnancy]]
notice = 2024-11-05
fetus = "1.1 mSv"
"""
    dose = 'effective = "1 mSv"\nlens = "1 mSv"\nskin = "1 mSv"\nextremities = "1 mSv"'
    found = asked_of(tmp_path, worker({2024: dose}) + told, "--regulation", "IAEA-GSR3", "--regulation",
                     "VN-LC-24-2015")  # fmt: skip
    assert of(found, "IAEA-GSR3/III.person.fetus") == {"worker-01/2024": "fail"}
    assert of(found, "VN-LC-24-2015/31.3c.pregnancy") == {"worker-01/2024": "undetermined"}


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("trained = 2023-06-16", "employed = 2023-06-16\nleft = 2022-01-01", "person.1.left", "before employed"),
        ("year = 2024", "year = 1989", "person.1.dose.1.year", "before birth_date"),
        ('kind = "annual_report"', 'kind = "annual_report"\nfor_year = 2026', "event.1.for_year", "at most 2025"),
        ("[[licence]]", '[emergency]\nplan = ["7.9"]\n[[licence]]', "emergency.plan.1", "7.3.1"),
        ("put_into_use = 2022-09-12", "withdrawn = 2022-01-01", "device.1.withdrawn", "before acquired"),
    ],
)
def test_nothing_ends_before_it_begins(tmp_path: Path, old: str, new: str, key: str, words: str) -> None:
    text = SMALL.replace(old, new)
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    (problem,) = refused.value.problems
    assert (problem.key, problem.line) == (key, line_of(text, key.split(".")[-2 if key.endswith("plan.1") else -1]))
    assert words in str(refused.value)


def test_periods_that_are_fixed_later_leave_earlier_means_open(tmp_path: Path) -> None:
    head = """format = 1
[facility]
name = "Hospital"
kind = "hospital"
jurisdiction = "CN"
[evaluation]
date = 2025-06-01
five_years_from = %d
"""
    rest = 'lens = "1 mSv"\nskin = "1 mSv"\nextremities = "1 mSv"'
    doses = dict.fromkeys(range(2020, 2025), f'effective = "20.1 mSv"\n{rest}')
    for start, outcome in ((2020, "fail"), (2026, "undetermined")):
        found = asked_of(tmp_path, worker(doses), head=head % start)
        assert of(found, "CN-GB18871-2002/B1.person.worker")["worker-01/2024"] == outcome


@pytest.mark.parametrize(
    ("cited", "vi", "zh"),
    [
        ("Art. 14(3), 20(1)", "khoản 3 Điều 14, khoản 1 Điều 20", "第14条第3款，第20条第1款"),
        ("Art. 6(1)a, b", "điểm a, b khoản 1 Điều 6", "第6条第1款a、b项"),
        ("4(5)", "4(5)", "四（五）"),
    ],
)
def test_articles_with_several_places(cited: str, vi: str, zh: str) -> None:
    assert (article(cited, "en"), article(cited, "vi"), article(cited, "zh")) == (cited, vi, zh)


@pytest.mark.parametrize(
    ("rate", "told", "declared"), [("1 uSv/h", "1.00", {}), ("1.0000001 uSv/h", "1.0000001", {"x": "fail"})]
)
def test_a_device_that_the_law_exempts_need_not_be_declared(
    tmp_path: Path, rate: str, told: str, declared: dict[str, str]
) -> None:
    device = f'\n[[device]]\nid = "x"\nkind = "xray_equipment"\nacquired = 2024-01-02\nsurface_rate = "{rate}"\n'
    energy = 'maximum_energy = "300 keV"\n'
    head = HEAD.replace('kind = "clinic"', 'kind = "industrial_enterprise"')
    found = asked_of(tmp_path, device + energy, head=head)
    assert of(found, "VN-LC-24-2015/6.1a.other") == declared
    done = CliRunner().invoke(cli, ["audit", str(tmp_path / "facility.toml")])
    assert f"µSv/h at 0.1 m: {told};" in done.output


def test_pregnant_people_keep_every_other_limit_too(tmp_path: Path) -> None:
    notice = '\n[[person.pregnancy]]\nnotice = 2024-05-01\nfetus = "1.5 mSv"\n'
    dose = 'effective = "7 mSv"\nlens = "1 mSv"\nskin = "1 mSv"\nextremities = "1 mSv"\nabdomen = "13.1 mSv"'
    trainee = 'role = "trainee"\nbirth_date = 2007-01-01\nexposed_since = 2024-01-01'
    found = asked_of(tmp_path, worker({2024: dose}) + notice, head=HEAD.replace("VN/Lao Cai", "UK"))
    assert [of(found, f"UK-IRR17-BIR/{rule}") for rule in ("3.person.abdomen", "9.person.fetus")] == [
        {"worker-01/2024": "fail"}
    ] * 2
    found = asked_of(tmp_path, worker({2024: dose}, trainee) + notice, head=HEAD.replace("VN/Lao Cai", "CN"))
    assert [of(found, f"CN-GB18871-2002/B1.person.{rule}") for rule in ("apprentice", "fetus")] == [
        {"worker-01/2024": "fail"}
    ] * 2


def test_reports_of_past_years_that_were_late_or_left_out_are_told(tmp_path: Path) -> None:
    sent = ("2021-11-29", "2022-11-30", "2024-11-20")
    text = "".join(f'\n[[event]]\nkind = "annual_report"\ndate = {day}\n' for day in sent)
    found = asked_of(tmp_path, text)
    (row,) = [row for row in found["findings"] if row["rule"] == "VN-LC-24-2015/31.1h"]
    told = [notice["text"] for notice in row["notices"] if notice["code"] != "findings.audit.next_due"]
    assert told == ["the one due on 2022-11-29 was done on 2022-11-30", "none is on file for the one due on 2023-11-29"]


@pytest.mark.parametrize(
    ("day", "words"), [("2024-06-01", "lies before the reference date"), ("2150-01-01", "nothing")]
)
def test_a_room_that_cannot_be_computed_on_the_day_is_undetermined(day: str, words: str) -> None:
    found = audited(ROOT / "examples" / "industrial_radiography_firm" / "facility.toml", "--on", day)
    (room,) = found["rooms"]
    assert (room["exit_code"], room["check"], found["exit_code"]) == (3, None, 1 if day < "2026" else 3)
    (row,) = [row for row in found["findings"] if row["rule"] == "room_not_computed"]
    assert (row["subject"], row["outcome"]) == ("bunker", "undetermined")
    assert words in row["reason"]["text"]
    assert [row for row in found["findings"] if row["rule"] == "device_not_in_design"] == []


SMELTER = """format = 1

[facility]
name = "Works"
kind = "metal_smelter"
jurisdiction = "CN/Shanxi/Shuozhou"
features = []

[evaluation]
date = 2025-08-01

[[sealed_source]]
id = "s"
nuclide = "Cs-137"
activity = "1 GBq"
reference_date = 2020-01-01
"""


@pytest.mark.parametrize(
    ("kind", "rule", "event", "late", "kept"),
    [("county_environment_bureau", "CN-SZ-42-2024/3.2", "key_sector_inspected", ["2025-07-01"], ["2025-06-30"]),
     ("metal_smelter", "CN-MEP-18-2011/12", "annual_assessment", ["2024-01-30", "2025-02-01"],
      ["2024-02-01", "2025-01-31"]),
     ("clinic", "VN-LC-24-2015/28.2c", "drill", ["2024-01-01", "2025-01-02"], ["2023-12-01", "2024-12-01"])],
)  # fmt: skip
def test_what_was_done_late_the_last_time_is_not_called_kept(
    tmp_path: Path, kind: str, rule: str, event: str, late: list[str], kept: list[str]
) -> None:
    place = "VN/Lao Cai" if rule.startswith("VN") else "CN/Shanxi/Shuozhou"
    head = SMELTER.replace("metal_smelter", kind).replace("CN/Shanxi/Shuozhou", place)
    for days, outcome in ((late, "undetermined"), (kept, "pass")):
        events = "".join(f'\n[[event]]\nkind = "{event}"\ndate = {day}\n' for day in days)
        assert of(asked_of(tmp_path, events, head=head), rule) == {"facility": outcome}
