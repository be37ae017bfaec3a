"""What radiates in a treatment room, as its dose field asks for it."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice
from shieldcalc.model.design import Xyz
from shieldcalc.physics.terms import Radiation, Term
from shieldcalc.physics.therapy.document import Beam

Choice = tuple[str, int]


class Unit(Protocol):
    """What radiates in a room: terms by what they belong to, the beams behind their qualities, what reaches a place.

    ``unverified``: what of it stands on figures that are not verified, empty where nothing does.
    """

    radiation: Radiation
    beams: dict[Quality, Beam]
    choices: dict[Choice, list[Term]]
    unverified: str

    def reaching(self, position: Xyz) -> Iterable[tuple[Choice, Xyz]]:
        """Yield what reaches a place, each with where it starts."""

    def start(self, term: Term, position: Xyz) -> Xyz:
        """Return where a term starts towards a place."""

    def at_1m(self, quantity: str, *, inside: bool) -> float:
        """Return one quantity 1 m away, in the primary beam or outside it."""

    @property
    def middles(self) -> tuple[Xyz, ...]:
        """Return where patients or objects are."""


def leakage_stated(source: str, stated: float, of_document: float) -> Iterator[Notice]:
    """Yield that a source is said to leak less of its beam than its document has it."""
    if stated < of_document:
        told = {"source": source, "share": f"{stated:g}", "document": f"{of_document:g}"}
        yield Notice("warnings.therapy_leakage_stated", told)
