"""Conversion coefficients at and above the end of ICRP 74."""

import pytest

from shieldcalc.photons.dose import H10, per_fluence


def test_above_10_MeV_air_kerma_goes_on_and_h10_is_not_known() -> None:
    """Kerma from partial cross sections joins that of ICRP 74; effective dose of ICRP 116 lies below it by geometry."""
    at_10, above, top = per_fluence(10.0), per_fluence(10.001), per_fluence(20.0)
    assert above.kerma == pytest.approx(at_10.kerma, rel=0.006)
    assert above.kerma > at_10.kerma
    assert H10 not in above.ratios
    assert H10 not in above.largest
    assert above.kerma < top.kerma < 2 * at_10.kerma
    assert top.ratios["icrp116_AP"] * top.kerma == pytest.approx(30.8)
    assert above.exposure == pytest.approx(at_10.exposure, rel=1e-3)
