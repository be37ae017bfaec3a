"""The kinds of line that a field has met: numbered, so that a transmission has a short name."""

from shieldcalc.model.paths import Key


class LineNumbers:
    """Every kind of line met so far, numbered; shared by a field and all that have other layers in its barriers.

    A number times the count of beam qualities plus the index of one is the code of a transmission.
    """

    def __init__(self, qualities: int) -> None:
        self.qualities = qualities
        self.numbers: dict[Key, int] = {}
        self.keys: list[Key] = []
        self.unchanged: dict[int, float] = {}
        self.met: dict[frozenset[int], dict[int, bool]] = {}

    def code(self, key: Key) -> int:
        """Return the code of a line and the first quality."""
        known = self.numbers.get(key)
        return self.first_code(key) if known is None else known

    def first_code(self, key: Key) -> int:
        """Return the code of a line not met before and the first quality."""
        code = self.numbers[key] = len(self.keys) * self.qualities
        self.keys.append(key)
        return code


def may_cross(key: Key, barriers: frozenset[int]) -> bool:
    """Say whether a line may cross one of some barriers, given by their indexes."""
    items = (item for alternatives in key for item in alternatives)
    return any((item[0] if isinstance(item, tuple) else item) in barriers for item in items)
