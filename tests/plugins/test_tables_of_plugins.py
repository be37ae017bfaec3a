"""Nuclides and workload distributions of plugins: the built-in data under new names give the built-in answers."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import shieldcalc
from shieldcalc import beams, plugins
from shieldcalc.cli import cli
from shieldcalc.contract import FAIL, check
from shieldcalc.errors import UnknownNameError
from shieldcalc.photons.nuclides import nuclide
from shieldcalc.physics import kerma
from shieldcalc.reports import citations

ROOT = Path(__file__).parents[2]
CATH_LAB = ROOT / "examples" / "cath_lab.toml"
HEAD = "# title: t\n# source: s\n# version: 1\n# units: u\n# valid: v\n# confidence: copied\n"
HOOKS = '''"""Tables."""
from os.path import dirname, join
from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Distribution, NuclideTable
shieldcalc_api, __version__, __license__ = 1, "1", "MIT"
def at(name):
    return join(dirname(__file__), name)
@hookimpl
def register_sources():
    """Return both."""
    return [
        NuclideTable(name="ours", nuclides=at("n.csv"), lines=at("l.csv"), source="a test"),
        Distribution(name="our_survey", table=at("w.csv"), field_cm2=730, field_at_m=0.9, source="a test"),
    ]
'''
Write = Callable[..., Path]


def _lines(*path: str) -> list[str]:
    text = ROOT.joinpath("data", *path).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _files() -> dict[str, str]:
    """Return Ir-192 backwards as Ir-192_ours, and cardiac_angiography as our_survey."""
    found = {}
    for name, source in (("n.csv", "icrp107_nuclides.csv"), ("l.csv", "icrp107_photon_lines.csv")):
        columns, *rows = _lines("nuclides", source)
        own = [row.replace("Ir-192,", "Ir-192_ours,") for row in rows if row.startswith("Ir-192,")]
        found[name] = "\n".join([columns, *reversed(own)])
    columns, *rows = _lines("xray", "ncrp147_table_4_2_workload.csv")
    at = columns.split(",").index("cardiac_angiography")
    found["w.csv"] = "\n".join(["kvp,mA_min", *(f"{row.split(',')[0]},{row.split(',')[at]}" for row in rows)])
    return found


@pytest.fixture
def write(tmp_path: Path, use_plugins: Callable[..., None]) -> Write:
    """Return a function that writes the plugin, with some text of its files changed, and makes it the only one."""

    def made(file: str = "", old: str = "", new: str = "") -> Path:
        texts = {"ours.py": HOOKS, **{name: HEAD + text + "\n" for name, text in _files().items()}}
        if file:
            assert old in texts[file]
            texts[file] = texts[file].replace(old, new)
        for name, text in texts.items():
            (tmp_path / name).write_text(text, "utf-8")
        use_plugins(tmp_path / "ours.py")
        return tmp_path

    return made


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_a_nuclide_by_its_new_name(write: Write) -> None:
    write()
    asked = ("--activity", "1 GBq", "--distance", "1 m", "--layer", "lead", "2 cm", "--json")
    own, ours = (json.loads(_run("dose-rate", "--nuclide", name, *asked).stdout) for name in ("Ir-192", "Ir-192_ours"))
    assert ours["ambient_dose_equivalent_rate_uSv_per_h"] == pytest.approx(
        own["ambient_dose_equivalent_rate_uSv_per_h"], rel=1e-12
    )
    assert any(name.endswith("l.csv") for name in ours["tables"])
    assert {each["name"] for each in ours["plugins"][0]["files"]} == {"ours.py", "n.csv", "l.csv", "w.csv"}


def test_a_case_of_an_accident_names_it(write: Write) -> None:
    case = write() / "case.toml"
    text = (ROOT / "examples" / "accidents" / "lost_ir192.toml").read_text("utf-8")
    case.write_text(text.replace('"Ir-192"', '"Ir-192_ours"'), "utf-8")
    found = json.loads(_run("accident", "report", str(case), "--json").stdout)
    assert found["plugins"][0]["name"] == "ours"


def test_a_distribution_within_the_rounding_of_the_printed_tables(write: Write) -> None:
    room = write() / "room.toml"
    own = shieldcalc.compute(shieldcalc.load(str(CATH_LAB)))
    named = CATH_LAB.read_text("utf-8").replace('distribution = "cardiac_angiography"', 'distribution = "our_survey"')
    room.write_text(named, "utf-8")
    ours = shieldcalc.compute(shieldcalc.load(str(room)))
    assert [at.point.id for at in ours.points] == [at.point.id for at in own.points]
    for mine, theirs in zip(ours.points, own.points, strict=True):
        assert mine.doses.air_kerma_week_mGy == pytest.approx(theirs.doses.air_kerma_week_mGy, rel=0.05)
    assert any(name.endswith("w.csv") for name in ours.tables)
    cited = {step.source for at in ours.points for part in at.components for step in part.steps}
    assert "NCRP Report No. 147 (2004), Appendix B and Appendix C, with “t”" in cited
    assert citations.told("Appendix B, with “survey with section 4”", "vi") == "Phụ lục B, với “survey with section 4”"
    assert not any("Table 4.7" in each or "Table 4.5" in each for each in cited)
    for part in kerma.COLUMNS:
        printed = kerma.k1_secondary("cardiac_angiography", part)
        assert kerma.k1_secondary("our_survey", part) == pytest.approx(printed, rel=0.05)
    assert "our_survey" in beams.workloads()
    assert _run("transmission", "--workload", "our_survey", "--layer", "lead", "1 mm").exit_code == 0


def test_the_contract_tries_them(write: Write) -> None:
    found = check(str(write() / "ours.py"))
    assert [each for each in found if each.outcome == FAIL] == []
    assert ("transmission", "workload our_survey") in {(each.check, each.thing) for each in found}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("n.csv", "Ir-192_ours,", "ir192,", "ir192"),
        ("n.csv", "Ir-192_ours,", "Cs-137,", "Cs-137"),
        ("n.csv", ",73.827,", ",-1,", "half_life"),
        ("n.csv", ",73.827,", ",nan,", "half_life"),
        ("n.csv", ",73.827,d,", ",73.827,weeks,", "half_life"),
        ("l.csv", "Ir-192_ours,G,", "Ir-193,G,", "E_photon_MeV"),
        ("l.csv", ",0.316506,", ",31.6506,", "energy_MeV"),
        ("l.csv", ",0.316506,0.827105", ",0.316506,0.1", "E_photon_MeV"),
        ("l.csv", "nuclide,type", "nuclide,kind", "yield"),
        ("w.csv", "kvp,mA_min", "kvp,mAs", "mA_min"),
        ("w.csv", "100,7.4", "100,-7.4", "mA min"),
        ("w.csv", "100,7.4", "100,nan", "mA min"),
        ("w.csv", "100,7.4", "200,7.4", "kvp"),
        ("w.csv", "100,7.4", "95,7.4", "kvp"),
        ("w.csv", "100,7.4", "100", "cells"),
        ("ours.py", "field_at_m=0.9", "field_at_m=0", "field_at_m"),
        ("ours.py", '"our_survey"', '"chest_room"', "chest_room"),
        ("ours.py", 'at("w.csv")', '"/nowhere/w.csv"', "nowhere"),
    ],
)
def test_what_cannot_be_used_is_left_out_by_name(write: Write, file: str, old: str, new: str, said: str) -> None:
    write(file, old, new)
    plugins.catalog()
    told = [notice.text() for notice in plugins.troubles()]
    assert told
    assert all("ours" in line for line in told)
    assert any(said in line for line in told)
    with pytest.raises(UnknownNameError):
        _ = beams.workload("our_survey"), nuclide("Ir-192_ours")


def test_what_a_plugin_brought_is_forgotten_with_it(write: Write, use_plugins: Callable[..., None]) -> None:
    write()
    assert _run("nuclide", "Ir-192_ours").exit_code == 0
    use_plugins()
    done = _run("nuclide", "Ir-192_ours")
    assert done.exit_code == 2
    assert "did you mean 'Ir-192'" in done.output
