"""What holds of every barrier of an accelerator's room: more dose never needs less."""

from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.errors import ShieldcalcError
from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.methods.srs47.megavolts import SRS47
from shieldcalc.physics.therapy.barrier import Limits, Place, Work, linac_barrier
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.parts import Answer

factors = st.floats(1, 5)
PARTS = st.sampled_from(["primary", "leakage", "scatter"])
works = st.tuples(
    st.sampled_from([4, 6, 8, 10, 15, 18, 25]).map(lambda MV: Energy(MV=float(MV))),
    PARTS,
    st.floats(1, 2000),
    st.floats(0.01, 1),
    st.floats(10, 150),
    st.floats(10, 1600),
    st.floats(0.5, 2),
).map(lambda each: Work(*each))
materials = st.sampled_from(["concrete", "lead", "steel", "barite_concrete"])
places = st.tuples(st.floats(1, 50), st.floats(0.01, 1), materials).map(lambda each: Place(*each))


def computed(work: Work, place: Place, goal: str = "0.02 mSv/week") -> Answer | None:
    if work.component in ("primary", "leakage"):
        work = work._replace(angle_deg=None, field_cm2=None, scatter_distance_m=None)
    document = SRS47 if work.energy.MV == 4 else NCRP151
    try:
        return linac_barrier(document, work, Limits(goal), place)
    except ShieldcalcError:
        return None


def at_most(one: Answer | None, other: Answer | None) -> bool:
    return one is None or other is None or (one.mm or 0) <= (other.mm or 0) + 1e-6


@given(works, places, factors)
def test_more_grays_never_need_less(work: Work, place: Place, factor: float) -> None:
    more = work._replace(workload_Gy_per_week=work.workload_Gy_per_week * factor)
    assert at_most(computed(work, place), computed(more, place))


@given(works, places, factors)
def test_farther_never_needs_more(work: Work, place: Place, factor: float) -> None:
    far = place._replace(distance_m=place.distance_m * factor)
    assert at_most(computed(work, far), computed(work, place))


@given(works, places, st.floats(0.1, 1))
def test_smaller_fields_and_less_occupancy_never_need_more(work: Work, place: Place, share: float) -> None:
    small = work._replace(field_cm2=(work.field_cm2 or 0) * share)
    assert at_most(computed(small, place), computed(work, place))
    assert at_most(computed(work, place._replace(occupancy=place.occupancy * share)), computed(work, place))


# Of secondary nothing more holds: the two-source rule adds its half value layer at once where the difference of both
# thicknesses falls below one tenth value layer, so that a little less of one part can ask for more.
@given(works, places)
def test_secondary_is_never_less_than_its_parts(work: Work, place: Place) -> None:
    both = computed(work._replace(component="secondary"), place)
    for part in ("leakage", "scatter"):
        assert at_most(computed(work._replace(component=part), place), both)


@given(works, places)
def test_a_lower_goal_never_needs_less(work: Work, place: Place) -> None:
    assert at_most(computed(work, place), computed(work, place, "0.002 mSv/week"))
