"""What the compiled kernel reads, made from bodies and photon data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.kernels.buildup import BRODER, LARGEST, LAST, MEAN, PRODUCT, STEEPEST
from shieldcalc.kernels.lanes import STEPS
from shieldcalc.kernels.rays import COLUMNS, ENDLESS, FLAT, ROUND
from shieldcalc.model.bodies import Body
from shieldcalc.model.shapes import Box, Cylinder, CylindricalShell, Shape, Slab, Sphere, SphericalShell
from shieldcalc.records import dataclass

Floats = NDArray[np.float64]
NONE: Mapping[str, float] = MappingProxyType({})

RULES = {"broder": BRODER, "last": LAST, "largest": LARGEST, "mean": MEAN, "product": PRODUCT}


@dataclass(frozen=True, slots=True)
class Media:
    """Photon data of the materials of a scene at its energies.

    ``mu_per_m`` (materials, energies) linear attenuation without coherent scattering; ``log_buildup`` (materials,
    energies, nodes) ln B at ``depths(most)``; ``limit_mfp`` the depth up to which the buildup data are valid: what
    lies deeper is counted apart.
    """

    names: tuple[str, ...]
    mu_per_m: Floats
    log_buildup: Floats
    limit_mfp: float = 40.0
    buildup: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        materials, energies = len(self.names), self.mu_per_m.shape[1]
        if self.mu_per_m.shape != (materials, energies) or self.log_buildup.shape[:2] != (materials, energies):
            raise ValueError("mu_per_m and log_buildup: one row for each material, one column for each energy")
        if not (np.isfinite(self.mu_per_m).all() and np.isfinite(self.log_buildup).all()):
            raise ValueError("photon data must be finite")
        object.__setattr__(self, "buildup", _steps(self.log_buildup))


def _steps(log_buildup: Floats) -> Floats:
    """Return B at each node and the step of ln B to the next (the last: 0), in turn, as the kernel reads them."""
    steps = np.diff(log_buildup, append=log_buildup[..., -1:])
    if steps.size and np.abs(steps).max() > STEEPEST:
        raise ValueError(f"ln B must not change by more than {STEEPEST} from a node to the next")
    return np.stack([np.exp(log_buildup), steps], axis=-1)


def depths(most_mfp: float = 80.0) -> Floats:
    """Return the optical depths (mean free paths) of the tables of ln B, from 0 to ``most_mfp`` or just above."""
    steps = np.arange(int(np.ceil(np.sqrt(most_mfp) * STEPS)) + 1) / STEPS
    return np.asarray(steps * steps, np.float64)


def media(
    names: Sequence[str],
    mu_per_m: Floats,
    log_buildup: Callable[[int, int, Floats], Floats],
    limit_mfp: float = 40.0,
    most_mfp: float = 80.0,
) -> Media:
    """Return ``Media`` with ln B tabulated once: ``log_buildup(material, energy, depths)`` gives ln B at each depth."""
    mu = np.ascontiguousarray(mu_per_m, np.float64)
    x = depths(most_mfp)
    table = np.empty((*mu.shape, x.size))
    for m in range(mu.shape[0]):
        for e in range(mu.shape[1]):
            table[m, e] = log_buildup(m, e, x)
    return Media(tuple(names), mu, table, limit_mfp)


def photon_media(names: Sequence[str], energies_MeV: Sequence[float], densities: Mapping[str, float] = NONE) -> Media:
    """Return ``Media`` of named materials from the photon data: mu without coherent scattering, a medium's own buildup.

    ``densities`` (g/cm3) of materials as built. The tables of ln B are those of ``photons.buildup.Curve``, whose B
    exp(-x) rises nowhere. Energies 1 keV to 20 MeV; raises what ``photons.materials.material`` raises.
    """
    from shieldcalc.photons.attenuation import coefficients
    from shieldcalc.photons.buildup import curve
    from shieldcalc.photons.materials import material

    known = [material(name) for name in names]
    built = [each.density(densities.get(name)) for each, name in zip(known, names, strict=True)]
    mu = [
        [100 * density * coefficients(each.weights).kernel_mu_rho(energy) for energy in energies_MeV]
        for each, density in zip(known, built, strict=True)
    ]
    nodes = tuple(depths().tolist())

    def log_buildup(m: int, e: int, x: Floats) -> Floats:  # noqa: ARG001
        return np.array(curve(known[m], energies_MeV[e]).log_table(nodes))

    return media(names, np.array(mu), log_buildup)


@dataclass(frozen=True, slots=True)
class Solids:
    """Bodies as the kernel reads them: a row each, the box that holds each, and its material's place in the media."""

    rows: Floats
    bounds: Floats
    material_of: NDArray[np.intp]


def solids(bodies: Sequence[Body], names: Sequence[str]) -> Solids:
    """Return bodies as arrays; ``names`` are the media's materials in order (``UnknownNameError`` otherwise)."""
    rows, bounds = np.zeros((len(bodies), COLUMNS)), np.empty((2, len(bodies), 3))
    materials = np.empty(len(bodies), np.intp)
    for k, body in enumerate(bodies):
        if body.material not in names:
            raise UnknownNameError("material", body.material, names)
        materials[k] = list(names).index(body.material)
        shape = body.shape
        rows[k, 0], rows[k, 13:17] = _sizes(shape)
        rows[k, 1:4], rows[k, 4:13] = shape.position, np.ravel(shape.axes)
        for axis in range(3):
            along = (float(axis == 0), float(axis == 1), float(axis == 2))
            reach = min(shape.extent(along), ENDLESS)
            bounds[0, k, axis], bounds[1, k, axis] = shape.position[axis] - reach, shape.position[axis] + reach
    return Solids(rows, bounds, materials)


def _sizes(shape: Shape) -> tuple[float, tuple[float, float, float, float]]:
    """Return the form and the four sizes of a volume, see ``kernels.rays``."""
    match shape:
        case Box():
            return FLAT, (shape.width_m / 2, shape.depth_m / 2, shape.height_m / 2, 0.0)
        case Slab():
            return FLAT, (ENDLESS, ENDLESS, shape.thickness_m / 2, 0.0)
        case Cylinder():
            return ROUND, (shape.radius_m, shape.height_m / 2, 0.0, 0.0)
        case CylindricalShell():
            return ROUND, (shape.outer_radius_m, shape.height_m / 2, shape.inner_radius_m, 0.0)
        case Sphere():
            return ROUND, (shape.radius_m, ENDLESS, 0.0, 1.0)
        case SphericalShell():
            return ROUND, (shape.outer_radius_m, ENDLESS, shape.inner_radius_m, 1.0)
    raise OutsideDataError("body_not_solid", body=type(shape).__name__)


def rule_number(rule: str) -> int:
    """Return the kernel's number of a rule for layers (``UnknownNameError`` for a name that is none)."""
    if rule not in RULES:
        raise UnknownNameError("buildup rule", rule, RULES)
    return RULES[rule]
