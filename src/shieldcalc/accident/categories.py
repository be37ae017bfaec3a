"""Category of sealed sources by A/D, IAEA and China, of one source and of several together.

A/D is the activity over the dangerous quantity D of the nuclide (IAEA EPR-D-VALUES 2006); of sources together the sum
of A/D (IAEA RS-G-1.9). The classes are those of the ladders in ``data/regulations/classes``.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import exp
from typing import NamedTuple

from shieldcalc.accident.told import kept
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.facility.classes import unverified
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.result import Fact, Force
from shieldcalc.photons.dangerous import D_VALUES, Row, d_row, over_d, over_exempt, parent_of, seen_in_notice
from shieldcalc.photons.nuclides import nuclide
from shieldcalc.photons.rules import rule
from shieldcalc.regulations.classes import ladders
from shieldcalc.regulations.classify import classify
from shieldcalc.regulations.status import by_confidence, weakest
from shieldcalc.tables import table

TABLES = (D_VALUES,)
IAEA, CHINA = "IAEA-RSG19", "CN-SRC-2005"
CN_CLASSES = ("I", "II", "III", "IV", "V")
LEAST, BELOW = 5, "below_exempt"
SECONDS_PER_DAY = 86_400
SOURCE, TOGETHER, SEEN = "sealed_source", "together", "found"


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
    """All sources together: the sum of A/D decides; ``category`` None: below the exempt activity.

    ``force``: as the weakest D is known; ``cn_force``: of the Chinese class, of a row that was seen in the notice.
    ``classes``: those of the law engine's ladders, of each source and of all together, as ``audit`` gives them.
    """

    items: tuple[Rated, ...]
    over_d: Fraction
    over_exempt: Fraction | None
    category: int | None
    class_cn: str
    force: Force
    cn_force: str
    notices: tuple[Notice, ...]
    classes: tuple[ClassFound, ...] = ()


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
        _roman(category),
        weakest(*(by_confidence(row_of(each.name)["confidence"]) for each in items)),
        _cn_force(items),
        tuple(_notices(items)),
        tuple(_classes(items)),
    )


def _classes(items: Sequence[Rated]) -> Iterable[ClassFound]:
    """Yield the classes by the ladders of both texts; the Chinese one of a row that was not seen is unverified."""
    facts = [Fact(subject=TOGETHER, quantity="subject", value="sources_together")] if len(items) > 1 else []
    for number, each in enumerate(items, 1):
        own: dict[str, str | float] = {
            "subject": SOURCE, "nuclide": each.name, "source_activity": each.activity_Bq, "kept_in": TOGETHER,
        }  # fmt: skip
        facts += [
            Fact(subject=f"source_{number}", quantity=name, value=value, equipment=(SOURCE,))
            for name, value in own.items()
        ]
    seen = {f"source_{number}" for number, each in enumerate(items, 1) if each.cn_status == SEEN}
    for found in classify(facts, (IAEA, CHINA), on=None):
        yield found if found.instrument != CHINA or found.subject in seen else unverified(found)


def rated(piece: Piece) -> Rated:
    """Return one source on the day of the question."""
    row, activity = row_of(piece.name), _decayed(piece)
    ratio, exempt = over_d(row, activity), over_exempt(row, activity)
    category = category_of(ratio or Fraction(0), exempt)
    return Rated(
        row["nuclide"],
        piece.activity_Bq,
        activity,
        row["D_TBq"],
        row["d_check"],
        ratio or Fraction(0),
        exempt,
        category,
        _roman(category),
        row["cn_row"] or "not_in_table",
    )


def category_of(over_d: Fraction, over_exempt: Fraction | None) -> int | None:
    """Return the category 1 to 5 by A/D, each bound included; None below the exempt activity.

    Where no exempt activity is held, category 5 has no lower end. The ladders of both tables agree (a test).
    """
    exempt = None if over_exempt is None else float(over_exempt)
    facts = (
        Fact(subject=SOURCE, quantity="subject", value=SOURCE, equipment=(SOURCE,)),
        Fact(subject=SOURCE, quantity="activity_over_d", value=float(over_d)),
        Fact(subject=SOURCE, quantity="activity_over_exempt", value=exempt),
    )
    found = classify(facts, (CHINA,), on=date.max)[0]
    if found.grade == BELOW:
        return None
    return int(found.grade) if found.grade else LEAST


def bounds() -> tuple[tuple[int, float], ...]:
    """Return categories 1 to 4 with the A/D from which each is reached."""
    steps = [(int(each.grade), each.when[0]) for each in ladders(IAEA)[0].criteria]
    return tuple((one, float(str(step.value))) for one, step in steps if not isinstance(step, str))


def _roman(category: int | None) -> str:
    return "" if category is None else CN_CLASSES[category - 1]


def _cn_force(items: Sequence[Rated]) -> str:
    seen = len(items) == 1 and seen_in_notice(d_row(items[0].name))
    return "secondary_source" if seen else "unverified"


def row_of(name: str) -> Row:
    """Return the row of D of a nuclide ("cs137") or of Am-241/Be and Pu-239/Be; refuses what has none."""
    found = d_row(name)
    if found is None and parent_of(name) is None:
        nuclide(name)
    if found is None or not found["D_TBq"]:
        raise OutsideDataError("accident.no_d", nuclide=found["nuclide"] if found else name)
    return found


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
    lives = nuclide(parent_of(piece.name) or piece.name).decay_constant * (piece.on - piece.reference) * SECONDS_PER_DAY
    return piece.activity_Bq * exp(-lives)


def _notices(items: Sequence[Rated]) -> Iterable[Notice]:
    derived = [each.name for each in items if each.cn_status == "derived"]
    if derived:
        rows = [row["cn_row"] for row in table(D_VALUES).rows if row["cn_row"]]
        params = {"count": rows.count("derived"), "rows": len(rows), "nuclides": ", ".join(dict.fromkeys(derived))}
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
    return kept(float(over_d), (least for _, least in bounds()), 4)
