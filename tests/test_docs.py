"""Documentation: links lead somewhere, headings exist, and what it names is there."""

import re
from pathlib import Path

import pytest

from shieldcalc.builtins import EQUIPMENT_KINDS, METHODS
from shieldcalc.cli import COMMANDS
from shieldcalc.units import DIMENSIONS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "plugins").glob("*.md"),
                ROOT / "data" / "README.md"])  # fmt: skip
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def _anchors(page: Path) -> set[str]:
    return {_slug(line.lstrip("# ")) for line in _prose(page).splitlines() if line.startswith("#")}


def _prose(page: Path) -> str:
    return re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(_prose(page)):
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor and target.suffix == ".md":
            assert anchor in _anchors(target), f"{page.name}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_each_page_has_one_title_first(page: Path) -> None:
    lines = [line for line in _prose(page).splitlines() if line.strip()]
    assert lines[0].startswith("# ")
    assert sum(line.startswith("# ") for line in lines) == 1


def test_every_page_is_in_a_table_of_contents() -> None:
    index = (DOCS / "index.md").read_text("utf-8")
    pages = {page.relative_to(DOCS).with_suffix("").as_posix() for page in DOCS.rglob("*.md")} - {"index"}
    listed = {
        line.strip() for block in re.findall(r"```\{toctree\}(.*?)```", index, re.DOTALL) for line in block.splitlines()
    }
    assert pages <= listed


def test_the_words_of_the_program_are_documented() -> None:
    nomenclature = (DOCS / "nomenclature.md").read_text("utf-8")
    assert [dimension for dimension in DIMENSIONS if f"| {dimension.replace('_', ' ')} |" not in nomenclature] == []
    assert [kind for kind in EQUIPMENT_KINDS if f"`{kind}`" not in nomenclature] == []
    methods = "".join(page.read_text("utf-8") for page in (DOCS / "methods").glob("*.md"))
    assert all(f"`{name}`" in methods or name in methods for name in METHODS)


def test_every_data_file_is_described() -> None:
    described = (ROOT / "data" / "README.md").read_text("utf-8")
    files = [path.relative_to(ROOT / "data") for path in (ROOT / "data").rglob("*") if path.is_file()]
    assert [str(path) for path in files if path.suffix in (".csv", ".toml") and "texts" not in path.parts
            and f"`{path.name}`" not in described] == []  # fmt: skip


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"shieldcalc {name}" not in readme] == []
