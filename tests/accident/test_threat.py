"""Threat groups: every bound, the gravest wins, rates of sources with the shield lost, plans and what they lack."""

from pathlib import Path

import pytest
from desk import run, told
from threats import AFTER, HEAD, IN_FORCE, asked, source

from shieldcalc.accident.threat import GROUPS, criteria
from shieldcalc.photons.point import rates
from shieldcalc.photons.source import of_nuclide


@pytest.mark.parametrize(
    ("power", "group", "advice"),
    [(0.001, "III", "III"), (1.999, "III", "III"), (2.0, "II", "III"), (2.001, "II", "II"), (99.9, "II", "II"),
     (100.0, "I", "II"), (100.1, "I", "I"), (3000.0, "I", "I")],
)  # fmt: skip
def test_reactors_at_every_bound(tmp_path: Path, power: float, group: str, advice: str) -> None:
    """Touching ranges of the circular: the graver group wins; the IAEA's bounds exclude."""
    found = asked(tmp_path, f'[emergency]\nreactor_power_mw = {power}\ndispersible = "none"')
    assert (found["group"], found["outcome"]) == (group, "determined")
    iaea = [row["group"] for row in found["criteria"] if row["met"] and row["rule"].startswith("IAEA-TC")]
    assert iaea == [advice]


@pytest.mark.parametrize(
    ("line", "group"),
    [
        ('pool_cs137 = "1.000001e17 Bq"', "I"),
        ('pool_cs137 = "1e17 Bq"', None),
        ("pool_needs_cooling = true", "II"),
        ('criticality_distance = "0 m"', "II"),
        ('criticality_distance = "500 m"', "II"),
        ('criticality_distance = "500.001 m"', "III"),
        ('criticality_distance = "5000 m"', "III"),
        ("products_at_risk = true", "V"),
        ('activities = ["orphan"]', "IV"),
        ('activities = ["debris"]', "IV"),
        ('activities = ["illicit"]', "IV"),
        ('activities = ["licensed_use"]', "IV"),
    ],
)
def test_other_criteria(tmp_path: Path, line: str, group: str | None) -> None:
    assert asked(tmp_path, f'[emergency]\ndispersible = "none"\n{line}')["group"] == group


@pytest.mark.parametrize(
    ("line", "graver"),
    [('pool_cs137 = "9e16 Bq"', "II"), ('pool_cs137 = "9e16 Bq"\npool_needs_cooling = false', None),
     ("pool_needs_cooling = true", "I")],
)  # fmt: skip
def test_a_pool_described_in_part_leaves_the_graver_group_open(tmp_path: Path, line: str, graver: str | None) -> None:
    assert asked(tmp_path, f'[emergency]\ndispersible = "none"\n{line}')["graver"] == graver


@pytest.mark.parametrize(
    ("rows", "graver", "plan"),
    [
        ("", "III", "art6_scaled"),
        (source("Cs-137", "1 GBq") + 'device = "d"\n', None, "art7_2"),
        (source("Cs-137", "1 GBq"), None, "art7_2"),
        (source("Cs-137", "1 GBq") + 'device = "d"\n[[device]]\nid = "s"\nkind = "source_store"\n', None, "art7_2"),
    ],
)
def test_a_device_without_its_source_leaves_group_three_open(
    tmp_path: Path, rows: str, graver: str | None, plan: str
) -> None:
    """A gauge holds a sealed source: group IV is not firm, nor the lighter plan, until the file lists it."""
    device = '[[device]]\nid = "d"\nkind = "gauge"\n'
    found = asked(tmp_path, '[emergency]\ndispersible = "none"', rows + device)
    assert (found["group"], found["graver"], found["plan"]["types"]) == ("IV", graver, [plan])


@pytest.mark.parametrize(
    ("dispersible", "group"), [("none", None), ("on_site", "III"), ("off_site_urgent", "II"), ("off_site_severe", "I")]
)
def test_what_may_be_released(tmp_path: Path, dispersible: str, group: str | None) -> None:
    assert asked(tmp_path, f'[emergency]\ndispersible = "{dispersible}"')["group"] == group


