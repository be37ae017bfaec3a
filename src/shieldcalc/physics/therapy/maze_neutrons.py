"""Neutrons and capture gammas of one beam at the door of a maze: Kersey, Wu and McGinley, equation 2.15."""

from math import pi
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import neutron_equations as by
from shieldcalc.physics.therapy.document import Document, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.maze import of
from shieldcalc.physics.therapy.maze_data import Machine

KERSEY, WU = "kersey", "wu_mcginley"
METHODS = (KERSEY, WU)
LEAD_HEAD, TUNGSTEN_HEAD = "lead", "tungsten"


class Work(NamedTuple):
    """One beam: energy, workload Gy/week of leakage, machine by name, stated Q_n 1/Gy and H_0 Sv/Gy, head."""

    energy: Energy
    W_L: float
    machine: str | None = None
    Q_n: float | None = None
    H_0: float | None = None
    head: str = LEAD_HEAD


class Ways(NamedTuple):
    """Isocentre to inner maze end, maze length, second leg m; inner opening and maze cross sections m2; room m.

    ``S_r``: the room's surface in m2 where it is known otherwise than by three sides.
    """

    d_1: float
    d_2: float
    S_0: float
    S_1: float
    room: tuple[float, float, float]
    d_3: float = 0.0
    S_r: float | None = None


class Door(NamedTuple):
    """At the door in Sv/week: capture gammas, neutrons by each method (None: not known), the one that counts."""

    H_cg: float
    neutrons: dict[str, float | None]
    H_n: float
    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]


def maze_neutrons(document: Document, work: Work, ways: Ways, method: str | None = None) -> Door:
    """Return neutrons and capture gammas at the door; without a method the larger of both counts.

    Raises OutsideDataError below 10 MV, beyond the tables, and for Kersey without H_0.
    """
    if not work.energy.makes_neutrons:
        raise OutsideDataError("therapy_no_neutrons", energy=work.energy.words)
    try:
        return _neutrons(document, work, ways, method)
    except (OverflowError, ZeroDivisionError) as error:
        raise OutsideDataError("therapy_numbers") from error


def _neutrons(document: Document, work: Work, ways: Ways, method: str | None) -> Door:
    machine = machine_of(document, work)
    surface = [] if ways.S_r is not None else [_surface(ways)]
    phi = fluence(document, work, machine, ways.d_1, ways.S_r if ways.S_r is not None else surface[0].value)
    gamma = _capture(document, work, ways, phi.value)
    found = {KERSEY: _kersey(document, machine, ways), WU: _wu(document, ways, phi.value)}
    weeks = {name: None if steps is None else _week(work, steps[-1], name) for name, steps in found.items()}
    known = {name: step.value for name, step in weeks.items() if step is not None}
    if method is not None and method not in known:
        raise OutsideDataError("therapy_no_h0", machine=work.machine or work.energy.words)
    steps = [*surface, phi, *gamma]
    for name, each in found.items():
        week = weeks[name]
        steps += [] if each is None or week is None else [*each, week]
    return Door(
        H_cg=gamma[-1].value,
        neutrons={name: known.get(name) for name in METHODS},
        H_n=max(known.values()) if method is None else known[method],
        steps=tuple(cited(step, document.short) for step in steps),
        warnings=(*machine.notices, *_remarks(ways, known)),
        tables=(*machine.tables, document.rules),
    )


def _surface(ways: Ways) -> Step:
    return evaluate(by.room_surface, dict(zip(("d_L", "d_W", "h"), ((each, "m") for each in ways.room), strict=True)))


def machine_of(document: Document, work: Work) -> Machine:
    """Return the neutrons of the machine: stated figures before those of the table."""
    d_0 = document.rule("kersey_d0")
    if work.Q_n is not None:
        return Machine(work.Q_n, work.H_0, d_0, notices=_stated(work, f"{work.Q_n:.3g}"))
    found = of(document).machine(work.machine, work.energy.MV or 0.0)
    told = {"machine": work.machine or "-", "energy": work.energy.words, "Q_n": f"{found.Q_n:.3g}"}
    key = "therapy_machine_table" if work.machine else "therapy_machine_strongest"
    H_0 = found.H_0 if work.H_0 is None else work.H_0
    said = () if work.H_0 is None else _stated(work, told["Q_n"])
    return found._replace(H_0=H_0, notices=(Notice(f"warnings.{key}", told), *said))


