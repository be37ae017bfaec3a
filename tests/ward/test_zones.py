"""Zones of mobile units: radii worked out by hand, inverse square, and that nobody outside them is over a limit."""

from dataclasses import replace
from math import dist, exp, log, sqrt
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wards import BEDS, judged, loaded, radius, ward

from shieldcalc.methods.ncrp147.doses import doses_at
from shieldcalc.methods.ncrp147.scene_sources import field_of
from shieldcalc.model.build import scene_of
from shieldcalc.physics import zones
from shieldcalc.physics.components import point_result
from shieldcalc.physics.unshielded import ONE_METRE

PUBLIC, CONSTRAINT, WORKER = "ICRP-103/public", "ICRP-103/constraint.public", "ICRP-103/worker"
OFTEN = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def scattered(kv: float, theta: float) -> float:
    """NCRP 147 Fig. C.1, written out here: scattered fraction per cm2 at 1 m."""
    return 1e-6 * (0.016 * (kv - 125) + 8.43 - 0.111 * theta + 0.000983 * theta**2 - 1.74e-6 * theta**3)


def test_a_radius_by_hand(tmp_path: Path) -> None:
    """90 kV, 2 mAs, 20 films a week: output, scatter and inverse square worked out here, leakage from its component."""
    found = judged(ward(films=20, kv=90, charge=2), tmp_path)
    output = exp(log(0.04) + (log(0.16) - log(0.04)) * log(90 / 60) / log(120 / 60))  # mGy/mAs at 1 m
    most = max(scattered(90, degree / 10) for degree in range(200, 1401))
    scatter = output * 2 * 20 * most * 1500  # mGy a week at 1 m
    base = found.results[0].unshielded
    assert base is not None
    leakage = sum(part.kerma.week_mGy for part in base.aside.components if part.kind == "leakage")
    assert 0 < leakage < 0.02 * scatter
    year = 50 * 1.77 * (scatter + leakage)
    assert base.aside.doses.h10_year_mSv == pytest.approx(year, rel=1e-6)
    assert radius(found, PUBLIC) == pytest.approx(sqrt(year / 1.0), rel=1e-6)
    assert radius(found, CONSTRAINT) == pytest.approx(sqrt(year / 0.3), rel=1e-6)
    assert radius(found, WORKER) == pytest.approx(sqrt(year / 20), rel=1e-6)
    operator = next(each for each in found.results[0].points if each.point.role == "operator")
    assert operator.doses.h10_year_mSv == pytest.approx(year / 2.5**2, rel=1e-9)


def test_the_primary_beam_by_hand(tmp_path: Path) -> None:
    found = judged(ward(stopped=False), tmp_path)
    base = found.results[0].unshielded
    assert base is not None
    assert base.primary is not None
    output = exp(log(0.04) + (log(0.16) - log(0.04)) * log(1.5) / log(2))
    assert base.primary.air_kerma_week_mGy == pytest.approx(output * 2 * 20, rel=1e-9)
    zone = next(each for each in found.zones if each.rule == PUBLIC)
    assert zone.primary_m is not None
    P, D = base.primary.h10_year_mSv, base.aside.doses.h10_year_mSv
    assert P / zone.primary_m**2 + D / (zone.primary_m - 1.0) ** 2 == pytest.approx(1.0, rel=1e-9)
    assert zone.primary_m > (zone.aside_m or 0.0)


@pytest.mark.parametrize(("P", "D", "s"), [(5.0, 1.0, 1.0), (0.0, 3.0, 0.5), (40.0, 1e-6, 2.0), (1e-9, 1e-9, 1.0)])
def test_the_root_in_the_primary_beam(P: float, D: float, s: float) -> None:
    step = zones.in_primary(P, D, s, 0.3, "mSv/year")
    R = step.inputs["R_P"][0]
    assert s < R
    assert step.value == pytest.approx(0.3, rel=1e-9)


def test_a_receptor_stops_the_primary_beam(tmp_path: Path) -> None:
    found = judged(ward(stopped=True), tmp_path)
    assert all(zone.primary_m is None for zone in found.zones)
    assert found.results[0].unshielded is not None
    assert found.results[0].unshielded.primary is None


