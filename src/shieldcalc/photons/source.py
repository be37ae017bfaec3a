"""What a source emits: photon lines per second with daughters and decay, betas, fissions; what must be said of it."""

from collections.abc import Mapping
from math import exp, fsum
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.photons import chain
from shieldcalc.photons.dose import H10, HARD_KERMA_TABLE, check_energy, per_fluence, range_MeV
from shieldcalc.photons.nuclides import SECONDS, Nuclide, lines, nuclide, tables_of
from shieldcalc.photons.rules import check_strength, rule

_MOST_HALF_LIVES = 700.0
_LATE_SHARE = 0.01


class Emission(NamedTuple):
    """Photons of one energy: MeV, per second, kind, and the nuclide that emits them."""

    energy_MeV: float
    per_s: float
    kind: str
    nuclide: str


class Member(NamedTuple):
    """One nuclide in a source: activity in Bq, and its ratio to the named parent's activity."""

    name: str
    activity_Bq: float
    ratio: float


class Beta(NamedTuple):
    """Beta radiation of one nuclide: largest energy taken (MeV), energy emitted per second (MeV/s)."""

    nuclide: str
    max_MeV: float
    power_MeV_per_s: float


class Source(NamedTuple):
    """A point source: photon lines above the cut-off, members, betas whose bremsstrahlung counts, neutrons per s."""

    lines: tuple[Emission, ...]
    members: tuple[Member, ...] = ()
    betas: tuple[Beta, ...] = ()
    neutrons_per_s: float = 0.0
    cutoff_MeV: float = 0.0
    notices: tuple[Notice, ...] = ()
    tables: tuple[str, ...] = ()

    @property
    def photon_power(self) -> float:
        """Return the photon energy emitted per second (MeV/s)."""
        return fsum(line.energy_MeV * line.per_s for line in self.lines)


class Dates(NamedTuple):
    """Days as ordinal numbers: of the stated activity, of the question, of chemical separation; None where not said."""

    reference: int | None = None
    on: int | None = None
    separated: int | None = None


def of_energy(energy_MeV: float, per_s: float) -> Source:
    """Return a source of photons of one energy; refuses energies without air kerma, says where H*(10) is not known."""
    check_energy(energy_MeV)
    check_strength(per_s)
    lines = (Emission(energy_MeV, per_s, "", ""),)
    if H10 in per_fluence(energy_MeV).ratios:
        return Source(lines)
    said = Notice("warnings.photon_hard", {"high": f"{range_MeV()[1]:g}"})
    return Source(lines, notices=(said,), tables=(HARD_KERMA_TABLE,))


def of_nuclide(
    name: str,
    activity_Bq: float,
    *,
    daughters: bool = True,
    cutoff_MeV: float | None = None,
    dates: Dates | None = None,
    counted: bool = False,
) -> Source:
    """Return what a nuclide emits.

    ``counted``: bremsstrahlung is bounded from a smaller share on, as a verdict needs.

    The activity is the named nuclide's on the reference date, decayed to the date asked about. Its shorter-lived
    daughters are in equilibrium with it on the reference date, unless a date of separation says that they grew in
    from nothing. Raises OutsideDataError for chains that need that date, for neutron sources, and where nothing is
    emitted above the cut-off.
    """
    parent = nuclide(name)
    check_strength(activity_Bq)
    cutoff = _cutoff(cutoff_MeV)
    found, notices = _activities(parent, activity_Bq, daughters, dates or Dates())
    members = _members(parent, found)
    every = tuple(
        Emission(line.energy_MeV, line.intensity * member.activity_Bq, line.kind, member.name)
        for member in members
        for line in lines(member.name)
        if line.energy_MeV >= cutoff and member.activity_Bq > 0
    )
    betas, said = _betas(members, fsum(each.energy_MeV * each.per_s for each in every), cutoff, counted)
    if not (every or betas) and found[parent.name] < rule("strength_min_per_s"):
        raise OutsideDataError("photon_gone", nuclide=parent.name)
    if not (every or betas):
        raise OutsideDataError("photon_nothing", nuclide=parent.name, cutoff=f"{cutoff * 1e3:g}")
    neutrons = fsum(nuclide(each.name).fission_share * each.activity_Bq for each in members) * rule(
        "neutrons_per_fission"
    )
    told = (Notice("warnings.photon_cutoff", {"cutoff": f"{cutoff * 1e3:g}"}), *notices, *said)
    return Source(every, members, betas, neutrons, cutoff, told, tables_of(each.name for each in members))


def _cutoff(cutoff_MeV: float | None) -> float:
    """Return the cut-off in MeV: the default, or the one asked for; refuses one below the dose coefficients."""
    low, high = range_MeV()
    cutoff = rule("cutoff_keV") / 1e3 if cutoff_MeV is None else cutoff_MeV
    if not low <= cutoff <= high:
        raise OutsideDataError(
            "photon_cutoff", cutoff=f"{cutoff * 1e3:g}", low=f"{low * 1e3:g}", high=f"{high * 1e3:g}"
        )
    return cutoff


