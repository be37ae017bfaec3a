"""Every dose quantity of X-ray equipment and gamma sources: each by its own method, then column by column the sum."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from shieldcalc.model.result import Doses
from shieldcalc.model.trace import Equation, Step, equation, evaluate

_SUM = "sum of X-ray equipment and gamma sources, each by its own method"
XRAYS, GAMMA = "X-rays", "gamma"
_H10_RATE = "h10_beam_on_uSv_per_h"


@equation("K_sum", "K_X + K_gamma", "", _SUM)
def air_kerma(K_X: float, K_gamma: float) -> float:
    """Return the air kerma of X-ray equipment and gamma sources together."""
    return K_X + K_gamma


@equation("H_sum", "H_X + H_gamma", "", _SUM)
def ambient_dose_equivalent(H_X: float, H_gamma: float) -> float:
    """Return H*(10) of X-ray equipment and gamma sources together."""
    return H_X + H_gamma


_LABELS = {
    "air_kerma_beam_on_uGy_per_h": ("beam_on", "uGy/h"),
    "air_kerma_hour_uGy": ("hour", "uGy"),
    "air_kerma_week_mGy": ("week", "mGy/week"),
    "air_kerma_week_occupied_mGy": ("with T", "mGy/week"),
    "air_kerma_year_mGy": ("year with T", "mGy/year"),
    "air_kerma_year_full_occupancy_mGy": ("year, T = 1", "mGy/year"),
    _H10_RATE: ("beam_on", "uSv/h"),
    "h10_hour_uSv": ("hour", "uSv"),
    "h10_week_mSv": ("week", "mSv/week"),
    "h10_year_mSv": ("year with T", "mSv/year"),
    "h10_year_full_occupancy_mSv": ("year, T = 1", "mSv/year"),
    "h10_beam_on_fluoroscopy_uSv_per_h": ("fluoroscopy", "uSv/h"),
    "h10_beam_on_radiography_uSv_per_h": ("radiography", "uSv/h"),
    "h10_beam_on_listed_devices_uSv_per_h": ("listed_devices", "uSv/h"),
}


def summed(xrays: Doses, gamma: Doses) -> tuple[Doses, tuple[Step, ...]]:
    """Return every quantity as the sum of both, None where one of the two is not known.

    The rate of a single mode of X-ray equipment has the whole rate of the gamma sources beside it: they never switch
    off. Where the method has no rate of its own for a mode, that of the whole room stands for it, gamma included.
    """
    steps = dict(_steps(xrays, gamma))
    values = {name: step.value for name, step in steps.items()}
    every: dict[str, Any] = {each.name: values.get(each.name) for each in fields(Doses)}
    return Doses(**every), tuple(steps.values())


def _steps(xrays: Doses, gamma: Doses) -> Iterator[tuple[str, Step]]:
    for name, (label, unit) in _LABELS.items():
        mode = name.startswith("h10_beam_on") and name != _H10_RATE
        x, g = getattr(xrays, name), getattr(gamma, _H10_RATE if mode else name)
        if x is not None and g is not None:
            formula: Equation = ambient_dose_equivalent if name.startswith("h10") else air_kerma
            first, second = ("H_X", "H_gamma") if name.startswith("h10") else ("K_X", "K_gamma")
            yield name, evaluate(formula, {first: (x, unit), second: (g, unit)}, label)._replace(unit=unit)


def labelled(steps: tuple[Step, ...], part: str) -> Iterator[Step]:
    """Yield the steps of one part, told apart from those of the other."""
    yield from (step._replace(label=f"{part}, {step.label}" if step.label else part) for step in steps)
