"""Germany: the yearly limits of the Strahlenschutzgesetz, as a file of rules beside this one."""

from os.path import abspath, dirname, join

from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Instrument

shieldcalc_api = 1
__license__ = "MIT"


@hookimpl
def register_regulations() -> list[Instrument]:
    """Return the one instrument of this pack."""
    return [Instrument(id="DE-STRLSCHG", path=join(dirname(abspath(__file__)), "de-strlschg.toml"))]
