"""What `regulations lint` says of a file."""

from pathlib import Path

from click.testing import CliRunner, Result

from shieldcalc.cli import cli


def lint(folder: Path, text: str, *options: str) -> Result:
    """Return the answer to a file of this text."""
    path = folder / "file.toml"
    path.write_text(text, "utf-8")
    return CliRunner().invoke(cli, ["regulations", "lint", str(path), *options])
