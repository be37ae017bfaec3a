"""The checklist for plan reviews of the State of Maine as a report: each item, and what the design file says of it.

10-144 Code of Maine Rules, chapter 220, part F, appendix A, "Information on radiation shielding required for plan
reviews". Items are paraphrased; an item that the file does not answer is marked as missing.
"""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.catalog import ReportKind
from shieldcalc.model.design import Beyond, Layer, Source
from shieldcalc.model.geometry import length
from shieldcalc.model.scene import Barrier

shieldcalc_api = 1
__license__ = "MIT"
MISSING = "MISSING"


@cache
def form() -> dict[str, Any]:
    """Return title, citation and items of the form, by the number of each."""
    return tomllib.loads(files(__package__).joinpath("items.toml").read_text("utf-8"))


def write(assessment: Assessment, language: str) -> bytes:  # noqa: ARG001 - the form of this authority is in English
    """Return the checklist as UTF-8 text."""
    identity = assessment.design.identity
    asked = form()
    lines = [asked["title"], asked["citation"], ""]
    lines += [f"Facility: {identity.facility}", f"Room: {identity.room}", f"By: {identity.author}"]
    for item, answers in answered(assessment).items():
        lines += ["", f"{item} {asked['items'][item]}", *(f"  {line}" for line in answers or (MISSING,))]
    lines += ["", f"shieldcalc {assessment.version}; {assessment.design.file}, SHA-256 {assessment.design.sha256}"]
    lines += [f"plugin {used.name} {used.version}, SHA-256 {used.sha256}" for used in assessment.plugins]
    return ("\n".join(lines) + "\n").encode()


def answered(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    """Return what the file says of each item, line by line; nothing where it says nothing."""
    design = assessment.design
    return {
        "A(1)": (*_ports(design.sources), *_places(assessment)),
        "A(2)": tuple(_built(barrier) for barrier in assessment.scene.barriers),
        "A(3)": tuple(_dimensions(assessment)),
        "A(4)": tuple(_beyond(barrier.id, barrier.beyond) for barrier in assessment.scene.barriers if barrier.beyond),
        "A(5)": tuple(map(_machine, design.sources)),
        "A(6)": tuple(f"{source.id}: {source.kind.replace('_', ' ')}" for source in design.sources),
        "B": tuple(line for source in design.sources for line in _workload(source)),
        "C": (*(notice.text() for notice in assessment.notices), *_methods(assessment)),
    }


def _ports(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        for beam in source.beams:
            said = f"{source.id} {beam.id}: focus {_xyz(beam.focus)}, toward {_xyz(beam.target)}"
            yield f"{said}, use factor {beam.use_factor:g}"
        if source.isocentre is not None:
            yield f"{source.id}: isocentre {_xyz(source.isocentre)}"
        yield from (f"{source.id}: at {_xyz(place)}" for place in source.gamma_places)


def _places(assessment: Assessment) -> Iterator[str]:
    for opening in assessment.design.openings:
        where = f"{opening.start_m:g} m along {opening.wall}"
        yield f"{opening.kind} {opening.id}: {where}, {opening.width_m:g} m by {opening.height_m:g} m"
    console = assessment.design.console
    yield f"operator: {MISSING}" if console is None else f"operator: {console.location}, behind {_behind(assessment)}"


def _behind(assessment: Assessment) -> str:
    console = assessment.design.console
    return str((console and (console.barrier or console.screen)) or MISSING)


def _built(barrier: Barrier) -> str:
    return f"{barrier.kind} {barrier.id}: {' + '.join(map(_layer, barrier.layers)) or MISSING}"


def _layer(layer: Layer) -> str:
    if layer.lead_equivalent_mm is not None:
        return f"{layer.material} marked {layer.lead_equivalent_mm:g} mm Pb"
    density = "" if layer.density_g_per_cm3 is None else f" of {layer.density_g_per_cm3:g} g/cm3"
    return f"{layer.thickness_mm:g} mm {layer.material}{density}"


def _dimensions(assessment: Assessment) -> Iterator[str]:
    plan = assessment.design.plan
    sides = [length(plan[i], plan[(i + 1) % len(plan)]) for i in range(len(plan))]
    yield f"sides {', '.join(f'{side:.3g}' for side in sides)} m, height {assessment.design.height_m:g} m"


def _beyond(name: str, there: Beyond) -> str:
    said = there.name or there.kind
    return f"{name}: {said} ({there.kind}), T = {there.occupancy:g}, {there.designation}, {there.person}"


def _machine(source: Source) -> str:
    technique = source.max_technique
    most = MISSING if technique is None else f"{technique.kv:g} kV, {technique.current_mA:g} mA"
    if source.gamma_place is not None:
        most = source.sealed.nuclide if source.sealed else "radiopharmaceuticals"
    return f"{source.id}: make {source.make or MISSING}, model {source.model or MISSING}, maximum {most}"


def _workload(source: Source) -> Iterator[str]:
    if source.patients_per_week is not None:
        yield f"{source.id}: {source.patients_per_week:g} patients a week ({source.distribution})"
    for protocol in source.protocols:
        kv = "" if protocol.kv is None else f", {protocol.kv:g} kV"
        charge = "" if protocol.charge_mAs is None else f", {protocol.charge_mAs:g} mAs"
        yield f"{source.id} {protocol.id}: {protocol.per_week:g} a week{kv}{charge}"
    if source.kap is not None:
        yield f"{source.id}: {source.kap.per_week_Gy_cm2:g} Gy cm2 a week"


def _methods(assessment: Assessment) -> Iterator[str]:
    yield from (f"method {result.method}: {result.reference}" for result in assessment.results)


def _xyz(place: tuple[float, float, float]) -> str:
    return "(" + ", ".join(f"{each:.2f}" for each in place) + ") m"


@hookimpl
def register_reports() -> list[ReportKind]:
    """Return the checklist, written for files that end in .checklist."""
    return [ReportKind(name="maine_checklist", endings=(".checklist",), write=write)]
