"""A small facility file of the tests, and how a change of it is asked."""

from pathlib import Path

from shieldcalc import plugins
from shieldcalc.facility import load
from shieldcalc.model.facility import Facility

ROOT = Path(__file__).parents[2]
HOSPITAL = ROOT / "examples" / "district_hospital" / "facility.toml"
CITY = ROOT / "examples" / "cn_city_hospital" / "facility.toml"
SMALL = """format = 1

[facility]
name = "District hospital"
kind = "hospital"
jurisdiction = "VN/Lao Cai"

[evaluation]
date = 2025-06-01

[[licence]]
id = "licence"
kind = "diagnostic_xray"
issued = 2022-09-01

[[device]]
id = "ct"
kind = "ct"
licence = "licence"
acquired = 2022-07-20
declared = 2022-07-27
put_into_use = 2022-09-12
verified = [2022-09-05, 2024-09-01]
dose_check_months = 0

[[sealed_source]]
id = "source"
nuclide = "Cs-137"
activity = "370 MBq"
reference_date = 2020-01-01

[[person]]
id = "worker"
role = "radiation_worker"
birth_date = 1990-05-01
trained = 2023-06-16

[[person.dose]]
employer = "District hospital"
year = 2024
effective = "0.6 mSv"

[[meter]]
id = "meter"
kind = "survey_meter"
verified = 2024-12-18

[[event]]
kind = "annual_report"
date = 2024-11-22

[[application]]
id = "renewal"
kind = "licence_renewal_xray"
licence = "licence"
complete = 2025-05-20

[[incident]]
id = "lost_badge"
what = "a dosemeter was lost"
grade = "general"
discovered = 2025-05-30T10:30:00
notified = 2025-05-30T11:00:00
"""


def written(folder: Path, text: str = SMALL) -> str:
    path = folder / "facility.toml"
    path.write_text(text, "utf-8")
    return str(path)


def read(folder: Path, text: str = SMALL) -> Facility:
    return load(written(folder, text), plugins.catalog())


def line_of(text: str, words: str) -> int:
    """Return the number of the only line that begins with some words."""
    (number,) = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith(words)]
    return number
