"""What a reviewer must be asked: places nobody claims, the law of another day, figures that no equipment has."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import shieldcalc
from shieldcalc.assess import assess
from shieldcalc.cli import cli
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design, Leakage, Source
from shieldcalc.photons.materials import material
from shieldcalc.verify import checklist, plausible, sensitivity
from shieldcalc.verify.claimed import compared, judged, named, unclaimed
from shieldcalc.verify.model import Claim, Statement
from shieldcalc.verify.usual import of_source

ROOT = Path(__file__).parents[2]
HONEST = ROOT / "examples" / "submissions" / "vn_ct_honest"
NOTHING = Statement(applicant="", designs=("room.toml",))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "s"
    shutil.copytree(HONEST, folder)
    (folder / "manifest.sha256").unlink()
    return folder


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    path.write_text(text, "utf-8")


def reasons(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(cli, ["verify", str(folder), "--json", *arguments])
    assert done.exit_code in (0, 1, 3), done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)["reasons"]
    return found


def codes(found: list[dict[str, Any]], weight: str) -> set[str]:
    return {each["code"].rpartition(".")[2] for each in found if each["weight"] == weight}


def example(name: str) -> Design:
    found: Design = shieldcalc.load(str(ROOT / "examples" / f"{name}.toml"))
    return found


def asked(source: Source) -> set[str]:
    """Return the figures, or the codes, that are asked about."""
    return {getattr(each.params.get("figure", each), "code", "").rpartition(".")[2] for each in of_source(source)}


def test_a_second_design_needs_claims_of_its_own(copy: Path) -> None:
    shutil.copy(copy / "room.toml", copy / "other.toml")
    names = tuple((f'{key} = "{name}"', f'design = "room.toml"\n{key} = "{name}"') for key, name in [
        *(("barrier", name) for name in ("south", "east", "north", "west", "entrance", "control_window", "ceiling")),
        ("point", "console"), ("point", "changing_cubicle"), ("file", "survey.csv"),
    ])  # fmt: skip
    change(copy / "claims.toml", ('designs = ["room.toml"]', 'designs = ["room.toml", "other.toml"]'), *names)
    (found,) = [each for each in reasons(copy) if each["code"].endswith("not_claimed")]
    assert found["weight"] == "query"
    assert "other.toml" in found["text"]


def test_the_law_is_that_of_the_submissions_day(copy: Path) -> None:
    """The files name 2025-06-30; the provincial decision began on 2015-06-14, the circular of 2012 ended in 2026."""
    assert "law_named" in codes(reasons(copy), "accept_with_conditions")
    assert "law_of_day" not in codes(reasons(copy), "query")
    change(copy / "claims.toml", ("date = 2025-06-20", "date = 2026-05-01"))
    (found,) = [each for each in reasons(copy) if each["code"].endswith("law_of_day")]
    assert "VN-LC-24-2015" in found["text"]
    assert "law_of_day" not in codes(reasons(copy, "--on", "2026-05-01"), "query"), "the reviewer chose the day"
    assert "law_named" not in codes(reasons(copy, "--regulation", "VN-LC-24-2015"), "accept_with_conditions")


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_an_answer_that_breaks_a_rule_is_told_in_words(copy: Path, language: str) -> None:
    change(copy / "room.toml", ("warning_lamp_at_entrance = true", "warning_lamp_at_entrance = false"))
    found = [each for each in reasons(copy, "--lang", language) if each["weight"] == "reject"]
    assert [each["article"] for each in found] == ["Art. 15(4)b"]
    assert not {"True", "False"} & set(found[0]["text"].replace(",", " ").replace("，", " ").split())


def test_what_stands_there_is_judged_whatever_the_method_says() -> None:
    room = assess(example("ct_room"), building=False)
    claim = Claim(id="c", design="", subject="west", quantity="thickness", written="400 mm", method="tg108",
                  value=400.0, unit="mm", safe="low", material="concrete")  # fmt: skip
    found = judged(claim, {"ncrp147": room, "tg108": OutsideDataError("gamma.kind")})
    assert (found.status, found.recomputed) == ("understated", 220.0)


@pytest.mark.parametrize(
    ("written", "method"),
    [("NCRP Report No. 147", "ncrp147"), ("NCRP 147 (2004)", "ncrp147"), ("GBZ 130-2020", "gbz130"),
     ("GBZ 130-2013", "GBZ 130-2013"), ("IAEA Safety Reports Series No. 47", "srs47"), ("AAPM TG-108", "tg108"),
     ("BIR 2012", "bir"), ("BIR 2000", "BIR 2000"), ("NCRP-151", "ncrp151"), ("DIN 6812", "DIN 6812")],
)  # fmt: skip
def test_names_of_methods_with_their_editions(written: str, method: str) -> None:
    assert named(written, ("ncrp147", "bir", "gbz130", "point_kernel", "tg108", "srs47", "ncrp151")) == method


def linac(**own: float) -> Source:
    (source,) = example("linac_6mv_room").sources
    machine = source.accelerator
    assert machine is not None
    beam = replace(machine.energies[0], **own)
    return replace(source, accelerator=replace(machine, energies=(beam,)))


def test_figures_just_inside_and_just_outside_what_accelerators_have() -> None:
    assert not asked(linac())
    for name, low, high in (("per_week_Gy", 10.0, 3000.0), ("dose_rate_Gy_per_h", 0.5 * 60, 30 * 60.0)):
        assert not asked(linac(**{name: low * 1.01})) | asked(linac(**{name: high * 0.99}))
        assert asked(linac(**{name: low * 0.99})) == asked(linac(**{name: high * 1.01})) != set()


def sealed(name: str, times: float) -> Source:
    (source, *_) = example(name).sources
    held = source.sealed or source.patients
    assert held is not None
    changed = replace(held, activity_Bq=held.activity_Bq * times)
    return replace(source, **{"sealed" if source.sealed else "patients": changed})


@pytest.mark.parametrize(
    ("name", "figure", "times"),
    [("ir192_bunker", "activity_GBq", 1e-3), ("co60_hdr_room", "activity_GBq", 10.0),
     ("i131_ward", "administered_MBq", 1e-3)],
)  # fmt: skip
def test_an_activity_in_a_wrong_unit(name: str, figure: str, times: float) -> None:
    assert figure not in asked(sealed(name, 1.0))
    assert figure in asked(sealed(name, times))


def test_techniques_of_tubes() -> None:
    (tube,) = example("district_hospital_radiography").sources
    assert tube.max_technique is not None
    assert not asked(tube)
    assert asked(replace(tube, max_technique=replace(tube.max_technique, current_mA=0.5))) == {"current_mA"}
    cooled = Leakage(rate_mGy_per_h=0.8, kv=140.0, current_mA=72.0, declared=True)
    assert asked(replace(tube, leakage=cooled)) == {"leakage_power"}
    assert not asked(replace(tube, leakage=replace(cooled, current_mA=71.0)))
    (scanner,) = example("ct_room").sources
    head, chest, abdomen = scanner.protocols
    slip = replace(abdomen, nctdi100_mGy_per_mAs=0.138e-3)
    assert asked(replace(scanner, protocols=(head, chest, slip))) == {"dlp"}


def remarks(found: Assessment) -> set[str]:
    return {each.said.code.rpartition(".")[2] for each in plausible.remarks(found, NOTHING, "room.toml")}


@pytest.fixture(scope="module")
def scanner_room() -> Assessment:
    return assess(example("ct_room"), building=False)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (lambda d: replace(d, height_m=15.1), "large"),
        (lambda d: replace(d, plan=((0.0, 0.0), (40.1, 0.0), (40.1, 5.0), (0.0, 5.0))), "large"),
        (lambda d: replace(d, walls=tuple(replace(w, beyond=replace(w.beyond, occupancy=0.08)) if w.id == "north" else w
                                          for w in d.walls)), "occupancy"),
        (lambda d: replace(d, walls=tuple(replace(w, beyond=replace(w.beyond, person="radiation_worker"))
                                          if w.id == "north" else w for w in d.walls)), "worker"),
        (lambda d: replace(d, height_m=14.9), ""),
    ],
)  # fmt: skip
def test_rooms_and_neighbours(scanner_room: Assessment, changed: Callable[[Design], Design], code: str) -> None:
    assert not remarks(scanner_room)
    assert remarks(replace(scanner_room, design=changed(scanner_room.design))) == ({code} if code else set())


def test_lead_and_concrete_by_what_they_hold_back(scanner_room: Assessment) -> None:
    def with_door(material: str, mm: float) -> Assessment:
        scene = scanner_room.scene
        thick = tuple(
            replace(each, layers=(replace(each.layers[0], material=material, thickness_mm=mm),))
            for each in scene.barriers
        )
        return replace(scanner_room, scene=replace(scene, barriers=thick))

    assert "lead_thick" not in remarks(with_door("lead", 15.0))
    assert "lead_thick" in remarks(with_door("lead", 15.1))
    assert "very_thick" not in remarks(with_door("concrete", 1000.0))
    assert "very_thick" in remarks(with_door("concrete", 1001.0))
    assert "lead_thick" not in remarks(assess(example("industrial_xray_room"), building=False)), "30 mm at 300 kV"


def test_distances_stated_in_place_of_the_plans(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "linac_6mv_room.toml").read_text("utf-8")
    point = (
        '\n[[point]]\nid = "desk"\nposition = ["4 m", "-2.5 m", "1 m"]\nbeyond = {{ kind = "office" }}\n'
        'stated_figures = {{ document = "drawing 7", secondary_distance = "{} m" }}\n'
    )
    for stated, code in (("50", {"stated_distance"}), ("6.6", set()), ("3", set())):
        file = tmp_path / f"{stated}.toml"
        file.write_text(text + point.format(stated), "utf-8")
        design: Design = shieldcalc.load(str(file))
        assert {each for each in remarks(assess(design, building=False)) if each == "stated_distance"} == code


def test_checklists_ask_what_the_equipment_has() -> None:
    def items(name: str) -> dict[str, bool | None]:
        return {each.id: each.present for each in checklist.items(assess(example(name), building=False), NOTHING)}

    scanner, bunker = items("ct_room"), items("linac_6mv_room")
    assert {"leakage", "licence_file"} <= set(scanner)
    assert not {"leakage", "filtration", "licence_file"} & set(bunker), "Article 13(1) is of diagnosis"
    assert {"licence_file_equipment", "survey_report", "no_checklist"} <= set(bunker)
    assert scanner["busiest_hour"] is True
    assert scanner["plan_drawn"] is False


def test_a_point_of_a_site_is_claimed_once_by_its_name(scanner_room: Assessment) -> None:
    (result,) = scanner_room.results
    there = tuple(
        replace(each, point=replace(each.point, id="hall@site")) if each.point.id == "changing_cubicle" else each
        for each in result.points
    )
    room = replace(scanner_room, results=(replace(result, points=there),))
    claim = Claim(id="c", design="other.toml", subject="hall", quantity="h10_year_mSv", written="1", method="ncrp147",
                  value=1.0, unit="mSv/year")  # fmt: skip
    assert judged(claim, {"ncrp147": room}).status == "conservative"
    assert "hall@site" in set(unclaimed((), room))
    assert "hall@site" not in set(unclaimed((), room, (claim,)))


def test_what_stands_around_a_source_and_in_the_room_is_moved_too() -> None:
    store = example("decay_store_with_pots")
    held = [each.sealed for each in store.sources if each.sealed is not None and each.sealed.container]
    thin = [each.sealed for each in sensitivity._thinner(store, 0.1).sources]
    light = sensitivity._lighter(store, 0.1)
    for one, other in zip((each for each in store.sources if each.sealed), thin, strict=True):
        assert one.sealed is not None
        assert other is not None
        was, now = ([each.thickness_mm for each in held.container] for held in (one.sealed, other))
        assert now == pytest.approx([0.9 * each for each in was])
    assert held or store.bodies
    for body, lighter in zip(store.bodies, light.bodies, strict=True):
        usual = body.density_g_per_cm3 or material(body.material).density(None)
        assert lighter.density_g_per_cm3 == pytest.approx(0.9 * usual)


def test_a_requirement_of_nothing_is_understated() -> None:
    claim = Claim(
        id="c", design="", subject="s", quantity="required", written="0 mm", method="m", value=0.0, half_unit=0.5
    )
    assert compared(claim, 0.7)[:2] == ("understated", inf)
    assert compared(claim, 0.0)[0] == "agrees"
