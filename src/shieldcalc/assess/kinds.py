"""What a source is to the law: a tube, another source, a piece of radiation equipment."""

from shieldcalc.model.design import Design, Source
from shieldcalc.regulations.taxonomy import is_a, taxonomy

ON_OPEN_SITES = {"industrial_radiography": "mobile_radiography", "industrial_xray": "mobile_industrial_xray"}
_NOT_TUBES = ("sealed_source", "unsealed_source", "nuclear_medicine")


def is_tube(source: Source) -> bool:
    """Return whether a source is an X-ray tube or a scanner, which radiates only while it is switched on."""
    return source.sealed is None and not is_a(taxonomy().equipment, source.kind, _NOT_TUBES)


def is_radiation_equipment(source: Source) -> bool:
    """Return whether a source is equipment that stands in a room: all but stores, laboratories and patients."""
    tree = taxonomy().equipment
    return source.kind not in tree or is_a(tree, source.kind, ("radiation_equipment",))


def kinds_of(design: Design) -> tuple[str, ...]:
    """Return the kinds of equipment of a design; on an open site what is brought there has its own name."""
    found = (source.kind for source in design.sources)
    return tuple(ON_OPEN_SITES.get(kind, kind) if design.open_site else kind for kind in found)
