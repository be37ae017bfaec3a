"""Perimeters: the radii of the tables, of sources against the engine's dose rates, of readings; messages; drawings."""

import re
from math import cos, hypot, sin, sqrt
from pathlib import Path

import pytest
from desk import run, told
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.accident.cordon import contour, reading, situations
from shieldcalc.accident.phases import checklist
from shieldcalc.photons.dose import H10
from shieldcalc.photons.point import rates
from shieldcalc.photons.shield import layer
from shieldcalc.photons.source import of_nuclide

IRIDIUM = ("--nuclide", "Ir-192", "--activity", "26 Ci")


@pytest.mark.parametrize(
    ("situation", "radius", "or_more", "extent"),
    [
        ("unshielded_source", 30, False, "rooms"),
        ("major_spill", 100, False, "rooms"),
        ("fire_or_explosion", 300, False, "building"),
        ("suspected_bomb", 400, True, "building"),
        ("nuclear_weapon", 1000, False, "building"),
    ],
)
def test_the_radius_of_each_situation(situation: str, radius: float, or_more: bool, extent: str) -> None:
    found = told("cordon", "--situation", situation)
    assert (found["radius_m"], found["or_more"]) == (radius, or_more)
    inside = told("cordon", "--situation", situation, "--indoors")
    assert inside["indoors"]["extent"] == extent
    assert inside["radius_m"] == (None if extent == "rooms" else radius)


def test_every_situation_has_a_case_above() -> None:
    assert set(situations()) == {
        "unshielded_source", "major_spill", "fire_or_explosion", "suspected_bomb", "nuclear_weapon",
    }  # fmt: skip


def test_the_radius_of_a_source_is_where_its_rate_is_the_limit() -> None:
    """The point kernel at the radius gives 100 uSv/h; the other radius 100 mSv/h."""
    found = told("cordon", *IRIDIUM)
    source = of_nuclide("Ir-192", 26 * 37e9)
    assert rates(source, found["radius_m"]).doses[H10] == pytest.approx(100, rel=1e-9)
    assert rates(source, found["reaches"][0]["radius_100_mSv_per_h_m"]).doses[H10] == pytest.approx(1e5, rel=1e-9)
    assert (found["survey_rate_uSv_per_h"], found["survey_rate_as_printed_uSv_per_h"]) == (100, 1e5)
    assert found["radius_m"] == pytest.approx(36.6, abs=0.1)


def test_the_radius_behind_lead() -> None:
    found = told("cordon", *IRIDIUM, "--layer", "lead", "5 cm")
    at = rates(of_nuclide("Ir-192", 26 * 37e9), found["radius_m"], [layer("lead", 50)])
    assert at.doses[H10] == pytest.approx(100, rel=1e-9)
    assert [each["shielded"] for each in found["reaches"]] == [True, False]


def test_a_situation_counts_on_no_shield() -> None:
    found = told("cordon", *IRIDIUM, "--layer", "lead", "10 cm", "--situation", "unshielded_source")
    assert found["radius_m"] == found["reaches"][1]["radius_100_uSv_per_h_m"] > 30
    weak = told("cordon", "--nuclide", "Cs-137", "--activity", "1 GBq", "--situation", "unshielded_source")
    assert weak["radius_m"] == 30


def test_neutrons_count() -> None:
    found = told("cordon", "--nuclide", "Am-241/Be", "--activity", "370 GBq")
    assert found["reaches"][0]["ambient_dose_equivalent_rate_at_1m_uSv_per_h"] > 200


def test_survey_readings() -> None:
    found = told(
        "cordon", "--survey", "20 m", "150 uSv/h", "--survey", "60 m", "0.1 mSv/h", "--survey", "80 m", "99 uSv/h"
    )
    assert [each["reaches"] for each in found["survey"]] == [True, True, False]
    assert found["survey"][0]["radius_m"] == pytest.approx(20 * sqrt(1.5))
    assert found["radius_m"] == pytest.approx(80 * sqrt(0.99))
    inside = told("cordon", "--situation", "major_spill", "--indoors", "--survey", "5 m", "400 uSv/h")
    assert inside["radius_m"] == pytest.approx(10)


def test_the_reading_at_the_rate_itself_counts() -> None:
    found = told("cordon", "--survey", "12 m", "100 uSv/h")
    assert found["survey"][0]["reaches"] is True
    assert found["radius_m"] == 12


def test_without_a_day_the_circular_is_told_as_repealed() -> None:
    found = told("cordon", "--situation", "major_spill")
    assert found["situation"]["rows"][0]["force"] == "repealed"
    assert "repealed_circular" in str(found["warnings"])


def test_the_circular_is_repealed_and_says_so() -> None:
    found = told("cordon", "--situation", "major_spill", "--on", "2026-03-01")
    assert {row["instrument"]: row["force"] for row in found["situation"]["rows"]} == {
        "VN-24-2012": "repealed", "IAEA-EPR-FR": "secondary_source",
    }  # fmt: skip
    assert "repealed_circular" in str(found["warnings"])
    then = told("cordon", "--situation", "major_spill", "--on", "2014-11-23")
    assert then["situation"]["rows"][0]["force"] == "binding"


