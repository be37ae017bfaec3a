"""The whole plugin surface on one page. A hook returns a list of named things; built-ins use the same hooks."""

import pluggy

from shieldcalc.model.catalog import Instrument, Material, ReportKind
from shieldcalc.model.result import Method

API_VERSION = 1
hookspec = pluggy.HookspecMarker("shieldcalc")
hookimpl = pluggy.HookimplMarker("shieldcalc")


@hookspec
def register_methods() -> list[Method]:
    """Return methods: ways to turn a scene into doses."""
    raise NotImplementedError


@hookspec
def register_instruments() -> list[Instrument]:
    """Return instruments: files of dated, cited rules."""
    raise NotImplementedError


@hookspec
def register_materials() -> list[Material]:
    """Return materials with their transmission data."""
    raise NotImplementedError


@hookspec
def register_reports() -> list[ReportKind]:
    """Return report kinds: ways to write an assessment to a file."""
    raise NotImplementedError
