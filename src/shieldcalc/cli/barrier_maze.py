"""``shieldcalc barrier maze-photons``, ``maze-neutrons``, ``door``, ``laminate`` and ``skyshine`` of accelerators."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from shieldcalc.cli.barrier_common import Number, in_words, step_document
from shieldcalc.cli.common import Amount, Area, Marked, OneOf, Quantity, emit, json_flag, notices
from shieldcalc.cli.therapy_options import NCRP151, OF_LINAC, Angle, Megavolts, document
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from shieldcalc.model.trace import Step
    from shieldcalc.physics.therapy.energy import Energy
    from shieldcalc.physics.therapy.maze import Met

F = TypeVar("F", bound=Callable[..., Any])
USV, MM, CM2 = 1e6, 1e-3, 1e-4
_mv = click.option("--mv", type=Megavolts(), required=True, help='Energy: 6, "10 MV FFF", Co-60.')
_standard = click.option("--standard", type=OneOf(OF_LINAC), default=NCRP151, show_default=True, help="Document.")
_workload = click.option(
    "--workload", type=Quantity("kerma_per_week", zero=True), required=True, help='At 1 m, "450 Gy/week".'
)
_imrt = click.option("--imrt-factor", type=Number(), default=1.0, help="Monitor units of IMRT over conventional.")


def _length(name: str, words: str, *, required: bool = True) -> Callable[[F], F]:
    return click.option(name, type=Quantity("length"), required=required, help=words)


def _area(name: str, words: str) -> Callable[[F], F]:
    return click.option(name, type=Area(), required=True, help=words)


@click.command("maze-photons")
@_mv
@_standard
@_workload
@_imrt
@click.option("--use", type=Number(1), default=0.25, show_default=True, help="Share of the gantry angle.")
@click.option("--field", type=Area(), required=True, help='Field at the patient, "1600 cm2".')
@click.option("--angle", type=Angle(), default=45.0, show_default=True, help="Of patient scatter to the seen wall.")
@click.option("--scatter-distance", type=Quantity("length"), default="1 m", help="Target to patient; 1 m.")
@click.option("--scatter-fraction", type=Number(1), help="Stated fraction a at 1 m for 400 cm2.")
@click.option("--patient-transmission", type=Number(1), help="Stated f of the beam through the patient.")
@_length("--dh", "Target to the wall that the beam meets.")
@_length("--dr", "From there to the wall of the maze.")
@_length("--dz", "From there along the maze to the door.")
@_length("--dsec", "Patient to the wall that the door sees.")
@_length("--dsec-leakage", "Target to that wall; as --dsec unless said.", required=False)
@_length("--dzz", "From that wall to the door.")
@_length("--dl", "Target through the wall of the maze to the door.")
@_area("--a0", "Area of the beam on the first wall, m2.")
@_area("--az", "Area of the maze's wall that the first one lights, m2.")
@_area("--a1", "Area of the wall that the door sees, m2.")
@_length("--maze-width", "Width of the maze.")
@_length("--maze-height", "Height of the maze.")
@click.option("--maze-wall", type=(str, Amount()), metavar="MATERIAL THICKNESS", help="Wall between target and door.")
@click.option("--maze-wall-transmission", type=Number(1), help="Its transmission for leakage instead.")
@click.option("--reflection-0", type=Angle(), help="Angle of reflection at the first wall; the largest unless said.")
@click.option("--reflection-z", type=Angle(), help="At the wall of the maze.")
@click.option("--reflection-1", type=Angle(), help="At the wall that the door sees.")
@click.option("--alpha-0", type=Number(1), help="Stated reflection per m2 of the first wall.")
@click.option("--alpha-z", type=Number(1), help="Of the wall of the maze.")
@click.option("--alpha-1", type=Number(1), help="Of the wall that the door sees, for patient scatter and leakage.")
@click.option("--leakage-energy", type=OneOf(["mean", "beam"]), default="mean", show_default=True,
              help="Reflection of leakage by its mean energy (row of Co-60) or the beam's.")  # fmt: skip
@json_flag
def maze_photons(mv: "Energy", standard: str, as_json: bool, **given: Any) -> None:
    """Compute the photons of one energy at the door of a maze (NCRP 151, IAEA SRS 47).

    \b
    Example:
      shieldcalc barrier maze-photons --mv 6 --workload "225 Gy/week" \\
        --field "1600 cm2" --dh 4.2m --dr 5.9m --dz 6.8m --dsec 7.3m --dzz 9.9m \\
        --dl 7.3m --a0 "2.82 m2" --az "8.4 m2" --a1 "11.8 m2" --maze-width 2m \\
        --maze-height 3m --maze-wall concrete 1.2m
    """
    from shieldcalc.physics.therapy.counted import Sheet
    from shieldcalc.physics.therapy.maze import Ways, Work
    from shieldcalc.physics.therapy.maze import maze_photons as computed

    W = given["workload"] * MM
    work = Work(
        mv, W, W * _factor(given), given["use"], given["field"], given["angle"], given["scatter_distance"] * MM,
        given["scatter_fraction"], given["patient_transmission"],
    )  # fmt: skip
    metres = {key: given[key] * MM for key in ("dh", "dr", "dz", "dsec", "dzz", "dl", "maze_width", "maze_height")}
    leak = metres["dsec"] if given["dsec_leakage"] is None else given["dsec_leakage"] * MM
    layers = _wall(given)
    ways = Ways(
        metres["dh"], metres["dr"], metres["dz"], metres["dsec"], leak, metres["dzz"], metres["dl"],
        _met(given, "a0", 0.0), _met(given, "az", 0.0), _met(given, "a1", 45.0), metres["maze_width"],
        metres["maze_height"], tuple(Sheet(*each) for each in layers), given["maze_wall_transmission"],
        given["leakage_energy"],
    )  # fmt: skip
    found = computed(document(standard), work, ways)
    answer = {f"{name}_uSv_per_week": USV * value for name, value in found.parts.items()}
    answer["H_tot_uSv_per_week"] = USV * found.H_tot
    tell("maze-photons", {"standard": standard, "beam": mv.words, **answer}, found, as_json)


def _factor(given: dict[str, Any]) -> float:
    factor: float = given["imrt_factor"]
    if factor < 1:
        raise OutsideDataError("therapy_imrt_below_one", value=f"{factor:g}")
    return factor


def _wall(given: dict[str, Any]) -> list[tuple[str, float]]:
    stated = given["maze_wall"]
    if stated is None:
        return []
    if given["maze_wall_transmission"] is not None:
        raise OutsideDataError("therapy_maze_wall_twice")
    material, amount = stated
    if isinstance(amount, Marked):
        raise OutsideDataError("therapy_marked", material=material, energy="MV")
    return [(material, amount)]


def _met(given: dict[str, Any], area: str, incidence: float) -> "Met":
    from shieldcalc.physics.therapy.maze import Met
    from shieldcalc.physics.therapy.maze_data import Wall

    which = area[1:]
    return Met(given[area] * CM2, Wall(incidence, given[f"reflection_{which}"]), given[f"alpha_{which}"])


class Room(click.ParamType[tuple[float, float, float]]):
    """A room, "7.8 m x 7.8 m x 3.65 m": length, width, height."""

    name = "room"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return metres; a usage error (exit code 2) says what is allowed."""
        sides = str(value).replace("×", "x").split("x")
        if len(sides) != 3:
            self.fail(OutsideDataError("therapy_room", value=str(value)).text(), param, ctx)
        return tuple(Quantity("length").convert(side.strip(), param, ctx) * MM for side in sides)


