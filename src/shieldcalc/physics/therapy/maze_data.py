"""What a document has to tell of mazes: reflection of walls, the beam behind the patient, neutrons of machines."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError, UnknownNameError
from shieldcalc.physics.therapy.document import CONCRETE, Fraction, Row
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.grid import along, points, upper

_SAME = 1e-9
_ALPHA = 1e-3


class Wall(NamedTuple):
    """How a wall of a maze is met: material, incidence and reflection in degrees from its normal.

    Without an angle of reflection the largest value over all angles counts.
    """

    incidence_deg: float
    reflection_deg: float | None = None
    material: str = CONCRETE


class Machine(NamedTuple):
    """Neutrons of a machine: per Gy at the isocentre, and Sv/Gy at ``d_0`` m from the target (None: not known)."""

    Q_n: float
    H_0: float | None
    d_0: float
    tables: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class Maze(NamedTuple):
    """What a document has to tell of mazes.

    ``reflection(row, wall)`` of a row of energy ("18", "Co-60", "0.5MeV"); ``through_patient(MV)``; ``capture_tvd(MV)``
    in m; ``machine(name, MV)``, without a name the strongest of the table.
    """

    reflection: Callable[[str, Wall], Fraction]
    through_patient: Callable[[Energy], float]
    capture_tvd: Callable[[float], float]
    machine: Callable[[str | None, float], Machine]


def reflected(rows: Iterable[Row], row: str, wall: Wall, name: str, what: str) -> Fraction:
    """Return the reflection of a wall from rows of energy, incidence and reflection (alpha in 1e-3).

    Between angles and incidences a straight line, between energies the larger neighbour. Raises OutsideDataError beyond
    the angles and energies of the table.
    """
    several = list(rows)
    incidences = sorted({float(each["incidence"]) for each in several})
    most = max(float(each["reflection"]) for each in several)
    if not incidences[0] <= wall.incidence_deg <= incidences[-1] or not 0 <= (wall.reflection_deg or 0) <= most:
        told = {"incidence": f"{wall.incidence_deg:g}", "reflection": f"{wall.reflection_deg or 0:g}"}
        raise OutsideDataError("therapy_reflection", table=what, **told, low=f"{incidences[-1]:g}", high=f"{most:g}")
    needed = [wall.incidence_deg] if wall.incidence_deg in incidences else incidences
    at = [(each, _of_incidence(several, row, each, wall, what)) for each in needed]
    said = Notice("warnings.therapy_largest_reflection", {"table": what}) if wall.reflection_deg is None else None
    return Fraction(_ALPHA * along(at, wall.incidence_deg), (name,), () if said is None else (said,))


def _of_incidence(rows: list[Row], row: str, incidence: float, wall: Wall, what: str) -> float:
    own = [each for each in rows if float(each["incidence"]) == incidence]
    by_energy = {
        name: points((each for each in own if each["energy"] == name), "reflection", "alpha")
        for name in dict.fromkeys(each["energy"] for each in own)
    }
    values = {
        name: max(y for _, y in known) if wall.reflection_deg is None else along(known, wall.reflection_deg)
        for name, known in by_energy.items()
    }
    if row in values:
        return values[row]
    known = sorted((float(name), y) for name, y in values.items() if name.isdigit())
    found = upper(known, float(row)) if row[-1:].isdigit() and row[:1].isdigit() else None
    if found is None:
        raise OutsideDataError(
            "therapy_outside", energy=row if row[-1:].isalpha() else f"{row} MV", table=what, allowed=", ".join(values)
        )
    return found


class Strength(NamedTuple):
    """The largest entries of a machine: 1e12 neutrons per Gy and mSv per Gy, None where the table has none.

    ``bare``: of several machines the largest neutrons of one without a dose; its dose may be the largest of all.
    """

    qn: float | None
    dose: float | None
    bare: float = 0.0


def strength(rows: Iterable[Row], name: str | None, MV: float, doses: tuple[str, str]) -> Strength:
    """Return the largest entries of a machine by "vendor model"; without a name of all up to the next stated energy.

    ``doses`` names the columns of dose. Raises UnknownNameError for a machine that the table does not have at that
    energy, OutsideDataError beyond the table.
    """
    several = list(rows)
    stated = sorted({float(row["stated_mv"]) for row in several})
    at = next((each for each in stated if each >= MV * (1 - _SAME)), None)
    if at is None or stated[0] > MV * (1 + _SAME):
        told = {"energy": f"{MV:g} MV", "table": "Q_n", "allowed": f"{stated[0]:g}-{stated[-1]:g}"}
        raise OutsideDataError("therapy_outside", **told)
    if name is None:
        chosen = [row for row in several if float(row["stated_mv"]) <= at]
    else:
        there = [row for row in several if abs(float(row["stated_mv"]) - MV) <= _SAME * MV]
        chosen = [row for row in there if _plain(_named(row)) == _plain(name)]
        if not chosen:
            known = {_named(row) for row in there} or {f"{_named(row)} ({row['stated_mv']} MV)" for row in several}
            raise UnknownNameError("accelerator", name, known)
    bare = [row for row in chosen if name is None and not _of_same(several, row, doses)]
    return Strength(_most(chosen, ("qn",)), _most(chosen, doses), _most(bare, ("qn",)) or 0.0)


def _of_same(rows: Iterable[Row], row: Row, doses: tuple[str, str]) -> float | None:
    """Return the largest dose that the table has of a row's machine at its energy."""
    same = (each for each in rows if _named(each) == _named(row) and each["stated_mv"] == row["stated_mv"])
    return _most(same, doses)


def with_bare(found: Strength, per_neutron: float) -> float | None:
    """Return the largest dose in mSv per Gy, of machines without one by ``per_neutron`` (mSv for 1e12 neutrons)."""
    return None if found.dose is None else max(found.dose, per_neutron * found.bare)


def _named(row: Row) -> str:
    return f"{row['vendor']} {row['model']}"


def _most(rows: Iterable[Row], columns: tuple[str, ...]) -> float | None:
    return max((float(row[column]) for row in rows for column in columns if row[column]), default=None)


def _plain(text: str) -> str:
    return "".join(text.lower().replace("/", " ").split())
