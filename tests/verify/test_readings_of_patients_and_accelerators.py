"""Readings beside patients, by the activity in them, and beside accelerators, by dose rate and field."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import exp, log
from pathlib import Path
from typing import Any

import pytest

import shieldcalc
from shieldcalc.model.design import Design
from shieldcalc.model.result import Result
from shieldcalc.verify import natural
from shieldcalc.verify.model import Instrument, Measured, Reading
from shieldcalc.verify.readings import PULSED, measured

EXAMPLES = Path(__file__).parents[2] / "examples"
METER = Instrument(
    id="m", make="M", model="S", serial="1", shows="h10", calibrated=date(2025, 5, 1), factor=1.0, response_s=2.0,
    uncertainty=0.2, energy_low_MeV=0.03, energy_high_MeV=10.0,
)  # fmt: skip
PATIENT: dict[str, Any] = {"subject": "south", "source": "patients", "phantom": "patient", "activity_Bq": 200e6}
BEAM: dict[str, Any] = {
    "subject": "west_north", "phantom": "water", "time_s": 20.0, "dose_rate_Gy_per_h": 360.0, "gantry_deg": 0.0,
    "field_mm": 400.0,
}  # fmt: skip
Read = Callable[..., Measured]


def reader(name: str) -> Read:
    """Return what judges a reading beside an example."""
    design: Design = shieldcalc.load(str(EXAMPLES / f"{name}.toml"))
    result: Result = shieldcalc.compute(design)

    def read(meter: Instrument = METER, **own: Any) -> Measured:
        head: dict[str, Any] = {"id": "r", "design": "", "instrument": "m", "file": "", "row": 1, "integrated": False}
        return measured(
            Reading(**{**head, "shows": "h10", "value": 1.0, "background": 0.0, "on": date(2025, 6, 30), **own}),
            meter,
            design,
            result,
        )

    return read


@pytest.fixture(scope="module")
def pet() -> Read:
    return reader("pet_ct_room")


@pytest.fixture(scope="module")
def linac() -> Read:
    return reader("linac_6mv_room")


@pytest.fixture(scope="module")
def bunker() -> Read:
    return reader("linac_18mv_maze_bunker")


def test_a_reading_of_a_patient_is_scaled_to_the_activity_of_the_design(pet: Read) -> None:
    """370 MBq, 85 % left after voiding, one hour of F-18's 110 min (TG-108) before imaging."""
    left = 370e6 * 0.85 * exp(-log(2) * 60 / 110)
    found = pet(**PATIENT)
    assert found.scale == pytest.approx(left / 200e6, rel=1e-3)
    again = pet(**{**PATIENT, "value": (found.computed or 0.0) / (found.scale or 1.0)})
    assert (again.status, again.ratio) == ("agrees", pytest.approx(1))
    assert pet(**{**PATIENT, "source": ""}).computed == found.computed, "an activity is of patients"


def test_patients_count_alone_beside_a_scanner(pet: Read) -> None:
    """In the room with its CT the patients give part of the dose; their own is bare of the tube's."""
    everything = pet(
        subject="south", source="ct", beam="diagnostic", kv=120.0, dlp_mGy_cm=620.0, time_s=10.0, phantom="b"
    )
    assert everything.computed is not None
    assert 0 < (pet(**PATIENT).computed or 0.0) < everything.computed


@pytest.mark.parametrize(
    ("own", "said"),
    [({"activity_Bq": None}, "activity"), ({"phantom": ""}, "phantom"), ({"source": "nobody"}, "which_source")],
)
def test_what_a_reading_of_patients_lacks_is_said(pet: Read, own: dict[str, Any], said: str) -> None:
    found = pet(**{**PATIENT, **own})
    assert found.status == "not_counted"
    assert any(said in f"{why.code} {why.params}" for why in found.why)


