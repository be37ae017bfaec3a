"""Where the data files are: the checkout's top-level ``data/`` first, then the copy inside the installed package.

Found relative to this package, never to the working directory.
"""

from functools import cache
from os.path import abspath, dirname, isdir, join

_PACKAGE = dirname(abspath(__file__))
_CHECKOUT = join(dirname(dirname(_PACKAGE)), "data")


@cache
def data_root() -> str:
    """Return the folder of readable data files that this run uses."""
    in_checkout = isdir(join(_CHECKOUT, "xray")) and isdir(join(dirname(_CHECKOUT), "src", "shieldcalc"))
    return _CHECKOUT if in_checkout else join(_PACKAGE, "data")


def data_path(*parts: str) -> str:
    """Return the path of one data file, for example ``data_path("xray", "ncrp147_a1_primary_kvp.csv")``."""
    return join(data_root(), *parts)
