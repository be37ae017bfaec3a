"""A file of duties is refused as a whole, each slip with its line, key, what is allowed and the nearest name."""

from pathlib import Path

import pytest

from shieldcalc.errors import InputError
from shieldcalc.regulations.duty_schema import read

GOOD = """instrument = "VN-LC-24-2015"

[defaults]
confidence = "seed"
facility = ["hospital"]
day_one = "not_counted"

[[duty]]
id = "1"
article = "Art. 1"
scope = "device"
timing = "recurring"
equipment = ["ct"]
count = [{ from = ["put_into_use"], grid = true, years = 1 }]
done = ["verified"]
holder = "facility"

[[duty]]
id = "2"
article = "Art. 2"
scope = "facility"
timing = "yearly"
day = "11-30"
boundary = "excluded"
done = ["annual_report"]
holder = "facility"
"""


def test_a_good_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "duties.toml"
    path.write_text(GOOD, "utf-8")
    first, second = read(str(path), "VN-LC-24-2015")
    assert (first["confidence"], second["facility"]) == ("seed", ("hospital",))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('id = "2"', 'id = "1"', 19, "is used twice"),
        ("equipment", "equipement", 13, "did you mean 'equipment'?"),
        ('["ct"]', '["cct"]', 13, "did you mean 'ct'?"),
        ('facility = ["hospital"]', 'facility = ["hopital"]', 5, "did you mean 'hospital'?"),
        ('timing = "recurring"', 'timing = "recuring"', 12, "did you mean 'recurring'?"),
        ('scope = "device"', 'scope = "devise"', 11, "did you mean 'device'?"),
        ('from = ["put_into_use"]', 'from = ["put_in_use"]', 14, "did you mean 'put_into_use'?"),
        ('from = ["put_into_use"]', 'from = ["due:9"]', 14, "no event named 'due:9'"),
        ('done = ["verified"]', 'done = ["verifed"]', 15, "did you mean 'verified'?"),
        ("years = 1", "years = 1, months = 2", 14, "one amount is needed"),
        (", years = 1", "", 14, "one amount is needed"),
        ("years = 1", "days = 1", 14, "anniversaries need months or years"),
        ("grid = true, years = 1", "ahead = true, working_days = 1", 14, "after an event only"),
        ("years = 1", "years = 1.5", 14, "a whole number"),
        ('day = "11-30"', 'day = "11-31"', 23, "a month and a day"),
        ('day = "11-30"', 'day = "02-29"', 23, "a month and a day"),
        ('boundary = "excluded"', 'boundary = "before"', 24, "included, excluded, end_of_month"),
        ('boundary = "excluded"\n', "", 18, "'boundary' is missing"),
        ('article = "Art. 1"\n', "", 8, "'article' is missing"),
        ('confidence = "seed"', 'confidence = "sead"', 4, "did you mean 'seed'?"),
        ("VN-LC-24-2015", "VN-LC-24-2014", 1, "VN-LC-24-2015"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    path = tmp_path / "duties.toml"
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as refused:
        read(str(path), "VN-LC-24-2015")
    assert any(f"duties.toml:{line}: " in told and words in told for told in refused.value.text().splitlines())
