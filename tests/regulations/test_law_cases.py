import pytest
from casebook import Case, agrees, cases, found_by


@pytest.mark.parametrize("case", cases(), ids=str)
def test_the_rule_finds_what_the_case_expects(case: Case) -> None:
    assert agrees(case), [
        (finding.subject, finding.outcome, finding.force, finding.reason) for finding in found_by(case)
    ]
