"""Reading a submission, folder or zip, within bounds (data/limits.csv); nothing is unpacked to disk here.

Every file is read once into memory; whatever is hashed is what is used. Sizes that an archive declares are never
trusted: reading stops at the bound.
"""

import os
import stat
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from struct import unpack
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from shieldcalc.model.loader.limits import limit
from shieldcalc.verify.names import checked, same, spelt
from shieldcalc.verify.refusal import SubmissionError

Files = Mapping[str, bytes]
_END, _END_BYTES = b"PK\x05\x06", 22
_ENCRYPTED, _UTF8 = 0x1, 0x800
_PACKED = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"\xfd7zXZ",
    b"BZh",
    b"\x28\xb5\x2f\xfd",
)
_DOCUMENTS = (
    ".xlsx",
    ".docx",
    ".pptx",
    ".ods",
    ".odt",
)  # zips inside, opened by their own bounded reader or not at all
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class _Sum:
    """The files read so far, within the bounds of all of them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._seen: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._bytes = 0

    def room(self) -> int:
        """Return how many bytes the next file may have."""
        return min(limit("submission_file_bytes"), limit("submission_bytes") - self._bytes)

    def name(self, name: str) -> str:
        """Return a name checked, counted and not yet taken."""
        plain = checked(name)
        own = same(plain)
        if (first := self._seen.setdefault(own, name)) != name or plain in self.files:
            raise SubmissionError("submission.name_twice", name=spelt(name), first=spelt(first))
        self._folders |= dict.fromkeys(_above(own), name)
        for folder in (own, *_above(own)):
            if folder in self._folders and folder in self._seen:
                file, inner = self._seen[folder], self._folders[folder]
                raise SubmissionError("submission.name_folder", name=spelt(file), inner=spelt(inner))
        if len(self._seen) > limit("submission_files"):
            raise SubmissionError("submission.many_files", most=limit("submission_files"))
        return plain

    def add(self, name: str, content: bytes) -> None:
        """Keep one file; refuse it where it is too large or an archive."""
        if len(content) > self.room():
            most, total = limit("submission_file_bytes"), limit("submission_bytes")
            raise SubmissionError("submission.large", name=spelt(name), most=most, total=total)
        if content.startswith(_PACKED) and not name.lower().endswith(_DOCUMENTS):
            raise SubmissionError("submission.nested", name=spelt(name))
        self._bytes += len(content)
        self.files[name] = content


def _above(name: str) -> list[str]:
    """Return every folder above a name."""
    parts = name.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def read_files(path: str) -> Files:
    """Return every file of a submission by its name, in the order of names; raise SubmissionError otherwise."""
    try:
        found = _folder(path) if os.path.isdir(path) else _zip(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SubmissionError("submission.unreadable", file=path, reason=reason) from error
    return dict(sorted(found.items()))


def _folder(top: str) -> Files:
    found = _Sum()
    for name, entry in _entries(top, ""):
        if entry.is_symlink() or not entry.is_file(follow_symlinks=False):
            raise SubmissionError("submission.link", name=spelt(name))
        plain = found.name(name)
        found.add(plain, _content(entry.path, name, found.room()))
    return found.files


def _entries(folder: str, above: str) -> Iterable[tuple[str, "os.DirEntry[str]"]]:
    """Yield every file below a folder with its name from the top; links to folders are yielded, never followed."""
    if above.count("/") > limit("submission_folders"):
        raise SubmissionError("submission.name_long", name=spelt(above), most=limit("submission_name_characters"),
                              folders=limit("submission_folders"))  # fmt: skip
    with os.scandir(folder) as listed:
        for number, entry in enumerate(listed):
            if number > limit("submission_files"):
                raise SubmissionError("submission.many_files", most=limit("submission_files"))
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(entry.path, f"{above}{entry.name}/")
            else:
                yield f"{above}{entry.name}", entry


def _content(path: str, name: str, most: int) -> bytes:
    """Return the bytes of a plain file, looked at again once it is open."""
    handle = os.open(path, _READ)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise SubmissionError("submission.link", name=spelt(name))
        return file.read(most + 1)


def _zip(path: str) -> Files:
    if os.path.exists(path) and not os.path.isfile(path):
        raise SubmissionError("submission.no_plain_file", file=path)
    with open(path, "rb") as file:
        raw = file.read(limit("submission_zip_bytes") + 1)
    if len(raw) > limit("submission_zip_bytes"):
        raise SubmissionError("submission.zip_large", file=path, most=limit("submission_zip_bytes"))
    _ending(path, raw)
    try:
        with ZipFile(BytesIO(raw)) as packed:
            return _members(packed)
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, KeyError) as error:
        raise SubmissionError("submission.bad_zip", file=path, reason=_plain_reason(error)) from error


def _plain_reason(error: Exception) -> str:
    return spelt(" ".join(str(error).split()) or type(error).__name__)


def _ending(path: str, raw: bytes) -> None:
    """Refuse, before anything is parsed, what is no plain zip or lists more files than a submission has."""
    end = raw[-_END_BYTES:]
    if not raw.startswith((b"PK\x03\x04", _END)) or not end.startswith(_END):
        raise SubmissionError("submission.no_zip", file=path)
    _, _, entries, every, size, _, comment = unpack("<HHHHIIH", end[4:])
    if every > 2 * limit("submission_files"):
        raise SubmissionError("submission.many_files", most=limit("submission_files"))
    if comment or entries != every or size > 1000 * limit("submission_files"):
        raise SubmissionError("submission.no_zip", file=path)


def _members(packed: ZipFile) -> Files:
    found = _Sum()
    for member in packed.infolist():
        name = member.orig_filename
        if name.endswith("/") and not member.file_size:
            checked(name.rstrip("/"))
            continue
        _fit(member, name)
        plain = found.name(name)
        found.add(plain, _unpacked(packed, member, name, found.room()))
    return found.files


def _fit(member: ZipInfo, name: str) -> None:
    """Refuse a member that is a link, encrypted, packed in another way, or said to unpack to too much."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise SubmissionError("submission.link", name=spelt(name))
    if member.flag_bits & _ENCRYPTED:
        raise SubmissionError("submission.encrypted", name=spelt(name))
    if not member.flag_bits & _UTF8 and not name.isascii():
        raise SubmissionError("submission.name_encoding", name=spelt(name))
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise SubmissionError("submission.packing", name=spelt(name))
    if member.file_size > limit("submission_ratio") * max(1, member.compress_size):
        raise SubmissionError("submission.ratio", name=spelt(name), most=limit("submission_ratio"))


def _unpacked(packed: ZipFile, member: ZipInfo, name: str, most: int) -> bytes:
    with packed.open(member) as file:
        content = file.read(most + 1)
    if len(content) > limit("submission_ratio") * max(1, member.compress_size):
        raise SubmissionError("submission.ratio", name=spelt(name), most=limit("submission_ratio"))
    return content
