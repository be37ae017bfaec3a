"""A stranger's code at work: it ends neither the run nor its answer, is bounded in time, leaves the process alone."""

import decimal
import locale
import os
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy
import pytest
from click.testing import CliRunner

from shieldcalc import plugins
from shieldcalc.cli import cli
from shieldcalc.model.result import Method, Result
from shieldcalc.plugin_apart import VARIABLE, apart
from shieldcalc.plugin_guard import guarded

posix = pytest.importorskip("posix")
Use = Callable[..., None]


class Own(Result):
    """A result that could say one thing to who checks it and another to who uses it."""


class Fraction(float):
    """A number that compares as it likes."""

    def __ge__(self, other: object) -> bool:
        return True


def _forever() -> None:
    while True:
        pass


def _stubborn() -> None:
    try:
        _forever()
    except BaseException:
        _forever()


EMPTY: dict[str, Any] = {"method": "odd", "reference": "", "points": (), "barriers": (), "tables": (), "notices": ()}


def _said(compute: Callable[[], object]) -> str:
    """Return why a method that computes so gives no dose; empty where nothing is wrong."""
    method = Method(name="odd", title="t", reference="r", valid_for=(), compute=lambda *_: compute())
    found = guarded(method, "stranger").compute(None, (), {})  # type: ignore[arg-type]
    return "; ".join(notice.text() for notice in found.notices)


@pytest.mark.parametrize(
    ("compute", "said"),
    [
        (lambda: os._exit(0), "ended the whole run by _exit"),
        (lambda: posix._exit(0), "ended the whole run by _exit"),
        (lambda: os.execvp("true", ["true"]), "ended the whole run by execv"),
        (lambda: os.execve("/bin/true", ["true"], {}), "ended the whole run by execve"),
        (_forever, "no answer within 0.1 s"),
        (_stubborn, "no answer within 0.1 s"),
        (lambda: Own(title="t", **EMPTY), "not Result"),
        (lambda: Result(title="half \ud800", **EMPTY), r"half \ud800"),
        (lambda: Result(title="x" * 20_000, **EMPTY), "title"),
        (lambda: Result(title="t", **{**EMPTY, "method": "other"}), "'other', not 'odd'"),
        (lambda: exec("raise ValueError('half \\ud800')"), r"ValueError: half \ud800"),
        (lambda: Fraction(1), "Fraction, not Result"),
    ],
)
def test_what_must_not_be_is_told(compute: Callable[[], object], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "0.1")
    assert said in _said(compute)


def test_numbers_of_a_strangers_type_are_none() -> None:
    from shieldcalc.plugin_result import misfit_dose

    assert list(misfit_dose(numpy.float64(1))) == []
    assert list(misfit_dose(Fraction(1)))


@pytest.mark.parametrize(
    ("bound", "seconds"),
    [("", 120), ("7.5", 7.5), ("0", 0), ("-1", 120), ("nan", 120), ("soon", 120), ("inf", 120), ("1e-9", 0.01)],
)
def test_the_bound_is_a_number_of_seconds(bound: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    from shieldcalc.plugin_apart import most_seconds

    monkeypatch.setenv(VARIABLE, bound)
    assert most_seconds() == seconds


def test_nothing_that_it_writes_is_an_answer(capfd: pytest.CaptureFixture[str]) -> None:
    def write() -> Result:
        print("one")
        os.write(1, b"two\n")
        os.system("echo three")
        print("four", file=sys.__stdout__)
        return Result(title="t", **EMPTY)

    assert _said(write) == ""
    print("after")
    out, err = capfd.readouterr()
    assert out == "after\n"
    assert all(word in err for word in ("two", "three"))


def _state() -> Mapping[str, object]:
    return {
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "filters": list(warnings.filters),
        "precision": decimal.getcontext().prec,
        "locale": locale.setlocale(locale.LC_ALL),
        "limit": sys.getrecursionlimit(),
        "errors": numpy.geterr(),
        "streams": (sys.stdout, sys.stderr),
        "ends": (os._exit, posix._exit, os.execv),
    }


def test_the_process_is_as_it_was(tmp_path: Path) -> None:
    def spoil() -> None:
        os.chdir(tmp_path)
        os.environ.clear()
        os.environ["LANG"] = "xx"
        warnings.simplefilter("error")
        decimal.getcontext().prec = 1
        locale.setlocale(locale.LC_ALL, "C.UTF-8")
        sys.setrecursionlimit(200)
        numpy.seterr(all="raise")
        sys.stdout = sys.stderr = None
        raise ValueError

    before = _state()
    assert "ValueError" in _said(spoil)
    assert _state() == before


def _answer(_number: int, _frame: object) -> None:
    """Stand for how somebody answers Ctrl-C."""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: setattr(warnings, "filters", ()),
        lambda: setattr(os, "environ", {}),
        lambda: setattr(signal, "setitimer", None),
        lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        lambda: signal.signal(signal.SIGINT, _answer),
    ],
)
def test_what_is_put_in_the_place_of_a_thing_does_not_stay(
    spoil: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = warnings.filters, os.environ, signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGALRM)
    monkeypatch.setattr(signal, "setitimer", timer := signal.setitimer)
    with apart():
        spoil()
    signal.setitimer = timer  # type: ignore[assignment]
    assert (warnings.filters, os.environ) == kept[:2]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGALRM)) == kept[2:]
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    with apart():
        assert os._exit.__name__ == "called", "the next call is apart too"


