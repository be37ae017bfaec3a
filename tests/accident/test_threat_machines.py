"""Rates of tubes and accelerators of a facility: from technique, design or declaration, against Article 7."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from desk import run
from threats import HEAD, IN_FORCE, asked


def machine(tmp_path: Path, kind: str, lines: str, *more: str) -> dict[str, Any]:
    device = f'[[device]]\nid = "m"\nkind = "{kind}"\n' + ('room = "r"\n' if more else "")
    rate = f'[[emergency.rate]]\ndevice = "m"\n{lines}' if lines else ""
    found = asked(tmp_path, device, *more, '[emergency]\ndispersible = "none"', rate, on=IN_FORCE)
    assert found["group"] == "IV"
    (one,) = found["machines"]
    return dict(one)


@pytest.mark.parametrize(
    ("kind", "lines", "rate", "basis", "reaches", "article"),
    [
        ("linac", 'dose_rate = "6 Gy/min"', 360_000, "technique", True, "Art. 7(2)"),
        ("linac", 'dose_rate = "24 Gy/min"\nrate = "1 mGy/h"', 1_440_000, "technique", True, "Art. 7(2)"),
        ("industrial_linac", "", None, "not_stated", None, "Art. 7(2)"),
        # 3600 s/h times 0.1 mGy m2/mAs times 7 mA
        ("dental", 'kv = "70 kV"\ncurrent = "7 mA"\noutput = "100 uGy m2/mAs"', 2520, "technique", True, "Art. 7(3)"),
        # the shipped table: 0.1189 mGy m2/mAs at 100 kV behind 2.5 mm Al
        ("ct", 'kv = "100 kV"\ncurrent = "100 mA"\nfiltration = "2.5 mm Al"', 42_804, "technique", True, "Art. 7(3)"),
        # GBZ/T 250 Table B.1: 28.7 mGy m2/(mA min) is the most up to 300 kV
        ("industrial_xray", 'kv = "300 kV"\ncurrent = "5 mA"', 8610, "technique", True, "Art. 7(2)"),
        ("mammography", 'kv = "28 kV"\ncurrent = "100 mA"', None, "not_stated", None, "Art. 7(3)"),
        ("mammography", 'kv = "28 kV"\ncurrent = "100 mA"\nrate = "5 Gy/h"', 5000, "declared", True, "Art. 7(3)"),
        ("bone_density", 'rate = "99.999 mGy/h"', 99.999, "declared", False, "Art. 7(3)"),
        ("bone_density", 'rate = "100 mGy/h"', 100, "declared", True, "Art. 7(3)"),
    ],
)  # fmt: skip
def test_the_rate_of_a_tube_or_accelerator(
    tmp_path: Path, kind: str, lines: str, rate: float | None, basis: str, reaches: bool | None, article: str
) -> None:
    """Computed from what makes it, else as declared; it makes no group: Article 7 governs."""
    found = machine(tmp_path, kind, lines)
    assert found["air_kerma_rate_at_1m_mGy_per_h"] == (rate if rate is None else pytest.approx(rate, rel=1e-9))
    assert (found["basis"], found["reaches_bound"], found["governed_by"]) == (basis, reaches, article)
    assert (found["reason"] is not None) == (kind == "mammography")
    assert found["named_there"] == (kind != "industrial_xray")


def test_the_rate_of_an_accelerator_from_the_design_of_its_room(tmp_path: Path) -> None:
    """6 Gy/min at 1 m stands in the example room; a device of another kind finds nothing there."""
    design = (Path(__file__).parents[2] / "examples" / "linac_6mv_room.toml").read_bytes()
    (tmp_path / "linac.toml").write_bytes(design)
    room = f'[[room]]\nid = "r"\nfile = "linac.toml"\nsha256 = "{sha256(design).hexdigest()}"\n'
    found = machine(tmp_path, "linac", "", room)
    assert (found["basis"], found["air_kerma_rate_at_1m_mGy_per_h"]) == ("design", pytest.approx(360_000))
    assert machine(tmp_path, "ct", "", room)["basis"] == "not_stated"
    broken = design.replace(b'dose_rate = "6 Gy/min"', b'dose_rate = "6 Gy"')
    assert broken != design
    (tmp_path / "linac.toml").write_bytes(broken)
    room = f'[[room]]\nid = "r"\nfile = "linac.toml"\nsha256 = "{sha256(broken).hexdigest()}"\n'
    found = machine(tmp_path, "linac", 'rate = "5 Gy/h"', room)
    assert (found["basis"], found["air_kerma_rate_at_1m_mGy_per_h"]) == ("declared", 5000)
    assert "6 Gy" in found["reason"]


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ("", "emergency.rate.1:"),
        ('kv = "70 kV"', "emergency.rate.1.current"),
        ('current = "7 mA"', "emergency.rate.1.kv"),
        ('rate = "1 Gy/h"\noutput = "1 mGy/mAs"', "emergency.rate.1.kv"),
        ('kv = "70 kV"\ncurrent = "7 mA"\ndose_rate = "6 Gy/min"', "emergency.rate.1.dose_rate"),
        ('dose_rate = "6 Gy"', "emergency.rate.1.dose_rate"),
        ('doserate = "6 Gy/min"', "dose_rate"),
    ],
)
def test_half_of_what_makes_a_rate_is_refused(tmp_path: Path, lines: str, key: str) -> None:
    path = tmp_path / "facility.toml"
    device = '[[device]]\nid = "m"\nkind = "linac"\n'
    path.write_text(HEAD.format(kind="hospital") + f'{device}[[emergency.rate]]\ndevice = "m"\n{lines}', "utf-8")
    code, output = run("threat-category", str(path), "--on", IN_FORCE)
    assert code == 2
    assert key in output


def test_of_a_declared_and_a_computed_rate_the_larger_is_compared(tmp_path: Path) -> None:
    lines = 'kv = "50 kV"\ncurrent = "0.01 mA"\nfiltration = "2.5 mm Al"\nrate = "150 mGy/h"'
    found = machine(tmp_path, "bone_density", lines)
    assert found["air_kerma_rate_at_1m_mGy_per_h"] < 100
    assert (found["declared_mGy_per_h"], found["reaches_bound"]) == (150, True)
