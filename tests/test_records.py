"""Quickly made dataclasses are what ``dataclasses.dataclass`` makes."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from shieldcalc import records

FROM_BOTH = {"stdlib": dataclasses.dataclass, "records": records.dataclass}


def _classes(make: Callable[..., Any]) -> tuple[type, type, type]:
    @make(frozen=True, slots=True)
    class Base:
        """Base."""

        a: int
        b: tuple[int, ...] = (1,)
        told: dict[str, int] = dataclasses.field(default_factory=dict, hash=False, repr=False)

    @make(frozen=True, slots=True, kw_only=True)
    class Further(Base):
        """Further, named fields after those in order."""

        c: str = "x"
        d: list[int] = dataclasses.field(default_factory=list, compare=False)
        made: int = dataclasses.field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "c", self.c.upper())
            object.__setattr__(self, "made", self.a + 1)

    @make(frozen=True, slots=True, eq=False)
    class Alone:
        """Compared by identity."""

        a: int = 0

    return Base, Further, Alone


def _told(make: Callable[..., Any]) -> list[Any]:
    base, further, alone = _classes(make)
    one, same, other = further(1, c="y"), further(1, told={}, c="y"), further(2, (3,), d=[4])
    hidden = (repr(each).replace("._classes.", ".") for each in (base(1), one, other))
    return [
        *(each.partition("<locals>")[2] for each in hidden), one == same, one == other, base(1) == further(1),
        hash(one) == hash(same), hash(other) == hash(further(2, (3,))), alone() == alone(),
        hash(base(5, told={"a": 1})),
        dataclasses.asdict(other), dataclasses.replace(other, a=7).a,
        [each.name for each in dataclasses.fields(further)],
        hasattr(one, "__dict__"), base.__match_args__, copy.deepcopy(other) == other,
    ]  # fmt: skip


def test_alike() -> None:
    assert _told(FROM_BOTH["records"]) == _told(FROM_BOTH["stdlib"])


@pytest.mark.parametrize("arguments", [((), {}), ((1, 2, 3, 4), {}), ((1,), {"e": 2}), ((1,), {"a": 2})])
@pytest.mark.parametrize("name", FROM_BOTH)
def test_wrong_arguments(name: str, arguments: tuple[tuple[int, ...], dict[str, int]]) -> None:
    _, further, _ = _classes(FROM_BOTH[name])
    with pytest.raises(TypeError, match=r"__init__\(\)"):
        further(*arguments[0], **arguments[1])


@pytest.mark.parametrize("name", FROM_BOTH)
def test_frozen(name: str) -> None:
    base, _, _ = _classes(FROM_BOTH[name])
    with pytest.raises(dataclasses.FrozenInstanceError):
        base(1).a = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del base(1).a


@records.dataclass(frozen=True, slots=True)
class Kept:
    """What stands in a module can be pickled."""

    a: int
    b: tuple[str, ...] = ()


def test_pickles() -> None:
    assert pickle.loads(pickle.dumps(Kept(1, ("x",)))) == Kept(1, ("x",))


def test_a_class_below_one_and_a_failing_field() -> None:
    """What is made is of the class asked for, frozen, also where making another one of it failed on the way."""

    @records.dataclass(frozen=True, slots=True)
    class Made:
        a: int
        b: list[int] = dataclasses.field(default_factory=[[1], [2]].pop)

    class Below(Made):
        pass

    one, below = Made(1), Below(2)
    assert (type(one), type(below), one.b, below.b) == (Made, Below, [2], [1])
    with pytest.raises(IndexError):
        Made(3)
    with pytest.raises(TypeError):
        Made()  # type: ignore[call-arg]
    assert type(Made(4, [])) is Made
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.a = 2  # type: ignore[misc]
