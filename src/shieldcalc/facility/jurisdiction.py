"""Which instruments hold where a facility stands: those of its country, and of each part of it that it lies in."""

from collections.abc import Iterable
from functools import cache
from unicodedata import combining, normalize

from shieldcalc.errors import InputError, Problem, hint, nearest
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.facility import Facility
from shieldcalc.regulations.rules import LoadedInstrument, load
from shieldcalc.tables import table

ALIKE = 0.75
PLACES = "facility/places.csv"
_PLAIN = str.maketrans({"đ": "d", "ð": "d"})


def plain(place: str) -> str:
    """Return a place in small letters without marks: "VN/Lào Cai", "vn/lao cai" and "Việt Nam/Tỉnh Lào Cai" are one."""
    other = _other_names()
    return "/".join(other.get(part.strip(), part.strip()) for part in _letters(place).split("/"))


def _letters(place: str) -> str:
    letters = normalize("NFD", place.strip().lower().translate(_PLAIN))
    return "".join(each for each in letters if not combining(each))


@cache
def _other_names() -> dict[str, str]:
    return {_letters(row["name"]): _letters(row["means"]) for row in table(PLACES).rows}


def instruments_of(facility: Facility, known: Iterable[Instrument]) -> tuple[Instrument, ...]:
    """Return the laws that hold at the facility's place, in the order of their ids.

    Raises InputError where the country has none here, and where a part of it is nearly the name of one that has.
    """
    laws = [(each, load(each)) for each in known]
    laws = [(each, law) for each, law in laws if law.kind == "law"]
    places = sorted({law.jurisdiction for _, law in laws})
    _check(facility, places)
    here = plain(facility.jurisdiction)
    return tuple(each for each, law in laws if _lies_in(here, law))


def _lies_in(here: str, law: LoadedInstrument) -> bool:
    return f"{here}/".startswith(f"{plain(law.jurisdiction)}/")


def holds_here(facility: Facility, law: LoadedInstrument) -> bool:
    """Return whether an instrument's classes are told at a facility's place: its law, or of no country."""
    return law.jurisdiction == "international" or _lies_in(plain(facility.jurisdiction), law)


def _check(facility: Facility, places: list[str]) -> None:
    here = plain(facility.jurisdiction)
    by_plain = {plain(place): place for place in places}
    if any(
        f"{here}/".startswith(f"{place}/") or f"{place}/".startswith(f"{here}/") for place in by_plain if "/" in place
    ):
        return
    countries = sorted(place for place in by_plain.values() if "/" not in place)
    country = here.partition("/")[0]
    inside = [place for place in by_plain if "/" in place and place.startswith(f"{country}/")]
    near = next((place for place in inside if _near(here, place)), "")
    guess = by_plain.get(near or nearest(here, by_plain), "")
    if country not in by_plain or near:
        line = facility.lines.get("facility.jurisdiction")
        params = {"value": facility.jurisdiction, "allowed": ", ".join(countries), "guess": guess, "hint": hint(guess)}
        raise InputError(
            [Problem(facility.file, line, "facility.jurisdiction", "facility.jurisdiction_unknown", params)]
        )


def _near(one: str, other: str) -> bool:
    """Return whether two names of places differ by a slip of the pen."""
    from difflib import SequenceMatcher

    pairs = ((one.partition("/")[2], other.partition("/")[2]), (one.split("/")[-1], other.split("/")[-1]))
    return any(SequenceMatcher(None, *pair).ratio() > ALIKE for pair in pairs)
