"""What has to be said of the layers in front of a gamma source, and from which data files their transmission comes."""

from collections.abc import Sequence

from shieldcalc.errors import Notice
from shieldcalc.model.design import Layer
from shieldcalc.photons.broad_beam import BROAD_TABLE, annihilation
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import Layer as Sheet
from shieldcalc.photons.shield import merged, notes, tables
from shieldcalc.photons.source import Emission
from shieldcalc.physics.gamma.emitter import Told
from shieldcalc.physics.gamma.passing import Rates, at_1m, sheet


def told(source: str, lines: Sequence[Emission], layers: Sequence[Layer], *, published: bool) -> Told:
    """Return what to say of layers: equivalent atomic numbers, depths beyond the tables, what the kernel gives."""
    sheets = merged(sheet(each) for each in layers)
    said = [*notes(sheets, min((each.energy_MeV for each in lines), default=1.0))]
    said += beyond_tables(source, at_1m(lines, layers, published=published))
    if not published or not any(annihilation(each.energy_MeV, sheets) for each in lines):
        return Told("broder", tables(sheets), tuple(said))
    said += _beside_kernel(lines, layers, sheets)
    return Told("tg108", (*tables(sheets), BROAD_TABLE), tuple(said))


def _beside_kernel(lines: Sequence[Emission], layers: Sequence[Layer], sheets: Sequence[Sheet]) -> list[Notice]:
    """Return the transmission of H*(10) by the published curves and by the point kernel alone, where they differ."""
    bare = at_1m(lines, ()).h10
    by_fit, by_kernel = (at_1m(lines, layers, published=each).h10 / bare for each in (True, False))
    if by_fit == by_kernel:
        return []
    stack = ", ".join(f"{each.material.name} {each.thickness_mm:g} mm" for each in sheets)
    said = {"layers": stack, "share": f"{by_fit:.3g}", "kernel": f"{by_kernel:.3g}"}
    return [Notice("warnings.gamma_tg108", said)]


def beyond_tables(source: str, rates: Rates) -> list[Notice]:
    """Return what to say where lines beyond the buildup tables make more than a thousandth of the air kerma."""
    if rates.beyond <= rule("beyond_limit_share") * rates.kerma:
        return []
    limit = f"{rule('buildup_limit_mfp'):g}"
    return [Notice("warnings.gamma_beyond_tables", {"source": source, "limit": limit})]
