"""What a notebook shows of results: one line and a small table of doses."""

from collections.abc import Iterable

from shieldcalc.model.result import Result

_HEAD = ("method", "point", "h10_week_mSv", "h10_year_mSv")


def notebook_table(title: str, results: Iterable[Result]) -> str:
    """Return HTML: the title, and H*(10) of a week and of a year with occupancy at every point; all text is escaped."""
    rows = (
        (result.method, at.point.id, f"{at.doses.h10_week_mSv:.4g}", f"{at.doses.h10_year_mSv:.4g}")
        for result in results
        for at in result.points
    )
    body = "".join(_row("td", row) for row in rows)
    return f"<p>{_escaped(title)}</p><table>{_row('th', _HEAD)}{body}</table>"


def _row(cell: str, texts: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{cell}>{_escaped(text)}</{cell}>" for text in texts) + "</tr>"


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)