def test_an_alarm_of_somebody_else_is_let_be() -> None:
    before = signal.signal(signal.SIGALRM, _answer)
    try:
        signal.setitimer(signal.ITIMER_REAL, 100)
        with apart():
            assert signal.getsignal(signal.SIGALRM) is _answer
            assert signal.getitimer(signal.ITIMER_REAL)[0] > 90
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 90
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_ctrl_c_while_things_are_put_back_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    true, kept = os._exit, [KeyboardInterrupt]

    def limited(_limit: int) -> None:
        if kept:
            raise kept.pop()

    monkeypatch.setattr(sys, "setrecursionlimit", limited)
    with pytest.raises(KeyboardInterrupt), apart():
        pass
    assert os._exit is true
    with apart():
        assert os._exit is not true


def test_a_thread_beside_another_is_no_reason_for_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event, Thread

    monkeypatch.setenv(VARIABLE, "0.1")
    inside, free = Event(), Event()

    def second() -> None:
        with apart():
            inside.set()
            free.wait()

    other = Thread(target=second)
    other.start()
    inside.wait()
    try:
        assert "no answer within 0.1 s" in _said(_forever)
    finally:
        free.set()
        other.join()


def test_one_call_inside_another_changes_nothing() -> None:
    with apart():
        inner = os._exit
        with apart():
            assert os._exit is inner
        assert os._exit is inner
    assert os._exit is not inner


def test_a_second_thread_leaves_nothing_behind() -> None:
    from threading import Event, Thread

    inside, free = Event(), Event()

    def second() -> None:
        with apart():
            inside.set()
            free.wait()

    true, other = os._exit, Thread(target=second)
    with apart():
        other.start()
        inside.wait()
    assert os._exit is true
    free.set()
    other.join()
    with apart():
        assert os._exit is not true
    assert os._exit is true


def test_a_copy_of_the_process_does_not_come_back() -> None:
    ended: list[int] = []

    def copy() -> Result:
        child = os.fork()
        if child:
            ended.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        return Result(title="t", **EMPTY)

    assert _said(copy) == ""
    assert ended == [70]


HEAD = """from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import *
from shieldcalc.model.result import Method
"""


TUBE = "return [Equipment(name='tube', kind='radiography', values={}, source='x')]"


