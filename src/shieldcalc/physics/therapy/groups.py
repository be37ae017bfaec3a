"""Parts of a treatment room that reach every place along the same lines with one gain, numbered as groups."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from shieldcalc.physics.field import Part
from shieldcalc.physics.terms import Term
from shieldcalc.physics.therapy.document import LEAKAGE, SCATTER
from shieldcalc.physics.therapy.machine import AT_REST, Machine
from shieldcalc.physics.therapy.maze_terms import AlongMaze
from shieldcalc.physics.therapy.neutron_terms import ThroughWalls
from shieldcalc.physics.therapy.stray import LAMINATE, OF_MAZE
from shieldcalc.physics.therapy.unit import Choice, Unit

Lines = tuple[int, ...]  # the codes of the lines that a part may come along, for the first quality
Gathered = tuple[tuple[int, Lines], float]  # the number of a group of parts with its lines, the gain at a place


class Bundle(NamedTuple):
    """Groups of what reaches a place from one accelerator along the same lines: numbers, None for no such part."""

    leakage: int
    scatter: int
    both: int
    primary: int | None
    laminate: int | None


class Strays(NamedTuple):
    """A group of strays with its gain: by the distance through walls, by what is left of the way along a maze."""

    group: int
    through_walls: Callable[[float], float] | None
    inner: Callable[[float], float] | None


class Groups:
    """The groups of all parts of a room: every part alone, those of one choice, strays; bundles made when met."""

    def __init__(self, parts: Sequence[Part], machines: Mapping[str, Unit]) -> None:
        self._parts, self._machines = parts, machines
        self.parts = [[part] for part in parts]
        self.alone = {id(part.term): number for number, part in enumerate(parts)}
        self.chosen = {
            name: {choice: [*self._of_one_line(terms)] for choice, terms in each.choices.items()}
            for name, each in machines.items()
        }
        turning = {name: each for name, each in machines.items() if isinstance(each, Machine)}
        self.strays = {name: [*self._of_one_gain(each.strays)] for name, each in turning.items()}
        self._bundles: dict[tuple[str, tuple[Choice, ...]], Bundle] = {}

    def bundle(self, name: str, met: Sequence[Choice]) -> Bundle:
        """Return the groups of what an accelerator's choices at a place belong to, each made once."""
        key = name, tuple(met)
        known = self._bundles.get(key)
        if known is None:
            terms = [term for choice in met if choice[0] != AT_REST for term in self._machines[name].choices[choice]]
            leak = [term for term in terms if term.kind == LEAKAGE]
            scattered = [term for term in terms if term.kind == SCATTER]
            made = [term for term in terms if term.kind == LAMINATE]
            beams = [term for term in terms if term.kind not in (LEAKAGE, SCATTER, LAMINATE)]
            known = self._bundles[key] = Bundle(
                self._group(leak),
                self._group(scattered),
                self._group([*leak, *scattered]),
                self._group(beams) if beams else None,
                self._group(made) if made else None,
            )
        return known

    def _group(self, terms: Iterable[Term]) -> int:
        """Return the number of parts that reach every place along the same lines with one gain."""
        self.parts.append([self._parts[self.alone[id(term)]] for term in terms])
        return len(self.parts) - 1

    def _of_one_line(self, terms: Iterable[Term]) -> Iterator[tuple[int, bool]]:
        """Yield groups of one kind of a choice's terms, and whether they count with the distance."""
        for kind, alike in groupby(terms, lambda term: term.kind):
            yield self._group(alike), kind != LAMINATE

    def _of_one_gain(self, strays: Iterable[Term]) -> Iterator[Strays]:
        """Yield groups of strays."""
        for (gain, _), alike in groupby(strays, lambda term: (term.gain, term.kind in OF_MAZE)):
            if isinstance(gain, AlongMaze):
                yield Strays(self._group(alike), None, gain.inner)
            elif isinstance(gain, ThroughWalls):
                yield Strays(self._group(alike), gain.at, None)
