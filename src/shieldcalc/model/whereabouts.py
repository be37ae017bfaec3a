"""Sealed sources seen in another frame: every place where they may be moved along."""

from collections.abc import Callable
from dataclasses import replace

from shieldcalc.model.design import SealedSource, Xyz


def moved(sealed: SealedSource, place: Callable[[Xyz], Xyz]) -> SealedSource:
    """Return the sources with every place moved: at rest, in treatments, in exposures."""
    treated = sealed.brachytherapy
    if treated is not None:
        treated = replace(treated, positions=tuple(map(place, treated.positions)))
    exposures = tuple(replace(each, positions=tuple(map(place, each.positions))) for each in sealed.exposures)
    return replace(sealed, position=place(sealed.position), brachytherapy=treated, exposures=exposures)
