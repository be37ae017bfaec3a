"""Sums over the rooms of a site: weeks and hours always, beam-on rates of rooms that can radiate together."""

from collections.abc import Iterable, Mapping, Sequence

Totals = Sequence[float | None]


Groups = Sequence[frozenset[str]]


def with_rooms(room: str, groups: Groups, own: Totals, others: Iterable[tuple[str, Totals]]) -> Totals:
    """Return week (mGy), hour (uGy) and beam-on rate (uGy/h) of this room together with those of other rooms.

    A figure that one room does not know makes the sum unknown. Of rooms in one of the groups, which an interlock keeps
    from radiating together, the largest beam-on rate counts; their weeks and hours add.
    """
    rooms = [(room, own), *others]
    if len(rooms) == 1:
        return own
    weeks, hours, rates = ([(room, totals[index]) for room, totals in rooms] for index in range(3))
    return _sum(weeks), _sum(hours), highest(groups, rates)


def _sum(figures: Iterable[tuple[str, float | None]]) -> float | None:
    total = 0.0
    for _, figure in figures:
        if figure is None:
            return None
        total += figure
    return total


def highest(together: Groups, rates: Iterable[tuple[str, float | None]]) -> float | None:
    """Return the largest beam-on rate that rooms can give at one time; None while that of one is not known."""
    by_group: dict[frozenset[str], float] = {}
    groups: Mapping[str, frozenset[str]] = {room: group for group in together for room in group}
    for room, rate in rates:
        if rate is None:
            return None
        group = groups.get(room, frozenset((room,)))
        by_group[group] = max(by_group.get(group, 0.0), rate)
    return sum(by_group.values())
