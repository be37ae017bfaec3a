"""A private folder that holds the files of one submission while it is read, and is gone afterwards."""

import os
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from shieldcalc.verify.archive import Files
from shieldcalc.verify.refusal import SubmissionError


class Workplace:
    """A folder that only this user can read with exactly these files in it, made when a path is first asked for.

    Leaving its ``with`` removes it.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._made: TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._made is not None:
            self._made.cleanup()

    def path(self, name: str = "") -> str:
        """Return the path of one file of the submission; that of the folder without a name."""
        if self._made is None:
            self._made = TemporaryDirectory(prefix="shieldcalc-")
            for each, content in self._files.items():
                self._write(self._made.name, each, content)
        return os.path.join(self._made.name, *name.split("/")) if name else self._made.name

    @staticmethod
    def _write(top: str, name: str, content: bytes) -> None:
        place = os.path.join(top, *name.split("/"))
        try:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "xb") as file:
                file.write(content)
        except OSError as error:  # a name that this system does not take: told by the name, not by the private path
            raise SubmissionError("submission.unreadable", file=name, reason=error.strerror or str(error)) from error
