"""Doors of borated polyethylene without lead outside it: the gammas of boron are told."""

import pytest

from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.physics.therapy.counted import Sheet
from shieldcalc.physics.therapy.document import Beam
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.stray import MAZE_NEUTRON, NEUTRON, stray_behind

LEAD, BORON, STEEL = Sheet("lead", 12), Sheet("borated_polyethylene", 100), Sheet("steel", 6)


@pytest.mark.parametrize("part", [NEUTRON, MAZE_NEUTRON])
@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ((LEAD, BORON, LEAD), False),
        ((STEEL, LEAD, BORON, LEAD, STEEL), False),
        ((LEAD, BORON), True),
        ((LEAD, BORON, STEEL), True),
        ((BORON, LEAD, BORON), True),
        ((LEAD, STEEL), False),
    ],
)
def test_bare_boron_is_told_and_the_order_changes_no_figure(
    part: str, sheets: tuple[Sheet, ...], *, told: bool
) -> None:
    found, turned = (stray_behind(NCRP151, Beam(Energy(MV=18), part), each) for each in (sheets, sheets[::-1]))
    assert ("warnings.therapy_boron_bare" in {each.code for each in found.notices}) is told
    assert found.tenths == turned.tenths
