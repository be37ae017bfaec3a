"""Category of sealed sources by A/D, IAEA and China, of one source and of several together.

A/D is the activity over the dangerous quantity D of the nuclide (IAEA EPR-D-VALUES 2006); of sources together the sum
of A/D (IAEA RS-G-1.9). All comparisons are exact: activities and bounds are ratios of whole numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import exp
from typing import NamedTuple

from shieldcalc.accident.told import kept
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.photons.nuclides import nuclide, spelled
from shieldcalc.photons.rules import rule
from shieldcalc.tables import table

D_TABLE = "accident/d_values.csv"
CN_TABLE = "accident/cn_classes.csv"
LADDER = "accident/category_ladder.csv"
NEUTRONS = "nuclides/neutron_sources.csv"
TABLES = (D_TABLE, CN_TABLE, LADDER)
CN_CLASSES = ("I", "II", "III", "IV", "V")
LEAST = 5
SECONDS_PER_DAY = 86_400
BQ_PER_TBQ = 10**12
UNLIMITED = "unlimited"


class Piece(NamedTuple):
    """One source as stated: nuclide, activity in Bq, days of that activity and of the question as ordinals."""

    name: str
    activity_Bq: float
    reference: int | None = None
    on: int | None = None


class Rated(NamedTuple):
    """One source on the day: activity in Bq, A/D, A over the exempt activity (None: not held), how well D is known.

    ``class_cn`` of the Chinese table ("" below class V), ``cn_status`` found, derived or not_in_table.
    """

    name: str
    stated_Bq: float
    activity_Bq: float
    d_TBq: str
    d_check: str
    over_d: Fraction
    over_exempt: Fraction | None
    category: int | None
    class_cn: str
    cn_status: str


class Categorised(NamedTuple):
    """All sources together: the sum of A/D decides; ``category`` None: below the exempt activity."""

    items: tuple[Rated, ...]
    over_d: Fraction
    over_exempt: Fraction | None
    category: int | None
    class_cn: str
    cn_force: str
    notices: tuple[Notice, ...]


def categorised(pieces: Sequence[Piece], *, unknown_shares: bool = False) -> Categorised:
    """Return the category of sources together.

    ``unknown_shares``: the pieces are the nuclides of one source whose total activity each of them states; the most
    dangerous one decides (notice 62/2005, note 2 of the table). Raises UnknownNameError for a nuclide that is none,
    OutsideDataError where no D is held or the days do not fit.
    """
    items = tuple(map(rated, pieces))
    if unknown_shares:
        items = (max(items, key=lambda each: each.over_d),)
    over_d = sum((each.over_d for each in items), Fraction(0))
    known = [each.over_exempt for each in items if each.over_exempt is not None]
    over_exempt = sum(known, Fraction(0)) if len(known) == len(items) or sum(known) >= 1 else None
    category = category_of(over_d, over_exempt)
    return Categorised(
        items,
        over_d,
        over_exempt,
        category,
        _cn_of_all(items, category),
        _cn_force(items),
        tuple(_notices(items)),
    )


def rated(piece: Piece) -> Rated:
    """Return one source on the day of the question."""
    row = d_row(piece.name)
    activity = _decayed(piece)
    exact = Fraction(activity)
    d = row["D_TBq"]
    over_d = Fraction(0) if d == UNLIMITED else exact / (Fraction(d) * BQ_PER_TBQ)
    exempt = row["exempt_Bq"]
    over_exempt = exact / Fraction(exempt) if exempt else None
    bounds = next(table(CN_TABLE).where(nuclide=row["nuclide"]), None)
    category = category_of(over_d, over_exempt)
    class_cn = _cn_class(bounds, exact) if bounds is not None else _roman(category)
    status = bounds["status"] if bounds is not None else "not_in_table"
    return Rated(
        row["nuclide"], piece.activity_Bq, activity, d, row["d_check"], over_d, over_exempt, category, class_cn, status
    )


def category_of(over_d: Fraction, over_exempt: Fraction | None) -> int | None:
    """Return the category 1 to 5 by A/D, each bound included; None below the exempt activity.

    Where no exempt activity is held, category 5 has no lower end.
    """
    for row in table(LADDER).rows:
        if over_d >= Fraction(row["at_least"]):
            return int(row["category"])
    return None if over_exempt is not None and over_exempt < 1 else LEAST


def _roman(category: int | None) -> str:
    return "" if category is None else CN_CLASSES[category - 1]


def _cn_class(bounds: Mapping[str, str], activity: Fraction) -> str:
    return next((name for name in CN_CLASSES if activity >= Fraction(bounds[name])), "")


def _cn_of_all(items: Sequence[Rated], category: int | None) -> str:
    """Return the gravest of the sum's class and of each source's own."""
    own = [each.class_cn for each in items if each.class_cn]
    return min([*own, *([_roman(category)] if category else [])], key=CN_CLASSES.index, default="")


def _cn_force(items: Sequence[Rated]) -> str:
    return "secondary_source" if len(items) == 1 and items[0].cn_status == "found" else "unverified"


def d_row(name: str) -> Mapping[str, str]:
    """Return the row of D of a nuclide ("cs137") or of Am-241/Be and Pu-239/Be; refuses what has none."""
    wanted = _full(name)
    rows = {row["nuclide"].lower(): row for row in table(D_TABLE).rows}
    found = rows.get(wanted.lower())
    if found is None:
        nuclide(wanted)
    if found is None or not found["D_TBq"]:
        raise OutsideDataError("accident.no_d", nuclide=wanted)
    return found


def _full(name: str) -> str:
    """Return the name as the table writes it: of "Am-Be" that is Am-241/Be, of "Sr-90(Y-90)" Sr-90."""
    import re

    name = re.sub(r"\(.*\)", "", name)
    key = re.sub(r"[^a-z]", "", name.lower())
    mixed = next(iter(table(NEUTRONS).where(key=key)), None)
    if mixed is None:
        return spelled(name)
    rows = {row["nuclide"] for row in table(D_TABLE).rows}
    for each in (name.strip(), mixed["source"]):
        parent, _, light = each.partition("/")
        if f"{spelled(parent)}/{light}" in rows:
            return f"{spelled(parent)}/{light}"
    parent = spelled(re.sub(r"[-/ ]*Be$", "", name.strip(), flags=re.IGNORECASE))
    if parent in rows:
        return parent
    raise OutsideDataError("accident.no_d", nuclide=name)


def parent_of(name: str) -> str:
    """Return the nuclide that a source decays with: Am-241 of Am-241/Be."""
    return _full(name).partition("/")[0]


def _decayed(piece: Piece) -> float:
    """Return A0 exp(-ln 2 t/T) in Bq; refuses one day without the other, and the days in the wrong order."""
    if (piece.reference is None) != (piece.on is None):
        raise OutsideDataError("photon_dates_incomplete")
    low, high = rule("strength_min_per_s"), rule("strength_max_per_s")
    if not low <= piece.activity_Bq <= high:
        raise OutsideDataError("photon_strength", strength=f"{piece.activity_Bq:g}", low=f"{low:g}", high=f"{high:g}")
    if piece.reference is None or piece.on is None or piece.on == piece.reference:
        return piece.activity_Bq
    if piece.on < piece.reference:
        raise OutsideDataError("photon_dates_order")
    lives = nuclide(parent_of(piece.name)).decay_constant * (piece.on - piece.reference) * SECONDS_PER_DAY
    return piece.activity_Bq * exp(-lives)


def _notices(items: Sequence[Rated]) -> Iterable[Notice]:
    derived = [each.name for each in items if each.cn_status == "derived"]
    rows = table(CN_TABLE).rows
    if derived:
        count = sum(row["status"] == "derived" for row in rows)
        params = {"count": count, "rows": len(rows), "nuclides": ", ".join(dict.fromkeys(derived))}
        yield Notice("warnings.accident.cn_derived", params)
    absent = [each.name for each in items if each.cn_status == "not_in_table"]
    if absent:
        yield Notice("warnings.accident.cn_not_in_table", {"nuclides": ", ".join(dict.fromkeys(absent))})
    if len(items) > 1:
        yield Notice("warnings.accident.cn_sum")
    weak = [each.name for each in items if each.d_check != "two tables"]
    if weak:
        yield Notice("warnings.accident.d_single", {"nuclides": ", ".join(dict.fromkeys(weak))})
    if any(each.name in ("Am-241", "Am-241/Be") and each.category == LEAST for each in items):
        yield Notice("warnings.accident.smoke_detector")
    bare = [each.name for each in items if each.over_exempt is None]
    if bare:
        yield Notice("warnings.accident.no_exempt", {"nuclides": ", ".join(dict.fromkeys(bare))})


def ratio_shown(over_d: Fraction) -> str:
    """Return A/D in digits that keep it on its side of every bound."""
    return kept(float(over_d), (float(row["at_least"]) for row in table(LADDER).rows), 4)
