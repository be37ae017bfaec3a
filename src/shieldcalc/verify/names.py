"""Names of files in a submission: relative, plain, below its folder, the same on every system."""

from unicodedata import category, normalize

from shieldcalc.model.loader.limits import limit
from shieldcalc.verify.refusal import SubmissionError

_FORBIDDEN = '\\:*?"<>|'
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
SHOWN = 80


def spelt(name: str) -> str:
    """Return a stranger's name as an error quotes it: on one line, without invisible characters, not too long."""
    text = "".join(f"U+{ord(char):04X}" if category(char) in _INVISIBLE else char for char in name)
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def checked(name: str) -> str:
    """Return a name in composed form; raise SubmissionError where it is none that a submission may hold."""
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or (len(name) > 1 and name[1] == ":"):
        raise SubmissionError("submission.name_outside", name=spelt(name))
    if len(name) > limit("submission_name_characters") or len(parts) > limit("submission_folders") + 1:
        most, folders = limit("submission_name_characters"), limit("submission_folders")
        raise SubmissionError("submission.name_long", name=spelt(name), most=most, folders=folders)
    if not all(map(_plain, parts)):
        raise SubmissionError("submission.name_characters", name=spelt(name))
    return normalize("NFC", name)


def _plain(part: str) -> bool:
    odd = any(char in _FORBIDDEN or category(char) in _INVISIBLE for char in part)
    edges = part != part.strip() or part.startswith(("-", ".")) or part.endswith(".")
    return bool(part) and not odd and not edges and part.partition(".")[0].lower() not in _DEVICES


def same(name: str) -> str:
    """Return what two names must differ in: letters without case, composed."""
    return normalize("NFC", name.casefold())
