"""What a method refuses, and what it cannot say, names the place in the file and the real cause."""

from pathlib import Path
from typing import Any

import pytest

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.errors import InputError
from shieldcalc.model.loader import load
from shieldcalc.regulations.evaluate import not_known
from shieldcalc.resources import data_path

ALUMINIUM = 'material = "aluminium", thickness = "20 mm"'
PROTOCOL = '\n[[source.protocol]]\nid = "p"\nper_week = 100\nkv = "{}"\ncharge = "10 mAs"\n'


def template(kind: str) -> str:
    """Return what ``shieldcalc new`` writes."""
    return Path(data_path("templates", f"{kind}.toml")).read_text("utf-8")


def by_protocol(kv: str, wall: str = "") -> str:
    """Return the radiography template with one protocol for its workload, its walls of another layer where asked."""
    text = "\n".join(line for line in template("radiography").split("\n") if not line.startswith("workload"))
    old = 'material = "brick", thickness = "220 mm", form = "solid", density = "1.65 g/cm3"'
    return text.replace(old, wall or old) + PROTOCOL.format(kv)


def checked(text: str, folder: Path) -> Any:
    room = folder / "room.toml"
    room.write_text(text, "utf-8")
    return assess(load(str(room), plugins.catalog()))


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        (template("ct").replace('kv = "120 kV"', 'kv = "150 kV"', 1), "source.1.kv", "150 kV"),
        (by_protocol("160 kV"), "source.1.protocol.1.kv", "160 kV"),
        (by_protocol("50 kV", 'material = "aluminium", thickness = "20 mm"'), "source.1.protocol.1.kv", "aluminium"),
        (
            template("mammography").replace('material = "concrete", thickness = "100 mm"', ALUMINIUM),
            "wall.1.layers.1.material",
            "aluminium",
        ),
    ],
)
def test_a_refusal_of_the_method_has_file_line_and_key(text: str, key: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        checked(text, tmp_path)
    (problem,) = caught.value.problems
    assert problem.key == key
    assert problem.line is not None
    assert key.rpartition(".")[2] in text.split("\n")[problem.line - 1]
    assert caught.value.text().startswith(f"{tmp_path}/room.toml:{problem.line}: {key}: ")
    assert said in caught.value.text()


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (template("mammography"), "tube output at 35 kV"),
        (template("ct").replace("scan_time", "# scan_time"), "scan_time"),
        (
            template("radiography").replace("maximum_technique", "# maximum_technique", 1),
            "source.tube.maximum_technique",
        ),
    ],
)
def test_an_unknown_rate_says_the_real_cause(text: str, cause: str, tmp_path: Path) -> None:
    facts = [fact for fact in checked(text, tmp_path).facts if fact.averaging == "instant" and fact.value is None]
    assert facts
    told = [not_known(fact.quantity, fact).text() for fact in facts]
    assert all(cause in text for text in told)
    if "35 kV" in cause:
        assert not any("maximum_technique" in text for text in told)
