"""The example of each page in docs/plugins, as printed: loaded as a single file, and used."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import shieldcalc
from shieldcalc import plugins
from shieldcalc.cli import cli
from shieldcalc.contract.found import PASS
from shieldcalc.contract.papers import papers
from shieldcalc.contract.subject import Subject
from shieldcalc.plugin_things import HOOKS

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "plugins"
ROOM = ROOT / "examples" / "ct_room.toml"
Example = Callable[[str], Path]


@pytest.fixture
def example(tmp_path: Path, use_plugins: Callable[..., None]) -> Example:
    """Return a function that makes the example of one page the only plugin, and gives its folder."""

    def load(page: str) -> Path:
        text = (PAGES / f"{page}.md").read_text("utf-8")
        for language, name in (("python", "example.py"), ("toml", "our_goals.toml")):
            if (block := re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)) is not None:
                (tmp_path / name).write_text(block[1], "utf-8")
        use_plugins(tmp_path / "example.py")
        plugins.host().ask_all()
        assert plugins.troubles() == plugins.remarks() == ()
        assert set(plugins.host().records["example"].gave) == ({page} if page in HOOKS else {"register_reports"})
        return tmp_path

    return load


@pytest.mark.parametrize("page", ["index", *HOOKS])
def test_an_example_keeps_the_contract_on_paper(page: str, example: Example) -> None:
    """Whoever copies it meets no complaint about documentation, version, interface or licence."""
    example(page)
    record = plugins.host().records["example"]
    assert {each.outcome for each in papers(Subject(plugins.host(), record, "", {}))} == {PASS}


def _run(*arguments: object) -> Result:
    done = CliRunner().invoke(cli, [str(each) for each in arguments])
    assert done.exit_code in (0, 1, 3), done.output
    return done


def test_materials(example: Example) -> None:
    example("register_materials")
    asked = ("dose-rate", "--nuclide", "Cs-137", "--activity", "1 GBq", "--distance", "2 m", "--json")
    bare, behind = (json.loads(_run(*asked, *more).stdout) for more in ((), ("--layer", "our_barite", "10 cm")))
    assert 0 < behind["air_kerma_rate_uGy_per_h"] < bare["air_kerma_rate_uGy_per_h"] / 3


def test_sources(example: Example) -> None:
    folder = example("register_sources")
    text = (ROOT / "examples" / "district_hospital_radiography.toml").read_text("utf-8")
    assert 'kind = "radiography"' in text
    for named in ('equipment = "our_tube"', 'kind = "dr_room"'):
        (folder / "room.toml").write_text(text.replace('kind = "radiography"', named), "utf-8")
        source = shieldcalc.load(str(folder / "room.toml")).sources[0]
        assert source.kind == "radiography"


def test_methods(example: Example) -> None:
    example("register_methods")
    design = shieldcalc.load(str(ROOM))
    single, doubled = (shieldcalc.compute(design, name) for name in ("ncrp147", "ncrp147_doubled"))
    assert [at.doses.h10_week_mSv for at in doubled.points] == pytest.approx(
        [2 * at.doses.h10_week_mSv for at in single.points if at.doses.h10_week_mSv is not None]
    )


def test_regulations(example: Example) -> None:
    example("register_regulations")
    assert "Goals of an example" in _run("regulations", "show", "OUR-GOALS").stdout


@pytest.mark.parametrize(("page", "ending", "text"), [("register_reports", "verdict", "exit code"),
                                                      ("index", "csv", " mSv")])  # fmt: skip
def test_reports(page: str, ending: str, text: str, example: Example) -> None:
    folder = example(page)
    path = folder / f"room.{ending}"
    shieldcalc.report(shieldcalc.check(str(ROOM), regulations=("US-NCRP147",)), str(path))
    assert text in path.read_text("utf-8")


def test_commands(example: Example) -> None:
    example("register_commands")
    assert "length: " in _run("units").stdout
    assert "units" in _run("--help").stdout


def test_no_page_is_left_out() -> None:
    tried = {f"register_{name.removeprefix('test_')}" for name in globals() if name.startswith("test_")}
    assert {page.stem for page in PAGES.glob("register_*.md")} == set(HOOKS) <= tried
