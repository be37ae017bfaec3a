"""What is given and judged by nothing is told; protection is judged by what each person is given; days in doubt."""

from pathlib import Path

import pytest
from audit_made import HEAD, asked_of, of

DEVICE = """
[[device]]
id = "unit"
kind = "{kind}"
put_into_use = 2024-03-01
{more}
"""
LOGGED = "findings.audit.not_used"


def unused(found: dict[str, list[dict[str, str]]]) -> list[str]:
    return [row["text"].partition(":")[0] for row in found["unused"] if row["code"] == LOGGED]


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("ct", 'table_panels = "0.5 mm Pb"\nceiling_screen = true', ["table_panels", "ceiling_screen"]),
        ("c_arm", 'table_panels = "0.5 mm Pb"\nceiling_screen = true', []),
        ("angiography", "interventional_use = false\nceiling_screen = true", ["ceiling_screen"]),
        ("ct", 'operator_distance = "2.9 m"', []),
        ("linac", 'operator_distance = "2.9 m"', ["operator_distance"]),
    ],
)
def test_a_value_that_nothing_judges_is_told(tmp_path: Path, kind: str, said: str, told: list[str]) -> None:
    found = asked_of(tmp_path, DEVICE.format(kind=kind, more=f"[device.checks]\n{said}"))
    assert unused(found) == [f"device.checks.{each}" for each in told]


def test_protection_of_a_device_that_no_article_asks_of(tmp_path: Path) -> None:
    found = asked_of(tmp_path, DEVICE.format(kind="intraoral_dental", more='protection = ["apron"]'))
    assert unused(found) == ["device.protection"]


def test_protection_of_somebody_who_is_said_to_work_nowhere(tmp_path: Path) -> None:
    found = asked_of(tmp_path, '[[person]]\nid = "a"\nrole = "radiation_worker"\nprotection = ["apron"]\n')
    assert unused(found) == ["person.protection"]


@pytest.mark.parametrize(("distance", "outcome"), [("3 m", "pass"), ("2.999 m", "fail")])
def test_three_metres_inform_and_never_decide(tmp_path: Path, distance: str, outcome: str) -> None:
    text = DEVICE.format(kind="dental_cbct", more=f'[device.checks]\noperator_distance = "{distance}"')
    found = asked_of(tmp_path, text)
    (row,) = [each for each in found["findings"] if each["rule"] == "VN-LC-24-2015/13.1g.other.device"]
    assert (row["outcome"], row["force"]) == (outcome, "unverified")
    assert found["exit_code"] != 0


PEOPLE = """
[[person]]
id = "one"
role = "radiation_worker"
operates = ["unit"]
protection = ["apron", "thyroid_collar"]
[[person]]
id = "two"
role = "radiation_worker"
operates = ["unit"]
{two}
[[person]]
id = "gone"
role = "radiation_worker"
left = 2025-05-31
operates = ["unit"]
protection = []
"""


@pytest.mark.parametrize(
    ("two", "device", "outcomes", "key"),
    [
        ('protection = ["apron", "thyroid_collar"]', "", {"pass"}, ""),
        ('protection = ["apron"]', "", {"pass", "fail"}, "two: person.protection"),
        ("", "", {"undetermined"}, "two: person.protection"),
        ('protection = ["apron", "thyroid_collar"]', "protection = []", {"fail"}, "unit: device.protection"),
    ],
)
def test_protection_is_what_everybody_has(tmp_path: Path, two: str, device: str, outcomes: set[str], key: str) -> None:
    found = asked_of(tmp_path, DEVICE.format(kind="mobile_xray", more=device) + PEOPLE.format(two=two))
    rows = [row for row in found["findings"] if row["rule"].startswith("VN-LC-24-2015/18.2.")]
    assert {row["outcome"] for row in rows} == outcomes
    told = [row for row in rows if row["outcome"] != "pass"]
    assert all(key in (row["reason"]["text"] + str(row["missing"])) for row in told)


def test_somebody_operates_what_is_not_there(tmp_path: Path) -> None:
    from facility_made import read

    from shieldcalc.errors import InputError

    with pytest.raises(InputError, match="no device named 'units'"):
        read(tmp_path, HEAD + '[[person]]\nid = "a"\nrole = "head"\noperates = ["units"]\n')


@pytest.mark.parametrize(
    ("day", "outcome"), [("2025-11-29", "pass"), ("2025-11-30", "undetermined"), ("2025-12-01", "fail")]
)
def test_the_day_before_which_a_report_is_due_is_in_doubt(tmp_path: Path, day: str, outcome: str) -> None:
    text = '[[event]]\nkind = "annual_report"\ndate = 2024-11-20\n'
    found = asked_of(tmp_path, text, "--on", day)
    assert of(found, "VN-LC-24-2015/31.1h") == {"facility": outcome}


@pytest.mark.parametrize(("area", "outcome"), [("controlled", "pass"), ("supervised", "fail")])
def test_a_place_that_may_be_contaminated_is_controlled(tmp_path: Path, area: str, outcome: str) -> None:
    text = f'[[workplace]]\nid = "lab"\ndesignation = "{area}"\ncontamination_possible = true\n'
    assert of(asked_of(tmp_path, text), "VN-19-2012/8.1b") == {"lab": outcome}


@pytest.mark.parametrize(
    ("place", "law"),
    [
        ("Việt Nam/Tỉnh Lào Cai", "VN-LC-24-2015"),
        ("vietnam/LAOCAI/Sa Pa", "VN-LC-24-2015"),
        ("中国/山西省/朔州市", "CN-SZ-42-2024"),
        ("CN/广西壮族自治区/南宁市", "CN-GX-44-2021"),
    ],
)
def test_a_place_is_known_by_the_names_that_people_write(tmp_path: Path, place: str, law: str) -> None:
    found = asked_of(tmp_path, "", head=HEAD.replace("VN/Lao Cai", place))
    assert law in [row["id"] for row in found["instruments"]]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("", "undetermined"),
        ("fees_paid = false", "fail"),
        ("fees_paid = 2025-05-02", "pass"),
        ("fees_paid = 2025-05-20", "pass"),
        ("fees_paid = 2025-06-02", "fail"),
    ],
)
def test_fees_are_unpaid_only_where_the_file_says_so(tmp_path: Path, said: str, outcome: str) -> None:
    about = f'[[application]]\nid = "file_7"\nkind = "licence_xray"\nfiled = 2025-05-02\n{said}\n'
    assert of(asked_of(tmp_path, about), "VN-LC-24-2015/12") == {"file_7": outcome}


@pytest.mark.parametrize(("filed", "outcome"), [("2025-05-02", "pass"), ("2025-05-03", "undetermined")])
def test_an_application_for_renewal_renews_the_licence_it_names(tmp_path: Path, filed: str, outcome: str) -> None:
    held = '[[licence]]\nid = "held"\nkind = "diagnostic_xray"\nissued = 2022-07-01\n'
    about = f'[[application]]\nid = "file_8"\nkind = "licence_renewal_xray"\nlicence = "held"\nfiled = {filed}\n'
    assert of(asked_of(tmp_path, held + about), "VN-LC-24-2015/10.3") == {"held": outcome}
