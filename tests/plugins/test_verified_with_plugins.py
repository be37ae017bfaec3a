"""Submissions that rest on a stranger's rules and methods: told in words, and nothing of them taken for ours."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.cli import cli
from shieldcalc.model.loader import load
from shieldcalc.verify import sensitivity
from shieldcalc.verify.rises import largest_rises

EXAMPLES = Path(__file__).parents[2] / "examples"
Use = Callable[..., None]
GOALS = """from os.path import abspath, dirname, join
from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Instrument
@hookimpl
def register_regulations():
    return [Instrument(id="OUR-GOALS", path=join(dirname(abspath(__file__)), "goals.toml"))]
"""
RULES = """[instrument]
id = "OUR-GOALS"
jurisdiction = "example"
kind = "advice"
number = "1"
title_orig = "Goals"
signed = 2024-01-01
effective = 2024-01-01
text_held = true
source = "an example"
[[rule]]
id = "1.all"
article = "1"
confidence = "copy"
scope = "point"
dose_rule = true
quantity = "ambient_dose_equivalent"
comparator = "<="
value = 0.000001
unit = "mSv/year"
averaging = "per_year"
"""
ROOT = """from dataclasses import replace
from shieldcalc import plugins
from shieldcalc.hookspecs import hookimpl
def compute(scene, points, options):
    found = plugins.method("ncrp147").compute(scene, points, {})
    return replace(found, method="rooted", points=tuple(
        replace(at, doses=replace(at.doses, h10_year_mSv=at.doses.h10_year_mSv ** 2)) for at in found.points))
@hookimpl
def register_methods():
    return [replace(plugins.method("ncrp147"), name="rooted", compute=compute)]
"""


def test_a_plugins_rule_that_fails_is_named_where_its_words_are_not_held(tmp_path: Path, use_plugins: Use) -> None:
    (tmp_path / "goals.py").write_text(GOALS, "utf-8")
    (tmp_path / "goals.toml").write_text(RULES, "utf-8")
    use_plugins(tmp_path / "goals.py")
    asked = ["verify", str(EXAMPLES / "submissions" / "vn_ct_honest"), "--regulation", "OUR-GOALS", "--json"]
    done = CliRunner().invoke(cli, [*asked, "--lang", "vi"])
    assert done.exit_code == 3, done.output
    told = [each["text"] for each in json.loads(done.stdout)["reasons"] if each["code"].endswith(".fails_not_binding")]
    assert told
    assert all("OUR-GOALS/1.all" in text for text in told)


def test_a_plugins_method_is_computed_again_whatever_field_it_took_over(tmp_path: Path, use_plugins: Use) -> None:
    (tmp_path / "rooted.py").write_text(ROOT, "utf-8")
    use_plugins(tmp_path / "rooted.py")
    found = assess(load(str(EXAMPLES / "ct_room.toml"), plugins.catalog()), methods=("rooted",), building=False)
    assert plugins.method("rooted").xray is not None
    assert largest_rises(found, sensitivity._thinner(found.design, 0.05)) is None
