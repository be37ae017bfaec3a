"""Readings of a case and its plan: which of them count, the perimeter over the plan, what cannot be used."""

from pathlib import Path

import pytest
from desk import HEAD, run, told

SURVEYED = """[[source]]
id = "a"
nuclide = "Ir-192"
activity = "50 Ci"
state = "stuck"
[[entry]]
at = 2026-03-02T07:00:00
what = "first readings"
survey = [{ rate = "150 uSv/h", place = ["73 m", "24 m"] }, { rate = "50 uSv/h", distance = "12 m" }]
[[entry]]
at = 2026-03-02T08:00:00
what = "read again"
survey = [{ rate = "90 uSv/h", place = ["73 m", "24 m"] }, { rate = "1 uSv/h", distance = "12 m" }]
[[entry]]
at = 2026-03-02T09:00:00
what = "recovered"
recovered = ["a"]
[[entry]]
at = 2026-03-02T10:00:00
what = "something is left"
survey = [{ rate = "400 uSv/h", distance = "2 m" }]
"""


AT = 'plan = "room.toml"\nsource_at = ["3 m", "4 m"]\n'


def surveyed(tmp_path: Path, more: str = "") -> str:
    path = tmp_path / "case.toml"
    path.write_text(HEAD + more + SURVEYED, "utf-8")
    return str(path)


def test_readings_count_until_every_source_is_back(tmp_path: Path) -> None:
    """The place is 70 m east and 20 m north of the source; a later reading there takes the place of the first.

    Of the two at 12 m the sides are not known: both count.
    """
    path = surveyed(tmp_path, 'source_at = ["3 m", "4 m"]\n')
    far = (70**2 + 20**2) ** 0.5
    first, second, third, last = (
        told("report", path, "--at", f"2026-03-02T{hour}:30") for hour in ("07", "08", "09", "10")
    )
    assert first["radius_m"] == pytest.approx(far * 1.5**0.5)
    assert [row["rate"] for row in first["survey"]] == [50, 150]
    assert max(x for x, _ in first["contour_m"]) == pytest.approx(70 * 1.5**0.5)
    assert [row["rate"] for row in second["survey"]] == [50, 1, 90]
    assert second["radius_m"] == pytest.approx(far * 0.9**0.5)
    assert (third["radius_m"], third["survey"], third["contour_m"]) == (None, [], None)
    assert (last["radius_m"], last["contour_m"]) == (pytest.approx(4), None)


def test_a_report_has_the_map_of_its_perimeter_over_its_plan(tmp_path: Path) -> None:
    room = Path(__file__).parents[2] / "examples" / "ct_room.toml"
    (tmp_path / "room.toml").write_bytes(room.read_bytes())
    path, target = surveyed(tmp_path, AT), tmp_path / "report.html"
    assert run("report", path, "--at", "2026-03-02T07:30", "--lang", "zh", "--out", str(target))[0] == 0
    page = target.read_text("utf-8")
    assert "平面图上的警戒区" in page
    assert all(words in page for words in ("150 uSv/h", "100 uSv/h", "100 mSv/h", "<circle", 'class="wall"'))
    assert run("report", path, "--at", "2026-03-02T09:30", "--out", str(target))[0] == 0
    assert "<figure" not in target.read_text("utf-8")
    assert run("report", path, "--out", str(tmp_path / "room.toml"))[0] == 2
    bare = surveyed(tmp_path)
    assert run("report", bare, "--at", "2026-03-02T07:30", "--out", str(target))[0] == 0
    assert 'class="wall"' not in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("head", "survey", "key"),
    [
        ('plan = "room.toml"\n', "", "case.source_at"),
        ('plan = "../room.toml"\nsource_at = ["0 m", "0 m"]\n', "", "case.plan"),
        ('plan = "none.toml"\nsource_at = ["0 m", "0 m"]\n', "", "case.plan"),
        ("", '{ rate = "1 uSv/h" }', "entry.1.survey.1.distance"),
        ("", '{ rate = "1 uSv/h", distance = "1 m", place = ["1 m", "1 m"] }', "entry.1.survey.1.distance"),
        ("", '{ rate = "1 uSv/h", place = ["0 m", "0 m"] }', "entry.1.survey.1.place"),
        ("", '{ rate = "1 uGy/h", distance = "1 m" }', "entry.1.survey.1.rate"),
    ],
)
def test_plans_and_readings_that_cannot_be_used(tmp_path: Path, head: str, survey: str, key: str) -> None:
    path = tmp_path / "case.toml"
    path.write_text(HEAD + head + f'[[entry]]\nat = 2026-03-02T07:00:00\nwhat = "x"\nsurvey = [{survey}]\n', "utf-8")
    code, output = run("report", str(path))
    assert code == 2
    assert key in output
