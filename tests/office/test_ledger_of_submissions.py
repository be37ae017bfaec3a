"""``verify FOLDER... --ledger``: many submissions, bad ones among them; killed and resumed; workers and programs."""

import json
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory
from typing import Any

import office_made as made
import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli
from shieldcalc.office.basis import Asked, basis, content
from shieldcalc.office.find import submissions
from shieldcalc.office.ledger import OF_SUBMISSION, Ledger, migration, newest
from shieldcalc.office.refusal import OfficeError
from shieldcalc.office.worker import rows_of

MEMORY = Path("/dev/shm")  # a killed process, not a machine: waiting for a disk proves nothing
TOP = object()
NAMES = {"c.zip": "query", "d.zip": "refused", "e": "refused", "north/a": "query", "north/deep/er/b": "query"}


def run(*arguments: object) -> Any:
    return CliRunner().invoke(cli, list(map(str, arguments)))


def held(ledger: Path) -> list[list[tuple[Any, ...]]]:
    """Return every row that a verification writes."""
    with Ledger(str(ledger)) as opened:
        return [[tuple(row) for row in opened.rows(f"SELECT * FROM {name} ORDER BY 1, 2, 3")] for name in OF_SUBMISSION]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.province(tmp_path_factory.mktemp("office") / "in")


@pytest.fixture(scope="module")
def whole(province: Path) -> Path:
    """Return the ledger of an unbroken run of one worker."""
    ledger = province.parent / "whole.sqlite"
    done = run("verify", province, "--ledger", ledger, "--workers", 1, "--json")
    assert done.exit_code == 3, done.output
    found = json.loads(done.stdout)
    assert found["outcomes"] == {"query": 3, "refused": 2}
    assert (found["submissions"], found["held"]) == (5, 0)
    assert "5 of 5 (0 held already)" in done.stderr
    return ledger


def test_every_submission_is_a_row(whole: Path) -> None:
    with Ledger(str(whole)) as opened:
        rows = {row["name"]: row for row in opened.rows("SELECT * FROM submission")}
    assert {name.removeprefix("in/"): row["outcome"] for name, row in rows.items()} == NAMES
    assert "bad_zip" in rows["in/d.zip"]["refusal"] or "no_zip" in rows["in/d.zip"]["refusal"]
    assert "office.no_submission" in rows["in/e"]["refusal"]


def test_a_row_says_what_verify_says_of_the_one(province: Path, whole: Path) -> None:
    alone = json.loads(run("verify", province / "north" / "a", "--json").stdout)
    with Ledger(str(whole)) as opened:
        own = next(opened.rows("SELECT * FROM submission WHERE name = 'in/north/a'"))
        reasons = list(opened.rows("SELECT * FROM reason WHERE submission = 'in/north/a' ORDER BY number"))
        findings = list(opened.rows("SELECT * FROM finding WHERE submission = 'in/north/a' ORDER BY number"))
    assert (own["outcome"], own["exit_code"]) == (alone["outcome"], alone["exit_code"])
    assert [each["code"] for each in reasons] == [each["code"] for each in alone["reasons"]]
    keys = ("rule", "subject", "outcome", "force", "margin", "method")
    assert [[each[key] for key in keys] for each in findings] == [
        [each[key] for key in keys] for each in alone["designs"][0]["findings"]
    ]


