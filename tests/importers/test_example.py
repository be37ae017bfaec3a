"""The example drawing is what its script draws, and becomes a room that checks."""

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from shieldcalc.cli import cli

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "examples" / "plan.dxf"
SOURCE = "# [[source]]"


def test_the_script_draws_the_example(tmp_path: Path) -> None:
    script = ROOT / "examples" / "draw_plan.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "plan.dxf")], check=True, cwd=tmp_path)
    assert (tmp_path / "plan.dxf").read_bytes() == PLAN.read_bytes()


def test_it_checks_with_the_source_that_its_comments_offer(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["import", str(PLAN), "--on", "2025-06-30"])
    assert done.exit_code == 0
    head, mark, source = done.stdout.partition(SOURCE)
    room = tmp_path / "room.toml"
    room.write_text(head + "\n".join(line.removeprefix("#").strip() for line in (mark + source).splitlines()), "utf-8")
    done = CliRunner().invoke(cli, ["check", str(room)])
    assert done.exit_code in (0, 1, 3), done.output
    assert "wall_6" in done.stdout
