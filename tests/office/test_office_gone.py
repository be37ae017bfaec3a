"""Submissions that were moved, copied or taken away; ledgers that can only be read; tables as Parquet."""

import csv
import io
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import office_made as made
import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli
from shieldcalc.office import find, what_if
from shieldcalc.office.basis import Asked, Basis
from shieldcalc.office.find import Found, Places
from shieldcalc.office.ledger import Ledger
from shieldcalc.office.refusal import OfficeError
from shieldcalc.office.rows import Rows
from shieldcalc.office.run import Progress, verify_all
from shieldcalc.office.worker import rows_of


class Here:
    """Hands that verify in this process."""

    def __init__(self, asked: Asked, on: Basis) -> None:
        self._told = (asked, on)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def results(self, tasks: Iterator[Found], _total: int) -> Iterator[Rows]:
        return (rows_of(each, *self._told) for each in tasks)


def verify(ledger: Path, *places: Path) -> Progress:
    told: list[Progress] = []
    verify_all(list(map(str, places)), str(ledger), Asked(), by=Here, resume=True, tell=told.append)
    return told[-1]


def run(*arguments: object) -> Any:
    return CliRunner().invoke(cli, ["office", *map(str, arguments)])


def names(*arguments: object) -> list[str]:
    done = run("list", *arguments, "--json")
    assert done.exit_code == 0, done.output
    return [each["name"] for each in json.loads(done.stdout)["submissions"]]


def gone(ledger: Path) -> set[str]:
    return set(names(ledger, "--gone"))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("gone")
    made.packed(top / "in" / "a.zip", 1.0, "First")
    made.folder(top / "in" / "deep" / "b", 0.02, "Second")
    (top / "in" / "deep" / "c.zip").write_bytes(b"no zip")
    verify(top / "office.sqlite", top / "in")
    return top


@pytest.fixture
def office(held: Path, tmp_path: Path) -> Path:
    return shutil.copytree(held, tmp_path / "o")


def test_moved_copied_taken_away_and_back(office: Path) -> None:
    ledger, top = office / "office.sqlite", office / "in"
    assert gone(ledger) == set()
    (top / "a.zip").rename(top / "renamed.zip")
    shutil.copytree(top / "deep" / "b", top / "deep" / "copy")
    (top / "deep" / "c.zip").unlink()
    last = verify(ledger, top)
    assert (last.held, last.verified) == (1, 2)
    assert gone(ledger) == {"in/a.zip", "in/deep/c.zip"}
    assert set(names(ledger, "--copies")) == {"in/a.zip", "in/renamed.zip", "in/deep/b", "in/deep/copy"}
    assert set(names(ledger, "--copies", "--present")) == {"in/deep/b", "in/deep/copy"}
    told = json.loads(run("report", ledger, "--no-newest", "--json").stdout)
    assert (told["submissions"], told["gone"], told["copies"], told["rooms"]) == (5, 2, 2, 4)
    there = json.loads(run("report", ledger, "--no-newest", "--present", "--json").stdout)
    assert (there["submissions"], there["gone"], there["copies"], there["rooms"]) == (3, 0, 1, 3)
    assert there["refused"] == []
    assert len(json.loads(run("what-if", ledger, "--on", "2026-01-01", "--present", "--json").stdout)["rooms"]) == 3
    assert "no longer there" in run("show", ledger, "in/a.zip").stdout
    assert "不在原处" in run("list", ledger, "--lang", "zh").stdout
    (top / "renamed.zip").rename(top / "a.zip")
    assert verify(ledger, top).verified == 0  # what comes back is held still
    assert gone(ledger) == {"in/renamed.zip", "in/deep/c.zip"}


