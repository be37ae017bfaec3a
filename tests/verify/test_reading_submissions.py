"""Strangers' files: every way to harm the reader is one clear refusal; the bounds hold for whatever bytes come."""

import os
import stat
import struct
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from random import Random, SystemRandom
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from shieldcalc.errors import ShieldcalcError
from shieldcalc.verify.archive import read_files
from shieldcalc.verify.manifest import MANIFEST, check, written
from shieldcalc.verify.pack import packed
from shieldcalc.verify.refusal import SubmissionError
from shieldcalc.verify.workplace import Workplace

ROOT = Path(__file__).parents[2]
HONEST = ROOT / "examples" / "submissions" / "vn_ct_honest"


def zipped(place: Path, **members: bytes) -> str:
    return zip_of(place, list(members.items()))


def zip_of(place: Path, members: list[tuple[str | ZipInfo, bytes]], packing: int = ZIP_DEFLATED) -> str:
    with ZipFile(place / "s.zip", "w", packing) as sink:
        for name, content in members:
            sink.writestr(name, content)
    return str(place / "s.zip")


def refused(path: str) -> str:
    with pytest.raises(SubmissionError) as caught:
        read_files(path)
    for language in ("en", "vi", "zh"):
        assert caught.value.text(language)
    return caught.value.code.removeprefix("submission.")


NAMES = {
    "../evil.toml": "name_outside",
    "a/../../evil": "name_outside",
    "/etc/passwd": "name_outside",
    "C:/evil": "name_outside",
    "a\\b": "name_characters",
    "a//b": "name_characters",
    "./a": "name_characters",
    ".hidden": "name_characters",
    "-rf": "name_characters",
    "a\nb": "name_characters",
    "a\x1b[31mb": "name_characters",
    "\u202eevil": "name_characters",
    "a\u200bb": "name_characters",
    "nul": "name_characters",
    "COM1.txt": "name_characters",
    "a.": "name_characters",
    " a": "name_characters",
    "x" * 200: "name_long",
    "a/b/c/d/e/f/g": "name_long",
}


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_names_that_lead_out_or_hide(name: str, tmp_path: Path) -> None:
    assert refused(zip_of(tmp_path, [(name, b"x")])) == NAMES[name]
    assert os.listdir(tmp_path) == ["s.zip"]


def test_a_zip_bomb(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path, zeros=bytes(20_000_000))) == "ratio"


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = Path(zipped(tmp_path, zeros=bytes(20_000_000)))
    raw = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", raw, raw.find(sign) + offset, 5)
    path.write_bytes(raw)
    with pytest.raises(ShieldcalcError):
        read_files(str(path))


def test_overlapping_members(tmp_path: Path) -> None:
    content = os.urandom(1000)
    path = Path(zip_of(tmp_path, [("a", content), ("b", content)]))
    raw = bytearray(path.read_bytes())
    second = raw.rfind(b"PK\x01\x02")
    struct.pack_into("<I", raw, second + 42, 0)  # the second member begins where the first does
    path.write_bytes(raw)
    assert refused(str(path)) == "bad_zip"


def test_many_files_nested_archives_doubles(tmp_path: Path) -> None:
    assert refused(zip_of(tmp_path, [(f"f{n}", b"x") for n in range(300)])) == "many_files"
    assert refused(zip_of(tmp_path, [(f"f{n}", b"x") for n in range(5000)])) == "many_files"
    inner = BytesIO()
    with ZipFile(inner, "w") as sink:
        sink.writestr("a", b"x")
    assert refused(zipped(tmp_path, inner=inner.getvalue())) == "nested"
    assert refused(zipped(tmp_path, gz=b"\x1f\x8b" + bytes(20))) == "nested"
    assert refused(zip_of(tmp_path, [("A.toml", b"x"), ("a.toml", b"y")])) == "name_twice"
    with pytest.warns(UserWarning, match="Duplicate"):
        path = zip_of(tmp_path, [("a.toml", b"x"), ("a.toml", b"y")])
    assert refused(path) == "name_twice"


def test_a_name_of_a_file_is_not_that_of_a_folder_too(tmp_path: Path) -> None:
    for names in (["a.toml", "a.toml/x"], ["a.toml/b/x", "a.toml"], ["a/b", "A/B/c/d"]):
        assert refused(zip_of(tmp_path, [(name, b"x") for name in names])) == "name_folder"
    assert sorted(read_files(zip_of(tmp_path, [("a/b", b"x"), ("a/bc", b"x"), ("a/d/b", b"x")]))) == [
        "a/b",
        "a/bc",
        "a/d/b",
    ]


def test_a_name_too_long_for_the_system_is_told_without_a_private_path() -> None:
    name = "x" * 300 + ".png"
    with Workplace({name: b"x"}) as place, pytest.raises(SubmissionError) as told:
        place.path(name)
    assert told.value.params["file"] == name


def test_links_devices_encryption_and_odd_packing(tmp_path: Path) -> None:
    link = ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refused(zip_of(tmp_path, [(link, b"/etc/passwd")])) == "link"
    assert refused(zip_of(tmp_path, [("a", b"x" * 100)], ZIP_BZIP2)) == "packing"
    path = Path(zipped(tmp_path, a=b"x"))
    raw = bytearray(path.read_bytes())
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert refused(str(path)) == "encrypted"
    raw = bytearray(Path(zip_of(tmp_path, [("né.txt", b"x")])).read_bytes())
    raw[raw.find(b"PK\x01\x02") + 9] &= ~0x08
    path.write_bytes(raw)
    assert refused(str(path)) == "name_encoding"