@click.command("maze-neutrons")
@_mv
@_standard
@_workload
@_imrt
@click.option("--machine", help='Vendor and model of the table of neutrons, "Varian 1800"; the strongest unless said.')
@click.option("--qn", type=Number(), help="Stated neutrons per Gy at the isocentre, 1.22e12.")
@click.option("--h0", type=Number(), help="Stated neutron dose in mSv/Gy at 1.41 m (ncrp151) or 1 m (srs47).")
@click.option("--head", type=OneOf(["lead", "tungsten"]), default="lead", show_default=True, help="Of the head.")
@_length("--d1", "Isocentre to the inner end of the maze.")
@_length("--d2", "Length of the maze to the door.")
@_length("--d3", "Length of a second leg (srs47).", required=False)
@_area("--s0", "Inner opening of the maze, m2.")
@_area("--s1", "Cross section of the maze, m2.")
@click.option("--room", type=Room(), required=True, help='Length x width x height, "7.8 m x 7.8 m x 3.65 m".')
@click.option("--method", type=OneOf(["kersey", "wu_mcginley"]), help="Of neutrons; the larger unless said.")
@json_flag
def maze_neutrons(mv: "Energy", standard: str, as_json: bool, **given: Any) -> None:
    """Compute neutrons and capture gammas at the door of a maze (NCRP 151, IAEA SRS 47).

    \b
    Example:
      shieldcalc barrier maze-neutrons --mv 18 --workload "450 Gy/week" \\
        --machine "Varian 1800" --d1 6.4m --d2 8.5m --s0 "10.2 m2" --s1 "8.76 m2" \\
        --room "7.8 m x 7.8 m x 3.65 m"
    """
    from shieldcalc.physics.therapy.maze_neutrons import Ways, Work
    from shieldcalc.physics.therapy.maze_neutrons import maze_neutrons as computed

    h0 = None if given["h0"] is None else MM * given["h0"]
    work = Work(mv, given["workload"] * MM * _factor(given), given["machine"], given["qn"], h0, given["head"])
    d3 = 0.0 if given["d3"] is None else given["d3"] * MM
    ways = Ways(given["d1"] * MM, given["d2"] * MM, given["s0"] * CM2, given["s1"] * CM2, given["room"], d3)
    found = computed(document(standard), work, ways, given["method"])
    answer: dict[str, Any] = {
        "capture_gamma_uSv_per_week": USV * found.H_cg,
        "neutrons_uSv_per_week": USV * found.H_n,
        **{f"{name}_uSv_per_week": None if each is None else USV * each for name, each in found.neutrons.items()},
    }
    tell("maze-neutrons", {"standard": standard, "beam": mv.words, **answer}, found, as_json)


