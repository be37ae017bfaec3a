"""The contract of plugins: what must hold of everything that a hook gives, tried by computing with it.

========  =========================================================================================
found     Verdict: one check of one thing
subject   a path to a host with that plugin alone, and the folder that it is published from
things    materials, equipment, methods, instruments, reports, commands: types, units, ranges
perturb   methods on shipped rooms: thicker barriers, more work, no impossible dose
papers    documentation and licence
========  =========================================================================================
"""

from collections.abc import Iterator

from shieldcalc.contract.found import FAIL, PASS, SKIP, Verdict
from shieldcalc.contract.subject import Subject, subject_of

__all__ = ["FAIL", "PASS", "SKIP", "Subject", "Verdict", "check", "given", "subject_of"]


def check(path: str) -> tuple[Verdict, ...]:
    """Return every verdict on the plugin at a path: a Python file, or a folder with a pyproject.toml.

    Raises PluginError where there is no plugin. The plugin's code runs.
    """
    from shieldcalc.contract.papers import papers

    subject = subject_of(path)
    verdicts = [*_loaded(subject)]
    if subject.record.plugin is not None:
        verdicts += [*given(subject), *papers(subject)]
    return tuple(verdicts)


def given(subject: Subject) -> Iterator[Verdict]:
    """Yield the verdicts on everything that a plugin gives, the built-in one included."""
    from shieldcalc.contract.things import CHECKS

    for hook, checks in CHECKS.items():
        for name, thing in subject.things(hook):
            for each in checks:
                yield from each(subject, name, thing)


def _loaded(subject: Subject) -> Iterator[Verdict]:
    """Yield whether it imports, has known hooks and gives things of the right types under free names."""
    refused = subject.host.troubles
    yield from (Verdict("loads", subject.record.name, FAIL, notice) for notice in refused)
    if not refused:
        yield Verdict("loads", subject.record.name, PASS)
