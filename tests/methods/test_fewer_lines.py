"""Few lines of photons stand for the many of a source where its extent is followed; the doses told are those of all."""

from typing import Any

import pytest
from bodies_rooms import HEAD, WALLS, design
from test_integration_error import PLATE

from shieldcalc.methods.point_kernel.compute import METHOD
from shieldcalc.model.build import scene_of
from shieldcalc.photons.dose import H10, per_fluence
from shieldcalc.photons.source import of_nuclide
from shieldcalc.physics.gamma.field import Fields
from shieldcalc.physics.point_kernel.fewer import fewer, shares

DRUM = """
[[source]]
id = "drum"
kind = "source_store"
nuclide = "Eu-152"
activity = "1 GBq"
position = ["3 m", "2 m", "1 m"]
shape = "cylinder"
radius = "0.1 m"
height = "0.3 m"
axis = [1, -0.4, 0.7]
self_absorption = { material = "water" }
"""
PLACES = [(6.4, 2.6, 1.2), (-0.5, 2.0, 1.0)]


@pytest.mark.parametrize("nuclide", ["Ra-226", "Eu-152", "Yb-169"])
def test_few_lines_have_the_kerma_of_all(nuclide: str) -> None:
    lines = of_nuclide(nuclide, 1e9).lines
    few = fewer(lines)
    kermas = [sum(each.per_s * per_fluence(each.energy_MeV).kerma for each in some) for some in (few, lines)]
    assert kermas[0] == pytest.approx(kermas[1], rel=1e-9)
    assert 0 < len(few) < 0.5 * len(lines)


def test_a_source_of_few_lines_keeps_them() -> None:
    assert fewer(of_nuclide("Co-60", 1e9).lines) == ()


def test_doses_are_those_of_all_lines() -> None:
    """Half behind a plate, through concrete, brick and in the open: within the errors told, by all lines followed."""
    room = HEAD + WALLS + DRUM + PLATE.format(number=1, y=2.5)
    field = Fields(scene_of(design(room)), METHOD.emitter_of).of(H10, True).exact()
    (ask,), room = field._asks, field.room
    among, way = room.among(ask), room.followed[ask.quality]
    every = room._by_lines(among.shape, way.lines, way.around)
    asked = PLACES, room.kinds(), room.accuracy()
    assert among.few is not among
    for one, other in zip(among.refined(*asked), every.refined(*asked), strict=True):
        assert one.reached
        assert one.error <= 0.005
        assert {type(one.kerma), type(one.h10), type(one.error)} == {float}, "reports compare doses with limits"
        for name in ("kerma", "h10"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), rel=max(one.error + other.error, 1e-9))
    for one, other in zip(among.quickly(*asked[:2]), every.quickly(*asked[:2]), strict=True):
        assert one.h10 == pytest.approx(other.h10, rel=0.01)


def test_what_few_lines_leave_open_counts_on_the_safe_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """A share that no number of places makes sure of was told as its error, but as within what was asked."""
    field = Fields(scene_of(design(HEAD + WALLS + DRUM)), METHOD.emitter_of).of(H10, True).exact()
    (ask,), room = field._asks, field.room
    among, asked = room.among(ask), (PLACES[:1], room.kinds(), room.accuracy())
    (sure,) = among.refined(*asked)
    monkeypatch.setattr("shieldcalc.physics.point_kernel.among.shares", _unsure)
    (found,) = among.refined(*asked)
    assert sure.reached
    assert not found.reached
    assert found.error > 0.3
    assert found.h10 > 1.3 * 0.99 * sure.h10


def _unsure(*asked: Any) -> tuple[Any, float]:
    return shares(*asked)[0], 0.3