@click.command("door")
@_standard
@click.option("--photons", type=Quantity("dose_per_week", zero=True), required=True, help='Scattered, "100 uSv/week".')
@click.option("--capture-gammas", type=Quantity("dose_per_week", zero=True), required=True, help='"65 uSv/week"; or 0.')
@click.option("--neutrons", type=Quantity("dose_per_week", zero=True), required=True, help='"765 uSv/week"; or 0.')
@click.option("--goal", required=True, help='Dose allowed: "0.1 mSv/week", "1 mSv/year".')
@click.option("--occupancy", type=Number(1), default=1.0, show_default=True, help="Occupancy factor T.")
@_length("--maze-length", "Of the maze; SRS 47 has less lead for long ones.", required=False)
@json_flag
def door(standard: str, as_json: bool, **given: Any) -> None:
    """Compute lead and borated polyethylene of a maze door (NCRP 151, IAEA SRS 47).

    \b
    Example:
      shieldcalc barrier door --photons "100 uSv/week" --capture-gammas "65.3 uSv/week" \\
        --neutrons "765 uSv/week" --goal "0.1 mSv/week"
    """
    from shieldcalc.physics.therapy.door import Arriving
    from shieldcalc.physics.therapy.door import door as computed
    from shieldcalc.physics.therapy.goal import weekly

    known = document(standard)
    goal = weekly(given["goal"], known.rule("weeks_per_year"))
    length = None if given["maze_length"] is None else given["maze_length"] * MM
    arriving = Arriving(
        MM * given["photons"], MM * given["capture_gammas"], MM * given["neutrons"], given["occupancy"], length
    )
    found = computed(known, arriving, goal.P)
    answer = {
        "goal_mSv_per_week": goal.P / MM,
        "lead_mm": found.lead_mm,
        "borated_polyethylene_mm": found.bpe_mm,
        "behind_door_uSv_per_week": USV * found.left,
    }
    tell("door", {"standard": standard, **answer}, found, as_json, goal.assumptions)