def test_no_zip_at_all(tmp_path: Path) -> None:
    path = tmp_path / "s.zip"
    for content in (b"", b"PK", b"PK\x03\x04", b"PK\x05\x06" + bytes(18) + b"x", b"\x00" * 100, b"x" * 10_000):
        path.write_bytes(content)
        assert refused(str(path)) in ("no_zip", "bad_zip")
    assert refused(str(tmp_path / "none")) == "unreadable"


def test_a_folder_with_links_pipes_and_depth(tmp_path: Path) -> None:
    (tmp_path / "passwd").symlink_to("/etc/passwd")
    assert refused(str(tmp_path)) == "link"
    (tmp_path / "passwd").unlink()
    (tmp_path / "up").symlink_to("..")
    assert refused(str(tmp_path)) == "link"
    (tmp_path / "up").unlink()
    os.mkfifo(tmp_path / "pipe")
    assert refused(str(tmp_path)) == "link"
    os.unlink(tmp_path / "pipe")
    deep = tmp_path.joinpath(*"abcdefgh")
    deep.mkdir(parents=True)
    (deep / "f").write_text("x")
    assert refused(str(tmp_path)) == "name_long"


def test_large_files(tmp_path: Path) -> None:
    with open(tmp_path / "big.csv", "wb") as file:
        file.truncate(10**9)  # a gigabyte that takes no room
    assert refused(str(tmp_path)) == "large"


def test_packing_gives_the_same_bytes_and_a_manifest(tmp_path: Path) -> None:
    files = read_files(str(HONEST))
    assert packed(files) == packed(files)
    path = tmp_path / "s.zip"
    path.write_bytes(packed(files))
    again = read_files(str(path))
    assert again == files
    assert check(again)
    assert files[MANIFEST] == written(files)


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "examples" / "submissions").iterdir()))
def test_the_examples_are_as_packed(name: str) -> None:
    assert check(read_files(str(ROOT / "examples" / "submissions" / name)))


def test_any_changed_byte_is_named() -> None:
    seed = SystemRandom().randrange(2**32)
    print("seed", seed)
    random = Random(seed)
    files = dict(read_files(str(HONEST)))
    for number in range(25):
        name = random.choice([each for each in files if each != MANIFEST and files[each]])
        at, content = random.randrange(len(files[name])), bytearray(files[name])
        content[at] ^= random.randint(1, 255)
        with pytest.raises(SubmissionError) as caught:
            check({**files, name: bytes(content)})
        assert caught.value.code == "submission.byte_changed"
        assert caught.value.params["at"] == at
        assert name in str(caught.value)
        longer, two = files[name] + b"\n", bytes(reversed(files[name]))
        for other, code in () if number > 4 else ((longer, "file_length"), (two, "file_changed")):
            with pytest.raises(SubmissionError) as caught:
                check({**files, name: other})
            assert caught.value.code == f"submission.{code}" or other == files[name]


def test_the_first_of_several_changed_bytes_is_named() -> None:
    files = dict(read_files(str(HONEST)))
    old = files["room.toml"]

    def told(content: bytes) -> str:
        with pytest.raises(SubmissionError) as caught:
            check({**files, "room.toml": content})
        return caught.value.text("en")

    def changed(*places: int) -> bytes:
        other = bytearray(old)
        for at in places:
            other[at] ^= 3
        return bytes(other)

    for places in ((70, 700, 900), (70, 75), (70, 80), (70, 72, 75)):
        assert "the first changed byte is 70 " in told(changed(*places))
    assert "within bytes 64 to 79 " in told(changed(70, 72, 75, 77))
    assert "the first changed byte is 70 " in told(old[:70] + b"\0\1\2" + old[70:])
    assert "the first changed byte is 70 " in told(old[:70] + old[71:])
    assert f"the first changed byte is {len(old) - 1} " in told(old[:-1])
    assert "within bytes 64 to 79 " in told(old[:70] + old[73:])
    assert f"the first changed byte is {len(old)} " in told(old + b"\n# more\n")
    assert "SHA-256" in told(changed(70, 72, 75))


def test_missing_added_and_malformed_manifest() -> None:
    files = dict(read_files(str(HONEST)))
    without = {name: content for name, content in files.items() if name != "survey.csv"}
    for changed, code in (
        (without, "file_missing"),
        ({**without, "readings.csv": files["survey.csv"]}, "file_renamed"),
        ({**files, "extra.txt": b"x"}, "file_added"),
        ({**files, MANIFEST: b"nonsense\n"}, "manifest_line"),
        ({**files, MANIFEST: files[MANIFEST] * 2}, "manifest_line"),
        ({**files, MANIFEST: b"\xff"}, "manifest_line"),
        ({**files, MANIFEST: b"0" * 64 + b"  ../x\n"}, "name_outside"),
    ):
        with pytest.raises(SubmissionError) as caught:
            check(changed)
        assert caught.value.code == f"submission.{code}"


def test_whatever_bytes_a_zip_holds(tmp_path: Path) -> None:
    seed = SystemRandom().randrange(2**32)
    print("seed", seed)
    random, good = Random(seed), packed(read_files(str(HONEST)))
    path = tmp_path / "s.zip"
    for _ in range(600):
        content = bytearray(good)
        for _ in range(random.randint(1, 6)):
            at = random.randrange(len(content))
            if random.random() < 0.2:
                del content[at : at + random.randint(1, 50)]
            else:
                content[at] = random.randrange(256)
        path.write_bytes(content)
        with suppress(SubmissionError):
            check(read_files(str(path)))