def test_phases_and_goals() -> None:
    found = told("cordon", "--situation", "major_spill", "--done", "1", "--done", "4.2")
    done = {each["goal"] for each in found["phases"] if each["done"]}
    assert done == {"1.1", "1.2", "1.3", "1.4", "4.2"}
    assert {each.phase for each in checklist(())} == set("123456")


@pytest.mark.parametrize("name", ["initial", "dispersal_or_transport", "lost_or_stolen", "found_in_public"])
def test_messages_are_filled_and_unsent(name: str) -> None:
    found = told("cordon", "--message", name, "--fact", "place", "PLACE-1", "--fact", "organisation", "ORG-1")
    message = found["messages"][0]
    assert message["state"] == "unsent"
    assert set(message["text"]) == {"vi", "en", "zh"}
    assert {"place", "organisation"}.isdisjoint(message["missing"])
    for lines in message["text"].values():
        text = "\n".join(lines)
        assert "PLACE-1" in text
        assert "ORG-1" in text
        assert "[" in text
        assert "{" not in text


def test_the_distances_of_the_messages() -> None:
    found = told("cordon", "--message", "lost_or_stolen", "--message", "dispersal_or_transport")
    lost, dispersal = ("\n".join(each["text"]["en"]) for each in found["messages"])
    assert "at least 10 m" in lost
    assert "within 1 km" in dispersal
    assert "30 m" in found["advice"][0]
    wide = told("cordon", "--situation", "fire_or_explosion")
    assert "300 m" in wide["advice"][0]


def test_a_filled_message_has_no_blanks() -> None:
    facts = told("cordon", "--message", "initial")["messages"][0]["missing"]
    given = [word for name in facts for word in ("--fact", name, f"<{name}>")]
    message = told("cordon", "--message", "initial", *given)["messages"][0]
    assert message["missing"] == []
    assert "[" not in "".join(message["text"]["vi"])


def test_the_call_form() -> None:
    found = told("cordon", "--call-form", "--fact", "caller", "N. V. A", "--lang", "vi")
    form = {row["field"]: row["value"] for row in found["call_form"]}
    assert form["caller"] == "N. V. A"
    assert form["call_time"] is None
    assert len(form) == 17


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_drawing(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"cordon.{ending}"
    code, output = run("cordon", *IRIDIUM, "--situation", "unshielded_source", "--map", str(target), "--lang", "zh")
    assert code == 0, output
    content = target.read_bytes()
    assert content.startswith(b"<svg" if ending == "svg" else b"\x89PNG")
    if ending == "svg":
        assert content.count(b"<circle") == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "nothing to answer"),
        (("--situation", "spill"), "major_spill"),
        (("--nuclide", "Ir-192"), "--activity"),
        (("--activity", "1 GBq"), "--nuclide"),
        (("--survey", "5 m", "1 mGy/h"), "mGy/h"),
        (("--survey", "0 m", "1 mSv/h"), "0 m"),
        (("--message", "lost"), "lost_or_stolen"),
        (("--message", "initial", "--fact", "palce", "x"), "place"),
        (("--situation", "major_spill", "--done", "9"), "9"),
        (("--situation", "major_spill", "--map", "a.pdf"), ".svg"),
        (("--situation", "major_spill", "--indoors", "--map", "a.svg"), "no radius"),
        ((*IRIDIUM, "--layer", "led", "5 cm"), "led"),
    ],
)
def test_what_cannot_be_used_is_refused(arguments: tuple[str, ...], words: str) -> None:
    code, output = run("cordon", *arguments)
    assert code == 2
    assert words in output


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_the_answer_in_every_language(language: str) -> None:
    code, output = run("cordon", *IRIDIUM, "--layer", "lead", "1 cm", "--situation", "suspected_bomb", "--indoors",
                       "--survey", "30 m", "1 mSv/h", "--survey", "90 m", "1 uSv/h", "--message", "found_in_public",
                       "--call-form", "--lang", language)  # fmt: skip
    assert code == 0
    assert "400" in output


def _side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


@given(
    st.lists(st.tuples(st.floats(-80, 80), st.floats(-80, 80), st.floats(1, 5000)), min_size=1, max_size=5),
    st.floats(1, 60) | st.none(),
)
def test_the_contour_holds_the_perimeter_and_every_reading(
    read: list[tuple[float, float, float]], base: float | None
) -> None:
    placed = [((x, y), reading(hypot(x, y), rate)) for x, y, rate in read if hypot(x, y) > 0.1]
    if not placed:
        return
    line = contour(base, placed)
    radius = max(each.radius_m for _, each in placed) if base is None else base
    inside = [(radius * cos(turn / 9), radius * sin(turn / 9)) for turn in range(57)]
    inside += [place for place, each in placed if each.reaches]
    slack = 1e-6 * max(hypot(*each) for each in line) ** 2
    for a, b in zip(line, (*line[1:], line[0]), strict=True):
        assert all(_side(a, b, each) >= -slack for each in inside)


