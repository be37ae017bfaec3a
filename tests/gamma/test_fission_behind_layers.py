"""Fission neutrons that matter only behind layers: their gammas are not held, so a limit nearby is not shown kept."""

from pathlib import Path

import pytest
from stores import room, source, told

THICK = ', { material = "lead", thickness = "300 mm" }'
LIMIT = 1.0  # mSv a year, VN-19-2012 8(2)


def outcome(found: dict[str, object]) -> str:
    findings: list[dict[str, str]] = found["findings"]  # type: ignore[assignment]
    return next(each["outcome"] for each in findings if each["rule"] == "VN-19-2012/8.2" and each["subject"] == "w2")


def year(found: dict[str, object]) -> float:
    points: list[dict[str, dict[str, float]]] = found["points"]  # type: ignore[assignment]
    return points[0]["doses"]["h10_year_mSv"]


@pytest.mark.parametrize(("times", "expected"), [(0.4, "pass"), (0.8, "undetermined"), (1.2, "fail")])
def test_curium_behind_lead_keeps_a_limit_only_with_room_for_its_gammas(
    times: float, expected: str, tmp_path: Path
) -> None:
    per_GBq = year(told(tmp_path, room(source("Cm-244", activity="1 GBq"), more=THICK)))
    found = told(tmp_path, room(source("Cm-244", activity=f"{times * LIMIT / per_GBq:.6g} GBq"), more=THICK))
    assert year(found) == pytest.approx(times * LIMIT, rel=1e-4)
    assert outcome(found) == expected


def test_a_source_without_fission_passes_up_to_its_limit(tmp_path: Path) -> None:
    per_GBq = year(told(tmp_path, room(source("Cs-137", activity="1 GBq"))))
    found = told(tmp_path, room(source("Cs-137", activity=f"{0.8 * LIMIT / per_GBq:.6g} GBq")))
    assert outcome(found) == "pass"