def test_the_rate_with_the_shield_lost_is_that_of_the_engine(tmp_path: Path) -> None:
    per_bq = rates(of_nuclide("Co-60", 1e12), 1.0).air_kerma / 1e3 / 1e12
    at = 100 / per_bq
    for factor, group in ((1.000001, "III"), (0.999999, "IV")):
        fixed = '[emergency]\nfixed_sources = ["s1"]\ndispersible = "none"'
        found = asked(tmp_path, fixed, source("Co-60", f"{at * factor:.9e} Bq"))
        assert found["group"] == group
        assert found["unshielded"][0]["air_kerma_rate_at_1m_mGy_per_h"] == pytest.approx(100 * factor, rel=1e-6)


@pytest.mark.parametrize(
    ("use", "group", "graver"),
    [('fixed_sources = ["s1"]', "III", None), ('mobile_sources = ["s1"]', "IV", None), ("", "IV", "III")],
)
def test_a_fixed_facility_and_a_mobile_activity_are_asked_apart(
    tmp_path: Path, use: str, group: str, graver: str | None
) -> None:
    """Ir-192 of 3.7 TBq, category 2, gives some 400 mGy/h at 1 m."""
    found = asked(tmp_path, f'[emergency]\ndispersible = "none"\n{use}', source("Ir-192", "3.7 TBq"))
    assert (found["group"], found["graver"]) == (group, graver)
    assert found["unshielded"][0]["category"] == 2
    if not use:
        assert "threat_use" in str(found["warnings"])


def test_sources_of_one_device_lose_their_shield_together(tmp_path: Path) -> None:
    device = '[[device]]\nid = "d1"\nkind = "blood_irradiator"\n'
    pair = [source("Co-60", "200 GBq", name) + 'device = "d1"\n' for name in ("s1", "s2")]
    fixed = '[emergency]\ndispersible = "none"\nfixed_sources = ["s1", "s2"]'
    assert asked(tmp_path, fixed, device, *pair)["group"] == "III"
    alone = [source("Co-60", "200 GBq", name) for name in ("s1", "s2")]
    assert asked(tmp_path, fixed, *alone)["group"] == "IV"


def test_sources_decay_to_the_day(tmp_path: Path) -> None:
    fixed = '[emergency]\ndispersible = "none"\nfixed_sources = ["s1"]'
    assert asked(tmp_path, fixed, source("Ir-192", "1.5 TBq"))["group"] == "III"
    assert asked(tmp_path, fixed, source("Ir-192", "1.5 TBq"), on="2014-08-01")["group"] == "IV"


def test_after_the_circular_the_group_is_undetermined(tmp_path: Path) -> None:
    fixed = '[emergency]\ndispersible = "none"\nfixed_sources = ["s1"]'
    for on in ("2014-11-24", "2020-01-01", AFTER):
        found = asked(tmp_path, fixed, source("Co-60", "30 TBq"), on=on)
        assert (found["group"], found["outcome"], found["last_known"]) == (None, "undetermined", "III")
    assert asked(tmp_path, fixed, source("Co-60", "30 TBq"), on="2014-11-23")["group"] == "III"
    before = asked(tmp_path, fixed, source("Ir-192", "1 GBq"), on="2013-01-17")
    assert before["group"] is None


def test_the_copy_of_12_2023_supplies_groups_one_and_two(tmp_path: Path) -> None:
    reactor = '[emergency]\nreactor_power_mw = 10.0\ndispersible = "none"'
    assert asked(tmp_path, reactor, on="2024-01-01")["group"] == "II"
    later = asked(tmp_path, reactor, on=AFTER)
    assert (later["group"], later["last_known"]) == (None, "II")


@pytest.mark.parametrize(
    ("parts", "types"),
    [
        ((source("Ir-192", "3.7 TBq"), '[emergency]\ndispersible = "none"\nmobile_sources = ["s1"]'), ["art6_scaled"]),
        ((source("Co-60", "50 TBq"), '[emergency]\ndispersible = "none"\nmobile_sources = ["s1"]'), ["art6_scaled"]),
        ((source("Cs-137", "10 GBq"),), ["art7_2"]),
        (('[[device]]\nid = "x"\nkind = "ct"\n',), ["art7_3"]),
        (('[[device]]\nid = "x"\nkind = "linac"\n',), ["art7_2"]),
        (('[[device]]\nid = "x"\nkind = "ct"\n', source("Cs-137", "10 GBq")), ["art7_2", "art7_3"]),
        (("[emergency]\nreactor_power_mw = 1.0",), ["art6"]),
    ],
)
def test_the_plan_of_each_group(tmp_path: Path, parts: tuple[str, ...], types: list[str]) -> None:
    assert asked(tmp_path, *parts)["plan"]["types"] == types


