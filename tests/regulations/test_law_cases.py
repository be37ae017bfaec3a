import pytest
from casebook import Case, agrees, cases, found_by


@pytest.mark.parametrize("case", cases(), ids=str)
def test_the_rule_finds_what_the_case_expects(case: Case) -> None:
    findings = found_by(case)
    assert agrees(case, findings), [
        (finding.subject, finding.outcome, finding.force, finding.reason) for finding in findings
    ]
    # Every reason and notice has its words.
    notices = (notice for finding in findings for notice in (finding.reason, *finding.notices))
    assert all(notice.text() for notice in notices if notice is not None)
