"""shieldcalc: radiation shielding and dose calculation, with the law as data.

The command line is ``shieldcalc``; ``load``, ``compute``, ``check`` and ``report`` do the same from Python;
``arrays`` and ``frame`` give doses as NumPy arrays and as a pandas data frame. Importing this package is cheap: what
they need is imported when they are called.
"""

from typing import TYPE_CHECKING, Any

from shieldcalc.errors import ShieldcalcError

if TYPE_CHECKING:
    from shieldcalc.model.assessment import Assessment
    from shieldcalc.model.design import Design
    from shieldcalc.model.result import Result
    from shieldcalc.model.site import Site, SiteAssessment

__version__ = "0.1.0"
__all__ = ["ShieldcalcError", "__version__", "arrays", "check", "compute", "frame", "load", "report"]


def load(path: str) -> "Design | Site":
    """Return the validated design of one room, read with every material, instrument and method known to this run.

    A site file of several rooms gives a Site, with the design of each room in ``rooms``.

    Raises InputError with every problem of the file at once, and PluginError when two plugins claim one name.
    """
    from shieldcalc import plugins
    from shieldcalc.model import loader

    return loader.load_any(path, plugins.catalog())


def check(
    path: "str | Design | Site",
    *,
    regulations: tuple[str, ...] = (),
    methods: tuple[str, ...] = (),
    on: str | None = None,
) -> "Assessment | SiteAssessment":
    """Return all that ``shieldcalc check`` finds of one design file, or of what ``load`` gave: doses, findings, needs.

    A site file of several rooms gives a SiteAssessment, with the assessment of each room in ``rooms``.

    ``regulations`` and ``methods`` replace those of the file, ``on`` (as 2025-06-30) its date. Raises ShieldcalcError.
    """
    from shieldcalc.assess import site

    asked = load(path) if isinstance(path, str) else path
    return site.check_any(asked, regulations=regulations, methods=methods, on=on)


def compute(design: "Design", method: str = "") -> "Result":
    """Return the doses of one room by one method, that of the file where none is named; nothing is judged.

    Raises ShieldcalcError for what the method refuses.
    """
    from shieldcalc import api

    return api.compute(design, method)


def report(assessment: "Assessment | SiteAssessment", path: str, language: str = "en") -> None:
    """Write a report of what ``check`` found; the ending of ``path`` (.pdf, .html, .docx, .xlsx) chooses its kind.

    Raises ShieldcalcError for an ending or a language that nobody writes.
    """
    from shieldcalc import api

    api.report(assessment, path, language)


def arrays(found: "Assessment | Result") -> dict[str, Any]:
    """Return method, point, place (m) and every dose as NumPy arrays, a row a point; NaN where no dose is known."""
    from shieldcalc import api

    return api.arrays(found)


def frame(found: "Assessment | Result") -> Any:
    """Return the columns of ``arrays`` as a pandas data frame. Raises ShieldcalcError where pandas is not installed."""
    from shieldcalc import api

    return api.frame(found)
