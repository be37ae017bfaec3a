"""Terms of a CT scanner: by dose-length product, in the three sectors of Wallace et al. (2012)."""

from functools import partial
from math import atan2, degrees

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.bir import equations
from shieldcalc.methods.bir.values import SCATTER, value
from shieldcalc.model.design import Protocol, Source, Xyz
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.equations import hour_air_kerma
from shieldcalc.physics.terms import Formula, Gain, Radiation, Term

CT_FACTORS = "ct_scatter_wallace_2012"
FRONT, GANTRY, BACK = "front_0_70deg", "gantry_70_130deg", "back_130_180deg"


def by_scans(source: Source, height_m: float) -> Radiation:
    """Return the scatter of a scanner by its protocols: week, busiest hour, and while scanning.

    Raises OutsideDataError for a scanner without kV, isocentre or protocols, and for a protocol without dlp.
    """
    if source.ct_kv is None or source.isocentre is None or not source.protocols:
        raise OutsideDataError("ct_incomplete", source=source.id)
    found = Radiation(source=source.id, tables=[SCATTER])
    said = "bir_ct_sectors" if source.table_toward else "bir_ct_without_sectors"
    found.notices += [Notice(f"assumptions.{said}", {"source": source.id}), Notice("warnings.bir_ct_transmission", {})]
    found.notices.append(Notice("warnings.bir_single_copy", {}))
    for quantity, key in (("hour", "in_busiest_hour"), ("beam_on", "scan_time")):
        field = "scan_time_s" if key == "scan_time" else key
        missing = [each.id for each in source.protocols if getattr(each, field) is None]
        if missing:
            found.unknown.add(quantity)
            shown = {"source": source.id, "key": f"protocol {', '.join(missing)}: {key}"}
            found.notices.append(Notice(f"warnings.{quantity}_undetermined", shown))
    found.terms = [_term(source, protocol, found.unknown, height_m) for protocol in source.protocols]
    return found


def sector(isocentre: Xyz, table_toward: Xyz, position: Xyz) -> str:
    """Return the sector of a point by its angle in plan from the side where the table leaves the gantry."""
    angles = [atan2(place[1] - isocentre[1], place[0] - isocentre[0]) for place in (table_toward, position)]
    off = abs((degrees(angles[1] - angles[0]) + 180) % 360 - 180)
    low, high = value("rules", "ct_gantry_deg", "from"), value("rules", "ct_gantry_deg", "to")
    return FRONT if off < low else GANTRY if off < high else BACK


def factor(source: Source, region: str, height_m: float) -> Gain:
    """Return the scatter factor in uGy at 1 m per mGy cm at a point.

    The sectors hold beside the scanner, between floor and ceiling; above, below, and without the table's direction the
    largest counts everywhere: the gantry's shadow is never used for floor or ceiling.
    """
    largest = max(value(CT_FACTORS, region, name) for name in (FRONT, GANTRY, BACK))
    isocentre, toward = source.isocentre or (0.0, 0.0, 0.0), source.table_toward

    def gain(position: Xyz) -> float:
        if toward is None or not 0 <= position[2] <= height_m:
            return largest
        return value(CT_FACTORS, region, sector(isocentre, toward, position))

    return gain


def _term(source: Source, protocol: Protocol, unknown: set[str], height_m: float) -> Term:
    if protocol.dlp_mGy_cm is None:
        raise OutsideDataError("bir_ct_without_dlp", source=source.id, protocol=protocol.id)
    m, dlp = source.contrast_multiplier, protocol.dlp_mGy_cm
    formulas: dict[str, Formula] = {"week": partial(_scans, m, dlp, protocol.per_week, protocol.id)}
    if "hour" not in unknown:
        formulas["hour"] = partial(_hour, m, dlp, protocol.in_busiest_hour or 0.0, f"{protocol.id}, busiest hour")
    if "beam_on" not in unknown:
        formulas["beam_on"] = partial(_beam_on, dlp, protocol.scan_time_s or 1.0, protocol.id)
    gain = factor(source, protocol.region or "body", height_m)
    return Term(
        kind="ct",
        source=source.id,
        beam=protocol.id,
        starts=(source.isocentre or (0.0, 0.0, 0.0),),
        quality=Quality("ncrp147", "ct", f"{source.ct_kv:g}", "secondary"),
        amounts={quantity: formula(1.0, 1.0, 1.0)[-1].value for quantity, formula in formulas.items()},
        formulas=formulas,
        gain=gain,
    )


def _scans(m: float, dlp: float, N: float, label: str, d: float, gain: float, B: float) -> tuple[Step, ...]:
    inputs = {"m": (m, ""), "s": (gain, "uGy/(mGy cm)"), "DLP": (dlp, "mGy cm"), "N": (N, "")}
    return (evaluate(equations.ct_scatter, {**inputs, "B": (B, ""), "d": (d, "m")}, label),)


def _hour(m: float, dlp: float, N: float, label: str, d: float, gain: float, B: float) -> tuple[Step, ...]:
    steps = _scans(m, dlp, N, label, d, gain, B)
    return (*steps, evaluate(hour_air_kerma, {"K": (steps[-1].value, "mGy")}, label))


def _beam_on(dlp: float, scan_time: float, label: str, d: float, gain: float, B: float) -> tuple[Step, ...]:
    inputs = {"s": (gain, "uGy/(mGy cm)"), "DLP": (dlp, "mGy cm"), "t_scan": (scan_time, "s")}
    return (evaluate(equations.beam_on_ct, {**inputs, "B": (B, ""), "d": (d, "m")}, label),)
