"""Neutron sources in rooms: the rest is computed, nothing is shown to keep a limit, and the source is named."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from stores import rate, room, source, told

from shieldcalc.cli import cli
from shieldcalc.photons.rules import rule
from shieldcalc.physics.gamma.passing import neutrons_at_1m

OTHER = source("Cs-137", id_="other", activity="3.7 MBq")


def outcomes(found: dict[str, object], subject: str) -> set[str]:
    findings: list[dict[str, str]] = found["findings"]  # type: ignore[assignment]
    return {each["outcome"] for each in findings if each["subject"] == subject}


def neutron(name: str, **more: str) -> str:
    return source(name, id_="neutrons", activity="3.7 kBq", **more)


@pytest.mark.parametrize("name", ["Pu-Be", "239Pu/Be", "Ra-Be", "Sb-Be", "Am-Be", "Cf-252", "Cm-248"])
def test_beside_a_neutron_source_the_rest_is_computed_and_nothing_passes(name: str, tmp_path: Path) -> None:
    alone, both = (told(tmp_path, room(*each)) for each in ((OTHER,), (OTHER, neutron(name))))
    assert "pass" in outcomes(alone, "w2")
    assert outcomes(both, "w2") == {"undetermined"}
    assert both["exit_code"] == 3
    assert rate(both) >= rate(alone) > 0
    reasons = {each["reason"]["source"] for each in both["findings"] if each["reason"] and "source" in each["reason"]}
    assert reasons == {"neutrons"}


def test_neutrons_of_fission_count_as_if_nothing_held_them_back(tmp_path: Path) -> None:
    both, one = (rate(told(tmp_path, room(*each))) for each in ((OTHER, source("Cf-252")), (OTHER,)))
    per_s = 37e9 * 0.03092 * rule("neutrons_per_fission")
    assert both - one == pytest.approx(neutrons_at_1m(per_s) / 5.5**2, rel=0.03)


def test_without_anything_that_can_be_computed_the_room_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "room.toml"
    for text in (room(neutron("Pu-Be")), room(neutron("Pu-Be"), neutron("Ra-Be").replace("neutrons", "more"))):
        file.write_text(text, "utf-8")
        result = CliRunner().invoke(cli, ["check", str(file)])
        assert result.exit_code == 2
        assert "neutron" in result.stderr


@pytest.mark.parametrize("name", ["Am-Be", "Cf-252", "Ru-106"])
def test_rates_around_a_container_keep_no_limit_where_a_part_is_not_known(name: str, tmp_path: Path) -> None:
    """HJ 1258 asks for at most 2 mSv/h at the surface of a package and 0.1 mSv/h at 1 m."""
    own = neutron(name, kind="waste_store", container="steel") + "daughters = false\n"
    found = told(tmp_path, room(own).replace("VN-19-2012", "CN-HJ1258-2022"))
    assert outcomes(found, "neutrons") == {"undetermined"}
    cobalt = neutron("Co-60", kind="waste_store")
    assert "pass" in outcomes(told(tmp_path, room(cobalt).replace("VN-19-2012", "CN-HJ1258-2022")), "neutrons")


def test_well_logging_with_an_emitter_of_neutron_sources_shows_no_limit_kept(tmp_path: Path) -> None:
    """592 GBq of Am-241 is the usual Am-Be source: 440 uSv/h of neutrons at 1 m, of which its photons say nothing."""
    logging = source("Am-241", id_="neutrons", kind="well_logging", activity="592 GBq", container="lead")
    assert outcomes(told(tmp_path, room(logging)), "w2") == {"undetermined"}
    assert "pass" in outcomes(told(tmp_path, room(logging.replace("well_logging", "gauge"))), "w2")
    generator = source("H-3", id_="target", kind="well_logging", activity="100 GBq")
    assert outcomes(told(tmp_path, room(generator)), "w2") == {"undetermined"}
    assert "pass" in outcomes(told(tmp_path, room(source("Cs-137", kind="well_logging", activity="3.7 MBq"))), "w2")


def test_a_map_tells_what_is_not_in_it(tmp_path: Path) -> None:
    file, out = tmp_path / "room.toml", tmp_path / "map.csv"
    file.write_text(room(OTHER, neutron("Pu-Be")), "utf-8")
    result = CliRunner().invoke(cli, ["map", str(file), "--points", "10", "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    assert "Pu-Be is a neutron source" in result.stderr