@click.command("laminate")
@_mv
@_workload
@click.option("--metal", required=True, help="lead or steel.")
@_length("--metal-thickness", "Of the metal.")
@click.option(
    "--inside", type=Quantity("length", zero=True), required=True, help='Concrete before the metal; "0 cm": none.'
)
@click.option("--outside", type=Quantity("length", zero=True), required=True, help='Concrete behind it; "0 cm": none.')
@click.option("--field", type=Area(), default="1600 cm2", help='Largest field at 1 m, "1600 cm2".')
@json_flag
def laminate(mv: "Energy", as_json: bool, **given: Any) -> None:
    """Compute the neutrons made in the metal of a laminated primary barrier (NCRP 151).

    \b
    Example:
      shieldcalc barrier laminate --mv 18 --workload "450 Gy/week" --metal lead \\
        --metal-thickness 25cm --inside 30cm --outside 80cm
    """
    from shieldcalc.physics.therapy.laminate import Laminate
    from shieldcalc.physics.therapy.laminate import laminate as computed

    wall = Laminate(
        given["inside"], given["metal_thickness"], given["outside"], given["metal"], CM2 * given["field"],
        MM * given["workload"],
    )  # fmt: skip
    found = computed(document(NCRP151), mv, wall)
    answer = {"neutrons_uSv_per_week": USV * found.H_n, "photon_transmission": found.photons}
    tell("laminate", {"standard": NCRP151, "beam": mv.words, **answer}, found, as_json)


@click.command("skyshine")
@_mv
@click.option("--dose-rate", type=Quantity("kerma_rate"), required=True, help='Largest dose rate at 1 m, "6 Gy/min".')
@click.option("--field", type=Area(), default="1600 cm2", help='Largest field at 1 m, "1600 cm2".')
@click.option("--roof", type=(str, Amount()), multiple=True, metavar="MATERIAL THICKNESS", help="A layer of the roof.")
@_length("--di", "Upwards from the target to 2 m above the roof.")
@_length("--ds", "Sideways from the isocentre to the point.")
@json_flag
def skyshine(mv: "Energy", as_json: bool, **given: Any) -> None:
    """Compute photon skyshine while the beam points up (NCRP 151).

    \b
    Example:
      shieldcalc barrier skyshine --mv 6 --dose-rate "6 Gy/min" \\
        --roof concrete 30cm --di 7m --ds 15m
    """
    from shieldcalc.physics.therapy.counted import Sheet
    from shieldcalc.physics.therapy.skyshine import Sky
    from shieldcalc.physics.therapy.skyshine import skyshine as computed

    for material, amount in given["roof"]:
        if isinstance(amount, Marked):
            raise OutsideDataError("therapy_marked", material=material, energy=mv.words)
    roof = tuple(Sheet(*each) for each in given["roof"])
    sky = Sky(MM * given["dose_rate"], CM2 * given["field"], roof, MM * given["di"], MM * given["ds"])
    found = computed(document(NCRP151), mv, sky)
    tell("skyshine", {"standard": NCRP151, "beam": mv.words, "rate_uSv_per_h": found.rate}, found, as_json)


def tell(command: str, answer: dict[str, Any], found: Any, as_json: bool, assumed: Iterable[Notice] = ()) -> None:
    """Write an answer with its steps, remarks and data files, as text or JSON."""
    from shieldcalc.units import significant

    steps: tuple[Step, ...] = found.steps
    if as_json:
        closing = {"tables": list(found.tables), "assumptions": notices(assumed), "warnings": notices(found.warnings)}
        told = {**answer, **closing, "steps": [step_document(step) for step in steps]}
        emit(f"shieldcalc/barrier-{command}/1", told)
        return
    for step in steps:
        click.echo(f"{in_words(step)}  [{step.source}]")
    for name, value in answer.items():
        click.echo(f"{name}: {significant(value, 4) if isinstance(value, float) else value}")
    for title, several in (("assumed", assumed), ("note", found.warnings)):
        for notice in several:
            click.echo(f"{title}: {notice.text()}")
    click.echo("tables: " + ", ".join(found.tables))
