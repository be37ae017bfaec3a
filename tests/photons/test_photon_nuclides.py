"""Nuclides: names, half-lives, equilibrium, Bateman against closed forms, what is never silent."""

from datetime import date
from math import exp, log

import pytest

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.photons.blocks import block
from shieldcalc.photons.chain import after, equilibrium, outlasting
from shieldcalc.photons.nuclides import LINES_TABLE, NUCLIDES_TABLE, SECONDS, lines, names, nuclide
from shieldcalc.photons.source import Dates, of_nuclide

DAY, YEAR = SECONDS["d"], SECONDS["y"]


@pytest.mark.parametrize("spelling", ["Cs-137", "cs137", "137Cs", "CS 137", "137-Cs", " Cs-137 "])
def test_spellings(spelling: str) -> None:
    assert nuclide(spelling).name == "Cs-137"


def test_metastable_spellings() -> None:
    assert nuclide("99mTc").name == nuclide("tc99M").name == "Tc-99m"


@pytest.mark.parametrize("name", ["", "Xx-1", "Co-600", "Co", "60", "Cs-137,1", "Ir-192x", "\n", "Co-60\nCs-137"])
def test_no_nuclide(name: str) -> None:
    with pytest.raises(UnknownNameError):
        nuclide(name)


@pytest.mark.parametrize("name", ["Am-Be", "AmBe", "Am-241/Be", "Pu-239-Be", "Ra-Be", "Ra-226/Be", "D-T"])
def test_neutron_sources_are_refused(name: str) -> None:
    with pytest.raises(OutsideDataError, match="neutron"):
        of_nuclide(name, 1e9)


def test_photon_energies_per_decay_are_those_of_the_list() -> None:
    """Sum of energy times yield against the printed energy per decay: what lines under 1 keV leave out."""
    for name in names()[::13]:
        total = sum(each.energy_MeV * each.intensity for each in lines(name))
        assert total == pytest.approx(nuclide(name).photon_MeV, rel=0.006, abs=1.2e-3)


def test_equilibrium() -> None:
    assert {each.name: each.ratio for each in equilibrium(nuclide("Cs-137"))} == pytest.approx({"Ba-137m": 0.94399})
    zirconium = {each.name: each.ratio for each in equilibrium(nuclide("Zr-95"))}
    assert zirconium["Nb-95"] == pytest.approx(2.205, rel=1e-3)
    radium = {each.name for each in equilibrium(nuclide("Ra-226"))}
    assert {"Rn-222", "Pb-214", "Bi-214", "Pb-210", "Po-210"} <= radium
    assert [each.name for each in outlasting(nuclide("Tc-99m"))] == ["Tc-99"]


def test_equilibrium_is_where_bateman_ends() -> None:
    for name in ("Zr-95", "Mo-99", "Ba-140", "Sr-90"):
        parent = nuclide(name)
        end = after({name: 1.0}, parent, 25 * max(nuclide(each.name).half_life_s for each in equilibrium(parent)))
        for each in equilibrium(parent):
            if nuclide(each.name).half_life_s < 0.7 * parent.half_life_s:
                assert end[each.name] / end[name] == pytest.approx(each.ratio, rel=1e-3)


def test_bateman_of_two_by_its_closed_form() -> None:
    mo, tc = nuclide("Mo-99"), nuclide("Tc-99m")
    t = 40 * 3600.0
    found = after({"Mo-99": 1e9}, mo, t)
    share = dict(mo.daughters)["Tc-99m"]
    a, b = mo.decay_constant, tc.decay_constant
    assert found["Mo-99"] == pytest.approx(1e9 * exp(-a * t))
    assert found["Tc-99m"] == pytest.approx(share * 1e9 * b / (b - a) * (exp(-a * t) - exp(-b * t)))