def _hook(body: str, hook: str = "register_materials") -> str:
    return f"{HEAD}@hookimpl\ndef {hook}():\n    {body}\n"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (HEAD + "import os\nos._exit(0)\n", "ended the whole run by _exit"),
        (_hook("import os; os._exit(0)"), "ended the whole run by _exit"),
        (HEAD + "class L(list):\n    def __iter__(self): raise SystemExit(0)\n" + _hook("return L()"), "SystemExit: 0"),
        (_hook("return [3] * 1000"), "980 further things"),
        (_hook("return []") + "class V:\n    def __str__(self): 1/0\n__version__ = V()\n", "ZeroDivisionError"),
        (_hook("return [Material(name='le\\u0430d', source='x')]"), "'leаd' is left out"),
        (_hook("return [Material(name='\\uff4cead', source='x')]"), "is left out: name"),
        (_hook("return [Material(name='--lead', source='x')]"), "is left out: name"),
        (_hook("return [Material(name='x' * 1000, source='x')]"), "is left out: name"),
        (_hook("return [Material(name='stone', source='\\ud800')]"), "is left out: source"),
        (_hook("return [Material(name='stone', source='x', tables=('/dev/zero',))]"), "/dev/zero is not there"),
        (_hook("return [Material(name='stone', source='x', tables=('../pyproject.toml',))]"), "toml is not there"),
        (_hook(TUBE.format("{3: 4}"), "register_sources"), "is left out: values"),
        (_hook("v = {}; v['v'] = v; " + TUBE.format("v"), "register_sources"), "is left out: values"),
        (_hook(TUBE.format("{'filtration': object()}"), "register_sources"), "is left out: values"),
        (_hook("return [ReportKind(name='h', endings=('.html',), write=print)]", "register_reports"), "'.html'"),
        (_hook("return [Command(name='check', help='h', command='a:b')]", "register_commands"), "'check'"),
    ],
)
def test_a_plugin_that_misbehaves_is_named(source: str, said: str, use_plugins: Use, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(source, "utf-8")
    use_plugins(tmp_path / "bad.py")
    plugins.host()
    told = " ".join(notice.text() for notice in plugins.troubles())
    assert "bad" in told
    assert said in told
    assert len(told) < 10_000


@pytest.mark.parametrize("name", ["$(touch x)", "-x", "a\nb", "n\x1b", "shieldcalc", "e\u0430"])
def test_a_file_whose_name_is_no_name_is_not_loaded(name: str, use_plugins: Use, tmp_path: Path) -> None:
    (tmp_path / f"{name}.py").write_text(_hook("return [Material(name='stone', source='x')]"), "utf-8")
    use_plugins()
    from shieldcalc.entrypoints import Choice, choose

    choose(Choice((str(tmp_path),)))
    try:
        assert plugins.loaded() == ()
        assert "stone" not in plugins.catalog().materials
        assert "stone" in str(plugins.lost("material", "stone")), "what it would give is known of"
        assert len(plugins.troubles()) == 1
        listed = CliRunner().invoke(cli, ["plugins", "list", "--plugin-dir", str(tmp_path)]).output
        assert listed.count("is left out") == 1
        assert "REFUSED" in listed
    finally:
        choose(Choice())
        plugins.forget()


def test_a_module_that_answers_by_code(use_plugins: Use, tmp_path: Path) -> None:
    source = "shieldcalc_api, __version__ = 1, '1'\n" + _hook("return [Material(name='stone', source='x')]")
    (tmp_path / "odd.py").write_text(source + "def __getattr__(name): raise RuntimeError(name)\n", "utf-8")
    use_plugins(tmp_path / "odd.py")
    assert "stone" in plugins.catalog().materials
    assert [used.name for used in plugins.loaded()] == ["odd"]


def test_a_plugin_that_declares_no_interface_is_told_of(use_plugins: Use, tmp_path: Path) -> None:
    stone = _hook("return [Material(name='stone', density_g_per_cm3=2, composition='H2O', source='x')]")
    (tmp_path / "silent.py").write_text(stone, "utf-8")
    (tmp_path / "said.py").write_text(stone.replace("stone", "said") + "shieldcalc_api = 1\n", "utf-8")
    use_plugins(tmp_path / "silent.py", tmp_path / "said.py")
    assert {"stone", "said"} <= set(plugins.catalog().materials)
    (remark,) = plugins.remarks()
    assert remark.code == "warnings.plugin_undeclared"
    assert remark.params["plugin"] == "silent"
    assert plugins.troubles() == (), "nothing is left out"
    done = CliRunner().invoke(cli, ["material", "stone"])
    assert done.exit_code == 0
    assert remark.text() in done.stderr
    assert remark.text() in CliRunner().invoke(cli, ["plugins", "list"]).stdout


def test_a_pipe_among_the_files_does_not_hold_the_run_up(use_plugins: Use, tmp_path: Path) -> None:
    from shieldcalc.cli.plugin_commands import told

    os.mkfifo(tmp_path / "pipe.py")
    use_plugins(tmp_path / "pipe.py")
    assert plugins.lost("material", "stone") is None
    assert "pipe.py" in plugins.troubles()[0].text()
    assert list(told()) == [], "--help reads files for commands"


def test_the_first_question_may_come_from_several_threads(use_plugins: Use, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    slow = "import time; time.sleep(0.05); return [Material(name='stone', density_g_per_cm3=2, source='x')]"
    (tmp_path / "slow.py").write_text("shieldcalc_api = 1\n" + _hook(slow), "utf-8")
    use_plugins(tmp_path / "slow.py")
    with ThreadPoolExecutor(4) as threads:
        hosts = set(threads.map(lambda _: id(plugins.host()), range(4)))
        found = list(threads.map(lambda _: "stone" in plugins.catalog().materials, range(4)))
    assert len(hosts) == 1
    assert found == [True] * 4
    assert plugins.troubles() == ()


def test_a_process_without_standard_error_keeps_no_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    true = os.dup

    def without(number: int) -> int:
        if number == sys.__stderr__.fileno():  # type: ignore[union-attr]
            raise OSError
        return true(number)

    monkeypatch.setattr(os, "dup", without)
    (before := true(1)) and os.close(before)
    with apart():
        pass
    (after := true(1)) and os.close(after)
    assert after == before
