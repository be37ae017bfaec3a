"""Every submission below some folders into a ledger, as results come."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import NamedTuple, Protocol, Self

from shieldcalc.office.basis import Asked, Basis, basis, content
from shieldcalc.office.find import Found, Places, submissions
from shieldcalc.office.ledger import Ledger
from shieldcalc.office.refusal import OfficeError
from shieldcalc.office.rows import Rows
from shieldcalc.verify.claims import CLAIMS


class Progress(NamedTuple):
    """How far a run is: of all submissions, those held already, those verified now, in so many seconds."""

    total: int
    held: int
    verified: int
    seconds: float

    @property
    def seen(self) -> int:
        """Return how many are done."""
        return self.held + self.verified

    @property
    def rate(self) -> float:
        """Return how many a second are verified."""
        return self.verified / self.seconds if self.seconds > 0 else 0.0

    @property
    def left_s(self) -> float | None:
        """Return the seconds left, were all others still to be verified; None where no rate is known."""
        return (self.total - self.seen) / self.rate if self.rate else None


class Hands(Protocol):
    """Who verifies, processes or a cluster, while its ``with`` lasts."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def results(self, tasks: Iterator[Found], total: int, /) -> Iterator[Rows]:
        """Yield the rows of every submission as they come, of so many about."""


Tell = Callable[[Progress], None]


def verify_all(
    places: Sequence[str],
    ledger: str,
    asked: Asked,
    *,
    by: Callable[[Asked, Basis], Hands],
    resume: bool,
    tell: Tell,
) -> Counter[str]:
    """Verify every submission below the places into the ledger; return how many have each outcome.

    With ``resume`` those whose content, program, data, plugins and question are as in the ledger are left as they are,
    also where another process has put them there meanwhile. Those held that are no longer there are marked. Raises
    OfficeError where there is no submission at all, and where the ledger cannot be one.
    """
    total = sum(1 for _ in submissions(places, ledger))
    if not total:
        raise OfficeError("office.none", file=", ".join(places), claims=CLAIMS)
    on, start = basis(asked), monotonic()
    outcomes: Counter[str] = Counter()
    held = [0]

    def progress(verified: int) -> None:
        known = max(total, held[0] + verified)  # some may have come since they were counted
        tell(Progress(known, held[0], verified, monotonic() - start))

    def tasks() -> Iterator[Found]:
        for found in submissions(places, ledger):
            outcome = opened.done(found.name, content(found.path), on) if resume else ""
            if outcome:
                outcomes[outcome] += 1
                held[0] += 1
            else:
                yield found

    with by(asked, on) as hands, Ledger(ledger, new=True) as opened:
        left = total - opened.resting(on) if resume else total
        for verified, rows in enumerate(hands.results(tasks(), left), 1):
            opened.keep(rows)
            outcomes[rows.outcome] += 1
            progress(verified)
        looked = Places(places, ledger)
        opened.mark(looked.seen(), among=looked.hold)
    total = sum(outcomes.values())
    progress(total - held[0])
    return outcomes
