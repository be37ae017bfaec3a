"""What the nuclide of a source of the design emits, with what is refused of any of them."""

from typing import Any

from shieldcalc.errors import OutsideDataError
from shieldcalc.photons import source as emitted
from shieldcalc.photons.left_out import by_neutrons
from shieldcalc.photons.nuclides import nuclide
from shieldcalc.photons.rules import rule
from shieldcalc.physics.gamma.passing import at_1m, neutrons_at_1m

# refusals that name options of the commands, and what they are in a design file
_OWN_WORDS = {"photon_separation": "gamma_separation", "photon_dates_order": "gamma_dates_order"}
_OWN_KEYS = {"photon_dates_order": {"own_key": "reference_date"}}


def emission(
    source: str,
    name: str,
    activity_Bq: float,
    *,
    daughters: bool,
    cutoff_MeV: float | None,
    dates: emitted.Dates | None = None,
    counted: bool = False,
    neutrons_too: bool = False,
) -> emitted.Source:
    """Return the lines, betas and neutrons of an activity in Bq of a nuclide.

    ``neutrons_too``: neutrons of spontaneous fission are counted, and what they leave out is said elsewhere.

    Raises OutsideDataError, naming the source, for neutron sources and spontaneous fission whose neutrons would
    matter, a nuclide that has decayed away, a day before the reference date, and where nothing is emitted.
    """
    try:
        how: dict[str, Any] = {"daughters": daughters, "cutoff_MeV": cutoff_MeV, "dates": dates, "counted": counted}
        found = emitted.of_nuclide(name, activity_Bq, **how)
    except OutsideDataError as refused:
        code = _OWN_WORDS.get(refused.code, refused.code)
        own = _OWN_KEYS.get(refused.code, {})
        raise OutsideDataError(code, **{"source": source, **own, **refused.params}) from None
    if found.members[0].name != nuclide(name).name or found.members[0].activity_Bq < rule("strength_min_per_s"):
        raise OutsideDataError("photon_gone", source=source, nuclide=name)
    neutrons = neutrons_at_1m(found.neutrons_per_s)
    bare = at_1m(found.lines, ()).h10
    matter = neutrons > rule("neutron_refused_share") * bare
    if matter and not (neutrons_too and by_neutrons(name, daughters=daughters)):
        share = neutrons / bare if bare else float("inf")
        raise OutsideDataError("photon_fission", source=source, nuclide=name, share=f"{share:.3g}")
    return found