@pytest.mark.parametrize("method", ["ncrp147", "bir", "gbz130"])
def test_the_dose_at_the_edge_is_the_limit(method: str, tmp_path: Path) -> None:
    design = loaded(ward(methods=(method,), instruments=("ICRP-103", "CN-GB18871-2002")), tmp_path)
    from shieldcalc.assess import assess

    found = assess(design)
    assert found.zones
    for zone in found.zones:
        base = found.results[0].unshielded
        assert base is not None
        assert zone.aside_m is not None
        at_edge = getattr(base.aside.doses, zone.quantity) / zone.aside_m**2
        assert at_edge == pytest.approx(zone.limit, rel=1e-9)


def test_an_operator_at_the_edge_gets_the_limit(tmp_path: Path) -> None:
    """The same through the whole computation of a point, formulas and all."""
    design = loaded(ward(), tmp_path)
    field = field_of(scene_of(design))
    found = judged(ward(), tmp_path)
    for zone in found.zones:
        at = point_result(field, replace(ONE_METRE, distance_m=zone.aside_m), doses_at)[0]
        assert getattr(at.doses, zone.quantity) == pytest.approx(zone.limit, rel=1e-6)


@OFTEN
@given(
    films=st.integers(1, 200),
    more=st.integers(0, 200),
    kv=st.floats(50, 119),
    higher=st.floats(0, 30),
    d=st.floats(1, 9),
)
def test_more_is_never_less(films: int, more: int, kv: float, higher: float, d: float, tmp_path: Path) -> None:
    one = judged(ward(films=films, kv=round(kv, 2)), tmp_path)
    assert radius(judged(ward(films=films + more, kv=round(kv, 2)), tmp_path), PUBLIC) >= radius(one, PUBLIC)
    above = round(min(kv + higher, 120), 2)
    assert radius(judged(ward(films=films, kv=max(above, round(kv, 2))), tmp_path), PUBLIC) >= radius(one, PUBLIC)
    near, far = (
        next(p for p in judged(ward(films=films, operator=each), tmp_path).results[0].points if p.point.distance_m)
        for each in (round(d, 3), round(d, 3) + 0.5)
    )
    assert far.doses.h10_week_mSv < near.doses.h10_week_mSv


@pytest.mark.parametrize("shares", [(20, 20), (39, 1), (1, 60)])
def test_nobody_outside_the_zones_is_over_the_limit(shares: tuple[int, int], tmp_path: Path) -> None:
    """Two beds with any shares: every place at least R from tubes and patients keeps what R was made for."""
    one, other = ward(films=shares[0], beds=BEDS).rsplit(f"per_week = {shares[0]}", 1)
    text = f"{one}per_week = {shares[1]}\n"
    assert other.strip().startswith("in_busiest_hour")
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("in_busiest_hour"))
    design = loaded(text, tmp_path)
    base = judged(text, tmp_path).results[0].unshielded
    assert base is not None
    limit = 0.004
    R = sqrt(base.aside.doses.air_kerma_week_mGy / limit)
    field = field_of(scene_of(design))
    starts = [(x, y, z) for x, y in BEDS for z in (0.9, 1.9)]
    random, tried = Random(7), 0
    while tried < 400:
        place = (random.uniform(-6, 18), random.uniform(-6, 16), random.uniform(0, 3))
        if min(dist(place, start) for start in starts) >= R:
            tried += 1
            assert (field.totals(place)[0] or 0.0) <= limit


def test_the_zone_counts_what_is_done_at_every_bed(tmp_path: Path) -> None:
    one, two = judged(ward(), tmp_path), judged(ward(beds=BEDS), tmp_path)
    assert radius(two, PUBLIC) == pytest.approx(sqrt(2) * radius(one, PUBLIC), rel=1e-9)


def test_occupancy_is_not_in_a_zone(tmp_path: Path) -> None:
    assert radius(judged(ward(occupancy=0.1), tmp_path), PUBLIC) == radius(judged(ward(), tmp_path), PUBLIC)


def test_lead_at_the_operator_informs_only(tmp_path: Path) -> None:
    found = judged(ward(), tmp_path)
    base = found.results[0].unshielded
    assert base is not None
    ((lead, behind),) = base.protected
    bare = next(each for each in found.results[0].points if each.point.id == behind.point.id)
    assert lead == 0.25
    assert 0.005 < behind.doses.h10_week_mSv / bare.doses.h10_week_mSv < 0.3
    judged_at = {each.value for each in found.findings if each.subject == bare.point.id and each.rule == WORKER}
    assert judged_at == {bare.doses.h10_year_mSv}