def test_a_province_has_the_plan_of_article_eight(tmp_path: Path) -> None:
    found = asked(tmp_path, kind="provincial_people_committee")
    assert found["plan"]["types"] == ["art8"]
    assert len(found["plan"]["contents"]) == 20


def test_what_the_plan_lacks(tmp_path: Path) -> None:
    found = asked(tmp_path, source("Cs-137", "10 GBq"), '[emergency]\nplan = ["7.2a", "7.2đ"]')
    assert found["plan"]["missing"] == ["7.2b", "7.2c", "7.2d"]
    unsaid = asked(tmp_path, source("Cs-137", "10 GBq"))
    assert unsaid["plan"]["missing"] is None


def test_the_planning_zone_is_asked_of_groups_one_and_two(tmp_path: Path) -> None:
    for power, wanted in ((1.0, False), (10.0, True), (500.0, True)):
        items = [
            each["item"] for each in asked(tmp_path, f"[emergency]\nreactor_power_mw = {power}")["plan"]["contents"]
        ]
        assert ("6.4d" in items) is wanted


def test_declared_rates_of_accelerators_are_shown_and_do_not_decide(tmp_path: Path) -> None:
    device = '[[device]]\nid = "linac_1"\nkind = "linac"\n'
    rate = '[emergency]\ndispersible = "none"\n[[emergency.rate]]\ndevice = "linac_1"\nrate = "360 Gy/h"\n'
    found = asked(tmp_path, device, rate)
    assert found["group"] == "IV"
    assert found["declared_rates_mGy_per_h"] == {"linac_1": 360000}


def test_a_source_whose_rate_is_not_computed_leaves_group_three_open(tmp_path: Path) -> None:
    fixed = '[emergency]\ndispersible = "none"\nfixed_sources = ["s1"]'
    found = asked(tmp_path, fixed, source("Cf-252", "37 GBq"))
    assert (found["group"], found["graver"]) == ("IV", "III")
    assert "threat_rate" in str(found["warnings"])


def test_groups_are_five() -> None:
    assert {each.grade for each in criteria()} == set(GROUPS)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("[emergency]\nreactor_power_mw = -1", "reactor_power_mw"),
        ('[emergency]\nreactor_power = "3 MW"', "reactor_power_mw"),
        ('[emergency]\ndispersible = "offsite"', "off_site_severe"),
        ('[emergency]\nfixed_sources = ["s9"]', "s9"),
        ('[emergency]\nplan = ["6.9"]', "6.9"),
        ('[emergency]\ncriticality_distance = "-1 m"', "criticality_distance"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, lines: str, words: str) -> None:
    path = tmp_path / "facility.toml"
    path.write_text(HEAD.format(kind="hospital") + lines, "utf-8")
    code, output = run("threat-category", str(path), "--on", IN_FORCE)
    assert code == 2
    assert words in output


def test_a_day_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "facility.toml"
    path.write_text(HEAD.format(kind="hospital"), "utf-8")
    assert run("threat-category", str(path))[0] == 2
    assert run("threat-category", str(tmp_path / "none.toml"), "--on", IN_FORCE)[0] == 2


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_the_answer_in_every_language(tmp_path: Path, language: str) -> None:
    for kind, part in (("hospital", "reactor_power_mw = 500.0"), ("provincial_people_committee", ""), ("clinic", "")):
        path = tmp_path / "facility.toml"
        devices = '[[device]]\nid = "x"\nkind = "ct"\n[[device]]\nid = "y"\nkind = "linac"\n'
        path.write_text(HEAD.format(kind=kind) + f"[emergency]\n{part}\n" + devices, "utf-8")
        code, output = run("threat-category", str(path), "--on", AFTER, "--lang", language)
        assert code == 0
        assert "VN-24-2012" in output


