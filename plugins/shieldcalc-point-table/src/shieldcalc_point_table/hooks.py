"""What the entry point names: a module with hooks."""

from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.catalog import ReportKind

shieldcalc_api = 1


def write(assessment: Assessment, language: str) -> bytes:  # noqa: ARG001 - numbers have no language
    """Return one table of the weekly air kerma at every point."""
    lines = ["| point | mGy/week |", "| --- | --- |"]
    points = (point for result in assessment.results for point in result.points)
    lines += [f"| {at.point.id} | {at.doses.air_kerma_week_mGy:.3g} |" for at in points]
    return ("\n".join(lines) + "\n").encode()


@hookimpl
def register_reports() -> list[ReportKind]:
    """Return the report kind for .md files."""
    return [ReportKind(name="markdown", endings=(".md",), write=write)]
