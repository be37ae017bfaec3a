"""Words: every name of the built-in data has its word; outcome and force always stand together."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from sample import sample

from shieldcalc import builtins
from shieldcalc.errors import Notice
from shieldcalc.model.result import Force, Outcome, Requirement
from shieldcalc.reports.sections.calculation import _state
from shieldcalc.reports.sections.law import to_build
from shieldcalc.reports.words import Words, decisive
from shieldcalc.resources import data_path
from shieldcalc.tables import table

WORDS = Words("en")


def names() -> list[tuple[str, str]]:
    places = tomllib.loads(Path(data_path("xray", "places.toml")).read_text("utf-8"))
    fits = {row["workload"] for row in table("xray/ncrp147_b1_primary_workload.csv").rows}
    groups = {
        "place": places,
        "person": {place["person"] for place in places.values() if "person" in place},
        "designation": ("controlled", "supervised", "uncontrolled"),
        "material": builtins.materials(),
        "equipment": builtins.EQUIPMENT_KINDS,
        "distribution": fits,
    }
    return [(group, name) for group, members in groups.items() for name in sorted(members)]


@pytest.mark.parametrize(("group", "name"), names())
def test_every_built_in_name_has_its_word(group: str, name: str) -> None:
    assert WORDS.has(f"report.{group}.{name}")


def test_every_outcome_with_every_force() -> None:
    told = {WORDS.verdict(outcome, force) for outcome in get_args(Outcome) for force in get_args(Force)}
    assert len(told) == len(get_args(Outcome)) * len(get_args(Force))


def test_the_strongest_force_stands_for_a_barrier() -> None:
    there = sample()
    first = there.findings[0]
    weaker = replace(first, force="unverified", margin=1.01)
    verdict = replace(next(v for v in there.barriers if v.barrier == "south"), outcome="pass")
    assert decisive(replace(there, findings=(weaker, first)), verdict) == first


def test_a_plugins_names_stand_as_they_are() -> None:
    assert WORDS.named("material", "aerated_concrete") == "aerated concrete"
    assert WORDS.paraphrase(replace(sample().findings[0], paraphrase="rules.MINE.7")).startswith("rule vn-19-2012/7.2")


def test_braces_in_user_text_are_text() -> None:
    assert WORDS.notice(Notice("assumptions.method", {"method": "{evil} %s"})).endswith("{evil} %s")


def test_a_year_is_a_name_and_no_number() -> None:
    shown = {language: Words(language).notice(Notice("findings.audit.year_not_over", {"year": "2025"}))
             for language in ("en", "vi", "zh")}  # fmt: skip
    assert all("2025" in text for text in shown.values())


def test_two_sections_of_a_document_are_cited_in_the_language() -> None:
    assert Words("zh").citation("NCRP Report No. 151, sections 2 and 3").endswith("第2和第3节")
    assert "mục 2 và 3" in Words("vi").citation("NCRP Report No. 151, sections 2 and 3")


def test_a_reason_of_some_materials_names_the_barriers_before_them() -> None:
    needs = (
        Requirement(material="concrete", required_mm=100.0, added_mm=0.0),
        Requirement(material="lead", required_mm=None, added_mm=None, reason="neutrons"),
        Requirement(material="wood", required_mm=None, added_mm=None, reason="neutrons"),
    )
    first, *_ = sample().barriers
    barriers = tuple(replace(first, barrier=name, requirements=needs) for name in ("north", "south"))
    told = json.dumps(to_build(replace(sample(), barriers=barriers), WORDS))
    assert "north, south: lead, wood: metal and light materials" in told


def test_notices_that_differ_in_their_point_alone_are_one() -> None:
    found = [
        Notice("warnings.duct_not_computed", {"point": point, "ducts": "d1"}) for point in ("north", "south", "north")
    ]
    other = Notice("warnings.duct_not_computed", {"point": "east", "ducts": "d2"})
    first, second = WORDS.notices([*found, other])
    assert first == WORDS.notice(found[0]).replace("north", "north, south")
    assert second == WORDS.notice(other)


@pytest.mark.parametrize(
    ("layers", "told"),
    [("10 mm steel + 130 mm lead", "10 mm 钢 + 130 mm 铅"), ("concrete 200 mm, lead 5 mm", "混凝土 200 mm, 铅 5 mm")],
)
def test_materials_of_layers_in_a_notice_are_told_in_the_language(layers: str, told: str) -> None:
    assert told in Words("zh").notice(Notice("warnings.srs47_several", {"source": "s", "layers": layers}))


def test_a_source_on_its_way_is_told_in_the_language() -> None:
    assert _state("pipes.wind_out", Words("zh")) == "pipes, 送出和收回途中"
    assert _state("exposed", Words("zh")) == "暴露"
