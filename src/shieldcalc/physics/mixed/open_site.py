"""An open site of X-ray tubes and gamma sources: what both give 1 m away, as if all worked at one place."""

from collections.abc import Iterable, Iterator

from shieldcalc.model.result import Situation


def together(xrays: Iterable[Situation], gamma: Iterable[Situation]) -> Iterator[Situation]:
    """Yield the situations of the gamma sources with what the tubes give then, in the beam or outside it.

    Tubes may work while a source is on its way or at rest. A quantity that one of the two does not know is left out.
    """
    of_tubes = {each.name: each for each in xrays}
    for each in gamma:
        tubes = of_tubes["beam" if each.name == "beam" else "outside_beam"]
        yield Situation(
            name=each.name,
            at_1m={name: value + tubes.at_1m[name] for name, value in each.at_1m.items() if name in tubes.at_1m},
            least_m=max(each.least_m, tubes.least_m),
        )
