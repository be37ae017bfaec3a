"""Refusing a file of another program, and reading it within bounds."""

import os

from shieldcalc.errors import ShieldcalcError


class ImportRefusedError(ShieldcalcError):
    """A drawing, picture or workbook that cannot be used."""


def read_bounded(path: str, most: int) -> bytes:
    """Return the content of a file of at most ``most`` bytes; raise ImportRefusedError otherwise."""
    if os.path.isdir(path):
        raise ImportRefusedError("import.folder", file=path)
    if os.path.exists(path) and not os.path.isfile(path):
        raise ImportRefusedError("import.no_plain_file", file=path)
    try:
        with open(path, "rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportRefusedError("import.unreadable", file=path, reason=reason) from error
    if len(content) > most:
        raise ImportRefusedError("import.too_large", file=path, most=most)
    return content
