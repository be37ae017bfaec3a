"""What Python and notebooks get beside ``load`` and ``check``: one method alone, reports, tables of doses.

Numbers keep the unit in their name. NumPy and pandas are imported when they are asked for.
"""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from shieldcalc.errors import LOST, PluginError, UnknownNameError
from shieldcalc.extras import require
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design
from shieldcalc.model.result import Doses, PointResult, Result
from shieldcalc.model.site import SiteAssessment
from shieldcalc.plugin_raised import NO_DOSE

PLACE = ("method", "point", "x_m", "y_m", "z_m")
DOSES = tuple(each.name for each in fields(Doses))


def compute(design: Design, method: str = "") -> Result:
    """Return the doses of one room by one method, that of the file where none is named. Nothing is judged.

    Raises what the method refuses, UnknownNameError for a method, and PluginError where a plugin's gives no dose.
    """
    from dataclasses import replace

    from shieldcalc import plugins
    from shieldcalc.model.build import fixed_points, scene_of

    if design.lost:
        raise PluginError(LOST, **design.lost[0].params)
    scene = replace(scene_of(design), on=design.on)
    chosen = plugins.method(method or design.methods[0])
    found = chosen.compute(scene, fixed_points(design, scene), {"plugins": design.plugins})
    failed = next((notice for notice in found.notices if notice.code in NO_DOSE), None)
    if failed is not None:
        raise PluginError("plugin_says", plugin=failed.params["plugin"], words=failed.text())
    return found


def report(assessment: Assessment | SiteAssessment, path: str, language: str = "en") -> None:
    """Write a report; the ending of ``path`` chooses its kind. Raises UnknownNameError, TextError and OSError."""
    from shieldcalc import plugins
    from shieldcalc.texts import LANGUAGES

    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    content = plugins.report(path).write(assessment, language)
    with open(path, "wb") as file:
        file.write(content)


def arrays(found: Assessment | Result | SiteAssessment) -> dict[str, Any]:
    """Return columns as NumPy arrays, a row a point and method: PLACE, then every dose; NaN where none is known.

    Of a site a point is called ROOM/POINT, and lies in the frame of its room.
    """
    numpy = require("numpy", "arrays")
    rows = list(_rows(found))
    named = {name: numpy.array([row[name] for row in rows], dtype=object if name in PLACE[:2] else float)
             for name in (*PLACE, *DOSES)}  # fmt: skip
    return dict(named)


def frame(found: Assessment | Result | SiteAssessment) -> Any:
    """Return the same as a pandas data frame. Raises MissingExtraError where pandas is not installed."""
    return require("pandas", "frames").DataFrame(arrays(found))


def _rows(found: Assessment | Result | SiteAssessment) -> Iterable[dict[str, Any]]:
    if isinstance(found, SiteAssessment):
        named = [(f"{room.id}/", each.results) for room, each in zip(found.site.rooms, found.rooms, strict=True)]
    else:
        named = [("", found.results if isinstance(found, Assessment) else (found,))]
    return (_row(result.method, room, at) for room, results in named for result in results for at in result.points)


def _row(method: str, room: str, at: PointResult) -> dict[str, Any]:
    place = dict(zip(PLACE, (method, f"{room}{at.point.id}", *at.point.position), strict=True))
    doses = {name: getattr(at.doses, name) for name in DOSES}
    return {**place, **{name: float("nan") if value is None else value for name, value in doses.items()}}
