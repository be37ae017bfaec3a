"""The README's commands: both stand on their own, CI calls the second, and those without set-up run as printed."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SET_UP = re.findall(r"^```bash\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
SHOWN = [
    line.removeprefix("$ ").replace("\\\n", " ")
    for block in re.findall(r"^```console\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    for line in re.split(r"\n(?=\$ )", block)
]


def test_two_commands_each_a_line_with_all_their_set_up() -> None:
    assert len(SET_UP) == 2
    for command in SET_UP:
        assert "\n" not in command
        folder = re.match(r"python3 -m venv (\.venv\S*) && \1/bin/pip install -q ", command)
        assert folder is not None
        assert all(step.startswith(f"{folder[1]}/bin/") for step in command.split(" && ")[1:])


def test_they_name_what_is_there() -> None:
    example = re.search(r"check (\S+) --report report\.pdf$", SET_UP[0])
    assert example is not None
    assert (ROOT / example[1]).is_file()
    assert "'.[test]'" in SET_UP[1]
    assert SET_UP[1].endswith("python -m pytest -q -n 2 --dist loadscope")


def test_ci_calls_the_second_as_printed() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    extraction = next(line for line in script.splitlines() if line.startswith("command="))
    done = subprocess.run(
        ["bash", "-c", f'{extraction}\nprintf "%s" "$command"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == SET_UP[1]
    assert 'bash -euo pipefail -c "$command"' in script


@pytest.mark.parametrize("command", SHOWN)
def test_quick_commands_run_as_printed(command: str, tmp_path: Path) -> None:
    program, *arguments = shlex.split(command)
    assert program == "shieldcalc"
    run = [sys.executable, "-m", "shieldcalc", *arguments]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_example_of_the_first_command_complies(tmp_path: Path) -> None:
    words = shlex.split(SET_UP[0].split(" && ")[-1])[1:]
    arguments = [str(tmp_path / "report.pdf") if word == "report.pdf" else word for word in words]
    done = subprocess.run(
        [sys.executable, "-m", "shieldcalc", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
