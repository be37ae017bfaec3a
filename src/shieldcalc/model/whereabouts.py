"""Where sealed sources may be: where they stand or rest, and the places of treatment."""

from collections.abc import Callable
from dataclasses import replace

from shieldcalc.model.design import SealedSource, Xyz


def moved(sealed: SealedSource, place: Callable[[Xyz], Xyz]) -> SealedSource:
    """Return the sources with every place moved."""
    treated = sealed.brachytherapy
    if treated is not None:
        treated = replace(treated, positions=tuple(map(place, treated.positions)))
    return replace(sealed, position=place(sealed.position), brachytherapy=treated)
