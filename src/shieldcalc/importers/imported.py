"""What an import gives back."""

from shieldcalc.errors import Notice
from shieldcalc.records import dataclass


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: text for the design file, what must be confirmed in it, what was noticed."""

    text: str
    confirm: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    facts: tuple[tuple[str, object], ...] = ()
