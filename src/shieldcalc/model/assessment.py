"""Assessment: everything that one ``check`` found; what every report is written from."""

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.design import Design
from shieldcalc.model.notebook import notebook_table
from shieldcalc.model.result import Duty, Fact, Finding, Goal, Reach, Requirement, Result, Zone
from shieldcalc.model.scene import Scene
from shieldcalc.records import dataclass


class PluginUsed(NamedTuple):
    """A plugin in use: the SHA-256 of all its files together, and of each by its name."""

    name: str
    version: str
    sha256: str = ""
    files: tuple[tuple[str, str], ...] = ()

    def told(self) -> dict[str, object]:
        """Return it as every JSON document tells it."""
        files = [{"name": name, "sha256": digest} for name, digest in self.files]
        return {"name": self.name, "version": self.version, "sha256": self.sha256, "files": files}


@dataclass(frozen=True, kw_only=True, slots=True)
class BarrierVerdict:
    """A barrier's goals from the rules that judged its points, the tightest margin, and what it would need.

    ``margin`` is limit / value of the tightest rule (above 1 keeps it); None where nothing could be judged.
    """

    barrier: str
    method: str
    goals: tuple[Goal, ...]
    margin: float | None
    governing_rule: str
    outcome: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two methods at one barrier: the yearly air kerma of the second over that of the first, and what makes it up.

    ``ratio`` is the product of the ratios of the unshielded week, the transmission, the occupancy and the weeks a year;
    ``mainly`` names the one that makes most of it.
    """

    barrier: str
    first: str
    second: str
    ratio: float
    unshielded: float
    transmission: float
    occupancy: float
    weeks: float
    mainly: str


@dataclass(frozen=True, kw_only=True, slots=True, repr=False, eq=False)
class Assessment:
    """One design judged on one day. Its ``repr`` is one line; a notebook shows its doses as a table.

    Two of them are the same only when they are one object, so that what is drawn from one may be kept.
    """

    design: Design
    scene: Scene
    on: str
    instruments: tuple[str, ...]
    asked_by_name: tuple[str, ...]
    results: tuple[Result, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    barriers: tuple[BarrierVerdict, ...]
    notices: tuple[Notice, ...]
    exit_code: int
    version: str
    plugins: tuple[PluginUsed, ...]
    tables: tuple[Mapping[str, str], ...]
    instrument_status: tuple[Mapping[str, str], ...]
    classifications: tuple[ClassFound, ...] = ()
    duties: tuple[Duty, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    zones: tuple[Zone, ...] = ()
    reaches: tuple[Reach, ...] = ()

    def __repr__(self) -> str:
        points = sum(len(result.points) for result in self.results)
        methods = ", ".join(result.method for result in self.results)
        room = self.design.identity.room
        return f"<Assessment {room!r} on {self.on}: {methods}, {points} points, exit code {self.exit_code}>"

    def _repr_html_(self) -> str:
        return notebook_table(repr(self), self.results)
