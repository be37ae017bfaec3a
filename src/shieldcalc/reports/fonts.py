"""Which characters the shipped fonts can show, read from their cmap tables; what cannot be shown is refused by name."""

from functools import cache
from struct import unpack_from
from unicodedata import category, name, normalize

from shieldcalc.errors import TextError
from shieldcalc.resources import data_path

# Every weight must show a character; the mathematical font fills gaps for all of them.
TEXT_FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
CHINESE_FONTS = ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf")
SIGN_FONT = "NotoSansMath-Regular.ttf"


@cache
def coverage() -> frozenset[int]:
    """Return the code points that a report can show in every weight."""
    pairs = (frozenset.intersection(*map(_cmap, pair)) for pair in (TEXT_FONTS, CHINESE_FONTS))
    return frozenset().union(_cmap(SIGN_FONT), *pairs)


def _cmap(font: str) -> frozenset[int]:
    with open(data_path("fonts", font), "rb") as file:
        data = file.read()
    tables = unpack_from(">H", data, 4)[0]
    records = (unpack_from(">4sIII", data, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    subtables = unpack_from(">H", data, start + 2)[0]
    places = {unpack_from(">I", data, start + 8 + 8 * number)[0] for number in range(subtables)}
    return frozenset().union(*(_subtable(data, start + place) for place in places))


def _subtable(data: bytes, start: int) -> frozenset[int]:
    match unpack_from(">H", data, start)[0]:
        case 4:
            return _format4(data, start)
        case 12:
            return _format12(data, start)
    return frozenset()


def _format12(data: bytes, start: int) -> frozenset[int]:
    groups = (unpack_from(">III", data, start + 16 + 12 * n) for n in range(unpack_from(">I", data, start + 12)[0]))
    return frozenset(code for first, last, _ in groups for code in range(first, last + 1))


def _format4(data: bytes, start: int) -> frozenset[int]:
    count = unpack_from(">H", data, start + 6)[0] // 2
    ends = unpack_from(f">{count}H", data, start + 14)
    starts = unpack_from(f">{count}H", data, start + 16 + 2 * count)
    spans = zip(starts, ends, strict=True)
    return frozenset(code for first, last in spans for code in range(first, min(last, 0xFFFE) + 1))


def visible(text: str) -> str:
    """Return user text in composed form, with control and direction characters written out (U+202E)."""
    composed = normalize("NFC", " ".join(text.split()))
    return "".join(f"U+{ord(char):04X}" if category(char) in ("Cc", "Cf", "Cs", "Co") else char for char in composed)


def require_glyphs(text: str) -> str:
    """Return the text unchanged; raise TextError naming the first characters that the fonts cannot show."""
    missing = sorted({char for char in text if ord(char) not in coverage()})
    if missing:
        named = ", ".join(f"{char} (U+{ord(char):04X} {name(char, '')})" for char in missing[:5])
        raise TextError("no_glyph", characters=named, count=len(missing), text=text[:60])
    return text
