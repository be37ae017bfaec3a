"""Photon skyshine over a thin roof: NCRP 151, equation 5.1, after McGinley; beam pointing up."""

from math import atan, degrees, sqrt
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import neutron_equations as by
from shieldcalc.physics.therapy.counted import Sheet, behind
from shieldcalc.physics.therapy.document import PRIMARY, Beam, Document, cited
from shieldcalc.physics.therapy.energy import Energy


class Sky(NamedTuple):
    """Dose rate Gy/h at 1 m, field m2 at 1 m, the roof's layers (none: open), distances m.

    ``d_i`` upwards from the target to 2 m above the roof, ``d_s`` sideways from the isocentre to the point.
    """

    DR_0: float
    F: float
    roof: tuple[Sheet, ...]
    d_i: float
    d_s: float


class Shine(NamedTuple):
    """Dose rate in uSv/h while the beam points up, steps, remarks, data files."""

    rate: float
    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]


def skyshine(document: Document, energy: Energy, sky: Sky) -> Shine:
    """Return photon skyshine; neutrons are not in it. Raises OutsideDataError for beams without layers."""
    beam = Beam(energy, PRIMARY)
    through = behind(document, beam, sky.roof) if sky.roof else None
    B = 1.0 if through is None else 10**-through.tenths
    theta = degrees(atan(sqrt(sky.F) / 2))
    angle = evaluate(by.solid_angle, {"theta": (theta, "deg")})
    told = {
        "c_k": (document.rule("skyshine_photon"), "uSv/h"), "B": (B, ""), "DR_0": (sky.DR_0, "Gy/h"),
        "Omega": (angle.value, "sr"), "d_i": (sky.d_i, "m"), "d_s": (sky.d_s, "m"),
    }  # fmt: skip
    try:
        rate = evaluate(by.skyshine_photons, told)
    except (OverflowError, ZeroDivisionError) as error:
        raise OutsideDataError("therapy_numbers") from error
    neutrons = [Notice("warnings.therapy_skyshine_neutrons", {"energy": energy.words})] if energy.makes_neutrons else []
    return Shine(
        rate.value,
        tuple(cited(step, document.short) for step in (angle, rate)),
        (Notice("warnings.therapy_skyshine", {}), *neutrons, *(() if through is None else through.notices)),
        tuple(dict.fromkeys((*(() if through is None else through.tables), document.rules))),
    )
