"""Site: several rooms, each from a design file of its own, where they lie, and places that they share. Metres."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment, PluginUsed
from shieldcalc.model.design import Design, Identity, UserPoint, Xyz
from shieldcalc.model.move import Move, move
from shieldcalc.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteRoom:
    """One room: its design, and where the room's origin lies on the site, turned to the left by an angle in degrees."""

    id: str
    file: str
    design: Design
    at: Xyz
    turn_deg: float

    @property
    def move(self) -> Move:
        """Return where the room's frame lies in the site's."""
        return move(self.at, self.turn_deg)


@dataclass(frozen=True, kw_only=True, slots=True)
class NeverTogether:
    """Rooms of which at most one radiates at a time, and what keeps them from it."""

    rooms: tuple[str, ...]
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """Rooms on one site. ``identity.room`` is the site's name.

    ``on``, ``instruments`` and ``methods`` hold for every room; None or empty: what the rooms' files agree on.
    """

    file: str
    sha256: str
    identity: Identity
    rooms: tuple[SiteRoom, ...]
    on: date | None = None
    instruments: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    points: tuple[UserPoint, ...] = ()
    never_together: tuple[NeverTogether, ...] = ()
    assumptions: tuple[Notice, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Site {self.identity.room!r} of {self.file}: {len(self.rooms)} rooms>"


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteAssessment:
    """A site judged on one day: an assessment a room, each with what the other rooms give at its places."""

    site: Site
    rooms: tuple[Assessment, ...]
    notices: tuple[Notice, ...]
    exit_code: int
    on: str
    instruments: tuple[str, ...]
    version: str

    @property
    def plugins(self) -> tuple[PluginUsed, ...]:
        """Return the plugins in use, the same for every room."""
        return self.rooms[0].plugins

    def __repr__(self) -> str:
        name = self.site.identity.room
        return f"<SiteAssessment {name!r} on {self.on}: {len(self.rooms)} rooms, exit code {self.exit_code}>"

    def _repr_html_(self) -> str:
        from shieldcalc.model.notebook import notebook_table

        rooms = zip(self.site.rooms, self.rooms, strict=True)
        told = (notebook_table(f"{room.id}: {found!r}", found.results) for room, found in rooms)
        return notebook_table(repr(self), ()) + "".join(told)
