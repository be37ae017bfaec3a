"""Annex C of GBZ 130-2020 in the quick commands: published equivalents, what is inferred, what is not known."""

import json

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [*words])
    return result.exit_code, result.output


def lead(*beam: str) -> tuple[float, set[str]]:
    code, text = run("lead-equivalent", "--standard", "gbz130", *beam, "--json")
    assert code == 0
    found = json.loads(text)
    assert found["beam"]["standard"] == "gbz130"
    return found["lead_equivalent_mm"], {each["code"].rpartition("_")[2] for each in found["warnings"]}


@pytest.mark.parametrize(("mm", "published"), [("110", 1.1), ("120", 1.2), ("180", 2.0)])
def test_published_equivalents_of_ct_140_kv(mm: str, published: float) -> None:
    found, said = lead("--ct", "140", "--layer", "concrete", f"{mm} mm")
    assert found == pytest.approx(published, abs=0.05)
    assert said == {"inferred"}


@pytest.mark.parametrize("component", ["secondary", "scatter"])
def test_an_apron_stops_93_percent(component: str) -> None:
    beam = ("--standard", "gbz130", "--kv", "125", "--component", component)
    code, text = run("transmission", *beam, "--layer", "lead", "0.5 mm", "--json")
    assert code == 0
    assert 100 * (1 - json.loads(text)["transmission"]) == pytest.approx(93, abs=0.5)


def test_rows_that_nothing_shows_say_so() -> None:
    assert lead("--ct", "120", "--layer", "concrete", "100 mm")[1] == {"unknown"}
    assert lead("--kv", "125", "--layer", "brick", "370 mm")[1] >= {"inferred"}
    assert lead("--kv", "125", "--layer", "steel", "3 mm")[1] == {"inferred", "unknown"}


@pytest.mark.parametrize(
    "beam", [("--workload", "chest_room"), ("--kv", "125", "--component", "leakage")], ids=["workload", "leakage"]
)
def test_what_annex_c_does_not_have_is_refused(beam: tuple[str, ...]) -> None:
    code, text = run("lead-equivalent", "--standard", "gbz130", *beam, "--layer", "lead", "1 mm")
    assert code == 2
    assert "Annex C" in text