def test_only_what_was_looked_for_can_be_gone(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, top = office / "office.sqlite", office / "in"
    (top / "a.zip").unlink()
    shutil.rmtree(top / "deep" / "b")
    assert verify(ledger, top / "deep" / "c.zip").total == 1
    assert gone(ledger) == set()
    listed = os.scandir

    def refused(path: str) -> Any:
        if path.endswith("deep"):
            raise PermissionError
        return listed(path)

    monkeypatch.setattr(find.os, "scandir", refused)
    made.folder(top / "d", 0.02, "Second")
    verify(ledger, top)
    assert gone(ledger) == {"in/a.zip"}  # what stands in a folder that cannot be read is not known to be gone
    monkeypatch.undo()
    verify(ledger, top)
    assert gone(ledger) == {"in/a.zip", "in/deep/b", "in/deep"}


@pytest.mark.parametrize(
    ("place", "holds"), [(".", (1, 1, 0, 0)), ("..", (1, 1, 1, 0)), ("a", (1, 0, 0, 0)), ("../b", (0, 0, 1, 0))]
)
def test_names_below_a_place(place: str, holds: tuple[int, ...], tmp_path: Path) -> None:
    top = tmp_path / "x" / "y"
    top.mkdir(parents=True)
    looked = Places([str(top / place)], str(top / "ledger"))
    assert [looked.hold(name) for name in ("a/1", "ab", "../b/c", "../../q")] == list(map(bool, holds))


def test_a_ledger_that_can_only_be_read(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = office / "office.sqlite"
    assert not (office / "office.sqlite-wal").exists()
    before = ledger.read_bytes()
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    assert len(names(ledger)) == 3
    assert run("report", ledger).exit_code == 0
    done = run("inspection", ledger, "V", "--unit", "H", "--on", "2025-01-01")
    assert done.exit_code == 2
    assert "readonly" in done.stderr
    assert ledger.read_bytes() == before


def test_a_disk_that_is_full_and_a_ledger_that_is_locked(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = office / "office.sqlite"
    with Ledger(str(ledger)) as opened:
        opened._file.execute(f"PRAGMA max_page_count = {opened._pragma('page_count')}")
        row = ("x" * 200_000, *[""] * 5, "accept", 0, "", "", None, 0, None, 0, 0)
        with pytest.raises(OfficeError, match="full"):
            opened.keep(Rows(row[0], "accept", (("submission", (row,)),)))
        assert len(list(opened.rows("SELECT name FROM submission"))) == 3
    monkeypatch.setattr("shieldcalc.office.ledger.WAIT_S", 0.05)
    other = sqlite3.connect(ledger, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert len(names(ledger)) == 3  # who only reads does not wait
    assert "busy" in run("inspection", ledger, "V", "--unit", "H", "--on", "2025-01-01").stderr
    other.close()


def test_a_damaged_ledger_is_told(office: Path) -> None:
    ledger = office / "office.sqlite"
    content = bytearray(ledger.read_bytes())
    content[5000:] = b"\xff" * (len(content) - 5000)
    ledger.write_bytes(content)
    done = run("list", ledger)
    assert done.exit_code == 2
    assert "cannot be used" in done.stderr


def test_rooms_judged_by_several_processes_are_the_same(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(what_if, "SPAN", 1)
    asked = ("what-if", office / "office.sqlite", "--on", "2026-01-01", "--json", "--workers")
    one, two = run(*asked, 1), run(*asked, 2)
    assert one.exit_code == 0
    assert len(json.loads(one.stdout)["rooms"]) == 2
    assert two.stdout == one.stdout


def test_tables_as_parquet(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet

    ledger, sink = office / "office.sqlite", office / "t.parquet"
    for arguments in (("report",), ("list",), ("list", "--outcome", "accept"), ("what-if", "--on", "2026-01-01")):
        name, *more = arguments
        done = run(name, ledger, *more, "--parquet", sink, "--csv", "-")
        assert done.exit_code == 0, done.output
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        found = parquet.read_table(sink)
        assert found.num_rows == len(rows)
        assert [{key: "" if cell is None else str(cell) for key, cell in row.items()} for row in found.to_pylist()] == [
            {key: str(float(cell)) if key in ("value", "margin") and cell else cell for key, cell in row.items()}
            for row in rows
        ]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("report", ledger, "--parquet", sink)
    assert done.exit_code == 2
    assert "pip install 'shieldcalc[parquet]'" in done.stderr
