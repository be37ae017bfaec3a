"""Honest submissions of other rooms: sealed sources, patients, an accelerator, a site of rooms beside one another.

Knows nothing of how they are verified.

Readings are drawn from the air kerma rates of the components: of sealed sources as they stand, of patients with a drawn
activity in them, of an accelerator at a drawn dose rate.
"""

from math import exp, log
from pathlib import Path
from random import Random

from planted import BACKGROUND, DAY, ROOM, ROOT, computed, zipped

from shieldcalc import plugins
from shieldcalc.assess.site import assess_site
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Source
from shieldcalc.model.loader import load_any
from shieldcalc.model.site import Site

ROOMS = ("cs137_gauge", "source_store", "pet_ct_room", "linac_6mv_room", "linac_18mv_maze_bunker")
SITES = ("ct_beside_source_store", "pet_suite")
HALF_LIFE_MIN = {"F-18": 109.77}
COLUMNS = "at,instrument,date,reading,background,time,source,beam,phantom,activity,dose_rate,gantry,field"
HEAD = """format = 1
[submission]
applicant = "Drawn at random"
designs = ["room.toml"]
[claimed]
method = "{method}"
program = "a spreadsheet"
[[instrument]]
id = "meter"
make = "M"
model = "S"
serial = "1"
shows = "air_kerma"
calibrated = 2025-01-15
factor = 1.0
response_time = "2 s"
uncertainty = 0.2
energy_low = "15 keV"
energy_high = "10 MeV"
[[survey]]
file = "survey.csv"
"""


def honest_room(name: str, random: Random, folder: Path) -> bytes:
    """Return a submission of an example, as a zip, whose every claim its maker computed as he says."""
    text = (ROOT / "examples" / f"{name}.toml").read_text("utf-8")
    found = computed(text, folder)
    care = 1 + 0.04 * (2 * random.random() - 1)
    rows = [HEAD.format(method=found.results[0].method)]
    for place, dose in _doses(found).items():
        rows.append(f'[[claim]]\nbarrier = "{place}"\nquantity = "h10_year"\ndose = "{dose * care:.3g} mSv/year"\n')
    survey = "\n".join([COLUMNS, *_survey(found, random)]) + "\n"
    return zipped({ROOM: text, "claims.toml": "\n".join(rows), "survey.csv": survey})


def honest_site(name: str, random: Random) -> bytes:
    """Return a submission of an example's site, as a zip: every room's claims hold what the other rooms give there."""
    folder = ROOT / "examples" / name
    site = load_any(str(folder / "site.toml"), plugins.catalog())
    assert isinstance(site, Site)
    found = {Path(each.design.file).name: each for each in assess_site(site).rooms}
    designs = ", ".join(f'"{design}"' for design in found)
    rows = [f'format = 1\n[submission]\napplicant = "Drawn"\nsite = "site.toml"\ndesigns = [{designs}]\n']
    care = 1 + 0.04 * (2 * random.random() - 1)
    for design, room in found.items():
        head = f'[[claim]]\ndesign = "{design}"\nmethod = "{room.results[0].method}"\nquantity = "h10_year"\n'
        for kind, doses in (("barrier", _doses(room)), ("point", _at_points(room))):
            rows += [
                f'{head}{kind} = "{place}"\ndose = "{dose * care:.3g} mSv/year"\n' for place, dose in doses.items()
            ]
    files = {each.name: each.read_text("utf-8") for each in folder.glob("*.toml")}
    return zipped({**files, "claims.toml": "\n".join(rows)})


def _at_points(found: Assessment) -> dict[str, float]:
    """Return the yearly doses at places of people that stand behind no barrier."""
    result = found.results[0]
    behind = {name for each in result.barriers for name in each.points}
    doses = {each.point.id: each.doses.h10_year_mSv for each in result.points if each.point.id not in behind}
    return {name: dose for name, dose in doses.items() if dose is not None}


def _doses(found: Assessment) -> dict[str, float]:
    result = found.results[0]
    at = {each.point.id: each.doses.h10_year_mSv for each in result.points}
    behind = {each.barrier: [at[name] for name in each.points] for each in result.barriers if each.points}
    return {name: max(each or 0.0 for each in doses) for name, doses in behind.items() if None not in doses}


def _survey(found: Assessment, random: Random) -> list[str]:
    """Return readings of every source that is no tube behind three places drawn."""
    result, rows = found.results[0], []
    behind = {each.barrier: each.points for each in result.barriers if each.points}
    for source in found.design.sources:
        for place in random.sample(sorted(behind), min(3, len(behind))):
            there = [
                sum(part.kerma.beam_on_uGy_per_h or 0.0 for part in at.components if _is_read(part, source))
                for at in result.points
                if at.point.id in behind[place]
            ]
            share, technique = _technique(source, random)
            if technique and max(there) > 0:
                noise = 1 + BACKGROUND / max(there) * random.uniform(-0.08, 0.08)
                value = max(there) * share * random.uniform(0.5, 1.0) * max(noise, 0.0) + BACKGROUND
                rows.append(f"{place},meter,{DAY},{value:.6g} uGy/h,{BACKGROUND} uGy/h,60 s,{source.id},{technique}")
    return rows


def _is_read(part: object, source: Source) -> bool:
    """Return whether a meter of photons reads a component: of this source, the first beam of an accelerator."""
    beams = [source.accelerator.energies[0].words] if source.accelerator else [getattr(part, "beam", "")]
    own = getattr(part, "source", "") == source.id and getattr(part, "beam", "") in beams
    return own and "neutron" not in getattr(part, "kind", "")


def _technique(source: Source, random: Random) -> tuple[float, str]:
    """Return the share of the computed rate that a technique drawn gives, and its columns from ``beam`` on."""
    if source.sealed is not None:
        return 1.0, ",,,,,"
    share = random.uniform(0.3, 1.0)
    if source.patients is not None:
        held = source.patients
        left = held.voiding * exp(-log(2) * 60 * held.decay_h / HALF_LIFE_MIN[held.nuclide])
        return share / held.number, f",patient,{held.activity_Bq * left * share:.6g} Bq,,,"
    if source.accelerator is not None:
        beam, angle = source.accelerator.energies[0], random.choice((0, 90, 180, 270))
        field = 100 * source.accelerator.field_m
        return share, f"{beam.words},water,,{beam.dose_rate_Gy_per_h * share:.6g} Gy/h,{angle} deg,{field:g} cm"
    return 0.0, ""
