"""The manifest of a submission: the SHA-256 of every other file, in the format that ``sha256sum --check`` reads."""

import re
from hashlib import sha256

from shieldcalc.verify.archive import Files
from shieldcalc.verify.names import checked, spelt
from shieldcalc.verify.refusal import SubmissionError

MANIFEST = "manifest.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def digest(content: bytes) -> str:
    """Return the SHA-256 of a content in hexadecimal."""
    return sha256(content).hexdigest()


def written(files: Files) -> bytes:
    """Return the manifest of every file but the manifest itself."""
    return "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files) if name != MANIFEST).encode()


def check(files: Files) -> bool:
    """Return whether there is a manifest; raise SubmissionError naming the file that is changed, missing or added."""
    if MANIFEST not in files:
        return False
    listed = _read(files[MANIFEST])
    for name, wanted in listed.items():
        if name not in files:
            raise SubmissionError("submission.file_missing", name=spelt(name))
        if (found := digest(files[name])) != wanted:
            raise SubmissionError("submission.file_changed", name=spelt(name), wanted=wanted, found=found)
    if added := [name for name in files if name not in listed and name != MANIFEST]:
        raise SubmissionError("submission.file_added", name=spelt(added[0]))
    return True


def _read(content: bytes) -> dict[str, str]:
    listed: dict[str, str] = {}
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError as error:
        raise SubmissionError("submission.manifest_line", line=1) from error
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None or checked(match[2]) in listed:
            raise SubmissionError("submission.manifest_line", line=number)
        listed[checked(match[2])] = match[1]
    return listed
