"""An instrument: a hospital's own, stricter weekly goals, as a file of rules beside this one."""

from os.path import abspath, dirname, join

from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Instrument

__version__ = "1.0"
shieldcalc_api = 1


@hookimpl
def register_instruments() -> list[Instrument]:
    """Return the instrument; its path is absolute, because the file is not in shieldcalc's own data."""
    return [Instrument(id="HOSPITAL-GOALS", path=join(dirname(abspath(__file__)), "hospital_goals.toml"))]
