"""Plugins: built-ins come by the hooks, strangers in their own try, one name has one owner, every example works."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shieldcalc import builtin_plugin, builtins, hookspecs, plugins
from shieldcalc.errors import PluginError, UnknownNameError
from shieldcalc.plugin_things import HOOKS

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "plugins"
Use = Callable[..., None]
HEAD = "from shieldcalc.hookspecs import hookimpl\nfrom shieldcalc.model.catalog import *\n"


@pytest.fixture
def plugin(tmp_path: Path, use_plugins: Use) -> Callable[..., None]:
    """Return a function that writes single-file plugins and makes them the only foreign ones."""

    def write(**sources: str) -> None:
        for name, source in sources.items():
            (tmp_path / f"{name}.py").write_text(HEAD + source, "utf-8")
        use_plugins(*(tmp_path / f"{name}.py" for name in sources))

    return write


def _material(name: str) -> str:
    return f'@hookimpl\ndef register_materials():\n    return [Material(name="{name}")]\n'


def _codes() -> list[str]:
    return [notice.code.removeprefix("warnings.") for notice in plugins.troubles()]


def test_built_ins_come_through_the_hooks(use_plugins: Use) -> None:
    use_plugins()
    host = plugins.host()
    assert host.manager.get_plugins() == {builtin_plugin}
    assert set(host.collect("register_methods")) == set(builtins.METHODS)
    assert set(host.collect("register_reports")) == set(builtins.REPORTS)
    assert set(host.collect("register_regulations")) == set(builtins.instruments())
    assert set(host.collect("register_materials")) == set(builtins.materials())
    assert plugins.loaded() == ()
    assert plugins.troubles() == ()


def test_every_hook_has_a_built_in_implementation_and_a_type() -> None:
    hooks = {name for name in vars(hookspecs) if name.startswith("register_")}
    assert hooks == set(HOOKS)
    assert all(hasattr(builtin_plugin, name) for name in hooks)


def test_every_hook_is_documented_with_its_signature() -> None:
    source = Path(hookspecs.__file__).read_text("utf-8")
    signatures = dict(re.findall(r"^def (register_\w+)(\(.*\) -> .*):$", source, re.MULTILINE))
    assert signatures.keys() == HOOKS.keys()
    for hook, signature in signatures.items():
        page = (ROOT / "docs" / "plugins" / f"{hook}.md").read_text("utf-8")
        assert f"# `{hook}{signature}`" in page
        assert "```python" in page


def test_names_resolve_without_pluggy() -> None:
    code = "from shieldcalc import plugins; plugins.material('lead'); import sys; sys.exit('pluggy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("kind", ["method", "instrument", "material", "report"])
def test_unknown_names_are_refused_with_the_known_ones(kind: str, use_plugins: Use) -> None:
    use_plugins()
    with pytest.raises(UnknownNameError, match="no_such") as refused:
        getattr(plugins, kind)("no_such")
    assert "known: " in str(refused.value)


def test_a_report_goes_by_the_ending_in_any_case() -> None:
    assert plugins.report("a/room.PDF") is plugins.report("other.pdf")
    with pytest.raises(UnknownNameError, match=r"'\.odt'"):
        plugins.report("room.odt")


def test_the_catalog_names_what_the_rules_know(use_plugins: Use) -> None:
    use_plugins()
    catalog = plugins.catalog()
    import tomllib

    taxonomy = tomllib.loads((ROOT / "data" / "regulations" / "_taxonomy.toml").read_text("utf-8"))
    assert set(catalog.equipment_kinds) <= set(taxonomy["equipment"])
    assert "rad_room_all_barriers" in catalog.distributions
    assert catalog.materials["brick"].forms == ("solid", "hollow")
    assert catalog.materials["lead"].scaled
    assert catalog.places["corridor"]["occupancy"] == 0.2
    assert set(catalog.methods) == set(builtins.METHODS)


def test_instruments_are_called_as_their_file_says() -> None:
    assert all((ROOT / "data" / "regulations" / each.path).is_file() for each in builtins.instruments().values())
    assert {"US-NCRP147", "VN-LC-24-2015"} <= builtins.instruments().keys()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("1/0", "plugin_import"),
        ("def (", "plugin_import"),
        ("raise SystemExit(3)", "plugin_import"),
        ("shieldcalc_api = 2\n" + _material("stone"), "plugin_api"),
        ("@hookimpl\ndef register_material():\n    return []\n", "plugin_hook"),
        ("@hookimpl\ndef register_materials(much):\n    return []\n", "plugin_import"),
        ("", "plugin_empty"),
        ("@hookimpl\ndef register_materials():\n    return 1/0\n", "plugin_raised"),
        ("@hookimpl\ndef register_materials():\n    raise SystemExit(0)\n", "plugin_raised"),
        ("@hookimpl\ndef register_materials():\n    return None\n", "plugin_raised"),
        ("@hookimpl\ndef register_materials():\n    yield Material(name='stone')\n", "plugin_raised"),
        (_material("../stone"), "plugin_thing"),
        (_material("lead"), "plugin_name_built_in"),
        ("@hookimpl\ndef register_materials():\n    return [Material(name=3)]\n", "plugin_thing"),
        (
            "@hookimpl\ndef register_materials():\n    return [Material(name='s', density_g_per_cm3=-1)]\n",
            "plugin_thing",
        ),
        (
            "@hookimpl\ndef register_materials():\n    return [Material(name='s', tables=('/no.csv',))]\n",
            "plugin_thing",
        ),
        ("@hookimpl\ndef register_materials():\n    return [Material(name='s', composition='Xx:1')]\n", "plugin_thing"),
        ("@hookimpl\ndef register_materials():\n    return ['stone']\n", "plugin_result"),
    ],
)
def test_a_bad_plugin_is_reported_and_the_rest_run(plugin: Callable[..., None], source: str, code: str) -> None:
    plugin(bad=source, good=_material("stone"))
    assert plugins.material("stone").name == "stone"
    assert _codes() == [code]
    assert "bad" in plugins.troubles()[0].text()


@pytest.mark.parametrize(
    ("rules", "said"),
    [(b"[instrument]\nfoo = 1\n", "foo"), (b"[[[", "TOML"), (b"\xff\xfe", "UTF-8"), (None, "odd.toml"),
     ((ROOT / "data" / "regulations" / "icrp-103.toml").read_bytes(), "ICRP-103")],
)  # fmt: skip
def test_a_broken_file_of_rules_names_its_plugin(
    plugin: Callable[..., None], tmp_path: Path, rules: bytes | None, said: str
) -> None:
    if rules is not None:
        (tmp_path / "odd.toml").write_bytes(rules)
    given = f'Instrument(id="ODD", path={str(tmp_path / "odd.toml")!r})'
    plugin(law=f"@hookimpl\ndef register_regulations():\n    return [{given}]\n", good=_material("stone"))
    assert plugins.material("stone")
    assert "ODD" not in plugins.catalog().instruments
    (told,) = (notice.text() for notice in plugins.troubles())
    assert all(word.lower() in told.lower() for word in ("law", "ODD", said))


def test_a_misspelt_hook_names_the_nearest(plugin: Callable[..., None]) -> None:
    plugin(bad="@hookimpl\ndef register_material():\n    return []\n")
    plugins.host()
    assert "did you mean 'register_materials'?" in plugins.troubles()[0].text()


def test_a_missing_file_and_a_missing_name_are_reported(use_plugins: Use, tmp_path: Path) -> None:
    use_plugins(tmp_path / "nowhere.py", "no-such-package")
    plugins.host()
    assert sorted(_codes()) == ["plugin_absent", "plugin_file"]


def test_two_plugins_of_one_name(use_plugins: Use, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.py").write_text(HEAD + _material(folder), "utf-8")
    use_plugins(tmp_path / "a" / "same.py", tmp_path / "b" / "same.py")
    assert plugins.material("a")
    assert _codes() == ["plugin_twice"]
    assert all(str(tmp_path / folder) in plugins.troubles()[0].text() for folder in ("a", "b"))
    assert "same" in str(plugins.lost("material", "b")), "what the second would give is known of"


def test_two_plugins_that_claim_one_name_are_refused_naming_both(plugin: Callable[..., None]) -> None:
    plugin(first=_material("stone"), second=_material("stone"))
    with pytest.raises(PluginError, match=r"material 'stone' is claimed by both first and second"):
        plugins.material("stone")


def test_a_name_that_two_claim_belongs_to_neither_and_the_rest_runs(plugin: Callable[..., None]) -> None:
    plugin(first=_material("stone"), second=_material("stone"), third=_material("sand"))
    assert "stone" not in plugins.catalog().materials
    assert plugins.material("sand")
    assert _codes() == ["plugin_name_contested"]


@pytest.mark.parametrize(("declared", "used"), [("1", True), ('"1.7"', True), ("2", False), ('"2.0"', False)])
def test_another_major_version_of_the_interface_is_refused(
    plugin: Callable[..., None], declared: str, *, used: bool
) -> None:
    plugin(old=f"shieldcalc_api = {declared}\n" + _material("stone"))
    assert ("stone" in plugins.catalog().materials) is used
    assert _codes() == ([] if used else ["plugin_api"])


def test_a_plugin_cannot_take_a_built_in_name(plugin: Callable[..., None]) -> None:
    plugin(thief=_material("lead"))
    assert plugins.catalog().materials["lead"].tables, "built-in names resolve first"
    assert _codes() == ["plugin_name_built_in"]
    assert all(name in plugins.troubles()[0].text() for name in ("lead", "shieldcalc", "thief"))


def test_nothing_foreign_when_the_variable_is_empty(use_plugins: Use, installed: Path) -> None:
    assert installed
    use_plugins()
    plugins.host()
    assert plugins.loaded() == ()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the survey plugin on the path with the metadata that an installation would write."""
    return _install(EXAMPLES / "survey", monkeypatch)


def _install(package: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import tempfile
    import tomllib

    project = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))["project"]
    site = Path(tempfile.mkdtemp())
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    groups = project["entry-points"].items()
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in points.items()) for group, points in groups
    ]
    (info / "entry_points.txt").write_text("\n".join(lines), "utf-8")
    monkeypatch.syspath_prepend(str(package / "src"))
    monkeypatch.syspath_prepend(str(site))
    return site


def test_an_installed_package_is_found_by_its_entry_points(
    installed: Path,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
    fresh_plugins: None,  # noqa: ARG001
) -> None:
    monkeypatch.delenv("SHIELDCALC_PLUGINS")
    assert plugins.command("survey") is not None
    assert ("survey", "1.0") in {each[:2] for each in plugins.loaded()}


def test_an_installed_package_may_be_chosen_by_name(installed: Path, use_plugins: Use) -> None:  # noqa: ARG001
    use_plugins("shieldcalc-survey")
    assert plugins.command("survey") is not None
