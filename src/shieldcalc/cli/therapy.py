"""``transmission``, ``thickness`` and ``lead-equivalent`` of accelerators, cobalt units and tubes of radiotherapy."""

from collections.abc import Mapping
from math import exp, isfinite, log
from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli.common import Marked, declared_densities, emit
from shieldcalc.cli.gamma_options import Densities, Layers, closing, say
from shieldcalc.cli.therapy_options import NCRP151, OF_LINAC, OF_TUBE, document
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from shieldcalc.physics.therapy.counted import Behind, Sheet
    from shieldcalc.physics.therapy.document import Beam, Document

PARTS = ("primary", "leakage", "scatter")


def is_therapy(asked: Mapping[str, Any]) -> bool:
    """Say whether a beam of radiotherapy is asked for: --mv, or --kv with a document on such tubes."""
    return asked["mv"] is not None or (asked["kv"] is not None and asked["standard"] in OF_TUBE)


def transmission(asked: Mapping[str, Any], layers: Layers, densities: Densities, as_json: bool) -> None:
    """Answer ``shieldcalc transmission`` for a beam of radiotherapy."""
    from shieldcalc.physics.therapy.counted import behind

    known, beam = _beam(asked)
    sheets = _sheets(beam, layers, densities)
    found = behind(known, beam, sheets)
    said = _said(beam, sheets, found)
    if as_json:
        document = {**_of(found), "alternatives": {}, "layers": _rows(sheets)}
        _emit("transmission", known, beam, document, found, said)
        return
    from shieldcalc.units import significant

    _say(f"transmission {significant(10**-found.tenths, 4)}  ({found.method})", known, beam, found, said)


def thickness(asked: Mapping[str, Any], material: str, wanted: float, densities: Densities, as_json: bool) -> None:
    """Answer ``shieldcalc thickness`` for a beam of radiotherapy."""
    from shieldcalc.physics.therapy.counted import behind, layers_of

    if not (isfinite(wanted) and 0 < wanted <= 1):
        raise OutsideDataError("transmission_range", transmission=f"{wanted:g}")
    known, beam = _beam(asked)
    sheet = _sheets(beam, [(material, 0.0)], densities)[0]
    found = layers_of(known, beam, material, sheet.density_g_per_cm3)
    mm = found.thickness(-log(wanted) / log(10)).value
    through = behind(known, beam, [sheet._replace(mm=mm)])
    said = _said(beam, [sheet], through)
    if as_json:
        document = {
            "material": material,
            "density_g_per_cm3": sheet.density_g_per_cm3,
            "transmission": wanted,
            "tenth_value_layers": through.tenths,
            "thickness_mm": mm,
            "thickness_is": "thickness",
        }
        _emit("thickness", known, beam, document, through, said)
        return
    from shieldcalc.units import significant

    _say(f"thickness {significant(mm, 4)} mm {material}", known, beam, through, said)


def lead_equivalent(asked: Mapping[str, Any], layers: Layers, densities: Densities, as_json: bool) -> None:
    """Answer ``shieldcalc lead-equivalent`` for a beam of radiotherapy."""
    from shieldcalc.physics.therapy.counted import behind, layers_of

    known, beam = _beam(asked)
    sheets = _sheets(beam, layers, densities)
    found = behind(known, beam, sheets)
    lead = layers_of(known, beam, "lead")
    mm = lead.thickness(found.tenths).value
    tables = tuple(dict.fromkeys((*found.tables, *lead.tables)))
    added = [notice for notice in lead.notices if notice not in found.notices]
    found = found._replace(tables=tables, notices=(*found.notices, *added))
    said = _said(beam, sheets, found)
    if as_json:
        _emit(
            "lead-equivalent",
            known,
            beam,
            {"lead_equivalent_mm": mm, **_of(found), "layers": _rows(sheets)},
            found,
            said,
        )
        return
    from shieldcalc.units import significant

    _say(f"lead equivalent {significant(mm, 4)} mm  ({found.method})", known, beam, found, said)


def _beam(asked: Mapping[str, Any]) -> "tuple[Document, Beam]":
    """Return the document and the beam; refuses what does not go together."""
    from click.core import ParameterSource

    from shieldcalc.physics.therapy.document import Beam
    from shieldcalc.physics.therapy.energy import Energy

    stated = click.get_current_context().get_parameter_source("standard") is not ParameterSource.DEFAULT
    energy = asked["mv"] if asked["mv"] is not None else Energy(kV=asked["kv"])
    allowed = OF_LINAC if energy.kV is None else OF_TUBE
    standard = asked["standard"] if stated else NCRP151
    told = {"standard": standard, "beam": energy.words}
    if standard not in allowed:
        raise OutsideDataError("therapy_standard", **told, allowed=", ".join(allowed))
    component, angle = asked["component"], asked["angle"]
    if component not in PARTS:
        raise OutsideDataError("therapy_component", **told, component=component, allowed=", ".join(PARTS))
    if angle is not None and component != "scatter":
        raise OutsideDataError("therapy_option_of_scatter", option="--angle", component=component)
    return document(standard), Beam(energy, component, angle)


def _sheets(beam: "Beam", layers: Layers, densities: Densities) -> "list[Sheet]":
    from shieldcalc.physics.therapy.counted import Sheet

    declared = declared_densities([material for material, _ in layers], densities)
    found = []
    for material, amount in layers:
        if isinstance(amount, Marked):
            raise OutsideDataError("therapy_marked", material=material, energy=beam.energy.words)
        found.append(Sheet(material, amount, declared.get(material)))
    return found


def _of(found: "Behind") -> dict[str, object]:
    ln = -found.tenths * log(10) or 0.0
    logs = {"ln_transmission": ln, "log10_transmission": -found.tenths or 0.0}
    return {"transmission": exp(ln), **logs, "tenth_value_layers": found.tenths, "method": found.method}


def _rows(sheets: "list[Sheet]") -> list[dict[str, object]]:
    return [
        {
            "material": each.material,
            "thickness_mm": each.mm,
            "density_g_per_cm3": each.density_g_per_cm3,
            "form": None,
        }
        for each in sheets
    ]


def _said(beam: "Beam", sheets: "list[Sheet]", found: "Behind") -> tuple[Notice, ...]:
    from shieldcalc.physics.therapy.barrier import neutron_warnings

    fff = [Notice("assumptions.therapy_fff", {"energy": beam.energy.words})] if beam.energy.fff else []
    materials = list(dict.fromkeys(each.material for each in sheets))
    return (*fff, *neutron_warnings(beam.energy, beam.component, materials), *found.notices)


def _emit(
    command: str,
    known: "Document",
    beam: "Beam",
    document: Mapping[str, object],
    found: "Behind",
    said: tuple[Notice, ...],
) -> None:
    energy = beam.energy
    told = {"standard": known.name, "key_type": "kv" if energy.kV is not None else "mv", "key": energy.name}
    asked = {"beam": {**told, "component": beam.component, "angle_deg": beam.angle_deg}}
    emit(f"shieldcalc/{command}/1", {**asked, **document, **closing((*found.tables, known.rules), said)})


def _say(answer: str, known: "Document", beam: "Beam", found: "Behind", said: tuple[Notice, ...]) -> None:
    click.echo(answer)
    angle = "" if beam.angle_deg is None else f" at {beam.angle_deg:g} deg"
    click.echo(f"beam: {known.name}, {beam.energy.words}, {beam.component}{angle}")
    say((*found.tables, known.rules), said)
