"""Workload distributions: those of NCRP 147 Table 4.2, and those that plugins bring as tables of the same kind."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, Protocol

from shieldcalc.errors import UnknownNameError
from shieldcalc.tables import table

WORKLOAD_TABLE = "xray/ncrp147_table_4_2_workload.csv"
FIELD_TABLE = "xray/ncrp147_table_4_7_secondary_kerma.csv"


class Workload(NamedTuple):
    """One distribution: (highest potential in kV, mA min per patient) of its bins, scattering field, its table.

    ``field_cm2`` is the primary field at ``field_at_m`` from the focus; ``added``: not one of the report's.
    """

    name: str
    bins: tuple[tuple[float, float], ...]
    field_cm2: float
    field_at_m: float
    table: str
    added: bool = False

    @property
    def total_mA_min(self) -> float:
        """Return the workload per patient (mA min)."""
        return sum(mA_min for _, mA_min in self.bins)


class DistributionLike(Protocol):
    """What a catalog's distribution must have; see shieldcalc.model.catalog.Distribution."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def table(self) -> str: ...  # noqa: D102
    @property
    def column(self) -> str: ...  # noqa: D102
    @property
    def field_cm2(self) -> float: ...  # noqa: D102
    @property
    def field_at_m(self) -> float: ...  # noqa: D102


_ADDED: dict[str, Workload] = {}


def printed() -> tuple[str, ...]:
    """Return the names of the report's distributions."""
    return table(WORKLOAD_TABLE).columns[1:]


def workloads() -> tuple[str, ...]:
    """Return the names of every distribution of this run."""
    return (*printed(), *_ADDED)


def workload(name: str) -> Workload:
    """Return one distribution. Raises UnknownNameError."""
    if name in _ADDED:
        return _ADDED[name]
    if name not in printed():
        raise UnknownNameError("workload distribution", name, workloads())
    return _printed(name)


def field_of(name: str) -> tuple[float, float]:
    """Return the scattering field of one of the report's distributions (Table 4.7): cm2, and at how many m."""
    row = next(table(FIELD_TABLE).where(workload=name))
    return float(row["F_cm2"]), float(row["dF_m"])


@cache
def _printed(name: str) -> Workload:
    return Workload(name, read(WORKLOAD_TABLE, name), *field_of(name), WORKLOAD_TABLE)


def read(name: str, column: str) -> tuple[tuple[float, float], ...]:
    """Return (kV, mA min) of the bins of one column that carry workload."""
    pairs = [(float(row["kvp"]), float(row[column])) for row in table(name).rows]
    return tuple((kv, mA_min) for kv, mA_min in pairs if mA_min > 0)


def add(distributions: Iterable[DistributionLike]) -> bool:
    """Take further distributions; say whether any was new. The report's names keep their own data."""
    new = {
        each.name: Workload(each.name, read(each.table, each.column), each.field_cm2, each.field_at_m, each.table, True)
        for each in distributions
        if each.name not in printed()
    }
    changed = any(_ADDED.get(name) != found for name, found in new.items())
    _ADDED.update(new)
    return changed


def forget() -> None:
    """Forget the distributions that were added."""
    _ADDED.clear()
