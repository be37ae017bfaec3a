"""What is odd among submissions: links, names spelt in other ways, a ledger that cannot be written, Ctrl-C."""

import signal
import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import islice
from json import dumps
from multiprocessing import get_context
from os import mkfifo
from pathlib import Path
from typing import Self
from unicodedata import normalize

import office_made as made
import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli
from shieldcalc.model.facility import Inspection
from shieldcalc.office.basis import Asked, Basis, basis
from shieldcalc.office.basis import content as content_of
from shieldcalc.office.find import LINK, Found, submissions
from shieldcalc.office.follow_up import inspected
from shieldcalc.office.ledger import Ledger
from shieldcalc.office.process import start
from shieldcalc.office.refusal import OfficeError
from shieldcalc.office.report import content
from shieldcalc.office.rows import Rows, refused
from shieldcalc.office.run import Progress, verify_all
from shieldcalc.office.summary import LISTED, Filter, listed, summary
from shieldcalc.office.worker import rows_of

UNIT = "Bệnh viện Đa khoa"


class Here:
    """Hands that refuse every submission in this process."""

    def __init__(self, _asked: Asked, on: Basis) -> None:
        self._on = on

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def results(self, tasks: Iterator[Found], _total: int) -> Iterator[Rows]:
        return (_refused(each, self._on) for each in tasks)


def _refused(found: Found, on: Basis) -> Rows:
    return refused(found, found.name, on, OfficeError("office.changing", file=found.name))


def test_a_link_to_a_submission_is_a_row_and_never_left_aside(tmp_path: Path) -> None:
    one, top = made.folder(tmp_path / "elsewhere" / "one", 1.0), tmp_path / "in"
    made.packed(top / "a.zip", 1.0)
    for name, leads_to in {"b.zip": top / "a.zip", "broken.zip": top / "no", "folder": one, "loop": top}.items():
        (top / name).symlink_to(leads_to)
    mkfifo(top / "pipe.zip")
    found = {each.name: each.wrong for each in submissions([str(top)], str(tmp_path / "o.sqlite"))}
    wrong = dict.fromkeys(("in/b.zip", "in/broken.zip", "in/folder", "in/pipe.zip"), LINK)
    assert found == {"in/a.zip": "", **wrong}
    row = rows_of(Found(str(top / "b.zip"), "in/b.zip", LINK), Asked(), basis(Asked()))
    assert (row.outcome, "office.link" in str(row.tables)) == ("refused", True)


def test_what_cannot_be_read_is_no_copy(tmp_path: Path) -> None:
    on = Basis("1", "2", "[]", Asked().text())
    for name in ("a.zip", "b.zip"):
        mkfifo(tmp_path / name)
    for name in ("c.zip", "d.zip"):
        (tmp_path / name).write_bytes(b"PK")
    with Ledger(str(tmp_path / "o.sqlite"), new=True) as ledger:
        for name in ("a.zip", "b.zip", "c.zip", "d.zip", "gone.zip"):
            path = str(tmp_path / name)
            ledger.keep(refused(Found(path, name), content_of(path), on, OfficeError("office.changing", file=name)))
        assert [row["name"] for row in listed(ledger, Filter(copies=True))] == ["c.zip", "d.zip"]
        assert summary(ledger, "en", None, "year", newest=False).copies == 1


def test_a_link_to_a_folder_changes_a_submission(tmp_path: Path) -> None:
    """`verify` refuses it: what was verified before it came does not stand when a run is resumed."""
    one = made.folder(tmp_path / "one", 1.0)
    before = content_of(str(one))
    (one / "more").symlink_to(tmp_path)
    assert content_of(str(one)) != before


def test_one_unit_however_its_name_is_spelt(tmp_path: Path) -> None:
    on = Basis("1", "2", "[]", Asked().text())
    with Ledger(str(tmp_path / "o.sqlite"), new=True) as ledger:
        for name in ("nfc", "nfd", "upper"):
            ledger.keep(_refused(Found(name, name), on))
    spelt = {"nfc": UNIT, "nfd": normalize("NFD", UNIT), "upper": UNIT.upper()}
    with sqlite3.connect(tmp_path / "o.sqlite") as file:
        file.executemany("UPDATE submission SET applicant = ? WHERE name = ?", [(v, k) for k, v in spelt.items()])
    with Ledger(str(tmp_path / "o.sqlite")) as ledger:
        assert summary(ledger, "en", None, "year", newest=False).units == 1
        for asked in spelt.values():
            assert len(listed(ledger, Filter(applicant=asked[:9]))) == 3


