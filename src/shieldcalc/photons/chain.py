"""Decay chains: daughters in equilibrium, and activities after a time (Bateman, ingrowth included).

H. Bateman, Proc. Camb. Phil. Soc. 15 (1910) 423: dN_i/dt = sum_k b_ki lambda_k N_k - lambda_i N_i. The solution of
each member is a sum of exponentials of its ancestors, built from the parent downwards; branches that meet again add
up.
"""

from collections.abc import Mapping
from math import exp
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.photons.nuclides import SECONDS, Nuclide, is_nuclide, nuclide, treatments
from shieldcalc.photons.rules import rule

_APART = 1e-9  # relative distance that two equal decay constants are moved apart


class Growth(NamedTuple):
    """Activity of one member per becquerel of the parent in lasting equilibrium."""

    name: str
    ratio: float


def members(parent: Nuclide) -> list[Nuclide]:
    """Return a nuclide and all its radioactive descendants, every parent before its daughters."""
    done: dict[str, Nuclide] = {}

    def visit(each: Nuclide) -> None:
        if each.name in done:
            return
        for name, _ in each.daughters:
            if is_nuclide(name):
                visit(nuclide(name))
        done[each.name] = each

    visit(parent)
    return list(done.values())[::-1]


def equilibrium(parent: Nuclide) -> list[Growth]:
    """Return the descendants that come into equilibrium with a parent: those reached through shorter-lived ones alone.

    Ratio of activities after long ingrowth: sum over ways of the product of branching times lambda/(lambda -
    lambda_parent).
    """
    slow = parent.decay_constant
    ratios = {parent.name: 1.0}
    for each in members(parent):
        for name, share in each.daughters if each.name in ratios else ():
            if is_nuclide(name) and nuclide(name).decay_constant > slow:
                fast = nuclide(name).decay_constant
                ratios[name] = ratios.get(name, 0.0) + ratios[each.name] * share * fast / (fast - slow)
    return [Growth(name, ratio) for name, ratio in ratios.items() if name != parent.name]


def refuse_without_separation(parent: Nuclide) -> None:
    """Refuse a chain whose equilibrium nobody can assume: it needs a date of separation, or no daughters."""
    treatment = treatments().get(parent.name)
    longest = max((nuclide(each.name).half_life_s for each in equilibrium(parent)), default=0.0)
    slow = longest > rule("separation_half_life_y") * SECONDS["y"]
    if treatment == "separation" or (slow and treatment != "equilibrium"):
        raise OutsideDataError("photon_separation", nuclide=parent.name)


def outlasting(parent: Nuclide) -> list[Growth]:
    """Return the radioactive daughters that outlive what feeds them, and the largest activity that they may reach.

    They are no part of the equilibrium; ``ratio`` bounds their activity per becquerel of the parent at any time.
    """
    inside = {parent.name: 1.0, **{each.name: each.ratio for each in equilibrium(parent)}}
    found: dict[str, float] = {}
    for feeder, ratio in inside.items():
        for name, share in nuclide(feeder).daughters:
            if is_nuclide(name) and name not in inside:
                found[name] = found.get(name, 0.0) + ratio * share * parent.half_life_s / nuclide(name).half_life_s
    return [Growth(name, min(1.0, ratio)) for name, ratio in sorted(found.items())]


def after(activities: Mapping[str, float], parent: Nuclide, seconds: float) -> dict[str, float]:
    """Return the activities (Bq) of a chain after a time, from those at the start; members that were absent grow in."""
    chain = members(parent)
    constants = _apart({each.name: each.decay_constant for each in chain})
    terms: dict[str, dict[str, float]] = {each.name: {} for each in chain}
    for each in chain:
        rate = constants[each.name]
        own = terms[each.name]
        own[each.name] = activities.get(each.name, 0.0) / rate - sum(own.values())
        for name, share in each.daughters:
            if name in terms:
                for source, number in own.items():
                    step = share * rate * number / (constants[name] - constants[source])
                    terms[name][source] = terms[name].get(source, 0.0) + step
    return {
        name: max(
            0.0, constants[name] * sum(number * exp(-constants[source] * seconds) for source, number in own.items())
        )
        for name, own in terms.items()
    }


def _apart(constants: dict[str, float]) -> dict[str, float]:
    """Return decay constants of which no two are equal."""
    found: dict[str, float] = {}
    for name, value in constants.items():
        found[name] = value
        while any(abs(found[name] - found[other]) <= _APART * value for other in found if other != name):
            found[name] *= 1 + 3 * _APART
    return found