def test_the_example() -> None:
    path = Path(__file__).parents[2] / "examples" / "irradiation_centre" / "facility.toml"
    found = told("threat-category", str(path))
    assert (found["group"], found["plan"]["types"]) == ("III", ["art6"])
    assert found["plan"]["missing"] == ["6.1d", "6.4c", "6.5d", "6.6b", "6.6c", "6.6e"]
    assert {each["name"]: each["use"] for each in found["unshielded"]} == {"cobalt_1": "fixed", "projector_1": "mobile"}
    assert told("threat-category", str(path), "--on", "2026-03-01")["last_known"] == "III"


def test_a_graver_group_that_is_open_is_in_the_headline(tmp_path: Path) -> None:
    path = tmp_path / "facility.toml"
    machines = '[[device]]\nid = "linac_1"\nkind = "linac"\n[emergency]\ndispersible = "none"\n'
    path.write_text(HEAD.format(kind="hospital") + source("Ir-192", "3.7 TBq") + machines, "utf-8")
    code, output = run("threat-category", str(path), "--on", IN_FORCE)
    assert code == 0
    assert output.startswith("Threat group IV; may be III\n")
    assert "linac_1: rate not stated" in output
    assert told("threat-category", str(path), "--on", IN_FORCE)["rates_not_declared"] == ["linac_1"]


def test_abroad_the_criteria_inform(tmp_path: Path) -> None:
    path = tmp_path / "facility.toml"
    text = HEAD.format(kind="hospital").replace('"VN"', '"CN/Guangxi"')
    path.write_text(text + source("Co-60", "1 TBq") + '[emergency]\nfixed_sources = ["s1"]\n', "utf-8")
    found = told("threat-category", str(path), "--on", IN_FORCE)
    assert (found["group"], found["outcome"], found["last_known"]) == (None, "undetermined", "III")
    assert "threat_abroad" in str(found["warnings"])


def test_contents_of_a_plan_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "facility.toml"
    path.write_text(HEAD.format(kind="hospital") + '[emergency]\nplan = ["6.1a", "6.9"]\n', "utf-8")
    code, output = run("threat-category", str(path), "--on", IN_FORCE)
    assert code == 2
    assert "facility.toml:7: emergency.plan.2" in output


@pytest.mark.parametrize(
    ("parts", "said", "graver"),
    [
        ((source("Cs-137", "10 GBq"),), "", "I"),
        ((source("Cs-137", "10 GBq"),), 'dispersible = "none"', None),
        (('[[device]]\nid = "d"\nkind = "hot_lab"\n',), "", "I"),
        (('[[device]]\nid = "d"\nkind = "ct"\n',), "", None),
    ],
)
def test_what_a_release_may_ask_for_is_open_until_it_is_said(
    tmp_path: Path, parts: tuple[str, ...], said: str, graver: str | None
) -> None:
    """Tubes alone hold nothing that may be released; of anything else group I stays possible and is headlined."""
    found = asked(tmp_path, *parts, f"[emergency]\n{said}")
    assert (found["group"], found["graver"]) == ("IV", graver)


def test_a_source_without_category_asks_for_the_graver_plan(tmp_path: Path) -> None:
    mobile = '[emergency]\ndispersible = "none"\nmobile_sources = ["s1"]'
    found = asked(tmp_path, source("Ac-225", "10 MBq"), mobile)
    assert (found["group"], found["plan"]["types"]) == ("IV", ["art6_scaled"])
    assert "threat_no_category" in str(found["warnings"])
    assert asked(tmp_path, source("Co-60", "1 kBq"), mobile)["plan"]["types"] == ["art7_2"]


def test_before_its_reference_date_a_source_had_more(tmp_path: Path) -> None:
    """Ir-192 of 0.3 TBq on 1 June was four times that in January: group III, category 2."""
    late = source("Ir-192", "0.3 TBq").replace("2014-01-01", "2014-06-01")
    found = asked(tmp_path, late, '[emergency]\ndispersible = "none"\nfixed_sources = ["s1"]')
    assert (found["group"], found["unshielded"][0]["category"]) == ("III", 2)
    at = rates(of_nuclide("Ir-192", 0.3e12), 1.0).air_kerma / 1e3
    there = found["unshielded"][0]["air_kerma_rate_at_1m_mGy_per_h"]
    assert there / at == pytest.approx(2 ** (151 / 73.829), rel=2e-3)
