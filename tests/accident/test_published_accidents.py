"""Published accidents graded: activities, deaths and injuries as their reports state them; doses: test_dose.py."""

from pathlib import Path

import pytest
from desk import told

from shieldcalc.photons.point import rates
from shieldcalc.photons.source import of_nuclide

# Goiania 1987: IAEA, The Radiological Accident in Goiania (1988): 50.9 TBq Cs-137, 4 deaths, contamination of a city.
# Samut Prakarn 2000: IAEA (2002): 15.7 TBq (425 Ci) Co-60, 3 deaths, 7 further people in hospital; no contamination.
# Nanjing 2014: J. Environ. Occup. Med. 2014: Ir-192; one person, thigh 150 Gy (local injury), mild radiation sickness;
# the activity "at the lower end of class II" in the press of May 2014, taken as 26 Ci.
ACCIDENTS = {
    "goiania": ("Cs-137", "50.9 TBq", 4, 20, "wide_severe", 2, "I"),
    "samut_prakarn": ("Co-60", "15.7 TBq", 3, 7, "none", 2, "I"),
    "nanjing": ("Ir-192", "26 Ci", 0, 1, "none", 2, "II"),
}


@pytest.mark.parametrize("name", ACCIDENTS)
def test_grade_of_a_published_accident(name: str) -> None:
    nuclide, activity, deaths, severe, extent, category, grade = ACCIDENTS[name]
    source = ("--nuclide", nuclide, "--activity", activity)
    assert told("source-category", *source)["category"] == category
    found = told("grade", *source, "--deaths", str(deaths), "--severe", str(severe), "--contamination", extent)
    assert (found["grade"], found["grade_verified"], found["source_category"]) == (grade, grade, category)


def test_goiania_is_of_the_gravest_grade_three_times_over() -> None:
    """Deaths, the source with wide contamination, and (unverified) the plan's own, the contamination by itself too."""
    nuclide, activity, deaths, severe, extent, *_ = ACCIDENTS["goiania"]
    harm = ("--deaths", str(deaths), "--severe", str(severe), "--contamination", extent)
    found = told("grade", "--nuclide", nuclide, "--activity", activity, *harm)
    assert found["decided_by"][:2] == ["CN-449/40.I.1", "CN-449/40.I.2"]
    assert set(found["decided_by"][2:]) == {f"CN-GX-44-2021/A1.I.{n}" for n in (1, 2, 3)}


def test_samut_prakarn_without_its_deaths_is_grade_two() -> None:
    """The lost source of category 2 decides before anybody has died."""
    found = told("grade", "--nuclide", "Co-60", "--activity", "15.7 TBq", "--deaths", "0", "--severe", "2")
    assert found["grade"] == "II"
    assert "CN-GX-44-2021/A1.II.1" in found["decided_by"]


def test_the_figures_of_the_docs() -> None:
    """Each figure that docs/accident.md compares with a published one is the command's own, to the digits printed."""
    words = " ".join((Path(__file__).parents[2] / "docs" / "accident.md").read_text("utf-8").split())

    def dose(nuclide: str, activity: str, *stay: str) -> dict[str, float]:
        size = ("--source-diameter", "2 mm", "--source-length", "3 mm") if "--pocket" in stay else ()
        found = told("dose", "--nuclide", nuclide, "--activity", activity, *stay, *size)["total"]
        return {name: float(value) for name, value in found.items()}

    goiania = dose("Cs-137", "50.9 TBq", "--exposure", "1 m", "1 h")["body_Gy_upper"]
    exposure = rates(of_nuclide("Cs-137", 50.9e12), 1.0).exposure / 1e3
    assert f"{exposure:.0f} R/h; {goiania:.2f} Gy/h in tissue" in words
    samut = dose("Co-60", "15.7 TBq", "--exposure", "1 m", "1 h")["body_Gy_upper"]
    assert f"{samut:.2f} Gy/h in tissue of a body at 1 m: 6 Gy in {60 * 6 / samut:.0f} min" in words
    near = dose("Ir-192", "26 Ci", "--exposure", "4.8 cm", "2.5 h")["body_Gy_upper"]
    far = dose("Ir-192", "26 Ci", "--exposure", "37 cm", "2.5 h")
    sieverts = far["effective_mSv_upper"] / 1e3
    assert f"{near:.0f} Gy at 4.8 cm, {far['body_Gy_upper']:.2f} Gy and {sieverts:.2f} Sv at 37 cm" in words
    pocket = dose("Ir-192", "26 Ci", "--pocket", "3 h")
    assert f"gives {pocket['local_Gy_upper']:.0f} Gy 0.5 cm deep and {pocket['body_Gy_upper']:.1f} Gy for the" in words
