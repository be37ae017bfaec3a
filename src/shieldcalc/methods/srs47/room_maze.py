"""The maze of a room of brachytherapy or gamma radiography: one reflection by the wall that the door sees.

What falls on that wall from the sources, out of their safe and in it, goes on along the centre line of the maze:
K_w alpha A_w B / d_2^2, as ``maze_door``. It starts at places of the centre line, so that what stands between the maze
and a place counts. Lead counts with the layers of what is scattered, all else with those of the sources; H*(10) as the
largest ratio to air kerma. Several places of treatment: the one that gives the door most. ``A_w`` is never less than
what makes the equation give as much as all walls do that source and door both see, each with its own distances and
angles. Nothing counts beside the maze.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from math import ceil, dist, sqrt
from typing import NamedTuple

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice
from shieldcalc.methods.srs47 import equations
from shieldcalc.methods.srs47.maze_door import MAZES, SCATTERED, lead_layers, lead_tenths, row_of
from shieldcalc.methods.srs47.mazes import reflection
from shieldcalc.methods.srs47.transmit import counted_mm
from shieldcalc.model.design import Layer, Source, Xy, Xyz
from shieldcalc.model.geometry import along, direction, length
from shieldcalc.model.maze import Maze, MazeFigure, MazeResult
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.photons.dose import H10, KERMA
from shieldcalc.photons.nuclides import nuclide
from shieldcalc.physics.gamma.emitter import Emitter, Told, Way
from shieldcalc.physics.gamma.passing import Rates
from shieldcalc.physics.preshielding import LEAD
from shieldcalc.physics.terms import Formula, Radiation, Term
from shieldcalc.physics.therapy.document import Fraction
from shieldcalc.physics.therapy.maze_data import Wall
from shieldcalc.physics.therapy.maze_plan import EYE_M, Faces, Figure, Lay, centre_line, from_normal, seen_m, stated_or
from shieldcalc.physics.therapy.maze_stated import stated_less
from shieldcalc.physics.therapy.maze_terms import Corridor
from shieldcalc.physics.therapy.rules import own_rule
from shieldcalc.physics.therapy.stray import MAZE
from shieldcalc.physics.values import h10_per_air_kerma
from shieldcalc.tables import table

STRIP_M = 0.1
OF_EQUATION = ("a1", "alpha1", "dsec", "dzz")
SCATTER, RADIOGRAPHY = "brachy_scatter", "industrial_radiography"


class Scattered(NamedTuple):
    """What a wall scatters of a way of a source: lead by layers of its own, all else by ``share`` of the way itself."""

    way: Way
    share: Callable[[tuple[Layer, ...]], float]
    lead: tuple[float, ...]
    rates: Rates

    def through(self, stack: tuple[Layer, ...]) -> Rates:
        """Return the rates at 1 m behind further layers, never more than the same share of the way itself."""
        rest = tuple(each for each in stack if each.material != LEAD)
        B = min(self.share(stack), 10 ** -lead_tenths(_lead_mm(stack), self.lead) * self.share(rest))
        return Rates(B * self.rates.kerma, B * self.rates.h10, 0.0)

    def told(self, stack: tuple[Layer, ...]) -> Told:
        """Return what has to be said of a stack."""
        own = self.way.told(stack)
        most = sum(self.lead)
        beyond = [Notice("warnings.srs47_maze_layers", {"mm": f"{most:g}"})] if _lead_mm(stack) > most else []
        return own._replace(tables=(*own.tables, MAZES, SCATTERED), notices=(*own.notices, *beyond))


class Lit(NamedTuple):
    """How a source lies to the maze: its figures, where its centre line runs, what the wall reflects."""

    lay: Lay
    alpha: Fraction
    corridor: Corridor

    @property
    def per_kerma(self) -> float:
        """Return alpha A_w over the square of the distance from the source to the wall."""
        return self.alpha.a * self.lay.of("a1") / self.lay.of("dsec") ** 2

    @property
    def at_door(self) -> float:
        """Return what the door gets of the air kerma at 1 m of the source."""
        return self.per_kerma / self.lay.of("dzz") ** 2

    def starts(self) -> tuple[Xyz, ...]:
        """Return places of the centre line from which the corridor radiates, up to one width before its end."""
        line, last = self.lay.line, self.corridor.last_m
        several = max(1, ceil(2 * last / self.lay.of("width")))
        level = [line.at(last * each / several) for each in range(several + 1)] + [*line.corners[1:-1]]
        return tuple((*each, self.lay.height / 2) for each in dict.fromkeys(level))

    def gain(self, starts: tuple[Xyz, ...], position: Xyz) -> float:
        """Return what is left of 1 / d^2 of the nearest start, by the way along the maze; nothing beside it."""
        at = self.corridor.at(position)
        if not at.less:
            return 0.0
        d_2 = at.from_wall + max(0.0, at.away - self.corridor.door_m)
        return (min(dist(each, position) for each in starts) / d_2) ** 2


def with_maze(made: Emitter, source: Source, scene: Scene) -> Emitter:
    """Return a source with what the maze of its room lets through; as it is without a maze or data of its nuclide."""
    name = "" if source.sealed is None else nuclide(source.sealed.nuclide).name
    if scene.maze is None or not known(name):
        return made
    qualities = {quality: quality._replace(component=f"{MAZE} {quality.component}") for quality in made.ways}
    lit_from = cache(lambda starts: worst(scene, name, starts))
    less_from = cache(lambda starts: (*_less(source.id, scene, name, starts),))
    ways = {qualities[quality]: _scattered(name, way) for quality, way in made.ways.items()}

    def radiation(hours_h: float, quantity: str) -> Radiation:
        found, kerma = made.radiation(hours_h, quantity), made.radiation(hours_h, KERMA)
        times = h10_per_air_kerma() if quantity == H10 else 1.0
        found.notices = [each for each in found.notices if not each.code.endswith(SCATTER)]
        found.notices += [Notice("assumptions.brachy_maze", {"source": source.id}), Notice("warnings.srs47_maze", {})]
        if source.kind == RADIOGRAPHY:
            found.notices.append(Notice("warnings.radiography_maze", {"source": source.id}))
        found.notices += less_from(tuple(dict.fromkeys(at for term in kerma.terms for at in term.starts)))
        for term in _bare(kerma.terms):
            lit = lit_from(term.starts)
            found.terms.append(_along(term, qualities[term.quality], lit, times))
            found.notices += [each for each in lit.alpha.notices if each not in found.notices]
            found.tables += [each for each in (MAZES, SCATTERED, *lit.alpha.tables) if each not in found.tables]
        return found

    return made._replace(ways={**made.ways, **ways}, radiation=radiation)


def _bare(terms: Iterable[Term]) -> Iterable[Term]:
    """Return the terms but what passes a collimator beside its cone: what is in the cone counts in all directions."""
    first: dict[tuple[str, tuple[Xyz, ...]], Term] = {}
    for term in terms:
        first.setdefault((term.beam, term.starts), term)
    return first.values()


def _less(source: str, scene: Scene, name: str, starts: tuple[Xyz, ...]) -> Iterator[Notice]:
    """Yield that a source gives less at the door by the stated figures of a maze than by the plan's."""
    assert scene.maze is not None, "of rooms with a maze"
    if scene.maze.stated:
        plan = replace(scene, maze=replace(scene.maze, stated={}))
        own, by_plan = (worst(each, name, starts).at_door for each in (scene, plan))
        yield from stated_less(source, own, by_plan, None, None)


