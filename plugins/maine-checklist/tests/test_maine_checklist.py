"""Every item stands on the form, answered where the file answers it and marked where it does not."""

from functools import cache

import pytest
from shieldcalc_maine_checklist import MISSING, answered, form, write

import shieldcalc
from shieldcalc.model.assessment import Assessment
from shieldcalc.resources import data_path


@cache
def checked(kind: str) -> Assessment:
    """Return a shipped room computed and judged, once for all tests."""
    found = shieldcalc.check(data_path("templates", f"{kind}.toml"))
    assert isinstance(found, Assessment)
    return found


@pytest.mark.parametrize("kind", ["radiography", "ct", "source_store", "nm_imaging"])
def test_every_item_of_a_shipped_room(kind: str) -> None:
    found = checked(kind)
    text = write(found, "en").decode()
    assert all(f"\n{item} {words}\n" in text for item, words in form()["items"].items())
    assert answered(found).keys() == form()["items"].keys()
    assert all(barrier.id in text for barrier in found.scene.barriers)
    assert found.design.sha256 in text


def test_what_is_not_said_is_marked() -> None:
    found = checked("radiography")
    source = found.design.sources[0]
    line = next(line for line in answered(found)["A(5)"] if line.startswith(source.id))
    assert (MISSING in line) is not bool(source.make and source.model and source.max_technique)