def test_bateman_in_two_steps_is_one() -> None:
    parent = nuclide("Th-228")
    once = after({"Th-228": 1.0}, parent, 10 * DAY)
    twice = after(after({"Th-228": 1.0}, parent, 4 * DAY), parent, 6 * DAY)
    for name, activity in once.items():
        assert twice[name] == pytest.approx(activity, rel=1e-9, abs=1e-15)


def test_decay_to_a_day() -> None:
    day = date(2024, 1, 1).toordinal()
    later = day + 74
    found = of_nuclide("Ir-192", 1e12, dates=Dates(day, later)).members[0].activity_Bq
    assert found == pytest.approx(1e12 * exp(-log(2) * 74 * DAY / nuclide("Ir-192").half_life_s))
    cs = of_nuclide("Cs-137", 1e12, dates=Dates(day, day + 11018))
    assert cs.members[1].activity_Bq == pytest.approx(0.94399 * cs.members[0].activity_Bq, rel=1e-4)


def test_ingrowth_after_separation() -> None:
    day = date(1990, 1, 1).toordinal()
    years = 30 * 365.2422
    found = {
        m.name: m.activity_Bq for m in of_nuclide("Pu-241", 1e9, dates=Dates(None, round(day + years), day)).members
    }
    ratio = found["Am-241"] / found["Pu-241"]
    a, b = nuclide("Pu-241").decay_constant, nuclide("Am-241").decay_constant
    t = round(years) * DAY
    assert ratio == pytest.approx(0.99998 * b / (b - a) * (1 - exp((a - b) * t)), rel=1e-3)
    assert found["Pu-241"] == pytest.approx(1e9)


@pytest.mark.parametrize("name", ["U-238", "Th-232", "U-235", "Np-237", "Th-230"])
def test_long_chains_need_a_day_of_separation(name: str) -> None:
    with pytest.raises(OutsideDataError, match="separated"):
        of_nuclide(name, 1e9)
    assert of_nuclide(name, 1e9, daughters=False).members[0].name == name
    assert len(of_nuclide(name, 1e9, dates=Dates(None, 730000, 720000)).members) > 1


@pytest.mark.parametrize(
    "dates", [Dates(730000, None), Dates(None, 730000), Dates(730001, 730000), Dates(720000, 730000, 725000)]
)
def test_days_that_do_not_fit(dates: Dates) -> None:
    with pytest.raises(OutsideDataError):
        of_nuclide("Co-60", 1e9, dates=dates)


def test_a_day_of_separation_after_which_nothing_is_left() -> None:
    with pytest.raises(OutsideDataError, match="decayed"):
        of_nuclide("Tc-99m", 1e9, dates=Dates(730000, 730000, 720000))


def test_nothing_emitted_is_no_zero() -> None:
    for name in ("Gd-148",):
        with pytest.raises(OutsideDataError, match="not the same as none"):
            of_nuclide(name, 1e9)


@pytest.mark.parametrize("name", ["Sr-90", "Y-90", "P-32", "Tl-204", "Kr-85", "C-14", "H-3", "Ni-63", "Pm-147"])
def test_beta_emitters_carry_a_flagged_bound(name: str) -> None:
    source = of_nuclide(name, 1e9)
    assert source.betas
    assert "warnings.photon_bremsstrahlung" in [each.code for each in source.notices]
    assert source.betas[0].max_MeV == pytest.approx(3 * nuclide(name).electron_MeV)


def test_gamma_emitters_carry_none() -> None:
    for name in ("Co-60", "Ir-192", "Cs-137", "I-131", "F-18"):
        assert not of_nuclide(name, 1e9).betas


@pytest.mark.parametrize("name", [LINES_TABLE, NUCLIDES_TABLE])
def test_ordered_rows_are_found_as_by_reading_all(name: str) -> None:
    for key in (*names()[::25], names()[0], names()[-1], "Aa-1", "Zz-9", "Cs", ""):
        assert block(name, key, ordered=True) == block(name, key), key
