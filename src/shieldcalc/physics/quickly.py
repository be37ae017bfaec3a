"""The search for worst places by the compiled kernel, where a process has many rooms to compute.

It finds the very places that ``model.search`` finds. A process asks for it with ``begin``: loading takes a second,
which few rooms are not worth. What the kernel does not know (sites, inward corners, other kinds of radiation) is left
to the plain search.
"""

from collections.abc import Sequence
from typing import Any

from shieldcalc.errors import OutsideDataError
from shieldcalc.model import search
from shieldcalc.model.design import Xyz
from shieldcalc.model.geometry import convex
from shieldcalc.model.paths import Rays
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.model.search import FULL, columns_and_rows, seeds_at_most
from shieldcalc.model.surfaces import shadow_edges, surface_of
from shieldcalc.physics.field import Field
from shieldcalc.physics.terms import QUANTITIES, numbers_of

_begun: list[Any] = []


def begin(*, alone: bool = False) -> bool:
    """Load the compiled search, and use it in this process from now on; return whether it does.

    With ``alone`` not while another process is at it: what that one compiles need not be compiled again.
    """
    if not _begun:
        from shieldcalc.kernels import tables, worst
        from shieldcalc.kernels.lock import locked

        with locked(worst.folder()) as ours:
            if alone and not ours:
                return False
            tables.ready()
        _begun[:] = [worst, tables]
    return True


def end() -> None:
    """Use the plain search again."""
    _begun.clear()


def worst_places(field: Field, barrier: Barrier, extra: Sequence[Xyz]) -> dict[str, Xyz]:
    """Return what ``model.search.worst_places`` returns for a field at its places."""
    quick = field.once(_quick) if _begun else None
    found = None if quick is None else quick.worst(barrier, extra)
    if found is not None:
        return found
    ahead, near = (field.ahead if field.prepares else None), field.closer()
    closely = None if near is field else (near.totals, near.ahead)
    told = field.scene, barrier, field.totals, field.starts, QUANTITIES, extra
    return search.worst_places(*told, ahead=ahead, closely=closely)


def _quick(field: Field) -> "_Quick | None":
    """Return the compiled search of a field, None for one that the kernel does not know."""
    if type(field) is not Field or field.others or not field.starts or not convex(field.scene.plan):
        return None
    try:
        gains = [numbers_of(part.gain) for part in field.parts]
    except OutsideDataError:
        return None
    known = [each for each in gains if each is not None]
    return _Quick(field, known) if len(known) == len(gains) else None


class _Quick:
    """The compiled search of one field, ``gains`` being the numbers of its parts."""

    def __init__(self, field: Field, gains: list[tuple[float, ...]]) -> None:
        kernel, self._tables = _begun
        parts = field.parts
        radiation = self._tables.radiation(
            gains,
            [(each.week, each.hour, each.beam_on) for each in parts],
            [(each.quality, each.rate) for each in parts],
            [each.starts for each in parts],
            field.starts,
            field.source_of_rates,
            together=field.together,
        )
        self._scene, self._starts, self._kept = field.scene, len(field.starts), field.kept
        self._edges = self._tables.floats([(*first, *second) for first, second in shadow_edges(field.scene)], 6)
        self._asked = [quantity not in field.unknown for quantity in QUANTITIES]
        self._search = kernel.Search(_room(field.rays, field.scene, self._tables), radiation, field.passed_by)

    def worst(self, barrier: Barrier, extra: Sequence[Xyz]) -> dict[str, Xyz] | None:
        surface = surface_of(self._scene, barrier)
        if surface.solids:
            return None
        frame = (*surface.origin, *surface.along, *surface.up, *surface.normal)
        size = columns_and_rows(surface.box)
        area = self._tables.area(frame, surface.box, surface.holes, surface.outline, size, extra, self._edges)
        found = self._search.worst(area, self._asked, FULL.steps, seeds_at_most(self._starts))
        if found is None:
            return None
        places = dict[str, Xyz]()
        for name, row in zip(QUANTITIES, found, strict=True):
            if row is not None:
                p, q, *doses = row
                places[name] = surface.place(p, q)
                known = zip(doses, self._asked, strict=True)
                self._kept[places[name]] = [dose if asked else None for dose, asked in known]
        return places


def _room(rays: Rays, scene: Scene, tables: Any) -> Any:
    edges, parts, openings = list[tuple[float, ...]](), list[tuple[float, ...]](), list[tuple[float, ...]]()
    for edge in rays.edges:
        edges.append((*edge.normal, *edge.unit, edge.size, len(parts), len(parts) + len(edge.parts)))
        for part in edge.parts:
            row = part.index, part.u0, part.u1, part.top, part.depth, part.open_above
            parts.append((*row, len(openings), len(openings) + len(part.openings)))
            openings += part.openings
    screens = [(index, *a, *b, top) for index, a, b, top in rays.screens]
    counts = len(scene.barriers) + 2, rays.slabs.get("ceiling", -1), rays.slabs.get("floor", -1)
    return tables.room(rays.height, counts, rays.corners, edges, parts, openings, screens)
