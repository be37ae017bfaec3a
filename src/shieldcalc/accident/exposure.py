"""Doses of a person beside a gamma source: local, 0.5 cm deep; of the skin; of the body: each an upper value.

Inverse square holds beyond five times the largest dimension of the source; nearer, its volume is integrated (uniform
cylinder, nothing absorbed in it). Absorbed dose in tissue is the air kerma times the ratio of the mass
energy-absorption coefficients of tissue and air, behind layers the largest such ratio up to the line's energy; or the
dose 10 mm deep in the ICRU sphere (H*(10), quality factor 1), which counts what a body scatters back, where that is
more. Beta rays are not included.

The skin in contact is that under 0.07 mm, averaged over a disc of 1 cm2 of radius a above the middle of the source: an
element of the source at the height h gives ln(1 + a2/h2)/a2 there instead of 1/r2, the elements taken on the axis of
the disc.
"""

from collections.abc import Sequence
from functools import cache
from math import cos, exp, fsum, log, pi, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.tables import table

if TYPE_CHECKING:
    from shieldcalc.photons.attenuation import Logs
    from shieldcalc.photons.shield import Layer
    from shieldcalc.photons.source import Source

GEOMETRIES_TABLE = "accident/geometries.csv"
DOSE_RULES = "accident/dose_rules.csv"
MU_EN = "attenuation/nist_compounds.csv"
TISSUE, AIR = "tissue", "air"
GIVEN = "distance"


class Size(NamedTuple):
    """A cylindrical source: diameter and length in m."""

    diameter_m: float
    length_m: float

    @property
    def largest_m(self) -> float:
        """Return its largest dimension: the diagonal."""
        return sqrt(self.diameter_m**2 + self.length_m**2)


class Place(NamedTuple):
    """How somebody was beside the source: kind, hours, distance of the body and of the local point in m from its axis.

    ``local_m`` None: there is no local dose apart from that of the body.
    """

    kind: str
    hours: float
    body_m: float
    local_m: float | None


class Dose(NamedTuple):
    """Doses at one place: tissue dose of the body, 0.5 cm deep beside the source and of the skin in Gy; others in mSv.

    ``uniform``: one value stands for the whole body; else it is an upper value for any organ farther away.
    ``geometry``: point, integrated, or size_unknown.
    """

    place: Place
    body_Gy: float
    local_Gy: float
    effective_mSv: float
    h10_mSv: float
    rate_mSv_per_h: float
    uniform: bool
    geometry: str
    skin_Gy: float


class Together(NamedTuple):
    """Doses of several stays in Gy: of the body; of the spot and of the skin that receive most.

    Those of the hand, the pocket and the whole body do not add up at one spot; what the body receives elsewhere is
    received by every spot too.
    """

    body_Gy: float
    local_Gy: float
    skin_Gy: float


def together(found: Sequence[Dose]) -> Together:
    """Return the doses of several stays together."""
    rest = fsum(each.body_Gy for each in found)
    local = max((each.local_Gy + rest - each.body_Gy for each in found), default=0.0)
    skin = max((each.skin_Gy + rest - each.body_Gy for each in found), default=0.0)
    return Together(rest, local, skin)


def rule(name: str) -> float:
    """Return one rule of this desk."""
    return float(next(iter(table(DOSE_RULES).where(name=name)))["value"])


def geometries() -> tuple[str, ...]:
    """Return the names of the situations that have distances of their own."""
    return tuple(row["name"] for row in table(GEOMETRIES_TABLE).rows)


def place(kind: str, hours: float, size: Size | None) -> Place:
    """Return where a person is in one of the situations."""
    row = next(iter(table(GEOMETRIES_TABLE).where(name=kind)))
    surface = 0.0 if size is None else size.diameter_m / 2
    local = surface + (float(row["gap_mm"]) + float(row["depth_mm"])) / 1000 if row["gap_mm"] else None
    return Place(kind, hours, float(row["body_m"]), local)


def dose(source: "Source", where: Place, size: Size | None, layers: "Sequence[Layer]" = ()) -> Dose:
    """Return the doses of one stay. Raises OutsideDataError inside the source and where the point kernel does."""
    from shieldcalc.photons.dose import E116, GEOMETRIES, H10
    from shieldcalc.photons.point import rates

    factor, how = spread(where.body_m, size)
    found = rates(source, where.body_m, layers)
    ratio = max(tissue_ratio(source, shielded=bool(layers)), found.doses[H10] / found.air_kerma)
    effective = max(found.doses[f"{E116}_{key}"] for key in GEOMETRIES)
    body = found.air_kerma * factor * ratio * where.hours / 1e6
    per_m2 = 0.0 if where.local_m is None else _beside(source, ratio, layers) * where.hours
    local = body if where.local_m is None else per_m2 * spread(where.local_m, size)[0] / where.local_m**2
    skin = local if where.local_m is None else per_m2 * skin_mean(where, size)
    return Dose(
        where,
        body,
        local,
        effective * factor * where.hours / 1e3,
        found.doses[H10] * factor * where.hours / 1e3,
        found.doses[H10] * factor / 1e3,
        where.body_m >= rule("uniform_m"),
        how if where.local_m is None else spread(where.local_m, size)[1],
        skin,
    )


