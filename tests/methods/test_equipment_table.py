"""docs/methods/equipment.md against the program: every kind of equipment by every method, as the table says."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_kinds import room, source

from shieldcalc import builtins
from shieldcalc.cli import cli

OTHERS = ("point_kernel", "tg108", "srs47", "ncrp151", "ncrp49", "gbzt250")
METHODS = [name for name in builtins.METHODS if name not in OTHERS]
GAMMA = builtins.resolve(builtins.METHODS["point_kernel"]).valid_for
THERAPY = ("linac", "co60_teletherapy", "orthovoltage", "simulator", "industrial_xray", "industrial_linac")
EQUIPMENT_KINDS = [kind for kind in builtins.EQUIPMENT_KINDS if kind not in (*GAMMA, *THERAPY)]  # X-rays
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "methods" / "equipment.md").read_text("utf-8")
ROW = re.compile(r"^\| [^|]+ \| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TABLE = {kind: dict(zip(METHODS, said, strict=True)) for kind, *said in ROW.findall(PAGE) if kind in EQUIPMENT_KINDS}
CELLS = [(kind, method, TABLE[kind][method]) for kind in TABLE for method in METHODS]


def check(tmp_path: Path, kind: str, method: str, *, scatter: bool) -> Result:
    file = tmp_path / "room.toml"
    file.write_text(room(source(kind, scatter=scatter), method=method), "utf-8")
    return CliRunner().invoke(cli, ["check", str(file)])


def test_the_table_has_every_kind_and_method() -> None:
    assert set(TABLE) == set(EQUIPMENT_KINDS)
    assert len(ROW.findall(PAGE)) == len(EQUIPMENT_KINDS) + 1
    assert "| `kind` | `ncrp147` | `bir` | `gbz130` |" in PAGE


@pytest.mark.parametrize(("kind", "method", "said"), CELLS)
def test_a_cell_says_what_the_program_does(tmp_path: Path, kind: str, method: str, said: str) -> None:
    word = said.partition(":")[0].strip()
    assert word in ("yes", "declared", "no")
    plain = check(tmp_path, kind, method, scatter=False)
    if word == "yes":
        assert plain.exit_code in (0, 1, 3), plain.stderr
        return
    assert plain.exit_code == 2
    assert "unit" in plain.stderr
    declared = check(tmp_path, kind, method, scatter=True)
    assert declared.exit_code == (2 if word == "no" else 3)
    if word == "declared" and kind != "mammography":
        assert "scatter" in plain.stderr


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", sorted(set(EQUIPMENT_KINDS) - {"ct"}))
def test_any_tube_may_declare_its_scatter(tmp_path: Path, kind: str, method: str) -> None:
    result = check(tmp_path, kind, method, scatter=True)
    refused = TABLE[kind][method] == "no"
    assert result.exit_code == 2 if refused else result.exit_code in (0, 1, 3)
