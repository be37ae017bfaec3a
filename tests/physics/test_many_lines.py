"""Many lines on arrays against the same lines one by one in plain Python."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldcalc.model.design import Layer
from shieldcalc.photons.source import of_nuclide
from shieldcalc.physics.gamma import passing

SOURCES = {
    name: of_nuclide(name, 1e9, daughters=True, cutoff_MeV=None, dates=None, counted=False).lines
    for name in ("Ra-226", "Eu-152", "Yb-169", "Ir-192", "Na-22")
}
MATERIALS = {"lead": None, "steel": None, "concrete": 2.35, "water": None, "Fe2O3": 5.0, "tungsten": None, "CdTe": 5.85}
LAYERS = st.builds(
    lambda name, t: Layer(material=name, thickness_mm=t, density_g_per_cm3=MATERIALS[name]),
    st.sampled_from([*MATERIALS]),
    st.floats(0.001, 600),
)


@settings(deadline=None, max_examples=15)
@given(st.sampled_from([*SOURCES]), st.lists(LAYERS, min_size=1, max_size=4), st.booleans())
def test_lines_side_by_side_pass_as_much_as_one_by_one(name: str, stack: list[Layer], published: bool) -> None:
    lines = SOURCES[name]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passing, "_MANY", 1)
        found = passing.at_1m(lines, stack, published=published)
        patched.setattr(passing, "_MANY", len(lines) + 1)
        wanted = passing.at_1m(lines, stack, published=published)
    assert found.kerma == pytest.approx(wanted.kerma, rel=1e-9)
    assert found.h10 == pytest.approx(wanted.h10, rel=1e-9)
    assert found.beyond == pytest.approx(wanted.beyond, rel=1e-9, abs=1e-12 * wanted.kerma)


def test_radium_behind_more_lead_is_never_more() -> None:
    through = [
        passing.at_1m(SOURCES["Ra-226"], [Layer(material="lead", thickness_mm=x)]) for x in (0.01, 1, 5, 50, 300, 900)
    ]
    assert all(thick.h10 <= thin.h10 and thick.kerma <= thin.kerma for thin, thick in pairwise(through))
