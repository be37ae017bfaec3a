"""Checks of how much of a material a layer declares: a thickness, or the lead equivalent marked on lead glass."""

from shieldcalc.beams.counted import DECLARED_LEAD
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree, keys_at
from shieldcalc.tables import table

MARKED = "lead_equivalent"


def check_marking(path: Path, layer: Tree, catalog: Catalog, problems: Problems) -> None:
    """Report a layer without what its material is counted by, and a lead equivalent where there is none to mark."""
    material = catalog.materials.get(layer["material"] or "")
    if material is not None and material.declares == MARKED:
        if layer[MARKED] is None:
            _missing((*path, MARKED), "design.needs_lead_equivalent", problems, material=material.name)
        else:
            _bounds(path, layer, problems)
        return
    if layer["thickness"] is None:
        _missing((*path, "thickness"), "design.missing_key", problems, allowed=", ".join(keys_at((*path,))))
    marked = ", ".join(each.name for each in catalog.materials.values() if each.declares == MARKED)
    for key in (MARKED, f"{MARKED}_kv"):
        if material is not None and layer[key] is not None:
            problems.say((*path, key), "design.no_lead_equivalent", material=material.name, allowed=marked)


def _missing(path: Path, code: str, problems: Problems, **said: object) -> None:
    if not problems.about(path):
        problems.say(path, code, **said)


def _bounds(path: Path, layer: Tree, problems: Problems) -> None:
    """Report a marking outside data/materials/declared_lead.csv, or of a product too thin for it."""
    row = next(iter(table(DECLARED_LEAD).where(material=layer["material"])))
    lead, thickness, kv = layer[MARKED], layer["thickness"], layer[f"{MARKED}_kv"]
    said = {"material": layer["material"], "value": f"{lead:g}"}
    if lead > float(row["lead_mm_max"]):
        problems.say((*path, MARKED), "design.lead_equivalent_range", **said, most=row["lead_mm_max"])
    elif thickness is not None and thickness < float(row["thickness_ratio_min"]) * lead:
        most = f"{thickness / float(row['thickness_ratio_min']):g}"
        problems.say((*path, MARKED), "design.lead_equivalent_thin", **said, thickness=f"{thickness:g}", most=most)
    if kv is not None and not float(row["kv_min"]) <= kv <= float(row["kv_max"]):
        bounds = {"low": row["kv_min"], "high": row["kv_max"]}
        problems.say((*path, f"{MARKED}_kv"), "design.lead_equivalent_kv", value=f"{kv:g}", **bounds)