def _activities(
    parent: Nuclide, activity_Bq: float, daughters: bool, dates: Dates
) -> tuple[dict[str, float], tuple[Notice, ...]]:
    """Return activities (Bq) on the day asked about, and what to say of the daughters."""
    elapsed = _elapsed(dates)
    if not daughters:
        left_out = ", ".join(each.name for each in chain.equilibrium(parent))
        said = (Notice("warnings.photon_no_daughters", {"daughters": left_out}),) if left_out else ()
        return {parent.name: activity_Bq * exp(-parent.decay_constant * elapsed)}, said
    if dates.separated is not None:
        return _grown(parent, activity_Bq, dates), ()
    chain.refuse_without_separation(parent)
    growths = chain.equilibrium(parent)
    start = {parent.name: activity_Bq, **{each.name: each.ratio * activity_Bq for each in growths}}
    found = chain.after(start, parent, elapsed) if elapsed else start
    return found, _of_equilibrium(parent, growths, elapsed)


def _elapsed(dates: Dates) -> float:
    """Return the seconds from the reference date to the day asked about; refuses one without the other."""
    reference, on = dates.reference, dates.on
    if (reference is None) != (on is None) and dates.separated is None:
        raise OutsideDataError("photon_dates_incomplete")
    if reference is None or on is None:
        return 0.0
    if on < reference:
        raise OutsideDataError("photon_dates_order")
    return (on - reference) * SECONDS["d"]


def _grown(parent: Nuclide, activity_Bq: float, dates: Dates) -> dict[str, float]:
    """Return activities of a chain that began with the parent alone on the day of separation."""
    day, separated = SECONDS["d"], dates.separated
    known = dates.on if dates.reference is None else dates.reference
    asked = dates.reference if dates.on is None else dates.on
    if known is None or asked is None or separated is None:
        raise OutsideDataError("photon_dates_incomplete")
    if separated > known or known > asked:
        raise OutsideDataError("photon_dates_order")
    halvings = (known - separated) * day * parent.decay_constant
    if halvings > _MOST_HALF_LIVES:
        raise OutsideDataError("photon_decayed", nuclide=parent.name)
    return chain.after({parent.name: activity_Bq * exp(halvings)}, parent, (asked - separated) * day)


def _of_equilibrium(parent: Nuclide, growths: list[chain.Growth], elapsed: float) -> tuple[Notice, ...]:
    """Return what to say of daughters in equilibrium, and of those that outlive their parent."""
    said = []
    if growths:
        names = ", ".join(each.name for each in growths)
        said.append(Notice("warnings.photon_equilibrium", {"nuclide": parent.name, "daughters": names}))
    included = parent.photon_MeV + fsum(each.ratio * nuclide(each.name).photon_MeV for each in growths)
    late = [
        each.name
        for each in chain.outlasting(parent)
        if each.ratio * nuclide(each.name).photon_MeV > _LATE_SHARE * included
    ]
    if late:
        code = "photon_outlasting_before" if elapsed else "photon_outlasting"
        said.append(Notice(f"warnings.{code}", {"nuclide": parent.name, "daughters": ", ".join(late)}))
    return tuple(said)


def _members(parent: Nuclide, found: Mapping[str, float]) -> tuple[Member, ...]:
    own = found[parent.name]
    ordered = [parent.name, *(name for name in found if name != parent.name)]
    return tuple(Member(name, found[name], found[name] / own if own else 0.0) for name in ordered if found[name] > 0)


def _betas(
    members: tuple[Member, ...], photon_power: float, cutoff: float, counted: bool
) -> tuple[tuple[Beta, ...], tuple[Notice, ...]]:
    """Return the betas whose bremsstrahlung must be bounded, or a note that it is left out."""
    every = betas_of(members, cutoff)
    in_air = fsum(radiated(beta, rule("air_Z")) for beta in every)
    least = rule("bremsstrahlung_counted_share" if counted else "bremsstrahlung_share")
    if in_air >= least * photon_power and in_air > 0:
        names = ", ".join(beta.nuclide for beta in every)
        return every, (Notice("warnings.photon_bremsstrahlung", {"nuclides": names}),)
    if in_air >= rule("bremsstrahlung_note_share") * photon_power and in_air > 0:
        share = f"{100 * in_air / photon_power:.1f}"
        return (), (Notice("warnings.photon_bremsstrahlung_left_out", {"share": share}),)
    return (), ()


def betas_of(members: tuple[Member, ...], cutoff_MeV: float) -> tuple[Beta, ...]:
    """Return all betas of members whose bremsstrahlung may lie above a cut-off, be it counted or not."""
    per_mean = rule("beta_max_per_mean")
    return tuple(
        Beta(member.name, per_mean * each.electron_MeV, each.electron_MeV * member.activity_Bq)
        for member, each in [(member, nuclide(member.name)) for member in members]
        if each.emits_beta and per_mean * each.electron_MeV > cutoff_MeV
    )


def radiated(beta: Beta, Z: float) -> float:
    """Return the bremsstrahlung energy per second (MeV/s) in matter of atomic number Z: a share 3.5e-4 Z E_max."""
    return min(1.0, rule("bremsstrahlung_per_Z_MeV") * Z * beta.max_MeV) * beta.power_MeV_per_s
