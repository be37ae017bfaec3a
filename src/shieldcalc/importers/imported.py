"""What an import gives back."""

from dataclasses import dataclass

from shieldcalc.errors import Notice


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: text for the design file, what must be confirmed in it, what was noticed."""

    text: str
    confirm: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    facts: tuple[tuple[str, object], ...] = ()
