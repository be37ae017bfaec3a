"""Dangerous quantities: D and exempt activity of a nuclide or a neutron source, and an activity over each, exactly.

D in TBq (IAEA EPR-D-VALUES 2006), exempt activities in Bq: ``data/nuclides/d_values.csv``. Ratios are of whole numbers.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.photons.nuclides import nuclide, spelled
from shieldcalc.tables import table

D_VALUES = "nuclides/d_values.csv"
NEUTRONS = "nuclides/neutron_sources.csv"
TERABECQUEREL = 10**12
UNLIMITED = "unlimited"
Row = Mapping[str, str]


def d_row(name: str) -> Row | None:
    """Return the row of a nuclide ("cs137") or a neutron source ("Am-Be"), that of its parent where it has none.

    None where nothing is held of it.
    """
    rows = _rows()
    return next((rows[each.lower()] for each in _names(name) if each.lower() in rows), None)


def over_d(row: Row, activity_Bq: float) -> Fraction | None:
    """Return A / D; 0 where no activity is dangerous, None where D is not held."""
    if row["D_TBq"] == UNLIMITED:
        return Fraction(0)
    return _exact(activity_Bq) / (Fraction(row["D_TBq"]) * TERABECQUEREL) if row["D_TBq"] else None


def over_exempt(row: Row, activity_Bq: float) -> Fraction | None:
    """Return A over the exempt activity; None where that is not held."""
    return _exact(activity_Bq) / Fraction(row["exempt_Bq"]) if row["exempt_Bq"] else None


def seen_in_notice(row: Row | None) -> bool:
    """Return whether the nuclide's own row of the Chinese table (notice 62/2005) was seen in copies."""
    return row is not None and row["cn_row"] == "found"


def parent_of(name: str) -> str | None:
    """Return the nuclide that a source decays with: of "Am-241/Be" or "Am-Be" that is Am-241; None where not known."""
    try:
        return nuclide(_bare(name)).name
    except OutsideDataError:
        found = re.match(r"[A-Za-z]{1,2}-?[0-9]{1,3}m?", _mixture(name))
        return spelled(found[0]) if found else None
    except UnknownNameError:
        return None


def _exact(value: float) -> Fraction:
    """Return the number that people wrote: 0.07, not the nearest binary number, so that bounds are met exactly."""
    return Fraction(str(value))


@cache
def _rows() -> dict[str, Row]:
    return {row["nuclide"].lower(): row for row in table(D_VALUES).rows}


def _names(name: str) -> Iterator[str]:
    mixture = _mixture(_bare(name))
    parent, _, light = mixture.partition("/")
    yield f"{spelled(parent)}/{light}"
    yield spelled(mixture)
    yield parent_of(name) or ""


def _bare(name: str) -> str:
    """Return a name without what it is in equilibrium with: of "Sr-90(Y-90)" that is Sr-90."""
    return re.sub(r"\(.*\)", "", name).strip()


def _mixture(name: str) -> str:
    """Return the full name of a neutron source where its own does not say which nuclide it holds."""
    if re.search(r"[0-9]", name):
        return name
    row = next(table(NEUTRONS).where(key=re.sub(r"[^a-z]", "", name.lower())), None)
    return row["source"] if row is not None and " or " not in row["source"] else name
