"""What the methods for one barrier against X rays answer, and the refusal of numbers beyond the arithmetic."""

from collections.abc import Callable
from math import isfinite
from typing import NamedTuple, ParamSpec

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step

P = ParamSpec("P")


class Answer(NamedTuple):
    """Unshielded air kerma K (mGy per week or period), transmission B, thickness in all and net of preshielding."""

    K: float
    B: float
    total_mm: float
    net_mm: float
    preshielding_mm: float
    steps: tuple[Step, ...]
    assumptions: tuple[Notice, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]


def within_numbers(function: Callable[P, Answer]) -> Callable[P, Answer]:
    """Refuse inputs so large or small that the arithmetic leaves the floats: OutsideDataError."""

    def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
        try:
            answer = function(*args, **kwargs)
        except (OverflowError, ZeroDivisionError) as error:
            raise OutsideDataError("barrier_numbers") from error
        if not all(isfinite(number) and number >= 0 for number in answer[:4]) or not answer.K:
            raise OutsideDataError("barrier_numbers")
        return answer

    return guarded
