"""``verify --dask``: the ledger of two workers, one of them killed, is that of one process; what is wrong is told."""

import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import office_made as made
import pytest
from click.testing import CliRunner

from shieldcalc import entrypoints
from shieldcalc.cli import cli
from shieldcalc.office import cluster
from shieldcalc.office.basis import Asked, basis
from shieldcalc.office.find import Found, submissions
from shieldcalc.office.ledger import OF_SUBMISSION, Ledger
from shieldcalc.office.refusal import OfficeError
from shieldcalc.office.worker import rows_of, work_alike

NOWHERE = "tcp://127.0.0.1:1"


def run(*arguments: object) -> Any:
    return CliRunner().invoke(cli, ["verify", *map(str, arguments)])


def held(path: Path) -> list[list[tuple[Any, ...]]]:
    with Ledger(str(path)) as ledger:
        return [[tuple(row) for row in ledger.rows(f"SELECT * FROM {name} ORDER BY 1, 2, 3")] for name in OF_SUBMISSION]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.province(tmp_path_factory.mktemp("cluster") / "in")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as local:
        yield local.scheduler_address


def fallen(chunk: Any, *told: Any) -> Any:
    """Verify as a worker does; the first that has ``north/a`` in hand is killed."""
    for found in chunk:
        mark = Path(found.path).parents[2] / "fallen"
        if found.name.endswith("north/a") and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return cluster.verified(chunk, *told)


def test_a_cluster_of_which_a_worker_is_killed(
    province: Path, address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    here = province.parent
    with Ledger(str(here / "alone.sqlite"), new=True) as alone:
        for found in submissions([str(province)], alone.path):
            alone.keep(rows_of(found, Asked(), basis(Asked())))
    monkeypatch.setattr(cluster, "verified", fallen)
    done = run(province, "--ledger", here / "many.sqlite", "--dask", address)
    assert done.exit_code == 3, done.output
    assert (here / "fallen").exists()
    assert held(here / "many.sqlite") == held(here / "alone.sqlite")
    assert "5 of 5 (0 held already)" in done.stderr
    again = run(province, "--ledger", here / "many.sqlite", "--dask", address, "--resume")
    assert "5 of them held already" in again.stdout
    assert "Traceback" not in capfd.readouterr().err


def test_a_worker_that_knows_nothing_of_us_says_so(address: str, province: Path, tmp_path: Path) -> None:
    on = basis(Asked())
    with cluster.Cluster(address, Asked(), on._replace(program="0")) as hands:
        task = Found(str(province / "c.zip"), "c.zip")
        with pytest.raises(OfficeError, match="other program"):
            list(hands.results(iter([task]), 1))
        hands._told = ()  # type: ignore[assignment]
        with pytest.raises(OfficeError, match="the cluster failed"):
            list(hands.results(iter([task]), 1))
    with cluster.Cluster(address, Asked(), on) as hands:
        gone = list(hands.results(iter([Found(str(tmp_path / "gone"), "gone")]), 1))
        assert [(each.outcome, each.tables[0][1][0][-2]) for each in gone] == [("refused", 1)]  # resuming tries again


def test_work_alike_refuses_what_differs() -> None:
    ours, theirs = Pipe()
    on = basis(Asked())._replace(data="0", plugins="[1]")
    ours.send(Found("x", "x"))
    work_alike(theirs, entrypoints.chosen(), Asked(), on)
    assert "data, plugins" in str(ours.recv())


@pytest.mark.parametrize("wrong", [NOWHERE, "gibberish", "foo://here:1", "", "tcp://127.0.0.1:999999"])
def test_no_scheduler_there(wrong: str, province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_S", 0.2)
    done = run(province, "--ledger", tmp_path / "o", "--dask", wrong)
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert "no scheduler of dask answers" in line
    assert not (tmp_path / "o").exists()


def test_without_the_extra(province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run(province, "--ledger", tmp_path / "o", "--dask", NOWHERE)
    assert done.exit_code == 2
    assert "pip install 'shieldcalc[dask]'" in done.stderr
    for arguments in (("--ledger", tmp_path / "o", "--workers", 1), ()):
        assert run(province, "--dask", NOWHERE, *arguments).exit_code == 2


def test_nobody_works(address: str, monkeypatch: pytest.MonkeyPatch, province: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster, "WORKERS_S", 0.0)
    monkeypatch.setattr(cluster, "LOOK_S", 0.01)
    monkeypatch.setattr("distributed.Client.nthreads", lambda _: {})
    monkeypatch.setattr(cluster.Cluster, "_fill", lambda *_: 1)
    done = run(province, "--ledger", tmp_path / "o", "--dask", address)
    assert done.exit_code == 2
    assert "no worker" in done.stderr
