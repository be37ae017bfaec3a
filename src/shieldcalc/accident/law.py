"""How far a statement of this desk's own data binds on a day, as its instrument does."""

from collections.abc import Mapping
from datetime import date

from shieldcalc.model.result import Force
from shieldcalc.regulations.status import unheld, weakest

BY_CONFIDENCE: Mapping[str, Force] = {"seed": "binding", "seed+copy": "binding", "copy": "secondary_source"}


def force_of(instrument: str, confidence: str, on: date | None) -> Force:
    """Return the force of a statement of a shipped instrument on a day.

    None: no day is given; what is known to have ended is told as repealed, everything else as its text stands.
    """
    from shieldcalc.regulations.rules import load

    own = BY_CONFIDENCE.get(confidence, "unverified")
    held = load(instrument)
    if held.kind != "law":
        own = weakest(own, "secondary_source")
    if on is None:
        return own if held.expiry is None else "repealed"
    if on < held.effective:
        return "not_yet_valid"
    if held.expiry is not None and on >= held.expiry:
        return "repealed"
    return weakest(own, "unverified") if unheld(held, on) else own
