"""What every test may rely on: nothing foreign is loaded, and slow machines do not fail properties."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from shieldcalc import plugins
from shieldcalc.__main__ import SELDOM
from shieldcalc.entrypoints import VARIABLE

ROOT = Path(__file__).parents[1]
os.environ[VARIABLE] = ""  # for every subprocess too
gc.set_threshold(SELDOM)  # as the command line has it
settings.register_profile("shieldcalc", deadline=None, derandomize=True)  # the same cases in every run
settings.register_profile("seek", deadline=None)  # pytest --hypothesis-profile=seek: other cases in each
settings.load_profile("shieldcalc")


@pytest.fixture
def fresh_plugins() -> Iterator[None]:
    """Forget the plugins before and after a test."""
    plugins.forget()
    yield
    plugins.forget()


@pytest.fixture
def use_plugins(monkeypatch: pytest.MonkeyPatch, fresh_plugins: None) -> Callable[..., None]:  # noqa: ARG001
    """Return a function that makes exactly these plugins (files or names) the foreign ones of this run."""

    def use(*plugins_or_paths: object) -> None:
        monkeypatch.setenv(VARIABLE, os.pathsep.join(map(str, plugins_or_paths)))
        plugins.forget()

    return use
