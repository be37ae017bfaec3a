"""The manifest of a submission: the SHA-256 of every other file, in the format that ``sha256sum --check`` reads.

Remarks below the digests give the length n of each file and two sums over its bytes b_i (i = 0 ... n - 1): S = sum b_i
and W = sum (n - i) b_i. Where one byte has been changed by d at i, S grew by d and W by (n - i) d: the byte is named.
Below them stand the beginnings of the digests of equal blocks of each file: of more changes, and of a file that grew or
shrank, they give the first byte where it is the only one changed in its block, else the first block. Two bytes changed
in one block by d and e at i and j follow from the sums: d + e = S' - S, (n - i) d + (n - j) e = W' - W; of three in a
small block the first is tried.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import accumulate, combinations, product
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.verify.archive import Files
from shieldcalc.verify.names import checked, spelt
from shieldcalc.verify.refusal import SubmissionError

MANIFEST = "manifest.sha256"
_FIRST = "errors.submission.first"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_BLOCKS = re.compile(r"# ([0-9]{1,9}) ([0-9a-f]+)  (.+)")
BLOCK_BYTES, MOST_BLOCKS, LARGEST_TRIED, MARK = 16, 1024, 512, 12
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
    told = ["# {} {} {}  {}\n".format(*sums(files[name]), name) for name in names]
    told += ["# {} {}  {}\n".format(*blocks(files[name]), name) for name in names if files[name]]
    return "".join([*digests, *told]).encode()


def sums(content: bytes) -> Sums:
    """Return the length of a content and its two sums."""
    return Sums(len(content), sum(content), sum(accumulate(content)))


def blocks(content: bytes, size: int = 0) -> tuple[int, str]:
    """Return the size of a block in bytes, and the beginnings of the digests of all blocks one after the other."""
    size = size or max(BLOCK_BYTES, -(-len(content) // MOST_BLOCKS))
    return size, "".join(digest(content[at : at + size])[:MARK] for at in range(0, len(content), size))


def check(files: Files) -> bool:
    """Return whether there is a manifest; raise SubmissionError naming the file that is changed, missing or added."""
    if MANIFEST not in files:
        return False
    listed = _read(files[MANIFEST])
    for name, wanted in listed.items():
        if name not in files:
            now = next((other for other in files if other not in listed and digest(files[other]) == wanted), None)
            if now is not None:
                raise SubmissionError("submission.file_renamed", name=spelt(name), now=spelt(now))
            raise SubmissionError("submission.file_missing", name=spelt(name))
        if digest(files[name]) != wanted:
            raise _changed(name, files[name], wanted, files[MANIFEST])
    if added := [name for name in files if name not in listed and name != MANIFEST]:
        raise SubmissionError("submission.file_added", name=spelt(added[0]))
    return True


def _changed(name: str, content: bytes, wanted: str, manifest: bytes) -> SubmissionError:
    """Return what is known of a change: the one byte, or the first and the length, or the file alone."""
    packed, first = _sums(manifest, name), _first(manifest, name, content)
    told: dict[str, object] = {"name": spelt(name), "wanted": wanted, "found": digest(content), "first": first}
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


def _first(manifest: bytes, name: str, content: bytes) -> Notice | str:
    """Return where the first change is by the digests of blocks; nothing where the manifest does not have them."""
    packed = next((each for each in _remarks(manifest, _BLOCKS) if each[3] == name), None)
    if packed is None or not int(packed[1]) or len(packed[2]) > MOST_BLOCKS * MARK:
        return ""
    size, were = int(packed[1]), packed[2]
    now = blocks(content[: size * (len(were) // MARK)], size)[1]
    at = next((at for at in range(0, len(now), MARK) if now[at : at + MARK] != were[at : at + MARK]), len(now))
    start = at // MARK * size
    block, wanted = content[start : start + size], were[at : at + MARK]
    only = _only(block, wanted) if size <= LARGEST_TRIED else None
    if only is None and size <= LARGEST_TRIED:
        only = _few(content, start, size, wanted, _sums(manifest, name))
    if only is None:
        last = start + max(len(block), 1) - 1
        return Notice(f"{_FIRST}_block", {"at": start, "last": last, "line": content.count(b"\n", 0, start) + 1})
    return Notice(f"{_FIRST}_byte", {"at": start + only, "line": content.count(b"\n", 0, start + only) + 1})


def _only(block: bytes, wanted: str) -> int | None:
    """Return where the one changed byte of a block stands; None where more are changed."""
    for at, value in product(range(len(block)), range(256)):
        if digest(block[:at] + bytes([value]) + block[at + 1 :])[:MARK] == wanted:
            return at
    return None


def _few(content: bytes, start: int, size: int, wanted: str, packed: Sums | None) -> int | None:
    """Return where the first of two or, in a small block, three changed bytes stands, or of bytes that came or went."""
    found = sums(content)
    if packed is None:
        return None
    if found.length != packed.length:
        length = min(size, packed.length - start)
        return _moved(content[start:], length, found.length - packed.length, wanted)
    block, from_end = content[start : start + size], found.length - start
    left = found.plain - packed.plain, found.weighted - packed.weighted
    at = _pair(block, 0, from_end, left, wanted)
    if at is None and size <= BLOCK_BYTES:
        tried = ((one, value) for one, value in product(range(len(block) - 2), range(256)) if value != block[one])
        at = next((one for one, value in tried if _third(block, one, value, from_end, left, wanted)), None)
    return at


def _moved(content: bytes, length: int, more: int, wanted: str) -> int | None:
    """Return where ``more`` bytes came in, or one went, before the end of a block that had ``length`` bytes."""
    if length <= 0:
        return 0
    if more > 0:
        tried = ((at, content[:at] + content[at + more : more + length]) for at in range(length + 1))
    elif more == -1 and length <= BLOCK_BYTES:
        ways = product(range(length), range(256))
        tried = ((at, content[:at] + bytes([byte]) + content[at : length - 1]) for at, byte in ways)
    else:
        return None
    return next((at for at, before in tried if digest(before)[:MARK] == wanted), None)


def _third(block: bytes, one: int, value: int, from_end: int, left: tuple[int, int], wanted: str) -> bool:
    """Return whether two bytes after ``one`` were changed too, if that one was ``value``."""
    by = block[one] - value
    before = block[:one] + bytes([value]) + block[one + 1 :]
    rest = left[0] - by, left[1] - (from_end - one) * by
    return _pair(before, one + 1, from_end, rest, wanted) is not None


def _pair(block: bytes, first: int, from_end: int, left: tuple[int, int], wanted: str) -> int | None:
    """Return where the first of the two bytes stands, from ``first`` on, that changed both sums by what is ``left``."""
    by, weighted = left
    for one, two in combinations(range(first, len(block)), 2):
        change, rest = divmod(weighted - (from_end - two) * by, two - one)
        were = block[one] - change, block[two] - by + change
        if rest or not all(0 <= each <= 255 for each in were):
            continue
        before = block[:one] + bytes([were[0]]) + block[one + 1 : two] + bytes([were[1]]) + block[two + 1 :]
        if digest(before)[:MARK] == wanted:
            return one
    return None


def _remarks(content: bytes, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    return filter(None, map(pattern.fullmatch, content.decode().splitlines()))


def _sums(content: bytes, name: str) -> Sums | None:
    """Return what the manifest remarks of a file; None where it does not."""
    remarks = _remarks(content, _SUMS)
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