def _beside(source: "Source", ratio: float, layers: "Sequence[Layer]") -> float:
    """Return the tissue dose rate beside the source in Gy m2/h: nothing of what stands farther off holds it back."""
    from shieldcalc.photons.point import rates

    if layers:
        raise OutsideDataError("accident.contact_layers")
    return rates(source, 1.0).air_kerma * ratio / 1e6


def skin_mean(where: Place, size: Size | None) -> float:
    """Return the mean of 1/r2 in 1/m2 over 1 cm2 of the skin beside a source, from its volume taken on the disc's axis.

    The elements of a cylinder lie at heights R + y above its surface with the weight sqrt(R2 - y2); midpoint rule.
    """
    row = next(iter(table(GEOMETRIES_TABLE).where(name=where.kind)))
    area, n = rule("skin_area_cm2") / 1e4, int(rule("cells_most"))
    over, radius = (float(row["gap_mm"]) + rule("skin_depth_mm")) / 1000, 0.0 if size is None else size.diameter_m / 2
    steps = [2 * (k + 0.5) / n - 1 for k in range(n)]
    weights = [sqrt(1 - y * y) for y in steps]
    means = [log(1 + area / pi / (over + radius * (1 + y)) ** 2) * pi / area for y in steps]
    return fsum(w * mean for w, mean in zip(weights, means, strict=True)) / fsum(weights)


def spread(distance_m: float, size: Size | None) -> tuple[float, str]:
    """Return by how much a source with an extent gives more at a distance than a point would, and how that is known.

    The larger of sideways and end-on. Raises OutsideDataError inside the source.
    """
    from shieldcalc.photons.rules import rule as photon_rule

    if size is None:
        return 1.0, "size_unknown"
    if distance_m > photon_rule("point_sizes") * size.largest_m:
        return 1.0, "point"
    if distance_m <= size.diameter_m / 2:
        raise OutsideDataError("accident.inside", distance=f"{distance_m * 1e3:g}", radius=f"{size.diameter_m * 500:g}")
    found = [mean_inverse_square(distance_m, 0.0, size) * distance_m**2]
    if distance_m > size.length_m / 2:
        found.append(mean_inverse_square(0.0, distance_m, size) * distance_m**2)
    return max(found), "integrated"


@cache
def mean_inverse_square(x: float, z: float, size: Size) -> float:
    """Return the mean of 1/r2 (1/m2) over a cylinder round the z axis, from a point (x, 0, z) outside it.

    Midpoint rule on equal volumes, refined until it holds.
    """
    n = int(rule("cells_least"))
    before, found = 0.0, _mean(x, z, size, n)
    while abs(found - before) > rule("cells_tolerance") * found and n < rule("cells_most"):
        n *= 2
        before, found = found, _mean(x, z, size, n)
    return found


def _mean(x: float, z: float, size: Size, n: int) -> float:
    radius, half = size.diameter_m / 2, size.length_m / 2
    cells = []
    for i in range(n):
        r = radius * sqrt((i + 0.5) / n)
        for j in range(n):
            angle = pi * (j + 0.5) / n
            side = (x - r * cos(angle)) ** 2 + (r * sin(angle)) ** 2
            cells += [1 / (side + (z - half * (2 * (k + 0.5) / n - 1)) ** 2) for k in range(n)]
    return fsum(cells) / n**3


def tissue_ratio(source: "Source", *, shielded: bool) -> float:
    """Return absorbed dose in tissue over air kerma: that of the lines, or the largest where photons are softened."""
    from shieldcalc.photons.dose import per_fluence

    if shielded or source.betas or not source.lines:
        top = max([each.energy_MeV for each in source.lines] + [each.max_MeV for each in source.betas])
        nodes = [exp(x) for x in _muen(TISSUE).x if source.cutoff_MeV <= exp(x) <= top]
        return max(_ratio(energy) for energy in [*nodes, source.cutoff_MeV, top])
    kerma = [each.per_s * per_fluence(each.energy_MeV).kerma for each in source.lines]
    return fsum(k * _ratio(each.energy_MeV) for k, each in zip(kerma, source.lines, strict=True)) / fsum(kerma)


def _ratio(energy_MeV: float) -> float:
    return _muen(TISSUE).at(log(energy_MeV)) / _muen(AIR).at(log(energy_MeV))


@cache
def _muen(name: str) -> "Logs":
    from shieldcalc.photons.attenuation import Logs
    from shieldcalc.photons.blocks import block

    rows = block(MU_EN, name)
    return Logs([log(float(row[1])) for row in rows], [log(float(row[3])) for row in rows])


def emits_betas(source: "Source") -> bool:
    """Return whether a source emits beta rays, which the doses do not include."""
    from shieldcalc.photons.nuclides import nuclide

    return any(nuclide(each.name).emits_beta for each in source.members)


def notices(source: "Source", found: Sequence[Dose], size: Size | None) -> list[Notice]:
    """Return what is to be said of the doses."""
    said = [Notice("warnings.accident.dose_upper")]
    if emits_betas(source):
        said.append(Notice("warnings.accident.no_beta"))
    if size is None:
        said.append(Notice("warnings.accident.size_unknown"))
    if any(not each.uniform for each in found):
        said.append(Notice("warnings.accident.not_uniform", {"distance": f"{rule('uniform_m'):g}"}))
    return said
