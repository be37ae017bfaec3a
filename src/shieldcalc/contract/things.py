"""What must hold of each kind of thing: what the hook's own checks cannot see without computing."""

from collections.abc import Callable, Iterator
from itertools import pairwise, product
from math import inf
from os.path import isabs
from typing import Any

from shieldcalc.contract.found import PASS, SKIP, Verdict, failed, raised
from shieldcalc.contract.perturb import methods, reports
from shieldcalc.contract.subject import Subject
from shieldcalc.errors import InputError, Notice, OutsideDataError, ShieldcalcError
from shieldcalc.model.catalog import Command, Distribution, Equipment, Instrument, Material
from shieldcalc.plugin_apart import apart, apart_from
from shieldcalc.plugin_raised import stops

THICKNESSES_MM = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 400.0)
KV = ("30", "50", "70", "85", "100", "125", "150")
ROUNDING = 1e-9
PER_MM = ("1/mm", "mm-1", "mm^-1", "per mm")
LEAST_SHARE, STEPS = 0.35, 13
Check = Callable[[Subject, str, Any], Iterator[Verdict]]


def material_source(_: Subject, name: str, thing: Material) -> Iterator[Verdict]:
    """Try that a material says where its density and its transmission come from."""
    yield Verdict("source", name, PASS) if thing.source.strip() else failed("source", name)


def transmission(subject: Subject, name: str, thing: Material) -> Iterator[Verdict]:
    """Try that transmission is 1 without thickness, never above 1 nor below 0, and falls with every millimetre."""
    from shieldcalc.beams import Beam, use_materials

    if not thing.tables:
        yield Verdict("transmission", name, SKIP, Notice("warnings.contract_no_tables", {"thing": name}))
        return
    use_materials([each for _, each in subject.things("register_materials")])
    tried = 0
    for kv in KV:
        for component in ("primary", "secondary"):
            try:
                found = [_transmission(Beam("ncrp147", "kvp", kv, component), thing, x) for x in THICKNESSES_MM]
            except OutsideDataError:
                continue
            except ShieldcalcError as error:
                yield raised("transmission", name, error)
                return
            tried += 1
            pairs = pairwise(found)
            if abs(found[0] - 1) > ROUNDING or any(not 0 <= after <= before for before, after in pairs):
                yield failed("transmission", name, beam=f"{kv} kV {component}", values=", ".join(map(str, found)))
                return
    known = Notice("warnings.contract_not_tried", {"thing": name})
    yield Verdict("transmission", name, PASS) if tried else Verdict("transmission", name, SKIP, known)


def units(_: Subject, name: str, thing: Material) -> Iterator[Verdict]:
    """Try that transmission rows are per millimetre: their head says so, and slopes are such as the composition has.

    No broad beam falls off deep inside faster than narrow beams of its photons, here of those between LEAST_SHARE of
    the highest energy and that energy; it may fall off more slowly, which is on the safe side.
    """
    from shieldcalc.tables import table

    for path in filter(isabs, thing.tables):
        said = table(path).meta["units"]
        if not any(each in said for each in PER_MM):
            yield failed("units", name, found=f"{path}: units: {said}", wanted=PER_MM[0])
            return
        for row in table(path).where(material=name, key_type="kvp"):
            most = _steepest(thing, float(row["key"]))
            if float(row["alpha_per_mm"]) > most:
                yield failed("units", name, found=",".join(row.values()), wanted=f"alpha <= {most:.3g} 1/mm")
                return
    if any(map(isabs, thing.tables)):
        yield Verdict("units", name, PASS)


def _steepest(thing: Material, kv: float) -> float:
    """Return the most that the deep slope of a beam may be, in 1/mm; inf without a composition."""
    from shieldcalc.photons.attenuation import coefficients
    from shieldcalc.photons.elements import composition_weights, formula_weights

    written = thing.composition
    weights = (composition_weights(written) or formula_weights(written)) if written else None
    if not weights or not thing.density_g_per_cm3:
        return inf
    known, highest = coefficients(tuple(weights.items())), kv / 1000
    steps = (LEAST_SHARE + (1 - LEAST_SHARE) * step / STEPS for step in range(STEPS + 1))
    return max(known.mu_rho(highest * share) for share in steps) * thing.density_g_per_cm3 / 10


