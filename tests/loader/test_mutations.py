"""Every fault put into any example or template is named by line and key, with exit code 2 and never a traceback."""

import re
from pathlib import Path
from random import Random, SystemRandom

import mutation_operators as operators
import pytest
from click.testing import CliRunner
from mutation_sites import sites

from shieldcalc.cli import cli

ROOT = Path(__file__).parents[2]
EVERY = [*sorted((ROOT / "examples").glob("*.toml")), *sorted((ROOT / "data" / "templates").glob("*.toml"))]
FILES = [file for file in EVERY if "ward = true" not in file.read_text()]  # the operators are for built rooms
ROUNDS = 8


def draw(random: Random) -> list[tuple[Path, operators.Fault]]:
    drawn = []
    for operator in operators.OPERATORS:
        for _ in range(ROUNDS):
            file = random.choice(FILES)
            text = file.read_text()
            fault = operator(text, sites(text), random)
            if fault is not None:
                drawn.append((file, fault))
    return drawn


def refusal(text: str, folder: Path) -> str:
    """Return what ``check`` says of a file; whatever else it does is a failure."""
    room = folder / "room.toml"
    room.write_text(text)
    result = CliRunner().invoke(cli, ["check", str(room)])
    assert result.exit_code == 2, (result.output, result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def named(fault: operators.Fault, said: str) -> bool:
    """Return whether a line of the refusal names the fault's line and key."""
    key = re.escape(fault.key) + (r"\d+" if fault.key.endswith(".") else "")
    wanted = rf"room\.toml:{fault.line}: {key}: " if fault.key else rf"room\.toml:{fault.line}: "
    return re.search(wanted, said) is not None


def test_every_fault_is_named_by_line_and_key(tmp_path: Path) -> None:
    seed = SystemRandom().randrange(2**32)
    print("seed", seed)
    drawn = draw(Random(seed))
    assert len(drawn) >= 300
    missed = []
    for file, fault in drawn:
        said = refusal(fault.text, tmp_path)
        if not named(fault, said):
            missed.append(f"{file.name} {fault.operator}: wanted {fault.line}: {fault.key}\n{said}")
    assert not missed, f"seed {seed}\n" + "\n".join(missed[:10])


def test_every_operator_applies_somewhere() -> None:
    texts = [file.read_text() for file in FILES]
    for operator in operators.OPERATORS:
        assert any(operator(text, sites(text), Random(1)) for text in texts), operator


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_generator_sees_every_key_of_a_file(file: Path) -> None:
    text = file.read_text()
    quoted = [line for line in text.splitlines() if re.match(r'^(id|kind|author) = "', line)]
    assert sum(site.key in ("id", "kind", "author") and not site.inline for site in sites(text)) == len(quoted)
