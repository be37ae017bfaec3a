"""A facility file to a Facility, with the names that this run knows."""

from shieldcalc.model.catalog import Catalog
from shieldcalc.model.facility import Facility


def load(path: str, catalog: Catalog) -> Facility:
    """Return the Facility of a file; raise InputError with everything that is wrong in it."""
    from shieldcalc.model.loader.facility import load_facility
    from shieldcalc.regulations.taxonomy import taxonomy

    return load_facility(path, tuple(taxonomy().equipment), catalog)
