"""Commands on gamma sources from the command line: answers by the shipped schemas, refusals with one clear line."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shieldcalc.cli import cli
from shieldcalc.resources import data_path

F18 = ("--nuclide", "F-18", "--activity", "1 TBq", "--distance", "2 m")
CS = ("--nuclide", "Cs-137", "--activity", "1 TBq", "--distance", "2 m")
URANIUM = ("--nuclide", "U-238", "--activity", "1 GBq", "--distance", "1 m")
ONE_MEV = ("--energy", "1 MeV", "--emission", "3e10 /s", "--distance", "1 m")
LEAD = ("--layer", "lead", "5 cm")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def answer(*arguments: str) -> dict[str, object]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    document: dict[str, object] = json.loads(result.stdout)
    schema = json.loads(Path(data_path("schemas", f"{arguments[0]}-1.json")).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    return document


@pytest.mark.parametrize(
    "arguments",
    [
        ("dose-rate", *CS),
        ("dose-rate", *CS, *LEAD, "--layer", "barite_concrete", "10 cm"),
        ("dose-rate", *CS, "--reference-date", "2001-02-03", "--on", "2026-01-01", "--no-daughters"),
        ("dose-rate", *URANIUM, "--separated", "1990-01-01", "--on", "2020-01-01"),
        ("dose-rate", "--nuclide", "Sr-90", "--activity", "1 mCi", "--distance", "1 m", "--layer", "pmma", "1 cm"),
        ("dose-rate", *ONE_MEV, "--buildup-rule", "water", *LEAD),
        ("dose-rate", "--energy", "14 MeV", "--emission", "1e9 /s", "--distance", "1 m", *LEAD),
        ("buildup", "--material", "concrete", "--energy", "500 keV", "--mfp", "10"),
        ("buildup", "--material", "lead glass", "--energy", "0.5 MeV", "--mfp", "60", "--extrapolate"),
        ("nuclide", "Ir-192"),
        ("nuclide", "Ra-226", "--cutoff", "20 keV"),
        ("nuclide", "Cf-252"),
        ("nuclide", "U-238"),
        ("nuclide", "H-3"),
        ("material", "lead"),
        ("material", "Fe2O3", "--energy", "662 keV"),
        ("material", "Concrete, Portland"),
        ("transmission", "--nuclide", "F-18", "--layer", "concrete", "20 cm"),
        ("transmission", "--nuclide", "Ir-192", "--layer", "lead", "2 cm", "--layer", "steel", "1 cm"),
        ("transmission", "--energy", "1 MeV", "--layer", "lead", "0 mm"),
        ("thickness", "--nuclide", "Co-60", "--material", "concrete", "--transmission", "1e-3"),
        ("lead-equivalent", "--energy", "662 keV", "--layer", "concrete", "20 cm"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_answers_follow_their_schema_and_speak(arguments: tuple[str, ...]) -> None:
    assert answer(*arguments)["schema"] == f"shieldcalc/{arguments[0]}/1"
    spoken = run(*arguments)
    assert spoken.exit_code == 0
    assert "table: " in spoken.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dose-rate", *CS[:4], "--distance", "0 m"), "more than zero"),
        (("dose-rate", *CS[:4], "--distance", "1e-200 m"), "0.001 to"),
        (("dose-rate", *CS[:4], "--distance", "1e200 m"), "0.001 to"),
        (("dose-rate", "--nuclide", "Cs-137", "--activity", "1e308 Bq", "--distance", "1 m"), "not possible"),
        (("dose-rate", "--energy", "1 MeV", "--emission", "1e308 /s", "--distance", "1 m"), "not possible"),
        (("dose-rate", *CS, "--layer", "lead", "3 m"), "inside the layers"),
        (("dose-rate", "--nuclide", "Cs-137", "--distance", "1 m"), "--activity"),
        (("dose-rate", "--nuclide", "Cs-137", "--activity", "1", "--distance", "1 m"), "no unit"),
        (("dose-rate", "--nuclide", "Cs-731", "--activity", "1 Bq", "--distance", "1 m"), "Cs-137,"),
        (("dose-rate", "--nuclide", "Pu-Be", "--activity", "1 Bq", "--distance", "1 m"), "neutron"),
        (("dose-rate", "--nuclide", "Cf-252", "--activity", "1 Bq", "--distance", "1 m"), "neutrons"),
        (("dose-rate", "--nuclide", "U-238", "--activity", "1 Bq", "--distance", "1 m"), "--separated"),
        (("dose-rate", *CS, "--on", "2026-01-01"), "reference date"),
        (("dose-rate", *CS, "--on", "soon"), "year-month-day"),
        (("dose-rate", *CS, "--reference-date", "2026-02-30", "--on", "2026-03-01"), "is no day"),
        (("dose-rate", *F18, "--reference-date", "2020-01-01", "--on", "2021-01-01"), "nothing of it is left"),
        (("dose-rate", *CS, "--layer", "lead", "80 cm", "--extrapolate"), "of the buildup data ends at 80"),
        (("dose-rate", *CS, "--density", "lead", "11 g/cm3"), "the layers are: none"),
        (("dose-rate", *CS, "--cutoff", "1 keV"), "10 to 10000 keV"),
        (("dose-rate", *CS, "--cutoff", "2 MeV"), "no photons above"),
        (("dose-rate", *CS, *LEAD, "--density", "steel", "7 g/cm3"), "no layer is of that material"),
        (("dose-rate", *CS, *LEAD, "--density", "lead", "20 g/cm3"), "10 to 11.4"),
        (("dose-rate", *CS, "--layer", "Fe2O3", "1 cm"), "--density"),
        (("dose-rate", *CS, "--buildup-rule", "brodre"), "did you mean 'broder'"),
        (("dose-rate", "--energy", "25 MeV", "--emission", "1 /s", "--distance", "1m"), "20 MeV"),
        (("dose-rate", *ONE_MEV, "--cutoff", "20 keV"), "--nuclide"),
        (("buildup", "--material", "lead", "--energy", "1 MeV", "--mfp", "41"), "--extrapolate"),
        (("buildup", "--material", "lead", "--energy", "1 MeV", "--mfp", "-1"), "0 or more"),
        (("buildup", "--material", "lead", "--energy", "10 keV", "--mfp", "1"), "15 keV"),
        (("nuclide", "Co-6O"), "known"),
        (("nuclide", "59co"), "Co-59 is stable, it emits no radiation"),
        (("nuclide", "Pb208"), "did you mean 'Pb-2"),
        (("dose-rate", "--nuclide", "C-12", "--activity", "1 Bq", "--distance", "1 m"), "stable, or not listed"),
        (("boundary", "--energy", "12 MeV", "--emission", "1 /s", "--limit", "1 uSv/h"), "10 MeV"),
        (("material", "ledd"), "did you mean 'lead'"),
        (("transmission", "--nuclide", "Sr-90", "--layer", "lead", "1 mm"), "bremsstrahlung"),
        (("transmission", "--nuclide", "Cs-137", "--kv", "100", "--layer", "lead", "1 mm"), "exactly one beam"),
        (("transmission", "--nuclide", "Cs-137", "--component", "primary", "--layer", "lead", "1 mm"), "--component"),
        (("transmission", "--kv", "100", "--cutoff", "20 keV", "--layer", "lead", "1 mm"), "--cutoff"),
        (("thickness", "--nuclide", "Cs-137", "--material", "lead", "--transmission", "1e-30"), "40"),
        (("thickness", "--nuclide", "Cs-137", "--material", "lead", "--transmission", "0"), "more than 0"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_refusals(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_keys_of_the_issue() -> None:
    found = answer("dose-rate", *CS, *LEAD)
    assert found["air_kerma_rate_uGy_per_h"] == pytest.approx(110.77, rel=1e-3)
    assert set(found["effective_dose_rate_uSv_per_h"]) == {"AP", "PA", "ROT", "ISO"}  # type: ignore[call-overload]
    assert [each["name"] for each in found["nuclides"]] == ["Cs-137", "Ba-137m"]  # type: ignore[attr-defined]
    for key in ("ambient_dose_equivalent_rate_uSv_per_h", "exposure_rate_mR_per_h", "uncollided_fraction", "warnings"):
        assert key in found


def test_activity_spelled_otherwise_is_the_same_activity() -> None:
    curie = answer("dose-rate", "--nuclide", "co60", "--activity", "1 Ci", "--distance", "1 m")
    becquerel = answer("dose-rate", "--nuclide", "60Co", "--activity", "37 GBq", "--distance", "100 cm")
    assert curie["air_kerma_rate_uGy_per_h"] == becquerel["air_kerma_rate_uGy_per_h"]


def test_density_as_built_counts_by_mass() -> None:
    light = answer("dose-rate", *CS, "--layer", "concrete", "23.5 cm", "--density", "concrete", "2.0 g/cm3")
    usual = answer("dose-rate", *CS, "--layer", "concrete", "20 cm")
    assert light["air_kerma_rate_uGy_per_h"] == pytest.approx(usual["air_kerma_rate_uGy_per_h"])


def test_constants_of_neutron_emitters_are_none() -> None:
    found = answer("nuclide", "Cf-252")
    assert found["constants"] is None
    assert found["lines"]
