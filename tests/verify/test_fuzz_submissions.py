"""Damaged claims and surveys are read or refused; planted faults are seen and honest submissions are not accused."""

import importlib.util
import sys
from contextlib import suppress
from pathlib import Path
from random import Random, SystemRandom
from types import ModuleType

import pytest

from shieldcalc.errors import InputError, ShieldcalcError
from shieldcalc.verify.archive import read_files
from shieldcalc.verify.claims import statement, survey_files
from shieldcalc.verify.survey import readings
from shieldcalc.verify.workplace import Workplace

ROOT = Path(__file__).parents[2]
FILES = read_files(str(ROOT / "examples" / "submissions" / "vn_ct_honest"))
PIECES = [
    '"',
    "'",
    "[",
    "]",
    "{",
    "=",
    ".",
    ",",
    ";",
    "#",
    "\n",
    "\\",
    "nan",
    "-",
    "0",
    "1e999",
    "é",
    "\x00",
    "=1+1",
    " ",
]


def drawn() -> Random:
    seed = SystemRandom().randrange(2**32)
    print("seed", seed)
    return Random(seed)


def damaged(random: Random, content: bytes) -> bytes:
    text = content.decode()
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(PIECES) + text[at + random.choice((0, 0, 1, 8)) :]
    raw = bytearray(text.encode())
    if random.random() < 0.2 and raw:
        raw[random.randrange(len(raw))] = random.randrange(256)
    return bytes(raw)


def test_damaged_claims() -> None:
    random = drawn()
    for _ in range(300):
        with suppress(InputError):
            statement({**FILES, "claims.toml": damaged(random, FILES["claims.toml"])})


def test_damaged_surveys() -> None:
    random, surveys = drawn(), survey_files(FILES)
    for _ in range(300):
        with suppress(InputError):
            hurt = {**FILES, "survey.csv": damaged(random, FILES["survey.csv"])}
            readings(hurt, Workplace(hurt), surveys)


def test_damaged_workbooks(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book, random = openpyxl.Workbook(), drawn()
    for line in FILES["survey.csv"].decode().splitlines():
        book.active.append(line.split(","))
    path = tmp_path / "survey.xlsx"
    book.save(path)
    good = path.read_bytes()
    for _ in range(40):
        content = bytearray(good)
        for _ in range(random.randint(1, 4)):
            content[random.randrange(len(content))] = random.randrange(256)
        with suppress(ShieldcalcError):
            hurt = {"survey.xlsx": bytes(content)}
            with Workplace(hurt) as place:
                readings(hurt, place, (("survey.xlsx", "room.toml"),))


def benchmark(name: str) -> ModuleType:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))


def test_the_generator_knows_nothing_of_the_verifier() -> None:
    for name in ("planted", "planted_rooms"):
        assert "shieldcalc.verify" not in (ROOT / "benchmarks" / f"{name}.py").read_text("utf-8")


def test_planted_faults(tmp_path: Path) -> None:
    planted, detection = benchmark("planted"), benchmark("detection")
    random = drawn()
    assert "accused" not in detection.reasons(planted.honest(random, tmp_path), tmp_path)
    gauge = detection.honest_room("cs137_gauge", random, tmp_path)
    assert "accused" not in detection.reasons_of(gauge, tmp_path)
    for kind, (plant, faulty, _, wanted) in planted.KINDS.items():
        made = planted.honest(random, tmp_path)
        plant(made, random, min(faulty), tmp_path)
        assert wanted in detection.reasons(made, tmp_path), kind
    assert len(planted.KINDS) >= 12
