"""One line for what is too long to be shown as it is: ``repr`` of designs and results, and their table in notebooks."""

from typing import Any


class BriefResult:
    """The line of a Result, and its doses as a table."""

    __slots__ = ()

    def __repr__(self: Any) -> str:
        return f"<Result {self.method}: {len(self.points)} points>"

    def _repr_html_(self: Any) -> str:
        from shieldcalc.model.notebook import notebook_table

        return notebook_table(repr(self), (self,))


class BriefDesign:
    """The line of a Design."""

    __slots__ = ()

    def __repr__(self: Any) -> str:
        counts = f"{len(self.walls)} walls, {len(self.sources)} sources"
        return f"<Design {self.identity.room!r} of {self.file}: {counts}>"