def test_two_workers_give_the_same_rows_and_a_killed_run_is_resumed(province: Path, whole: Path) -> None:
    ledger = province.parent / "killed.sqlite"
    command = [sys.executable, "-m", "shieldcalc", "verify", str(province), "--ledger", str(ledger), "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and _count(ledger) < 2:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    before = _count(ledger)
    assert 2 <= before < 5
    done = run("verify", province, "--ledger", ledger, "--workers", 2, "--resume", "--json")
    assert json.loads(done.stdout)["held"] == before
    assert held(ledger) == held(whole)


def _count(ledger: Path) -> int:
    try:
        with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as opened:
            return int(opened.execute("SELECT count(*) FROM submission").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_two_programs_on_one_ledger(province: Path, whole: Path) -> None:
    ledger = province.parent / "two.sqlite"
    command = [sys.executable, "-m", "shieldcalc", "verify", str(province), "--ledger", str(ledger), "--workers", "1"]
    both = [subprocess.Popen([*command, "--resume"], stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [each.wait() for each in both] == [3, 3]
    assert held(ledger) == held(whole)
    with sqlite3.connect(ledger) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture(scope="module")
def results(province: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of the rows of every submission, pickled."""
    on, path = basis(Asked()), tmp_path_factory.mktemp("results") / "rows"
    rows = [rows_of(each, Asked(), on) for each in submissions([str(province)], str(province.parent / "x"))]
    path.write_bytes(pickle.dumps(rows))
    return path


def scripted(name: str, *arguments: object) -> list[list[str]]:
    """Run a script of this folder on a folder of its own; return the words of its lines."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as top:
        given = [str(top if each is TOP else each) for each in arguments]
        command = [sys.executable, str(Path(__file__).with_name(name)), *given]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


def test_killed_before_every_statement(results: Path) -> None:
    lines = scripted("killed.py", results, TOP)
    count = int(lines[0][2]) + 1
    for part in (lines[:count], lines[count:]):
        assert part[0][0] == "whole"
        assert len(part) == int(part[0][2]) + 1 > 30
        assert {line[1] for line in part} == {part[0][1]}


def test_killed_at_ten_random_moments(results: Path, province: Path) -> None:
    seed = SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    lines = scripted("struck.py", results, province, TOP, seed)
    assert len(lines) == 11
    assert {line[1] for line in lines} == {lines[0][1]}
    assert all(0 <= int(line[2]) <= 5 for line in lines)


def test_only_what_has_changed_is_done_again(province: Path, whole: Path) -> None:
    inner = shutil.copytree(province, province.parent / "again" / "in")
    ledger = Path(shutil.copy(whole, inner.parent / "office.sqlite"))
    claims = inner / "north" / "a" / "claims.toml"
    claims.write_text(claims.read_text("utf-8").replace("First hospital", "Renamed"), "utf-8")
    done = run("verify", inner, "--ledger", ledger, "--workers", 1, "--resume", "--json")
    assert json.loads(done.stdout)["held"] == 4
    with Ledger(str(ledger)) as opened:
        assert [row[0] for row in opened.rows("SELECT applicant FROM submission WHERE name = 'in/north/a'")] == [
            "Renamed"
        ]


def test_another_question_is_not_done(whole: Path, province: Path) -> None:
    on, path = basis(Asked()), province / "c.zip"
    with Ledger(str(whole)) as opened:
        assert opened.done("in/c.zip", content(str(path)), on) == "query"
        for other in (
            on._replace(program="0"),
            on._replace(data="0"),
            on._replace(plugins="[1]"),
            basis(Asked(on="2026-01-01")),
            basis(Asked(methods=("gbz130",))),
            basis(Asked(regulations=("VN-13-2014",))),
        ):
            assert opened.done("in/c.zip", content(str(path)), other) == ""


def test_a_worker_that_dies_is_a_row(monkeypatch: pytest.MonkeyPatch, province: Path, tmp_path: Path) -> None:
    monkeypatch.setattr("shieldcalc.office.pool.work", _die_with_b)
    monkeypatch.setattr("shieldcalc.office.pool.LIFE", 1)  # and an old one is replaced
    ledger = tmp_path / "o.sqlite"
    place = province / "north"
    done = run("verify", place, "--ledger", ledger, "--workers", 1, "--json")
    assert json.loads(done.stdout)["outcomes"] == {"query": 1, "refused": 1}
    with Ledger(str(ledger)) as opened:
        (row,) = opened.rows("SELECT name, refusal, again FROM submission WHERE outcome = 'refused'")
    assert row["name"].endswith("er/b")
    assert "worker_died" in row["refusal"]
    assert row["again"] == 1  # resuming tries it again


def _die_with_b(hand: Any, _choice: Any, asked: Asked, on: Any, **_: Any) -> None:
    while True:
        try:
            found = hand.recv()
        except EOFError:
            return
        if found.name.endswith("er/b"):
            os.kill(os.getpid(), signal.SIGKILL)
        hand.send(rows_of(found, asked, on))


def test_what_is_no_ledger_is_refused(tmp_path: Path, province: Path) -> None:
    text, other, newer = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    text.write_text("something else", "utf-8")
    with sqlite3.connect(other) as opened:
        opened.execute("CREATE TABLE mine (x)")
    Ledger(str(newer), new=True).close()
    with sqlite3.connect(newer) as opened:
        opened.execute(f"PRAGMA user_version = {newest() + 1}")
    wrong = (
        (text, "no ledger"),
        (other, "no ledger"),
        (newer, "newer"),
        (tmp_path, "is a folder"),
        ("", "is a folder"),
    )
    for path, words in wrong:
        done = run("verify", province, "--ledger", path)
        assert done.exit_code == 2
        assert words in done.stderr
    assert text.read_text("utf-8") == "something else"
    (tmp_path / "nothing").touch()
    assert "no ledger" in run("office", "list", tmp_path / "nothing").stderr
    inside = province / "north" / "a" / "o.sqlite"
    assert "inside the submission" in run("verify", province, "--ledger", inside).stderr
    assert not inside.exists()
    (tmp_path / "empty").mkdir()
    assert "holds no submission" in run("verify", tmp_path / "empty", "--ledger", tmp_path / "n").stderr
    assert run("verify", province, province).exit_code == 2
    assert run("verify", province, "--ledger", tmp_path / "n", "--on", "yesterday").exit_code == 2


def test_a_ledger_of_an_older_schema_is_brought_to_this_one(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as opened:
        for statement in migration(1):
            opened.execute(statement)
        opened.execute("PRAGMA user_version = 1")
        opened.execute("PRAGMA application_id = 0x53484F46")
        row = ("x", "s", "p", "d", "[]", "{}", "accept", 0, "A", "", None, 1, None, 0)
        opened.execute(f"INSERT INTO submission VALUES ({', '.join('?' * 14)})", row)
    with Ledger(str(path)) as ledger:
        assert [each["outcome"] for each in ledger.rows("SELECT * FROM submission")] == ["accept"]
        assert list(ledger.rows("SELECT * FROM follow_up")) == []
    with pytest.raises(OfficeError, match="no such ledger"):
        Ledger(str(tmp_path / "none"))
