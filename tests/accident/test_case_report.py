"""Case files and their reports: what was known when, what is computed anew, languages, layouts, faults by line."""

from pathlib import Path

import pytest
from desk import HEAD, run, told
from hypothesis import given
from hypothesis import strategies as st

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "accidents").glob("*.toml"))
LOST = str(next(path for path in EXAMPLES if path.stem == "lost_ir192"))


@pytest.mark.parametrize("kind", ["initial", "follow_up", "final"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_gives_every_report(path: Path, kind: str) -> None:
    found = told("report", str(path), "--kind", kind)
    assert found["state"] == "unsent"
    assert found["reports"]
    for language in ("vi", "zh"):
        code, output = run("report", str(path), "--kind", kind, "--lang", language)
        assert code == 0
        assert "Draft" not in output


def test_there_are_the_five_kinds_of_accident() -> None:
    assert {path.stem for path in EXAMPLES} == {
        "lost_ir192", "stuck_hdr_source", "cs137_gauge_in_scrap", "contaminated_store", "cath_lab_overexposure",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stem", "category", "grade"),
    [("lost_ir192", 2, "II"), ("stuck_hdr_source", 3, None), ("cs137_gauge_in_scrap", 5, "IV"),
     ("contaminated_store", None, "IV"), ("cath_lab_overexposure", None, "III")],
)  # fmt: skip
def test_category_and_grade_of_the_examples(stem: str, category: int | None, grade: str | None) -> None:
    found = told("report", str(next(path for path in EXAMPLES if path.stem == stem)))
    assert found["category"] == category
    assert (found["grade"] and found["grade"]["grade"]) == grade


def test_keys_of_an_absent_plugin_are_refused_with_its_name(tmp_path: Path) -> None:
    case, tail = tmp_path / "case.toml", "\n[plugins.far_away]\nfactor = 2\n"
    case.write_text(Path(LOST).read_text("utf-8") + tail, "utf-8")
    code, output = run("report", str(case))
    assert code == 2
    assert f"{case}:117: plugins.far_away: these keys are for the plugin far_away, which is not loaded" in output


def test_from_the_call_to_the_summary() -> None:
    """What each report knows at its time: people, doses, severe cases and the end come later."""
    first = told("report", LOST, "--at", "2026-03-02T07:30")
    assert (first["missing"], first["doses"]) == (["people"], [])
    assert first["grade"]["may_be"] == "I"
    second = told("report", LOST, "--kind", "follow_up", "--at", "2026-03-02T18:00")
    assert second["missing"] == []
    assert [each["who"] for each in second["doses"]] == ["welder", "helper"]
    assert second["radius_m"] == 30
    last = told("report", LOST, "--kind", "final")
    assert last["missing"] == []
    due = {row["id"]: row["due"] for row in last["reports"]}
    assert (due["summary"], last["radius_m"]) == ("2026-04-04", None)
    assert (due["region_up"], due["city_forward"]) == ("2026-03-02T11:20+08:00", "2026-03-02T10:10+08:00")
    assert "4.6" not in last["open_goals"]
    assert "4.6" in second["open_goals"]


def test_an_unrecovered_source_is_cordoned_off_by_its_rate() -> None:
    assert told("report", LOST, "--at", "2026-03-02T07:30")["radius_m"] == pytest.approx(51.3, abs=0.1)


def test_reports_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    for ending, head in (("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("docx", b"PK"), ("txt", "辐射".encode())):
        pair = [tmp_path / f"{name}.{ending}" for name in ("one", "two")]
        for target in pair:
            assert run("report", LOST, "--kind", "final", "--lang", "zh", "--out", str(target))[0] == 0
        assert pair[0].read_bytes() == pair[1].read_bytes()
        assert pair[0].read_bytes().startswith(head)


def test_a_file_and_json_at_once(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    assert told("report", LOST, "--out", str(target))["case"] == "GX-2026-01"
    assert target.read_text("utf-8").startswith("Initial report")


def test_html_escapes_what_people_wrote(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text(HEAD + '[[entry]]\nat = 2026-03-02T07:00:00\nwhat = "<script>alert(1)</script>"\n', "utf-8")
    target = tmp_path / "report.html"
    assert run("report", str(path), "--out", str(target))[0] == 0
    assert b"<script" not in target.read_bytes()


def test_the_case_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "case.txt"
    path.write_text(HEAD, "utf-8")
    assert run("report", str(path), "--out", str(path))[0] == 2
    assert path.read_text("utf-8") == HEAD


def test_a_bare_case_is_a_report_too(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text(HEAD, "utf-8")
    found = told("report", str(path))
    assert found["missing"] == ["cause", "people", "hazard"]
    assert (found["category"], found["grade"]["grade"], found["radius_m"]) == (None, None, None)


def test_whether_a_source_is_out_of_control_stays_open_until_it_is_said(tmp_path: Path) -> None:
    """No [[source]] is not "no source": that has to be said; a source that was recovered still counts."""
    path = tmp_path / "case.toml"
    entry = '[[entry]]\nat = 2026-03-02T07:00:00\nwhat = "x"\ndeaths = 0\nsevere = 0\ncontamination = "none"\n'
    source = '[[source]]\nid = "s"\nnuclide = "Ir-192"\nactivity = "1 TBq"\nstate = "recovered"\n'
    grades = []
    for lines in (HEAD + entry, HEAD + "source_out_of_control = false\n" + entry, HEAD + source + entry):
        path.write_text(lines, "utf-8")
        found = told("report", str(path))["grade"]
        grades.append((found["grade"], found["may_be"]))
    assert grades == [(None, "II"), (None, "IV"), ("II", None)]


@pytest.mark.parametrize(
    ("activity", "grade", "may_be"), [("3 TBq", "II", None), ("0.2 TBq", "III", "II"), ("1 GBq", "IV", "II")]
)
def test_a_source_without_a_category_hides_no_other(
    tmp_path: Path, activity: str, grade: str, may_be: str | None
) -> None:
    """No D is held of Zr-89: the other source's category is a least one, and a graver grade stays possible."""
    sources = "".join(
        f'[[source]]\nid = "{at}"\nnuclide = "{name}"\nactivity = "{much}"\n'
        for at, name, much in (("a", "Ir-192", activity), ("b", "Zr-89", "1 GBq"))
    )
    entry = '[[entry]]\nat = 2026-03-02T07:00:00\nwhat = "x"\ndeaths = 0\nsevere = 0\ncontamination = "none"\n'
    path = tmp_path / "case.toml"
    path.write_text(HEAD + sources + entry, "utf-8")
    found = told("report", str(path))["grade"]
    assert (found["grade"], found["may_be"]) == (grade, may_be)


def test_what_doses_and_perimeter_assume_is_told(tmp_path: Path) -> None:
    source = '[[source]]\nid = "s"\nnuclide = "Sr-90"\nactivity = "2 GBq"\n'
    entry = '[[entry]]\nat = 2026-03-02T07:00:00\nwhat = "x"\n'
    path = tmp_path / "case.toml"
    path.write_text(HEAD + source + entry, "utf-8")
    codes = {each["code"] for each in told("report", str(path))["warnings"]}
    assert {"warnings.photon_bremsstrahlung", "warnings.photon_equilibrium"} <= codes
    path.write_text(
        HEAD + source + entry + '[[entry.exposure]]\nsource = "s"\nkind = "pocket"\ntime = "1 h"\n', "utf-8"
    )
    codes = {each["code"] for each in told("report", str(path))["warnings"]}
    assert {"warnings.accident.no_beta", "warnings.accident.dose_upper"} <= codes


def test_a_neutron_source_has_a_perimeter_and_no_absorbed_dose(tmp_path: Path) -> None:
    lines = (
        HEAD
        + """
[[source]]
id = "n"
nuclide = "Am-241/Be"
activity = "370 GBq"
[[entry]]
at = 2026-03-02T07:00:00
what = "x"
[[entry.exposure]]
source = "n"
kind = "bedside"
time = "1 h"
"""
    )
    path = tmp_path / "case.toml"
    path.write_text(lines, "utf-8")
    found = told("report", str(path))
    assert found["radius_m"] > 1
    assert found["doses"][0]["body_Gy_upper"] is None


@pytest.mark.parametrize(
    ("lines", "key", "words"),
    [
        ('[[source]]\nid = "a"\nnuclide = "Ir-192"\nactivity = "1"', "source.1.activity", "no unit"),
        ('[[source]]\nid = "a"\nnuclide = "Ir-19x"\nactivity = "1 GBq"', "source.1.nuclide", "Ir-19x"),
        ('[[source]]\nid = "a"\nnuclide = "Ir-192"\nactivity = "1 GBq"\nstate = "gone"', "source.1.state", "stolen"),
        ('[[entry]]\nat = 2026-03-01T00:00:00\nwhat = "x"', "entry.1.at", "discovered"),
        ('[[entry]]\nat = 2026-03-03\nwhat = "x"', "entry.1.at", "date and time"),
        ('[[entry]]\nat = 2026-03-03T00:00:00\nwhat = ""', "entry.1.what", ""),
        ('[[entry]]\nat = 2026-03-03T00:00:00\nwhat = "x"\ndeaths = 1.5', "entry.1.deaths", "whole"),
        ('[[entry]]\nat = 2026-03-03T00:00:00\nwhat = "x"\ndeaths = -1', "entry.1.deaths", "at least 0"),
        ('[[entry]]\nat = 2026-03-03T00:00:00\nwhat = "x"\nevent = "endet"', "entry.1.event", "ended"),
        ('[[entry]]\nat = 2026-03-03T00:00:00\nwhat = "x"\nrecovered = ["b"]', "entry.1.recovered.1", "b"),
        ('[[entry]]\nat = 2026-03-03T00:00:00\nwhat = "x"\ndone = ["9"]', "entry.1.done.1", "4.2"),
        (
            '[[entry]]\nat = 2026-03-03T00:00:00\nwhat = "x"\nend_conditions = ["safe"]',
            "end_conditions.1",
            "safe_state",
        ),
        (
            '[[entry]]\nat = 2026-03-03T00:00:00\nwhat = "x"\n[[entry.absorbed]]\norgan = "liver"\ndose = "1 Gy"',
            "organ",
            "lung",
        ),
        ('[[entry]]\nat = 2026-03-03T00:00:00\nwhat = "x"\ncausse = "y"', "causse", "cause"),
    ],
)
def test_faults_are_named_with_line_and_key(tmp_path: Path, lines: str, key: str, words: str) -> None:
    path = tmp_path / "case.toml"
    path.write_text(HEAD + lines, "utf-8")
    code, output = run("report", str(path))
    assert code == 2
    assert "case.toml:" in output
    assert key in output
    assert words in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--kind", "finale"), "final"),
        (("--at", "2026-03-02T06:00"), "before the discovery"),
        (("--at", "noon"), "noon"),
        (("--at", "0001-01-01T00:00+14:00"), "is no time"),
        (("--out", "report.doc"), ".html"),
        (("--lang", "fr"), "fr"),
    ],
)
def test_what_cannot_be_used_is_refused(arguments: tuple[str, ...], words: str) -> None:
    code, output = run("report", LOST, *arguments)
    assert code == 2
    assert words in output


@pytest.mark.parametrize("content", ["", "format = 2", "[case", HEAD.replace("CN/Guangxi", "XX")])
def test_files_that_are_no_case(tmp_path: Path, content: str) -> None:
    path = tmp_path / "case.toml"
    path.write_text(content, "utf-8")
    assert run("report", str(path))[0] == 2
    assert run("report", str(tmp_path / "none.toml"))[0] == 2


@given(st.integers(0, 5), st.integers(0, 12), st.integers(0, 5), st.integers(0, 12))
def test_more_harm_is_never_a_milder_grade(deaths: int, severe: int, more: int, worse: int) -> None:
    from shieldcalc.accident.grading import GRADES, Known, graded

    ranks = [
        GRADES.index(found) if (found := graded(Known(deaths=d, severe=s)).grade) else len(GRADES)
        for d, s in ((deaths, severe), (deaths + more, severe + worse))
    ]
    assert ranks[1] <= ranks[0]


def test_the_burnt_patient_of_the_cath_lab() -> None:
    found = told("report", str(next(path for path in EXAMPLES if path.stem == "cath_lab_overexposure")))
    assert [(each["who"], each["dose_Gy"]) for each in found["absorbed"]] == [("patient", 12.0)]
    assert "icrp118 burns" in found["absorbed"][0]["reached"]


def test_the_figures_of_the_walk_in_the_docs() -> None:
    words = (Path(__file__).parents[2] / "docs" / "accident.md").read_text("utf-8")
    source = ("--nuclide", "Ir-192", "--activity", "3.2 TBq", "--reference-date", "2026-01-05", "--on", "2026-03-02")
    size = ("--source-diameter", "2 mm", "--source-length", "3 mm")
    outputs = [
        run("source-category", *source)[1],
        run("cordon", "--situation", "unshielded_source", *source)[1],
        run("dose", *source, "--pocket", "2 h", *size)[1],
        run("report", LOST, "--kind", "final")[1],
    ]
    figures = (("A/D 23.64",), ("51.3 m",), ("23.3 Gy", "8435 Gy", "24874 Gy"), ("2026-04-04",))
    for output, told_ in zip(outputs, figures, strict=True):
        assert all(figure in output and figure in words for figure in told_)


def test_grade_and_doses_are_those_of_the_day_of_the_accident(tmp_path: Path) -> None:
    """Ir-192 a little above category 2 when it was lost is below it a month later: the grade stays."""
    source = (
        '[[source]]\nid = "a"\nnuclide = "Ir-192"\nactivity = "0.82 TBq"\nreference_date = 2026-03-01\nstate = "lost"\n'
    )
    stay = '[[entry.exposure]]\nsource = "a"\nkind = "distance"\ndistance = "1 m"\ntime = "1 h"\n'
    late = f'[[entry]]\nat = 2026-04-10T07:00:00\nwhat = "x"\n{stay}{stay}on = 2026-03-02\n{stay}on = 2026-05-15\n'
    path = tmp_path / "case.toml"
    path.write_text(HEAD + source + late, "utf-8")
    found = told("report", str(path), "--kind", "final")
    assert (found["category"], found["grade"]["grade"]) == (2, "II")
    first, same, later = (each["body_Gy_upper"] for each in found["doses"])
    assert first == same
    assert later / first == pytest.approx(0.5, rel=0.01)
    path.write_text(HEAD.replace("discovered", "happened = 2026-01-04\ndiscovered") + source + late, "utf-8")
    assert told("report", str(path))["category"] == 2
    path.write_text(HEAD.replace("discovered", "happened = 2026-03-09\ndiscovered") + source, "utf-8")
    code, output = run("report", str(path))
    assert code == 2
    assert "happened" in output


def test_before_its_reference_date_a_source_had_more(tmp_path: Path) -> None:
    """Ir-192 measured after its recovery: 60 days before it was 1.75 times as much, and of category 2."""
    source = (
        '[[source]]\nid = "a"\nnuclide = "Ir-192"\nactivity = "0.5 TBq"\nreference_date = 2026-05-01\nstate = "lost"\n'
    )
    stay = '[[entry]]\nat = 2026-05-02T07:00:00\nwhat = "x"\n[[entry.exposure]]\nsource = "a"\nkind = "distance"\n'
    path = tmp_path / "case.toml"
    path.write_text(HEAD + source + stay + 'distance = "1 m"\ntime = "1 h"\non = 2026-03-02\n', "utf-8")
    found = told("report", str(path), "--kind", "final")
    assert (found["category"], found["grade"]["grade"]) == (2, "II")
    assert found["ratio"] == pytest.approx(6.25 * 2 ** (60 / 73.829), rel=2e-3)
    later = HEAD + source + stay + 'distance = "1 m"\ntime = "1 h"\non = 2026-05-01\n'
    path.write_text(later, "utf-8")
    after = told("report", str(path), "--kind", "final")
    ratio = found["doses"][0]["body_Gy_upper"] / after["doses"][0]["body_Gy_upper"]
    assert ratio == pytest.approx(2 ** (60 / 73.829), rel=2e-3)
    path.write_text(later.replace("reference_date = 2026-05-01", "reference_date = 2099-05-01"), "utf-8")
    assert told("report", str(path))["category"] is None


def test_a_source_that_is_not_computed_leaves_no_small_perimeter(tmp_path: Path) -> None:
    def source(name: str, nuclide: str) -> str:
        return f'[[source]]\nid = "{name}"\nnuclide = "{nuclide}"\nactivity = "1 GBq"\n'

    path = tmp_path / "case.toml"
    path.write_text(HEAD + source("a", "Cf-252") + source("b", "Cs-137"), "utf-8")
    assert told("report", str(path))["radius_m"] is None
    path.write_text(HEAD + 'situation = "unshielded_source"\n' + source("a", "Cf-252"), "utf-8")
    assert "Safety perimeter: 30.0 m or more" in run("report", str(path))[1]
    path.write_text(HEAD + source("a", "Cs-137"), "utf-8")
    one = told("report", str(path))["radius_m"]
    path.write_text(HEAD + source("a", "Cs-137") + source("b", "Cs-137"), "utf-8")
    assert told("report", str(path))["radius_m"] == pytest.approx(one * 2**0.5)


def test_the_summary_sums_up() -> None:
    found = told("report", LOST, "--kind", "summary")
    assert (found["kind"], found["missing"]) == ("summary", [])
    assert run("report", LOST, "--kind", "summary", "--lang", "zh")[1].startswith("辐射事故总结报告")


def test_a_source_counts_from_when_it_became_known(tmp_path: Path) -> None:
    """A gauge without plate: until it is identified there is neither category nor rate, and the grade stays open."""
    gauge = (
        '[[source]]\nid = "a"\nnuclide = "Cs-137"\nactivity = "2 TBq"\nstate = "found"\nknown = 2026-03-02T12:00:00\n'
    )
    told_ = 'deaths = 0\nsevere = 0\ncontamination = "none"\n'
    path = tmp_path / "case.toml"
    path.write_text(HEAD + gauge + f'[[entry]]\nat = 2026-03-02T07:00:00\nwhat = "alarm"\n{told_}', "utf-8")
    before, after = (told("report", str(path), "--at", f"2026-03-02T{hour}:00") for hour in (11, 12))
    assert (before["category"], before["radius_m"], before["grade"]["grade"]) == (None, None, None)
    assert before["grade"]["may_be"] == "II"
    assert (after["category"], after["grade"]["grade"]) == (2, "II")
    assert after["radius_m"] > 10
    assert told("report", str(path))["at"] == "2026-03-02T12:00"
    for line in ('recovered = ["a"]\n', '[[entry.exposure]]\nsource = "a"\nkind = "bedside"\ntime = "1 h"\n'):
        path.write_text(HEAD + gauge + f'[[entry]]\nat = 2026-03-02T07:00:00\nwhat = "x"\n{line}', "utf-8")
        code, output = run("report", str(path))
        assert code == 2
        assert "source a: known" in output
    path.write_text(HEAD + gauge.replace("2026-03-02T12", "2026-03-01T12"), "utf-8")
    assert "source.1.known" in run("report", str(path))[1]


def test_uranium_of_a_case_has_its_day_of_separation(tmp_path: Path) -> None:
    source = '[[source]]\nid = "u"\nnuclide = "U-238"\nactivity = "100 GBq"\n'
    stay = '[[entry]]\nat = 2026-03-02T07:00:00\nwhat = "x"\n'
    stay += '[[entry.exposure]]\nsource = "u"\nkind = "bedside"\ntime = "1 h"\n'
    path = tmp_path / "case.toml"
    path.write_text(HEAD + source + stay, "utf-8")
    found = told("report", str(path))
    assert (found["radius_m"], found["doses"][0]["body_Gy_upper"]) == (None, None)
    path.write_text(HEAD + source + "separated = 1990-01-01\n" + stay, "utf-8")
    found = told("report", str(path))
    alone = told(
        "cordon", "--nuclide", "U-238", "--activity", "100 GBq", "--separated", "1990-01-01", "--on", "2026-03-02"
    )
    assert found["radius_m"] == pytest.approx(alone["radius_m"])
    assert found["doses"][0]["body_Gy_upper"] > 0
