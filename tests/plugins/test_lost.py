"""What a plugin left out is undetermined where it is asked for, and one line says which plugin and why."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shieldcalc import plugins
from shieldcalc.cli import cli
from shieldcalc.errors import PluginError
from shieldcalc.plugin_raised import stops

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "examples" / "ct_room.toml"
BROKEN = """from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import *
@hookimpl
def register_materials():
    return [Material(name="our_brick", density_g_per_cm3=-1.0, source="x"), Material(name="t", forms=3)]
@hookimpl
def register_sources():
    return [Equipment(name="our_tube", kind="no_kind", values={"filtration": "2.5 mm Al"}, source="x"),
            Distribution(name="our_survey", table="no.csv", field_cm2=1, field_at_m=1, source="x")]
@hookimpl
def register_regulations():
    raise KeyboardInterrupt  # a plugin writes XX-LAW: "XX-LAW"
@hookimpl
def register_reports():
    return [ReportKind(name="odd", endings=(".odd",), write=3)]
@hookimpl
def register_commands():
    print("printed")
    return []
"""
Use = Callable[..., None]


@pytest.fixture
def broken(tmp_path: Path, use_plugins: Use) -> Path:
    path = tmp_path / "broken.py"
    path.write_text(BROKEN, "utf-8")
    use_plugins(path)
    return path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)))


def _room(folder: Path, old: str, new: str, room: Path = ROOM) -> Path:
    text = room.read_text("utf-8")
    assert old in text
    path = folder / "room.toml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_a_material_left_out_leaves_the_room_undetermined(broken: Path, tmp_path: Path) -> None:
    room = _room(broken.parent, 'material = "concrete"', 'material = "our_brick"')
    done = _run("check", room, "--json", "-", "--report", tmp_path / "a.odd")
    assert done.exit_code == 3, done.output
    assert "its report .odd is not written" in done.stderr
    found = json.loads(done.stdout)
    doses = {each["outcome"] for each in found["findings"] if each["dose_rule"]}
    assert doses <= {"undetermined", "not_applicable"}
    (said,) = (each["text"] for each in found["warnings"] if each["code"] == "warnings.plugin_needed")
    assert "material 'our_brick' is what the plugin broken would give" in said
    assert "density_g_per_cm3 is -1.0" in said
    for arguments in (["map", room, "--json"], ["transmission", "--kv", "100", "--layer", "our_brick", "1 cm"]):
        done = _run(*arguments)
        assert done.exit_code == 3
        assert done.stderr.count("density_g_per_cm3 is -1.0") == 1
        assert "the plugin broken would give" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "radiography"', 'equipment = "our_tube"', "equipment 'our_tube' is what the plugin broken would give"),
        ('distribution = "rad_room_all_barriers"', 'distribution = "our_survey"', "distribution 'our_survey' is what"),
    ],
)
def test_other_things_left_out(old: str, new: str, said: str, broken: Path) -> None:
    room = _room(broken.parent, old, new, ROOT / "examples" / "district_hospital_radiography.toml")
    done = _run("check", room)
    assert done.exit_code == 3, done.output
    assert said in " ".join(done.output.split())


def test_an_instrument_left_out(broken: Path) -> None:  # noqa: ARG001
    done = _run("map", ROOM, "--points", "10", "--regulation", "XX-LAW", "--json")
    assert done.exit_code == 3
    assert [each["instrument"] for each in json.loads(done.stdout)["warnings"]] == ["XX-LAW"]
    done = _run("regulations", "show", "XX-LAW")
    assert done.exit_code == 3
    assert "KeyboardInterrupt" in done.output
    plan = ROOT / "examples" / "plan.dxf"
    assert '"XX-LAW"' in _run("import", plan, "--units", "mm", "--regulation", "XX-LAW").stdout
    assert _run("import", plan, "--units", "mm", "--regulation", "XX-LAV").exit_code == 2


def test_python_is_told_too(broken: Path) -> None:
    import shieldcalc

    design = shieldcalc.load(str(_room(broken.parent, 'material = "concrete"', 'material = "our_brick"')))
    with pytest.raises(PluginError, match="our_brick") as raised:
        shieldcalc.compute(design)
    assert raised.value.exit_code == 3


def test_only_the_user_stops_a_run() -> None:
    def by(raising: Callable[[], None]) -> BaseException:
        try:
            raising()
        except BaseException as error:
            return error
        raise AssertionError

    def itself() -> None:
        raise KeyboardInterrupt

    def user() -> None:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.signal(signal.SIGINT, before)

    assert stops(by(user))
    assert not stops(by(itself))


def test_keys_of_an_absent_plugin_in_site_and_facility_files(use_plugins: Use, tmp_path: Path) -> None:
    use_plugins()
    for name, command in (("two_ct_rooms/site", "check"), ("dental_chain/facility", "due")):
        path = tmp_path / "file.toml"
        path.write_text(ROOT.joinpath("examples", f"{name}.toml").read_text("utf-8") + "\n[plugins.absent_one]\na=1\n")
        for room in ROOT.joinpath("examples", name).parent.glob("*.toml"):
            tmp_path.joinpath(room.name).write_bytes(room.read_bytes())
        done = _run(command, path)
        assert done.exit_code == 2
        assert "plugin absent_one, which is not loaded" in done.output


def test_digests_are_the_same_whatever_was_asked(use_plugins: Use, tmp_path: Path) -> None:
    path = tmp_path / "rules.py"
    path.write_text(
        "from shieldcalc.hookspecs import hookimpl\nfrom shieldcalc.model.catalog import Instrument\n@hookimpl\n"
        f"def register_regulations():\n    return [Instrument(id='OURS', path={str(tmp_path / 'ours.toml')!r})]\n"
    )
    own = ROOT / "plugins" / "german-law" / "src" / "shieldcalc_german_law" / "de-strlschg.toml"
    tmp_path.joinpath("ours.toml").write_text(own.read_text("utf-8").replace("DE-STRLSCHG", "OURS"))
    use_plugins(path)
    plugins.material("concrete")
    plugins.host().collect("register_materials")
    (used,) = plugins.loaded()
    assert [name for name, _ in used.files] == ["ours.toml", "rules.py"]


@pytest.mark.parametrize("command", ["due", "audit"])
def test_a_facility_is_asked_by_the_rest(command: str, broken: Path) -> None:
    own = ROOT / "examples" / "dental_chain" / "facility.toml"
    text = own.read_text("utf-8").replace(
        "date = 2025-12-01", 'date = 2025-12-01\ninstruments = ["XX-LAW", "VN-19-2012"]'
    )
    text = text.partition("[[room]]")[0] + "[plugins.broken]\nkey = 1\n"
    path = broken.parent / "facility.toml"
    path.write_text(text, "utf-8")
    done = _run(command, path, "--json")
    assert done.exit_code == 3, done.output
    assert "instrument XX-LAW of plugin broken is not judged by" in json.dumps(json.loads(done.stdout))
    path.write_text(text.replace("XX-LAW", "XX-LAV"), "utf-8")
    assert _run(command, path).exit_code == 2


def test_every_document_tells_what_was_left_out(broken: Path) -> None:  # noqa: ARG001
    done = _run(
        "due", ROOT / "examples" / "district_hospital" / "facility.toml", "--on", "2026-01-15", "--json", "--lang", "vi"
    )
    told = json.loads(done.stdout)["plugins_left_out"]
    assert {each["plugin"] for each in told} == {"broken"}
    assert any("bỏ qua" in each["text"] for each in told)
    assert "bỏ qua" in done.stderr


def test_the_nuclide_of_a_case(use_plugins: Use, tmp_path: Path) -> None:
    (tmp_path / "theirs.py").write_text('NAMES = "Zz-99"\nraise RuntimeError("no licence server")\n', "utf-8")
    use_plugins(tmp_path / "theirs.py")
    case = tmp_path / "case.toml"
    text = (ROOT / "examples" / "accidents" / "lost_ir192.toml").read_text("utf-8")
    case.write_text(text.replace('"Ir-192"', '"Zz-99"'), "utf-8")
    done = _run("accident", "report", case, "--kind", "initial", "--at", "2026-03-02T07:30")
    assert done.exit_code == 3
    assert "source.1.nuclide: nuclide 'Zz-99' is what the plugin theirs would give" in done.stderr
    assert _run("nuclide", "Zz-99").exit_code == 3


def test_a_ledger_names_the_plugins_that_it_rests_on(tmp_path: Path) -> None:
    import sqlite3

    from shieldcalc.office.ledger import Ledger

    path = str(tmp_path / "office.sqlite")
    Ledger(path, new=True).close()
    row = {"name": "a", "sha256": "0", "program": "1", "data": "1", "asked": "{}", "outcome": "query", "exit_code": 3}
    row |= {"plugins": '[{"name": "odd", "version": "7", "sha256": "abcdef", "files": []}]', "applicant": "",
            "reference": "", "manifest": 0, "again": 0}  # fmt: skip
    with sqlite3.connect(path) as file:
        names = ", ".join(row)
        file.execute(f"INSERT INTO submission ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    file.close()
    for command in ("report", "list"):
        assert json.loads(_run("office", command, path, "--json").stdout)["plugins"][0]["name"] == "odd"
        for language, word in (("en", "Plugins"), ("zh", "插件")):
            assert f"{word}: odd 7 SHA-256 abcdef" in _run("office", command, path, "--lang", language).stdout
