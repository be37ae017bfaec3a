"""What a tube gives out at single tube potentials, by its kind: declared scatter, published scatter, or NCRP's a1."""

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Source
from shieldcalc.physics import declared, technique_terms
from shieldcalc.physics.dental import SCATTER, has_figure
from shieldcalc.physics.terms import Radiation

STANDARD = "ncrp147"
CBCT, VETERINARY = "dental_cbct", "veterinary_xray"
ROTATING = ("panoramic_dental", CBCT)
PRIMARY = "primary"
OF_OTHERS = ("assumptions.leakage_at_limit",)


def by_protocols(source: Source, margin_m: float) -> Radiation:
    """Return a tube's radiation by its protocols, for the week and the busiest hour.

    Raises OutsideDataError for a source without beams, for equipment whose scatter neither the file nor a publication
    says, and where a primary beam that nothing stops has no charge.
    """
    if not source.beams:
        raise OutsideDataError("tube_without_beam", source=source.id)
    if knows_scatter(source):
        primary = technique_terms.by_protocols(source, margin_m) if _has_primary(source) else None
        return with_primary(declared.by_exposures(source, STANDARD), primary)
    if source.kind == CBCT:
        raise OutsideDataError("scatter_not_declared", source=source.id, kind=source.kind)
    return _said_of_dental(source, technique_terms.by_protocols(source, margin_m))


def at_maximum(source: Source, margin_m: float) -> Radiation:
    """Return what a tube gives while its beam is on at the maximum technique; unknown where nothing says it."""
    if knows_scatter(source):
        scatter = declared.while_on(source, STANDARD)
        needed = not scatter.unknown and beams_unstopped(source)
        return with_primary(scatter, technique_terms.at_maximum(source, margin_m) if needed else None)
    if source.kind == CBCT:
        said = Notice("warnings.beam_on_undetermined", {"source": source.id, "key": "protocol: scatter"})
        return Radiation(source=source.id, unknown={"beam_on"}, notices=[said])
    return _said_of_dental(source, technique_terms.at_maximum(source, margin_m))


def knows_scatter(source: Source) -> bool:
    """Return whether the scatter at 1 m is known as such: declared, or a densitometer's of NCRP 147, section 5.7."""
    timed = bool(source.protocols) and all(protocol.time_s is not None for protocol in source.protocols)
    return declared.is_declared(source) or (source.kind == declared.DXA and timed)


def beams_unstopped(source: Source) -> bool:
    """Return whether a beam is used that no receptor stops."""
    return any(not beam.stopped_by_receptor and beam.use_factor > 0 for beam in source.beams)


def _has_primary(source: Source) -> bool:
    """Return whether primary radiation counts; raise OutsideDataError where a protocol does not say how much."""
    if not beams_unstopped(source):
        return False
    for protocol in source.protocols:
        if protocol.charge_mAs is None:
            raise OutsideDataError("primary_without_charge", source=source.id, protocol=protocol.id)
    return True


def with_primary(scatter: Radiation, tube: Radiation | None) -> Radiation:
    """Return known scatter together with the primary beam of what a tube gives by other figures."""
    if tube is None:
        return scatter
    scatter.terms += [term for term in tube.terms if term.kind == PRIMARY]
    scatter.unknown |= tube.unknown
    scatter.tables += tube.tables
    scatter.notices += [notice for notice in tube.notices if notice.code not in OF_OTHERS]
    return scatter


def _said_of_dental(source: Source, found: Radiation) -> Radiation:
    if has_figure(source.kind):
        found.tables.append(SCATTER)
        found.notices.append(Notice("warnings.dental_scatter", {"source": source.id}))
    return found


def notices_of_kind(source: Source) -> list[Notice]:
    """Return what has to be said of a kind of equipment by any method."""
    shown = {"source": source.id}
    if source.kind == VETERINARY:
        return [Notice("warnings.veterinary_figures", shown), Notice("warnings.veterinary_holder", shown)]
    return [Notice("warnings.rotating_beam", shown)] if source.kind in ROTATING else []