def _transmission(beam: Any, thing: Material, x: float) -> float:
    from shieldcalc.beams import Layer
    from shieldcalc.beams import transmission as transmitted

    lead = x or None if thing.declares == "lead_equivalent" else None
    form = thing.forms[0] if thing.forms else None
    density = thing.density_g_per_cm3
    return 1.0 if lead is None and x == 0 else transmitted(beam, [Layer(thing.name, x, density, form, lead)])


def composed(_: Subject, name: str, thing: Material) -> Iterator[Verdict]:
    """Try that a composition adds up to 1 within 2 %, and has the density that gamma calculations need."""
    from shieldcalc.photons.elements import composition_weights

    if not thing.composition:
        return
    shares = [float(part.partition(":")[2]) for part in thing.composition.split() if ":" in part]
    whole = sum(shares) if composition_weights(thing.composition) else 1.0
    if thing.density_g_per_cm3 is None or abs(whole - 1) > 0.02:
        yield failed("composition", name, sum=f"{whole:g}", density=str(thing.density_g_per_cm3))
    else:
        yield Verdict("composition", name, PASS)


def equipment(subject: Subject, name: str, thing: object) -> Iterator[Verdict]:
    """Try that the values of equipment are such as a design file may have, in its units and within its bounds."""
    from shieldcalc.model.loader.problems import Problems
    from shieldcalc.model.loader.structure import read_structure

    if not isinstance(thing, Equipment):
        return
    problems = Problems(subject.record.name, {})
    read_structure({"source": [{"id": "tried", "kind": thing.kind, **thing.values}]}, problems)
    wrong = [problem for problem in problems.found if problem.key.startswith("source")]
    yield raised("equipment", name, InputError(wrong)) if wrong else Verdict("equipment", name, PASS)


def distribution(subject: Subject, name: str, thing: object) -> Iterator[Verdict]:
    """Try that radiation of a workload distribution falls with every millimetre of lead and of concrete."""
    from shieldcalc.beams import Beam, Layer, log_transmission, use_distributions

    if not isinstance(thing, Distribution):
        return
    use_distributions([each for _, each in subject.things("register_sources") if isinstance(each, Distribution)])
    for component, material in product(("primary", "secondary"), ("lead", "concrete")):
        beam = Beam("ncrp147", "workload", thing.name, component)
        try:
            found = [log_transmission(beam, [Layer(material, x)]).transmission for x in THICKNESSES_MM]
        except ShieldcalcError as error:
            yield raised("transmission", name, error)
            return
        if any(not 0 <= after <= before for before, after in pairwise(found)):
            told = {"beam": f"{component}, {material}", "values": ", ".join(map(str, found))}
            yield failed("transmission", name, **told)
            return
    yield Verdict("transmission", name, PASS)


def instrument(subject: Subject, name: str, thing: Instrument) -> Iterator[Verdict]:
    """Try that a file of rules is without slips, and says where each number comes from."""
    from shieldcalc.regulations.lint import lint
    from shieldcalc.regulations.rules import load
    from shieldcalc.resources import data_path

    known = subject.host.collect("register_regulations")
    path = thing.path if isabs(thing.path) else data_path("regulations", thing.path)
    try:
        held = lint(path, tuple(known), lambda each: load(known[each]))
    except ShieldcalcError as error:
        yield raised("rules", name, error)
        return
    yield Verdict("rules", name, PASS) if held.id == name else failed("rules", name, held=held.id)


def command(_: Subject, name: str, thing: Command) -> Iterator[Verdict]:
    """Try that a command is one of click, says what it does, and answers --help."""
    import click
    from click.testing import CliRunner

    from shieldcalc.builtins import resolve

    try:
        found = apart_from(resolve)(thing.command) if isinstance(thing.command, str) else thing.command
    except BaseException as error:  # a stranger's code may raise anything
        if stops(error):
            raise
        yield raised("command", name, error)
        return
    if not isinstance(found, click.Command):
        yield failed("command", name, found=type(found).__name__)
        return
    with apart():
        answered = CliRunner().invoke(found, ["--help"]).exit_code == 0 and bool(found.help) and bool(thing.help)
    yield Verdict("command", name, PASS) if answered else failed("command", name, found="--help")


CHECKS: dict[str, tuple[Check, ...]] = {
    "register_materials": (material_source, transmission, units, composed),
    "register_sources": (equipment, distribution),
    "register_methods": (methods,),
    "register_regulations": (instrument,),
    "register_reports": (reports,),
    "register_commands": (command,),
}
