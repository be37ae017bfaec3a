"""A report kind: reports that end in .csv, one line a point, for a spreadsheet."""

from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.catalog import ReportKind

__version__ = "1.0"
shieldcalc_api = 1
HEAD = "method,point,barrier,x_m,y_m,z_m,air_kerma_week_mGy,air_kerma_week_occupied_mGy"


def write(assessment: Assessment, language: str) -> bytes:  # noqa: ARG001 - numbers have no language
    """Return the weekly air kerma at every point of every method."""
    lines = [HEAD]
    for result in assessment.results:
        for at in result.points:
            place = ",".join(f"{coordinate:g}" for coordinate in at.point.position)
            doses = f"{at.doses.air_kerma_week_mGy:g},{at.doses.air_kerma_week_occupied_mGy:g}"
            lines.append(f"{result.method},{at.point.id},{at.point.barrier or ''},{place},{doses}")
    return ("\n".join(lines) + "\n").encode()


@hookimpl
def register_reports() -> list[ReportKind]:
    """Return the one report kind of this file."""
    return [ReportKind(name="csv", endings=(".csv",), write=write)]
