"""Scatter round screens and corners is not computed: what is known there breaks rules of dose, but keeps none."""

from dataclasses import fields, replace

import pytest

from shieldcalc.assess.maze import behind_maze
from shieldcalc.model.design import Beyond, SealedSource, Source, Xy, Xyz
from shieldcalc.model.move import move
from shieldcalc.model.result import Component, Doses, Kerma, PointResult
from shieldcalc.model.scene import Barrier, Neighbour, Point, Scene

SQUARE: tuple[Xy, ...] = ((0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0))
L_SHAPED: tuple[Xy, ...] = ((0.0, 0.0), (8.0, 0.0), (8.0, 3.0), (3.0, 3.0), (3.0, 8.0), (0.0, 8.0))
OFFICE = Beyond(kind="office", name="", occupancy=1, designation="uncontrolled", person="public")
NOTHING = Kerma(beam_on_uGy_per_h=0.0, hour_uGy=0.0, week_mGy=0.0)
DOSES = Doses(**{each.name: 0.0 for each in fields(Doses)})


def source(name: str, position: Xyz) -> Source:
    sealed = SealedSource(nuclide="Co-60", activity_Bq=1e9, position=position)
    return Source(id=name, kind="source_store", device=name, sealed=sealed)


def scene(plan: tuple[Xy, ...], *sources: Source, screen_m: float = 3.0) -> Scene:
    screen = Barrier(id="s", kind="screen", layers=(), thickness_m=0.0, beyond=None, top_m=screen_m)
    return Scene(barriers=(screen,), sources=sources, height_m=3.0, plan=plan)


def found(position: Xyz, *crossed: tuple[str, tuple[str, ...]], barrier: str | None = None) -> PointResult:
    parts = tuple(
        Component(
            kind="primary",
            source=name,
            beam="exposed",
            kerma=NOTHING,
            unshielded=NOTHING,
            distance_m=1.0,
            transmission=1.0,
            crossed=barriers,
        )
        for name, barriers in crossed
    )
    return PointResult(
        point=Point(id="p", position=position, barrier=barrier, beyond=OFFICE), doses=DOSES, components=parts
    )


def said(scene: Scene, found: PointResult) -> str | None:
    notice = behind_maze(scene, found)
    return None if notice is None else notice.code


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ((9.0, 1.0, 1.0), None),
        ((9.0, 9.0, 1.0), None),
        ((4.0, 4.0, 1.0), None),
        ((2.9, 7.0, 1.0), "findings.round_corner"),
        ((1.0, 9.0, 1.0), "findings.round_corner"),
        ((-1.0, 3.5, 1.0), None),
        ((3.5, 3.5, 1.0), None),
        ((5.0, 6.0, 6.0), None),
    ],
)
def test_what_leaves_an_l_shaped_room_and_comes_in_again(position: Xyz, expected: str | None) -> None:
    room = scene(L_SHAPED, source("a", (6.0, 1.5, 1.0)))
    assert said(room, found(position, ("a", ("w",)))) == expected


@pytest.mark.parametrize(
    "position", [(9.0, 9.0, 1.0), (-1.0, -1.0, 1.0), (4.0, 9.0, 1.0), (7.9, 9.0, 1.0), (9.0, 7.0, 5.0)]
)
def test_no_line_comes_back_into_a_convex_room(position: Xyz) -> None:
    assert said(scene(SQUARE, source("a", (4.0, 4.0, 1.0))), found(position, ("a", ("w",)))) is None


def test_one_source_behind_a_screen_is_enough() -> None:
    room = scene(SQUARE, source("a", (4.0, 4.0, 1.0)), source("b", (1.0, 1.0, 1.0)))
    assert said(room, found((9.0, 4.0, 1.0), ("a", ("s", "w")), ("b", ("w",)))) == "findings.behind_screen"
    assert said(room, found((9.0, 4.0, 1.0), ("a", ("w",)), ("b", ("w",)))) is None


@pytest.mark.parametrize(("top_m", "barrier", "expected"), [(2.0, None, True), (3.0, None, False), (2.0, "s", False)])
def test_scatter_of_tubes_goes_over_screens(top_m: float, barrier: str | None, *, expected: bool) -> None:
    tube = Source(id="tube", kind="radiography", device="tube")
    at = found((9.0, 4.0, 1.0), ("tube", ("s", "w")), barrier=barrier)
    assert (said(scene(SQUARE, tube, screen_m=top_m), at) == "findings.behind_screen") is expected


def test_corners_of_the_other_rooms_of_a_site_count() -> None:
    other = scene(L_SHAPED, source("a", (6.0, 1.5, 1.0)))
    here = replace(scene(SQUARE), others=(Neighbour(room="b", scene=other, move=move((20.0, 0.0, 0.0), 90.0)),))
    beyond = here.others[0].move.place((1.0, 9.0, 1.0))
    assert said(here, found(beyond)) == "findings.round_corner"
    assert said(here, found(here.others[0].move.place((9.0, 1.0, 1.0)))) is None
