"""What the reviewer says that he has seen fulfilled: conditions alone, by their names."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli
from shieldcalc.errors import Notice, UnknownNameError
from shieldcalc.verify import outcome
from shieldcalc.verify.model import Reason
from shieldcalc.verify.run import Submission, verify

SUBMISSIONS = Path(__file__).parents[2] / "examples" / "submissions"


def _asked(name: str, *seen: str) -> tuple[int, dict[str, Any]]:
    named = [word for each in seen for word in ("--seen", each)]
    done = CliRunner().invoke(cli, ["verify", str(SUBMISSIONS / name), *named, "--json"])
    return done.exit_code, json.loads(done.stdout)


def test_an_honest_submission_is_accepted_once_every_condition_is_seen() -> None:
    code, found = _asked("vn_ct_honest")
    conditions = [each["condition"] for each in found["reasons"]]
    assert (code, found["outcome"]) == (3, "accept_with_conditions")
    assert None not in conditions
    code, found = _asked("vn_ct_honest", *conditions)
    assert (code, found["outcome"]) == (0, "accept")
    assert {each["condition"] for each in found["reasons"]} == {None, *conditions}
    code, found = _asked("vn_ct_honest", *conditions[1:])
    assert (code, found["outcome"]) == (3, "accept_with_conditions")
    assert found["reasons"][0]["condition"] == conditions[0]


def test_neither_a_failure_nor_a_question_nor_a_near_miss_is_waived() -> None:
    read = Submission(str(SUBMISSIONS / "vn_ct_thin_wall"))
    found = verify(read)
    assert found.verdict == "reject"
    assert not any(each.condition for each in found.reasons if each.weight in ("reject", "query"))
    named = tuple({each.condition for each in found.reasons} - {""})
    again = verify(read, seen=named)
    assert again.verdict == "reject"
    with pytest.raises(UnknownNameError):
        outcome.weighed(read, found.rooms, frozenset({"near"}))
    near = Reason(weight="accept_with_conditions", said=Notice("report.verify.reason.near"))
    assert outcome._seen(near, frozenset({"near", ""})) == near
