"""Honest submissions, and the same with one fault planted; knows nothing of how a submission is verified."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load

ROOT = Path(__file__).parents[1]
ROOM = "room.toml"
DAY = "2025-06-10"
BACKGROUND = 0.12  # uSv/h, as `Submission.background` writes it
DRAWN = {"south": 240, "east": 240, "north": 240, "west": 400}


@dataclass
class Submission:
    """What is sent: claims by place with their values, readings, what the plan shows."""

    design: str
    found: Assessment
    doses: dict[str, float]
    uncertainty: float
    lead: dict[str, float] = field(default_factory=dict)
    required: dict[str, float] = field(default_factory=dict)
    thickness: dict[str, float] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    readings: dict[str, float] = field(default_factory=dict)
    drawn: dict[str, float] = field(default_factory=lambda: dict(DRAWN))
    distance: float = 2.4
    calibrated: str = "2025-01-15"
    time_s: float = 20.0
    background: str = "0.12 uSv/h"
    dose_unit: str = "mSv/year"
    method: str = "ncrp147"
    tampered: bool = False
    subject: str = ""


def honest(random: Random, folder: Path) -> Submission:
    """Return a submission of a CT room drawn at random, whose every claim its maker computed as he says."""
    text = (ROOT / "examples" / "ct_room.toml").read_text("utf-8")
    text = re.sub(
        r'thickness = "220 mm", density', lambda _: f'thickness = "{random.randrange(220, 320, 10)} mm", density', text
    )
    text = re.sub(
        r'"lead", thickness = "1 mm"', lambda _: f'"lead", thickness = "{random.choice((1, 1.5, 2))} mm"', text
    )
    text = re.sub(r"per_week = \d+", lambda _: f"per_week = {random.randrange(10, 40)}", text)
    found = computed(text, folder)
    result = found.results[0]
    at = {point.point.id: point.doses.h10_year_mSv for point in result.points}
    behind = {
        barrier.barrier: max(at[name] for name in barrier.points) for barrier in result.barriers if barrier.points
    }
    people = {
        point.point.id: at[point.point.id]
        for point in result.points
        if point.point.barrier is None or point.point.role != "worst"
    }
    needs = {each.barrier: {need.material: need.required_mm for need in each.requirements} for each in found.barriers}
    made = Submission(
        design=text, found=found, doses={**behind, **people}, uncertainty=random.choice((0.0, 0.05, 0.1, 0.2))
    )
    care = 1 + 0.04 * (2 * random.random() - 1)  # another careful user's rounding of fits and distances
    made.doses = {name: dose * care for name, dose in made.doses.items()}
    made.lead = {each.barrier: each.lead_equivalent_mm for each in result.barriers if each.lead_equivalent_mm}
    made.required = {name: lead for name, need in needs.items() if (lead := need.get("lead")) and lead > 0.2}
    made.thickness = {
        name: layer.thickness_mm for name in ("west", "ceiling") for layer in found.scene.by_id[name].layers
    }
    made.verdicts = {"entrance": "pass"}
    noise = {name: BACKGROUND * random.uniform(-0.08, 0.08) for name in ("entrance", "north", "west")}
    made.readings = {name: rate(found, name) * random.uniform(0.4, 1.0) + each for name, each in noise.items()}
    return made


def computed(text: str, folder: Path) -> Assessment:
    """Return what a design gives."""
    path = folder / ROOM
    path.write_text(text, "utf-8")
    return assess(load(str(path), plugins.catalog()))


def rate(found: Assessment, barrier: str) -> float:
    """Return the H*(10) rate in uSv/h behind a barrier while the head protocol is scanned."""
    result = found.results[0]
    names = next(each.points for each in result.barriers if each.barrier == barrier)
    rates = []
    for point in result.points:
        if point.point.id in names:
            part = sum(each.kerma.beam_on_uGy_per_h or 0.0 for each in point.components if each.beam == "head")
            rates.append(
                part * (point.doses.h10_beam_on_uSv_per_h or 0.0) / (point.doses.air_kerma_beam_on_uGy_per_h or 1.0)
            )
    return max(rates)


def packed(made: Submission) -> bytes:
    """Return the submission as a zip with its manifest."""
    files = {ROOM: made.design, "claims.toml": claims(made), "survey.csv": survey(made)}
    files |= {f"{name}.txt": name for name in ("calculation", "equipment", "meter", "reply")}
    return zipped(files, (ROOM, "per_week = ", "per_week = 1") if made.tampered else None)


def zipped(files: dict[str, str], tampered: tuple[str, str, str] | None = None) -> bytes:
    """Return files as a zip with their manifest; ``tampered``: a file, and what is replaced in it after hashing."""
    hashes = {name: sha256(content.encode()).hexdigest() for name, content in files.items()}
    if tampered is not None:
        name, old, new = tampered
        files = {**files, name: files[name].replace(old, new, 1)}
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as sink:
        sink.writestr("manifest.sha256", "".join(f"{digest}  {name}\n" for name, digest in hashes.items()))
        for name, content in files.items():
            sink.writestr(name, content)
    return target.getvalue()


def claims(made: Submission) -> str:
    rows = [
        f'format = 1\n[submission]\napplicant = "Drawn at random"\ndesigns = ["{ROOM}"]\n'
        f'[claimed]\nmethod = "{made.method}"\nprogram = "a spreadsheet"\nuncertainty = {made.uncertainty}\n'
    ]
    points = {each.point.id for each in made.found.results[0].points} - {
        each.barrier for each in made.found.results[0].barriers
    }
    for name, dose in made.doses.items():
        kind = "point" if name in points else "barrier"
        rows.append(f'[[claim]]\n{kind} = "{name}"\nquantity = "h10_year"\ndose = "{dose:.3g} {made.dose_unit}"\n')
    for name, lead in made.lead.items():
        rows.append(f'[[claim]]\nbarrier = "{name}"\nlead_equivalent = "{lead:.3g} mm"\n')
    for name, lead in made.required.items():
        rows.append(f'[[claim]]\nbarrier = "{name}"\nmaterial = "lead"\nrequired = "{lead:.3g} mm"\n')
    for name, thickness in made.thickness.items():
        rows.append(f'[[claim]]\nbarrier = "{name}"\nmaterial = "concrete"\nthickness = "{thickness:g} mm"\n')
    for name, verdict in made.verdicts.items():
        rows.append(f'[[claim]]\nbarrier = "{name}"\nverdict = "{verdict}"\n')
    rows.append(
        '[[instrument]]\nid = "meter"\nmake = "M"\nmodel = "S"\nserial = "1"\nshows = "h10"\n'
        f'calibrated = {made.calibrated}\nfactor = 1.0\nresponse_time = "2 s"\nuncertainty = 0.2\n'
        '[[survey]]\nfile = "survey.csv"\n'
    )
    for name, mm in made.drawn.items():
        rows.append(f'[[drawn]]\nbarrier = "{name}"\nthickness = "{mm:g} mm"\n')
    rows.append(f'[[drawn]]\nbarrier = "ceiling"\nsource = "scanner"\ndistance = "{made.distance:g} m"\n')
    kinds = {
        "calculation": "calculation",
        "equipment": "equipment_certificate",
        "meter": "calibration_certificate",
        "reply": "reading_of_the_law",
    }
    rows += [f'[[attachment]]\nfile = "{name}.txt"\nwhat = "{what}"\n' for name, what in kinds.items()]
    return "\n".join(rows)


def survey(made: Submission) -> str:
    rows = ["at,instrument,date,reading,background,beam,kv,dlp,time,phantom"]
    for name, value in made.readings.items():
        dlp = 1200 * made.time_s / 20.0  # the scan's dose-length product goes with its time
        technique = f"head,120 kV,{dlp:g} mGy*cm,{made.time_s:g} s,head 16 cm"
        rows.append(f"{name},meter,{DAY},{value + BACKGROUND:.4g} uSv/h,{made.background},{technique}")
    return "\n".join(rows) + "\n"


Plant = Callable[[Submission, Random, float, Path], None]


def _one(made: Submission, random: Random, of: dict[str, float]) -> str:
    made.subject = random.choice(sorted(of))
    return made.subject


def understated_dose(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    name = _one(made, random, made.doses)
    at = {each.point.id: each.doses.h10_year_mSv for each in made.found.results[0].points}
    truth = next(
        (max(at[p] for p in b.points) for b in made.found.results[0].barriers if b.barrier == name and b.points),
        at.get(name, 0.0),
    )
    made.doses[name] = truth / factor


def overstated_lead(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    made.lead[_one(made, random, made.lead)] *= factor


def understated_requirement(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    made.required[_one(made, random, made.required)] /= factor


def thinner_wall(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    made.thickness[_one(made, random, made.thickness)] *= factor


def false_pass(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    """Build the door of what makes its busiest hour exceed the limit by the factor, and claim that it passes."""
    worst = next(each for each in made.found.barriers if each.barrier == "entrance")
    times = (worst.margin or 1.0) * factor
    made.design = re.sub(
        r"in_busiest_hour = (\d+)", lambda m: f"in_busiest_hour = {float(m[1]) * times:g}", made.design
    )
    made.design = re.sub(r"per_week = (\d+)", lambda m: f"per_week = {max(float(m[1]), 1) * times:g}", made.design)
    made.found = computed(made.design, folder)
    made.subject = "entrance"


def unit_slip(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    made.dose_unit, made.subject = "uSv/year", next(iter(made.doses))


def survey_above(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    """Where a meter of 20 % shows it at all: by more than a background that wavers by a tenth, twice, can make."""
    rates = {name: rate(made.found, name) for name in made.readings}
    seen = {name: each for name, each in rates.items() if each * (factor - 1.2) > 0.2 * BACKGROUND}
    name = _one(made, random, seen or {max(rates, key=lambda each: rates[each]): 0.0})
    made.readings[name] = rates[name] * factor


def stale_calibration(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    """Calibrate ``factor`` years before the reading."""
    made.calibrated = f"{2025 - int(factor):d}-06-{1 if factor % 1 else 15:02d}"


def thicker_than_drawn(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    name = _one(made, random, {"south": 0.0, "east": 0.0, "north": 0.0})
    layers = made.found.scene.by_id[name].layers
    made.drawn[name] = sum(layer.thickness_mm for layer in layers) / factor


def other_distance(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    made.distance, made.subject = 2.4 * factor, "ceiling"


def dense_material(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    density = 1.65 * factor
    made.design = made.design.replace('density = "1.65 g/cm3"', f'density = "{density:.3g} g/cm3"')
    again = computed(made.design, folder)
    made.found = again
    at = {each.point.id: each.doses.h10_year_mSv for each in again.results[0].points}
    made.doses = {
        name: max(at[p] for p in b.points) for b in again.results[0].barriers if b.points for name in [b.barrier]
    } | {name: at[name] for name in made.doses if name in at}
    made.lead = {each.barrier: each.lead_equivalent_mm for each in again.results[0].barriers if each.lead_equivalent_mm}
    made.required = {}
    made.readings = {name: rate(again, name) * 0.7 for name in made.readings}


def changed_file(made: Submission, random: Random, factor: float, folder: Path) -> None:  # noqa: ARG001
    made.tampered = True


# kind: (what plants it, factors that must be seen, factors that must not be called a fault, reason expected)
KINDS: dict[str, tuple[Plant, tuple[float, ...], tuple[float, ...], str]] = {
    "understated dose": (understated_dose, (1.3, 1.5, 3.0), (1.0, 1.04), "understated"),
    "overstated lead": (overstated_lead, (1.3, 1.5, 2.0), (1.0, 1.03), "overstated"),
    "understated requirement": (understated_requirement, (1.3, 1.5, 2.0), (1.0, 1.03), "understated"),
    "thinner wall": (thinner_wall, (1.03, 1.3, 2.0), (1.0,), "overstated"),
    "false pass": (false_pass, (1.05, 1.3, 2.0), (0.5, 0.9), "fails"),
    "unit slip": (unit_slip, (1000.0,), (), "understated"),
    "survey above": (survey_above, (1.25, 1.5, 4.0), (1.0, 1.15), "reading_above"),
    "stale calibration": (stale_calibration, (1.5, 2.0), (), "reading_not_counted"),
    "thicker than drawn": (thicker_than_drawn, (1.05, 1.3, 2.0), (0.9, 1.0), "thicker_than_drawn"),
    "other distance": (other_distance, (0.8, 1.1, 1.3), (0.98, 1.02), "distance"),
    "dense material": (dense_material, (1.2, 1.3), (1.0, 1.1), "density_high"),
    "changed file": (changed_file, (1.0,), (), "file_changed"),
}