def _stated(work: Work, Q_n: str) -> tuple[Notice, ...]:
    """Return that neutrons stand on what is stated of a machine."""
    H_0 = "-" if work.H_0 is None else f"{1e3 * work.H_0:.3g}"
    return (Notice("warnings.therapy_neutrons_stated", {"energy": work.energy.words, "Q_n": Q_n, "H_0": H_0}),)


def fluence(document: Document, work: Work, machine: Machine, d_1: float, S_r: float) -> Step:
    """Return the neutrons per m2 and Gy at ``d_1`` m from the isocentre in a room of surface ``S_r`` m2."""
    shares = {"c_s": (document.rule("neutron_scattered"), ""), "c_t": (document.rule("neutron_thermal"), "")}
    told = {"beta": (document.rule(f"beta_{work.head}"), ""), "Q_n": (machine.Q_n, "1/Gy"), "d_1": (d_1, "m")}
    return evaluate(by.fluence, {**told, **shares, "S_r": (S_r, "m2"), "Omega": (4 * pi, "sr")})


def _capture(document: Document, work: Work, ways: Ways, phi: float) -> list[Step]:
    tvd = of(document).capture_tvd(work.energy.MV or 0.0)
    told = {"K": (document.rule("capture_K"), "Sv m2"), "phi_A": (phi, "1/(m2 Gy)"), "d_2": (_length(ways), "m")}
    per_gray = evaluate(by.capture_gamma, {**told, "TVD": (tvd, "m")})
    week = evaluate(by.capture_gamma_week, {"W_L": (work.W_L, "Gy/week"), "h_cg": (per_gray.value, "Sv/Gy")})
    return [per_gray, week]


def _length(ways: Ways) -> float:
    return ways.d_2 + ways.d_3


def _kersey(document: Document, machine: Machine, ways: Ways) -> list[Step] | None:
    """Return neutrons by Kersey, None where H_0 is not known; a second bend has SRS 47's factor, in that document."""
    if machine.H_0 is None:
        return None
    told = {
        "H_0": (machine.H_0, "Sv/Gy"), "S_0": (ways.S_0, "m2"), "S_1": (ways.S_1, "m2"), "d_0": (machine.d_0, "m"),
        "d_1": (ways.d_1, "m"), "d_2": (ways.d_2, "m"), "TVD": (document.rule("kersey_tvd"), "m"),
    }  # fmt: skip
    if not ways.d_3:
        return [evaluate(by.kersey, told, KERSEY)]
    if not document.second_bend:
        raise OutsideDataError("therapy_no_second_bend", document=document.words)
    bend = {"c_b": (document.rule("kersey_second_bend"), ""), "d_3": (ways.d_3, "m")}
    return [evaluate(by.kersey_second_bend, {**told, **bend}, KERSEY)]


def _wu(document: Document, ways: Ways, phi: float) -> list[Step]:
    tvd = evaluate(by.neutron_tvd, {"c_T": (document.rule("wu_tvd_per_root"), ""), "S_1": (ways.S_1, "m2")}, WU)
    told = {
        "c_w": (document.rule("wu_factor"), "Sv m2"), "phi_A": (phi, "1/(m2 Gy)"), "S_0": (ways.S_0, "m2"),
        "S_1": (ways.S_1, "m2"), "c_1": (document.rule("wu_near"), ""), "d_2": (_length(ways), "m"),
        "TVD_1": (document.rule("wu_near_tvd"), "m"), "TVD": (tvd.value, "m"),
    }  # fmt: skip
    return [tvd, evaluate(by.modified_kersey, told, WU)]


def _week(work: Work, per_gray: Step, name: str) -> Step:
    return evaluate(by.neutrons_week, {"W_L": (work.W_L, "Gy/week"), "h_n": (per_gray.value, "Sv/Gy")}, name)


def _remarks(ways: Ways, known: dict[str, float]) -> list[Notice]:
    said = [Notice("warnings.therapy_maze_methods", {})]
    if KERSEY not in known:
        said.append(Notice("warnings.therapy_without_kersey", {}))
    elif known[WU] > 0 and known[KERSEY] > 0:
        said.append(Notice("warnings.therapy_neutron_ratio", {"ratio": f"{known[KERSEY] / known[WU]:.2g}"}))
    if ways.d_3:
        said.append(Notice("warnings.therapy_second_bend", {}))
    return said
