"""``transmission``, ``thickness`` and ``lead-equivalent`` of a nuclide or a photon energy."""

from collections.abc import Mapping
from math import exp, log
from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli.common import emit
from shieldcalc.cli.gamma_options import Densities, Layers, as_rows, closing, of_beam, say, stack

if TYPE_CHECKING:
    from shieldcalc.photons.source import Source
    from shieldcalc.photons.transmission import Through

BEAM = ("nuclide", "energy", "cutoff", "no_daughters", "buildup_rule", "extrapolate")


def transmission(asked: Mapping[str, Any], layers: Layers, densities: Densities, as_json: bool) -> None:
    """Answer ``shieldcalc transmission`` for a gamma source."""
    from shieldcalc.photons.transmission import transmission as through

    source, shield = of_beam(asked), stack(layers, densities)
    found = through(source, shield, asked["buildup_rule"], extrapolate=asked["extrapolate"])
    document = {**_of(found), "alternatives": found.alternatives, "layers": as_rows(shield)}
    if as_json:
        _emit("transmission", asked, source, document, found)
        return
    from shieldcalc.units import significant

    _say(f"transmission {significant(exp(found.log_transmission), 4)}  ({found.method})", asked, source, found)
    for name, value in found.alternatives.items():
        click.echo(f"other reading: {significant(value, 4)}  ({name})")


def thickness(asked: Mapping[str, Any], material: str, wanted: float, densities: Densities, as_json: bool) -> None:
    """Answer ``shieldcalc thickness`` for a gamma source."""
    from shieldcalc.photons.transmission import thickness_mm

    source, layer = of_beam(asked), stack([(material, 0.0)], densities)[0]
    options = {"layer_rule": asked["buildup_rule"], "extrapolate": asked["extrapolate"]}
    x, found = thickness_mm(source, material, wanted, layer.density_g_per_cm3, **options)
    if as_json:
        document = {
            "material": layer.material.name,
            "density_g_per_cm3": layer.density_g_per_cm3,
            "transmission": wanted,
            "thickness_mm": x,
        }
        _emit("thickness", asked, source, document, found)
        return
    from shieldcalc.units import significant

    _say(f"thickness {significant(x, 4)} mm {layer.material.name}", asked, source, found)


def lead_equivalent(asked: Mapping[str, Any], layers: Layers, densities: Densities, as_json: bool) -> None:
    """Answer ``shieldcalc lead-equivalent`` for a gamma source."""
    from shieldcalc.photons.transmission import lead_equivalent_mm

    source, shield = of_beam(asked), stack(layers, densities)
    x, found = lead_equivalent_mm(source, shield, asked["buildup_rule"], extrapolate=asked["extrapolate"])
    if as_json:
        document = {"lead_equivalent_mm": x, **_of(found), "layers": as_rows(shield)}
        _emit("lead-equivalent", asked, source, document, found)
        return
    from shieldcalc.units import significant

    _say(f"lead equivalent {significant(x, 4)} mm  ({found.method})", asked, source, found)


def _of(found: "Through") -> dict[str, object]:
    ln = found.log_transmission
    return {"transmission": exp(ln), "ln_transmission": ln, "log10_transmission": ln / log(10), "method": found.method}


def _emit(
    command: str, asked: Mapping[str, Any], source: "Source", document: Mapping[str, object], found: "Through"
) -> None:
    beam = {**_beam(asked, source), "cutoff_keV": source.cutoff_MeV * 1e3 if source.cutoff_MeV else None}
    emit(f"shieldcalc/{command}/1", {"beam": beam, **document, **closing(found.tables, found.notices)})


def _beam(asked: Mapping[str, Any], source: "Source") -> dict[str, str]:
    key = source.members[0].name if source.members else f"{source.lines[0].energy_MeV:.12g}"
    kind = "nuclide" if source.members else "energy"
    return {"standard": "point_kernel", "key_type": kind, "key": key, "component": "total"} | (
        {"buildup_rule": asked["buildup_rule"]}
    )


def _say(answer: str, asked: Mapping[str, Any], source: "Source", found: "Through") -> None:
    beam = _beam(asked, source)
    click.echo(answer)
    click.echo(f"beam: {beam['key_type']} {beam['key']}{'' if source.members else ' MeV'}")
    say(found.tables, found.notices)
