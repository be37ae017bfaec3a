"""A submission of a site: each room is judged with what the other rooms give, however an assumption is moved."""

import shutil
from pathlib import Path

import pytest
from test_verify_command import codes, refused, verified

import shieldcalc

SITE = Path(__file__).parents[2] / "examples" / "two_ct_rooms"
HEAD = 'format = 1\n[submission]\napplicant = "A hospital"\ndesigns = [{designs}]\n'


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    folder = tmp_path / "s"
    shutil.copytree(SITE, folder)
    return folder


def _claims(folder: Path, designs: str, site: str = "") -> Path:
    (folder / "claims.toml").write_text(HEAD.format(designs=designs) + site, "utf-8")
    return folder


def test_the_corridor_gets_both_rooms(rooms: Path) -> None:
    assert shieldcalc.check(str(rooms / "ct_1.toml")).exit_code != 1
    both = verified(_claims(rooms, '"ct_1.toml", "ct_2.toml"', 'site = "site.toml"\n'))
    assert "fails" in codes(both, "reject")
    assert [each["check_exit_code"] for each in both["designs"]] == [1, 1]


@pytest.mark.parametrize(
    ("designs", "site", "said"),
    [
        ('"ct_1.toml"', 'site = "site.toml"\n', "ct_2.toml"),
        ('"ct_1.toml"', 'site = "ct_1.toml"\n', "no site file"),
        ('"ct_1.toml"', 'site = "../site.toml"\n', "../site.toml"),
    ],
)
def test_a_site_that_cannot_be_used_is_refused(rooms: Path, designs: str, site: str, said: str) -> None:
    assert said in refused(_claims(rooms, designs, site))
