"""shieldcalc: radiation shielding and dose calculation, with the law as data.

The command line is ``shieldcalc``; ``load`` and ``check`` do the same from Python. Importing this package is cheap:
what the two need is imported when they are called.
"""

from typing import TYPE_CHECKING

from shieldcalc.errors import ShieldcalcError

if TYPE_CHECKING:
    from shieldcalc.model.assessment import Assessment
    from shieldcalc.model.design import Design
    from shieldcalc.model.site import Site, SiteAssessment

__version__ = "0.1.0"
__all__ = ["ShieldcalcError", "__version__", "check", "load"]


def load(path: str) -> "Design | Site":
    """Return the validated design of one room, read with every material, instrument and method known to this run.

    A site file of several rooms gives a Site, with the design of each room in ``rooms``.

    Raises InputError with every problem of the file at once, and PluginError when two plugins claim one name.
    """
    from shieldcalc import plugins
    from shieldcalc.model import loader

    return loader.load_any(path, plugins.catalog())


def check(
    path: str, *, regulations: tuple[str, ...] = (), methods: tuple[str, ...] = (), on: str | None = None
) -> "Assessment | SiteAssessment":
    """Return all that ``shieldcalc check`` finds of one design file: doses, facts, findings, what to build.

    A site file of several rooms gives a SiteAssessment, with the assessment of each room in ``rooms``.

    ``regulations`` and ``methods`` replace those of the file, ``on`` (as 2025-06-30) its date. Raises ShieldcalcError.
    """
    from shieldcalc.assess import site

    return site.check_any(load(path), regulations=regulations, methods=methods, on=on)