def test_a_report_lists_so_many_and_counts_the_rest(tmp_path: Path) -> None:
    on = Basis("1", "2", "[]", Asked().text())
    with Ledger(str(tmp_path / "o.sqlite"), new=True) as ledger:
        for number in range(LISTED + 2):
            ledger.keep(_refused(Found(f"s{number:04}", f"s{number:04}"), on))
        found = summary(ledger, "en", None, "year", newest=False)
        for number in range(LISTED + 5):
            inspected(ledger, Inspection(id=f"V{number}", unit=f"U{number:04}", date=date(2025, 1, 1)))
        yearly = summary(ledger, "en", date(2026, 1, 1), "year", newest=False)
    told = dumps(content(yearly, "en"))
    assert ("2026" in told, "U0004" in told, "U0005" in told, "and 5 more" in told) == (True, False, True, True)
    assert len(yearly.statistics) == LISTED + 7
    said = dumps(content(found, "en"))
    assert ("s0199" in said, "s0200" in said, "and 2 more" in said) == (True, False, True)
    assert len(found.refused) == LISTED + 2


def test_a_ledger_that_cannot_be_written_is_told_before_anything_is_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Nobody(Here):
        def results(self, tasks: Iterator[Found], _total: int) -> Iterator[Rows]:
            raise AssertionError(f"{next(tasks)} was verified")

    path = str(tmp_path / "o.sqlite")
    Ledger(path, new=True).close()
    made.packed(tmp_path / "a.zip", 1.0)
    monkeypatch.setattr("shieldcalc.office.ledger.os.access", lambda *_: False)
    with pytest.raises(OfficeError, match="readonly"):
        verify_all([str(tmp_path / "a.zip")], path, Asked(), by=Nobody, resume=True, tell=lambda _: None)


@pytest.mark.parametrize(("names", "number"), [(("b.zip", "b.txt"), 2), (("b.txt", "b.zip"), 3)])
def test_submissions_that_come_or_go_while_others_are_verified(
    names: tuple[str, str], number: int, tmp_path: Path
) -> None:
    top = tmp_path / "in"
    for name in ("a.zip", "z/c.zip", f"z/{names[0]}"):
        made.packed(top / name, 1.0)

    class Changing(Here):
        def results(self, tasks: Iterator[Found], total: int) -> Iterator[Rows]:
            yield from super().results(islice(tasks, 1), total)
            (top / "z" / names[0]).rename(top / "z" / names[1])
            yield from super().results(tasks, total)

    told: list[Progress] = []
    outcomes = verify_all([str(top)], str(tmp_path / "o"), Asked(), by=Changing, resume=True, tell=told.append)
    assert outcomes.total() == told[-1].total == told[-1].seen == number
    assert all(each.left_s is None or each.left_s >= 0 for each in told)


def test_the_ledger_and_its_outputs_are_no_submissions(tmp_path: Path) -> None:
    one, ledger = made.folder(tmp_path / "in" / "one", 1.0), tmp_path / "in" / "office.zip"
    Ledger(str(ledger), new=True).close()
    assert [each.name for each in submissions([str(tmp_path / "in")], str(ledger))] == ["one"]
    asked = ["verify", str(tmp_path / "in"), "--ledger", str(ledger), "--json", str(one / "deep.json")]
    done = CliRunner().invoke(cli, asked)
    assert (done.exit_code, "deep.json" in done.stderr) == (2, True)
    assert not (one / "deep.json").exists()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals cannot be held back here")
def test_the_office_is_interrupted_and_never_its_processes() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    process = get_context("spawn").Process(target=signal.raise_signal, args=(signal.SIGINT,))
    start(process)
    process.join()
    assert process.exitcode == 0
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


def test_the_documented_schema_is_the_real_one(tmp_path: Path) -> None:
    Ledger(str(tmp_path / "o.sqlite"), new=True).close()
    told = (Path(__file__).parents[2] / "docs" / "office.md").read_text("utf-8").partition("## The ledger")[2]
    rows = {line.split("`")[1]: line for line in told.splitlines() if line.startswith("| `")}
    with sqlite3.connect(tmp_path / "o.sqlite") as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: [row[1] for row in file.execute(f"PRAGMA table_info({name})")] for name in tables}
    assert set(rows) == set(tables)
    assert [f"{name}.{each}" for name in tables for each in columns[name] if f"`{each}`" not in rows[name]] == []
