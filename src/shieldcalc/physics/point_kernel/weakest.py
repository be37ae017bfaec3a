"""Which of the stacks that a line may meet can let most through: a layer more never raises what comes through."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Stack = TypeVar("Stack")
Placed = Sequence[tuple[int, float]]


def weakest(stacks: Sequence[Stack], placed: Callable[[Stack], Placed]) -> list[Stack]:
    """Return the stacks but those that hold all layers of another one in its order, and of equal ones the first."""
    layers = [tuple(placed(each)) for each in stacks]
    first = [k for k, each in enumerate(layers) if each not in layers[:k]]
    return [stacks[k] for k in first if not any(_holds(layers[k], layers[other]) for other in first if other != k)]


def _holds(stack: Placed, other: Placed) -> bool:
    rest = iter(stack)
    return all(each in rest for each in other)
