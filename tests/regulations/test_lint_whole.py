"""A file with many slips: each is named at its own line in one run, whatever else is wrong in the same table."""

from pathlib import Path

import pytest
from linting import lint

RULES = """[instrument]
id = "OUR-PROVINCE"
jurisdiction = "VN"
kind = "laww"
number = "1/2026"
title_orig = "Our"
signed = 2026-01-01
effective = 2026-02-01
text_held = "yes"
source = "text"
[defaults]
confidence = "seedy"
[[rule]]
id = "a"
article = "Art. 1"
scope = "pointt"
quantity = "ambient_dose_equivalent_rate"
comparator = "<="
value = 5
unit = "mSv/h"
averaging = "instant"
place = ["control_rom"]
[[rule]]
id = "b"
article = 3
scope = "room"
quantity = "console_screen"
comparator = "<="
value = 5.0
bounds = "[)"
fraction_of = "nope"
facility = ["hospitl"]
when = [{ quantity = "tube_voltage_max", comparator = "==", value = true }]
[[rule]]
id = "c"
article = "Art. 4"
scope = "room"
value = 5.0
reference = { instrument = "VN-19-2012", part = "article-77" }
"""
DUTIES = """instrument = "VN-LC-24-2015"
[[duty]]
id = "x"
article = "Art. 99"
scope = "devic"
timing = "recurring"
day = "11-30"
count = [{ from = ["verifed"], years = 1 }]
done = ["verified"]
holder = "nobody"
addressee = ["mars"]
notes = ["blah"]
when = [{ quantity = "employees", comparator = "==", value = "x" }]
"""
CLASSES = """instrument = "VN-LC-24-2015"
[[ladder]]
id = "l"
article = "Art. 99"
scope = "devic"
order = ["a", "a"]
confidence = "seed"
[[criterion]]
id = "c"
ladder = "m"
class = "z"
when = [{ quantity = "holds_source", comparator = ">=", value = 1 }]
"""
CASES = """[[case]]
rule = "VN-LC-24-2015/15.3cc"
on = "2025-01-01"
what = "w"
set.x = { scope = "poin" }
outcome = "passed"
force = "bindin"
[[case]]
duty = "VN-LC-24-2015/14.1b.year"
on = 2025-01-01
what = "w"
set.y = { equipment = ["ctt"], person = "nobdy" }
set.z = { place = ["patient_waitin"], verifed = 2025-01-01 }
set.facility = { scope = "facility", facility_kind = "hospitall" }
due = ["overdu 2025-01-01"]
[[case]]
ladder = "VN-LC-24-2015/5"
on = 2025-01-01
what = "w"
set.y = { "surface_rate.instant" = 1.0 }
class = "maybe"
"""


def named(folder: Path, text: str) -> set[str]:
    done = lint(folder, text)
    assert done.exit_code == 2
    return {":".join(line.split(":")[1:3]) for line in done.stderr.splitlines()}


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        (RULES, "4: instrument.kind|9: instrument.text_held|12: defaults.confidence|16: rule.1.scope|19: rule.1.value|"
         "20: rule.1.unit|22: rule.1.place|25: rule.2.article|29: rule.2.value|30: rule.2.bounds|"
         "31: rule.2.fraction_of|32: rule.2.facility|33: rule.2.when.1.value|38: rule.3.value|39: rule.3.reference"),
        (DUTIES, "2: duty.1.confidence|4: duty.1.article|5: duty.1.scope|7: duty.1.day|8: duty.1.count.1.from.1|"
         "2: duty.1.day_one|10: duty.1.holder|11: duty.1.addressee|12: duty.1.notes|13: duty.1.when.1.value"),
        (CLASSES, "4: ladder.1.article|5: ladder.1.scope|6: ladder.1.order|10: criterion.1.ladder|"
         "12: criterion.1.when.1.value"),
        (CASES, "2: case.1.rule|3: case.1.on|5: case.1.set.x.scope|6: case.1.outcome|7: case.1.force|"
         "12: case.2.set.y.equipment|12: case.2.set.y.person|13: case.2.set.z.place|13: case.2.set.z|"
         "14: case.2.set.facility.facility_kind|15: case.2.due.1|20: case.3.set.y|21: case.3.class"),
    ],
    ids=["rules", "duties", "classes", "cases"],
)  # fmt: skip
def test_every_slip_is_named_at_its_line(tmp_path: Path, text: str, slips: str) -> None:
    assert named(tmp_path, text) == set(slips.split("|"))


@pytest.mark.parametrize("text", ["duty = 3\n", "case = 3\n", "ladder = [1]\ncriterion = 2\n", "rule = [1]\n"])
def test_tables_that_are_none_are_refused(tmp_path: Path, text: str) -> None:
    assert named(tmp_path, text)