def test_a_reading_of_an_accelerator_is_scaled_by_its_dose_rate(linac: Read) -> None:
    own = linac(**BEAM)
    assert own.computed == pytest.approx(45.68, rel=1e-3)
    half = linac(**{**BEAM, "value": own.computed, "dose_rate_Gy_per_h": 180.0})
    assert (half.status, half.ratio) == ("above", pytest.approx(2))
    dose = linac(**{**BEAM, "value": (own.computed or 0.0) / 60, "integrated": True, "time_s": 60.0})
    assert (dose.status, dose.ratio) == ("agrees", pytest.approx(1))


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"field_mm": 100.0}, "other_field"),
        ({"field_mm": None}, "field"),
        ({"gantry_deg": None}, "gantry"),
        ({"phantom": ""}, "phantom"),
        ({"beam": "10 MV"}, "6 MV"),
        ({"dose_rate_Gy_per_h": None}, "dose_rate"),
    ],
)
def test_what_a_reading_of_an_accelerator_lacks_is_said(linac: Read, own: dict[str, Any], said: str) -> None:
    found = linac(**{**BEAM, **own})
    assert found.status == "not_counted"
    assert any(said in f"{why.code} {why.params}" for why in found.why)


def test_a_meter_of_photons_is_set_beside_photons(bunker: Read) -> None:
    soft, hard = (bunker(**{**BEAM, "subject": "entrance", "beam": beam}) for beam in ("6 MV", "18 MV"))
    assert not any("step_photons" in each.code for each in soft.steps)
    assert any("step_photons" in each.code for each in hard.steps)
    assert (hard.computed or 0.0) > (soft.computed or 0.0) > 0


def test_no_reading_of_an_accelerator_shows_the_natural_background(linac: Read) -> None:
    """The beam may have pointed elsewhere."""
    found = linac(**{**BEAM, "value": 0.1, "background": 0.1})
    assert found.status != "not_counted"
    assert natural._decides(found) == "open"


def test_a_meter_of_neutrons_is_set_beside_neutrons(bunker: Read, linac: Read) -> None:
    """The neutrons of 18 MV at the door are the sum of those through it and along the maze."""
    meter = replace(METER, shows="neutron_h10", detector="moderated")
    door = {**BEAM, "subject": "entrance", "beam": "18 MV", "field_mm": 100.0}
    found = bunker(meter, **door)
    assert found.computed == pytest.approx(0.00708 + 2.625, rel=2e-3)
    twice = bunker(meter, **{**door, "value": 2 * (found.computed or 0.0)})
    assert (twice.status, twice.ratio) == ("above", pytest.approx(2))
    assert 0 < twice.share < 1, "photons are not twice as much"
    photons = bunker(**{**BEAM, "subject": "entrance", "beam": "18 MV"})
    assert photons.share == 1
    for read, beam in ((bunker, "6 MV"), (linac, "6 MV")):
        none = read(meter, **{**BEAM, "beam": beam})
        assert [why.code.rpartition(".")[2] for why in none.why] == ["no_neutrons"]


def test_counters_miss_pulses(linac: Read) -> None:
    said = [linac(replace(METER, detector=name), **BEAM) for name in ("geiger", "ion_chamber", "")]
    assert [each.status == "not_counted" for each in said] == [True, False, False]
    assert [any(step.code == PULSED for step in each.steps) for each in said] == [False, False, True]


@pytest.mark.parametrize(
    ("phantom", "said"),
    [("none", "no_phantom"), ("Không có", "no_phantom"), ("无", "no_phantom"), ("head 16 cm", "other_phantom"),
     ("thân 32 cm", ""), ("CTDI", "")],
)  # fmt: skip
def test_no_phantom_and_that_of_another_region(pet: Read, phantom: str, said: str) -> None:
    found = pet(
        source="ct", subject="south", beam="diagnostic", kv=120.0, dlp_mGy_cm=620.0, time_s=10.0, phantom=phantom
    )
    assert [why.code.rpartition(".")[2] for why in found.why] == ([said] if said else [])


def test_a_reading_a_thousandth_of_the_calculation_is_asked_about(linac: Read) -> None:
    whole = linac(**BEAM).computed or 0.0
    asked = [linac(**{**BEAM, "value": whole * share}).slip for share in (1e-3, 1.09e-3, 1.2e-3, 0.5)]
    assert [each is not None for each in asked] == [True, True, False, False]


def test_a_background_above_the_reading(linac: Read) -> None:
    found = [linac(**{**BEAM, "value": 0.1, "background": 0.1 * times}) for times in (1.2, 1.25)]
    assert [each.status == "not_counted" for each in found] == [False, True]
