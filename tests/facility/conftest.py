"""The command, asked for JSON."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rooms be checked without the thicknesses that their barriers would need: findings are the same."""
    from shieldcalc.assess import site

    monkeypatch.setattr(site, "assess", partial(site.assess, building=False))


@pytest.fixture
def asked() -> Callable[..., dict[str, Any]]:
    """Return a function that gives the JSON of ``shieldcalc due`` with some arguments."""

    def ask(*arguments: object) -> dict[str, Any]:
        done = CliRunner().invoke(cli, ["due", *map(str, arguments), "--json"])
        assert done.exit_code == 0, done.output
        found = json.loads(done.output)
        assert isinstance(found, dict)
        return found

    return ask