def known(name: str) -> bool:
    """Return whether reflection and lead of what a maze scatters of a nuclide are known."""
    return any(row["nuclide"] == name for row in table(MAZES).rows)


def mazes_of(scene: Scene) -> Iterator[MazeResult]:
    """Yield the maze of a room as each source out of its safe sees it."""
    for source in scene.sources if scene.maze is not None else ():
        places = _out_at(source)
        if source.sealed is None or not places or not known(nuclide(source.sealed.nuclide).name):
            continue
        assert scene.maze is not None, "asked above"
        lit = worst(scene, nuclide(source.sealed.nuclide).name, places)
        yield MazeResult(
            source=source.id,
            figures=tuple(
                MazeFigure(symbol=symbol, value=each.value, unit=each.unit, stated=each.stated, plan=each.plan)
                for symbol, each in lit.lay.figures.items()
            ),
            path=lit.lay.line.corners,
            door_sees_isocentre=lit.lay.sees_isocentre,
            document=scene.maze.document,
        )


def _out_at(source: Source) -> tuple[Xyz, ...]:
    """Return where a source of brachytherapy or radiography is out; nowhere for another."""
    sealed = source.sealed
    if sealed is None or (sealed.brachytherapy is None and source.kind != RADIOGRAPHY):
        return ()
    if sealed.brachytherapy is not None:
        return sealed.brachytherapy.positions
    return tuple(at for each in sealed.exposures for at in each.positions) or (sealed.position,)


def worst(scene: Scene, name: str, starts: tuple[Xyz, ...]) -> Lit:
    """Return the place of a source that gives the door most."""
    assert scene.maze is not None, "of rooms with a maze"
    return max((_lit(scene, scene.maze, name, each) for each in starts), key=lambda each: each.at_door)


def _lit(scene: Scene, maze: Maze, name: str, position: Xyz) -> Lit:
    lay = _lay(scene, maze, position)
    row, stated = row_of(name)["reflection"], lay.stated("alpha1")
    found = _alpha(row, lay.of("incidence1"), lay.of("reflection1"))
    alpha = found if stated is None else Fraction(stated, (), ())
    if not any(symbol in maze.stated for symbol in OF_EQUATION):
        seen = _all_walls(scene, maze, lay, row, position)
        least = seen * (lay.of("dsec") * lay.of("dzz")) ** 2 / alpha.a
        lay = lay._replace(figures={**lay.figures, "a1": Figure(max(lay.of("a1"), least), "m2")})
    return Lit(lay, alpha, Corridor(scene, maze, lay))


