"""Documentation and licence: what somebody needs who meets the plugin without its author."""

from collections.abc import Iterator
from os import listdir
from os.path import getsize, isdir, join

from shieldcalc.contract.found import PASS, Verdict, failed
from shieldcalc.contract.subject import Subject
from shieldcalc.plugin_files import said_by
from shieldcalc.plugin_things import HOOKS

_LICENCES = ("LICENSE", "LICENCE", "COPYING")


def papers(subject: Subject) -> Iterator[Verdict]:
    """Yield whether module and hooks say what they are, and README, licence, version and tests are there."""
    name, plugin = subject.record.name, subject.record.plugin
    silent = [hook for hook in HOOKS if hook in dir(plugin) and not said_by(getattr(plugin, hook), "__doc__").strip()]
    if not said_by(plugin, "__doc__").strip():
        silent.insert(0, "module")
    yield failed("documentation", name, missing=", ".join(silent)) if silent else Verdict("documentation", name, PASS)
    yield Verdict("version", name, PASS) if subject.record.version else failed("version", name)
    declared = "shieldcalc_api" in dir(plugin)
    yield Verdict("api", name, PASS) if declared else failed("api", name)
    yield Verdict("licence", name, PASS) if _licensed(subject) else failed("licence", name)
    if subject.folder:
        missing = [each for each in ("README.md", "tests") if not _there(subject.folder, each)]
        yield failed("folder", name, missing=", ".join(missing)) if missing else Verdict("folder", name, PASS)


def _licensed(subject: Subject) -> bool:
    plugin = subject.record.plugin
    said = said_by(plugin, "__license__") or subject.project.get("license")
    files = listdir(subject.folder) if subject.folder else []
    own = any(name.upper().startswith(_LICENCES) and getsize(join(subject.folder, name)) for name in files)
    return bool(said) and (own or not subject.project)


def _there(folder: str, name: str) -> bool:
    path = join(folder, name)
    if name.endswith(".md"):
        return name in listdir(folder) and getsize(path) > 0
    tests = listdir(path) if isdir(path) else []
    return any(each.startswith("test_") and each.endswith(".py") for each in tests)