def test_a_map_over_the_plan_of_a_site(tmp_path: Path) -> None:
    to = tmp_path / "cordon.svg"
    site = str(Path(__file__).parents[2] / "examples" / "two_ct_rooms" / "site.toml")
    found = told("cordon", "--situation", "unshielded_source", "--plan", site, "--source-at", "3 m", "2 m", "--map",
                 str(to), "--survey-at", "30 m", "-40 m", "150 uSv/h")  # fmt: skip
    far = max(found["contour_m"], key=lambda each: hypot(*each))
    assert far == pytest.approx([27 * sqrt(1.5), -42 * sqrt(1.5)])
    assert found["radius_m"] == pytest.approx(hypot(*far))
    drawing = to.read_text("utf-8")
    assert (drawing.count('class="wall"'), drawing.count('class="edge"')) == (8, 2)
    assert "150 uSv/h" in drawing


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--survey-at", "0 m", "0 m", "1 mSv/h"), "place of the reading"),
        (("--survey-at", "0 m", "x", "1 mSv/h"), "number"),
        (("--survey", "1 m", "1 mSv/h", "--plan", "a.toml"), "--source-at"),
        (("--survey", "1 m", "1 mSv/h", "--plan", "no.toml", "--source-at", "0 m", "0 m", "--map", "a.svg"), "no.toml"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_refused(arguments: tuple[str, ...], words: str) -> None:
    code, output = run("cordon", *arguments)
    assert code == 2
    assert words in output


def test_facts_are_one_line_each_and_said_once() -> None:
    """Line breaks, escapes and marks of direction would read as lines of the message's own; a blank says nothing."""
    for words in ("a\nPublic message, SENT", "\x1b[31mred", "\u202ereversed"):
        code, output = run("cordon", "--message", "initial", "--fact", "place", words)
        assert (code, words in output) == (2, False)
        assert "fact place" in output
    assert run("cordon", "--call-form", "--fact", "place", "a", "--fact", "place", "b")[0] == 2
    (one,) = told("cordon", "--message", "initial", "--fact", "place", " ", "--fact", "time", "noon")["messages"]
    assert "place" in one["missing"]
    assert "time" not in one["missing"]


def test_a_reading_of_nothing_is_no_perimeter() -> None:
    for nothing in (("--survey", "20 m", "0 uSv/h"), ("--survey-at", "20 m", "3 m", "0 uSv/h")):
        found = told("cordon", *nothing)
        assert (found["radius_m"], found["contour_m"]) == (None, None)
        assert "cordon_nothing" in str(found["warnings"])
    assert told("cordon", "--survey", "20 m", "0 uSv/h", "--survey", "3 m", "200 uSv/h")["radius_m"] > 3


def test_a_map_of_any_radius_fits_its_sheet(tmp_path: Path) -> None:
    """From less than a millimetre to hundreds of kilometres: never a drawing larger than a page."""
    for activity, least in (("1 Bq", 10), ("1 PBq", 10_000), ("1e20 Bq", 1_000_000)):
        target = tmp_path / "map.svg"
        told("cordon", "--nuclide", "Ir-192", "--activity", activity, "--map", str(target))
        text = target.read_text("utf-8")
        wide, high = (float(each) for each in re.findall(r'(?:width|height)="([0-9.]+)mm"', text)[:2])
        assert max(wide, high) < 300
        assert int(re.findall(r"1 : (\d+)", text)[0]) >= least
    assert "0.0001 m" in run("cordon", "--nuclide", "Ir-192", "--activity", "1 Bq")[1]


def test_uranium_needs_its_day_of_separation_which_can_be_said() -> None:
    code, output = run("cordon", "--nuclide", "U-238", "--activity", "1 GBq")
    assert (code, "--separated" in output) == (2, True)
    grown = told(
        "cordon", "--nuclide", "U-238", "--activity", "1 GBq", "--separated", "1990-01-01", "--on", "2026-01-01"
    )
    bare = told("cordon", "--nuclide", "U-238", "--activity", "1 GBq", "--no-daughters")
    assert grown["radius_m"] > 2 * bare["radius_m"]
    assert run("dose", "--nuclide", "U-238", "--activity", "1 GBq", "--no-daughters", "--bedside", "1 h")[0] == 0


def test_a_neutron_source_that_is_not_computed_leaves_the_radius_of_the_table_as_the_least() -> None:
    asked = ("--nuclide", "Cf-252", "--activity", "1 GBq")
    found = told("cordon", "--situation", "unshielded_source", *asked)
    assert (found["radius_m"], found["or_more"], found["reaches"]) == (30, True, [])
    assert found["warnings"][0]["code"] == "warnings.accident.no_reach"
    assert run("cordon", "--situation", "unshielded_source", *asked)[1].startswith("Safety perimeter: 30.0 m or more")
    assert run("cordon", *asked)[0] == 2
