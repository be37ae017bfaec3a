"""What a stranger's code raised: whether it is the user who stops the run, and words for it that never fail."""

from dis import opname

from shieldcalc.errors import Notice, ShieldcalcError
from shieldcalc.plugin_apart import StoppedError
from shieldcalc.texts import MissingTextError

LONGEST = 500
NO_DOSE = ("warnings.plugin_method", "warnings.plugin_needed")  # notices of a result without any dose


def stops(error: BaseException) -> bool:
    """Say whether an exception is the user's Ctrl-C, and not one that the code raised by itself.

    The interpreter puts the user's between two instructions; what code raises comes out of its own ``raise``.
    """
    trace = error.__traceback__
    if not isinstance(error, KeyboardInterrupt) or trace is None:
        return isinstance(error, KeyboardInterrupt)
    while trace.tb_next is not None:
        trace = trace.tb_next
    return opname[trace.tb_frame.f_code.co_code[trace.tb_lasti]] not in ("RAISE_VARARGS", "RERAISE")


def passes(error: BaseException) -> bool:
    """Say whether an exception goes its way: a refusal that shieldcalc tells in a line, or the user's Ctrl-C."""
    return stops(error) or (isinstance(error, ShieldcalcError) and has_words(error.notice()))


def has_words(notice: Notice) -> bool:
    """Say whether a notice can be told: its text exists and its parameters fill it."""
    try:
        notice.text().encode()
    except (MissingTextError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False
    return True


def reason_of(error: BaseException) -> str | Notice:
    """Return a line that says what was raised: of a refusal its sentence, else the type and what it says."""
    if isinstance(error, StoppedError):
        return error.notice
    if isinstance(error, ShieldcalcError) and has_words(error.notice()):
        return error.text()
    name = writable(type(error).__name__[:LONGEST])
    try:
        said = " ".join(writable(str(error)[:LONGEST]).split())
    except BaseException as raised:  # a stranger's words may raise anything
        if stops(raised):
            raise
        said = ""
    return f"{name}: {said}" if said else name


def writable(text: str) -> str:
    """Return text that any file can hold: half characters (surrogates) are written out."""
    return str.__str__(text).encode("utf-8", "backslashreplace").decode()
