"""The manifest of a submission: the SHA-256 of every other file, in the format that ``sha256sum --check`` reads.

Remarks below the digests give the length n of each file and two sums over its bytes b_i (i = 0 ... n - 1): S = sum b_i
and W = sum (n - i) b_i. Where one byte has been changed by d at i, S grew by d and W by (n - i) d: the byte is named.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import accumulate
from typing import NamedTuple

from shieldcalc.verify.archive import Files
from shieldcalc.verify.names import checked, spelt
from shieldcalc.verify.refusal import SubmissionError

MANIFEST = "manifest.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_SUMS = re.compile(r"# ([0-9]{1,12}) ([0-9]{1,15}) ([0-9]{1,24})  (.+)")


class Sums(NamedTuple):
    """Length of a file, sum of its bytes, sum of its bytes weighted by their distance from the end."""

    length: int
    plain: int
    weighted: int


def digest(content: bytes) -> str:
    """Return the SHA-256 of a content in hexadecimal."""
    return sha256(content).hexdigest()


def written(files: Files) -> bytes:
    """Return the manifest of every file but the manifest itself."""
    names = sorted(name for name in files if name != MANIFEST)
    digests = [f"{digest(files[name])}  {name}\n" for name in names]
    return "".join([*digests, *("# {} {} {}  {}\n".format(*sums(files[name]), name) for name in names)]).encode()


def sums(content: bytes) -> Sums:
    """Return the length of a content and its two sums."""
    return Sums(len(content), sum(content), sum(accumulate(content)))


def check(files: Files) -> bool:
    """Return whether there is a manifest; raise SubmissionError naming the file that is changed, missing or added."""
    if MANIFEST not in files:
        return False
    listed = _read(files[MANIFEST])
    for name, wanted in listed.items():
        if name not in files:
            raise SubmissionError("submission.file_missing", name=spelt(name))
        if digest(files[name]) != wanted:
            raise _changed(name, files[name], wanted, _sums(files[MANIFEST], name))
    if added := [name for name in files if name not in listed and name != MANIFEST]:
        raise SubmissionError("submission.file_added", name=spelt(added[0]))
    return True


def _changed(name: str, content: bytes, wanted: str, packed: Sums | None) -> SubmissionError:
    """Return what is known of a change: the one byte, or that the length is another, or the file alone."""
    told: dict[str, object] = {"name": spelt(name), "wanted": wanted, "found": digest(content)}
    if packed is None:
        return SubmissionError("submission.file_changed", **told)
    found = sums(content)
    if found.length != packed.length:
        return SubmissionError("submission.file_length", was=packed.length, now=found.length, **told)
    by, weighted = found.plain - packed.plain, found.weighted - packed.weighted
    at = found.length - weighted // by if by and weighted % by == 0 else -1
    if 0 <= at < found.length and 0 <= content[at] - by <= 255:
        before = content[:at] + bytes([content[at] - by]) + content[at + 1 :]
        if digest(before) == wanted:
            line = content.count(b"\n", 0, at) + 1
            bytes_told = {"was": f"0x{content[at] - by:02x}", "now": f"0x{content[at]:02x}"}
            return SubmissionError("submission.byte_changed", at=at, line=line, **bytes_told, **told)
    return SubmissionError("submission.file_changed", **told)


def _sums(content: bytes, name: str) -> Sums | None:
    """Return what the manifest remarks of a file; None where it does not."""
    remarks: Iterable[re.Match[str]] = filter(None, map(_SUMS.fullmatch, content.decode().splitlines()))
    return next((Sums(int(each[1]), int(each[2]), int(each[3])) for each in remarks if each[4] == name), None)


def _read(content: bytes) -> dict[str, str]:
    listed: dict[str, str] = {}
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError as error:
        raise SubmissionError("submission.manifest_line", line=1) from error
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None or checked(match[2]) in listed:
            raise SubmissionError("submission.manifest_line", line=number)
        listed[checked(match[2])] = match[1]
    return listed