def _alpha(row: str, incidence: float, reflected: float) -> Fraction:
    """Return the reflection at 45 degrees of incidence: more than at less; beyond it the largest of all angles."""
    most = own_rule("incidence_most")
    leaving = None if incidence > most else min(reflected, own_rule("reflection_most"))
    return reflection(row, Wall(most, leaving))


def _all_walls(scene: Scene, maze: Maze, lay: Lay, row: str, position: Xyz) -> float:
    """Return alpha over both distances squared, summed over all faces that source and door both see.

    Where the door sees more of the room than the end of its maze this is more than the equation's one wall.
    """
    faces, centre, line = Faces(scene, maze), position[:2], lay.line.corners
    eye = along(line[-1], direction(line[-1], line[-2]), EYE_M)
    return sum(
        _alpha(row, from_normal(face, direction(centre, at)), from_normal(face, direction(at, eye))).a
        * wide * lay.height / (length(at, centre) * length(at, eye)) ** 2
        for face in faces.all
        for at, wide in _strips(face)
        if min(length(at, centre), length(at, eye)) > EYE_M and faces.sees(centre, at) and faces.sees(eye, at)
    )  # fmt: skip


def _strips(face: tuple[Xy, Xy]) -> Iterator[tuple[Xy, float]]:
    """Yield the middles of the strips of a face and how wide they are."""
    unit, size = direction(*face), length(*face)
    count = ceil(size / STRIP_M)
    yield from ((along(face[0], unit, (each + 0.5) * size / count), size / count) for each in range(count))


def _lay(scene: Scene, maze: Maze, position: Xyz) -> Lay:
    """Return the figures of a maze for one place of a source: lengths in m, areas in m2, angles in degrees."""
    line, faces, centre = centre_line(scene, maze, position), Faces(scene, maze), position[:2]
    height = maze.stated.get("height", maze.height_m or scene.height_m)
    seen, toward = line.seen.at, direction(centre, line.seen.at)
    wide = max(maze.stated.get("width", line.width), seen_m(faces, line, scene.by_id[maze.door]))
    onward = length(seen, line.corners[0])
    plan = {
        "width": (line.width, "m"), "height": (maze.height_m or scene.height_m, "m"),
        "dsec": (length(centre, seen), "m"), "dz": (line.length, "m"), "dzz": (onward + line.length, "m"),
        "a1": (wide * height, "m2"), "incidence1": (from_normal(line.seen.face, toward), "deg"),
        "reflection1": (line.seen.angle_deg, "deg"),
    }  # fmt: skip
    figures = {symbol: stated_or(maze, symbol, value, unit) for symbol, (value, unit) in plan.items()}
    more = {symbol: stated_or(maze, symbol, 0.0, "") for symbol in maze.stated if symbol not in plan}
    more = {symbol: each._replace(plan=None) for symbol, each in more.items()}
    return Lay({**figures, **more}, line, height, faces.sees(line.corners[-1], centre))


def _along(term: Term, quality: Quality, lit: Lit, times: float) -> Term:
    starts = lit.starts()
    return replace(
        term,
        kind=MAZE,
        starts=starts,
        quality=quality,
        amounts={name: times * lit.per_kerma * amount for name, amount in term.amounts.items()},
        formulas=_formulas(term.formulas, lit),
        gain=lambda position: lit.gain(starts, position),
    )


def _formulas(own: Mapping[str, Formula], lit: Lit) -> Mapping[str, Formula]:
    def of(formula: Formula) -> Formula:
        def steps(d: float, gain: float, B: float) -> tuple[Step, ...]:
            first = formula(lit.lay.of("dsec"), 1.0, 1.0)
            told = {
                "K_w": (first[-1].value, first[-1].unit), "alpha": (lit.alpha.a, "1/m2"),
                "A_w": (lit.lay.of("a1"), "m2"), "B": (B, ""), "d_2": (d / sqrt(gain), "m"),
            }  # fmt: skip
            last = evaluate(equations.from_the_wall, told, first[-1].label)
            return (*first, last._replace(unit=first[-1].unit))

        return steps

    return {name: of(formula) for name, formula in own.items()}


def _scattered(name: str, way: Way) -> Scattered:
    kerma, share = way.rates.kerma, cache(lambda stack: way.through(stack).kerma / way.rates.kerma)
    return Scattered(way, share, lead_layers(name, row_of(name)), Rates(kerma, h10_per_air_kerma() * kerma, 0.0))


def _lead_mm(stack: tuple[Layer, ...]) -> float:
    lead = [each for each in stack if each.material == LEAD]
    return sum(counted_mm(each.material, each.thickness_mm, each.density_g_per_cm3) for each in lead)
