"""Writing what a command was asked for: never over an input, and either whole or not at all."""

import os
import sys
from typing import TYPE_CHECKING

from shieldcalc.errors import ShieldcalcError

if TYPE_CHECKING:
    from tempfile import _TemporaryFileWrapper


class OutputError(ShieldcalcError):
    """An output that cannot be written."""


class Outputs:
    """Collects finished outputs and writes them together once all of them exist; ``-`` is standard output."""

    def __init__(self, inputs: tuple[str, ...]) -> None:
        self._inputs = inputs
        self._ready: list[tuple[str, bytes]] = []

    def refuse_inputs(self, *targets: str | None) -> None:
        """Raise OutputError when a target is one of the inputs, is named twice, or has no folder to stand in."""
        named = [target for target in targets if target not in (None, "-")]
        for target in named:
            if target is not None:
                self._refuse(target)
        if len({os.path.realpath(target) for target in named if target}) < len(named):
            raise OutputError("output_twice", file=named[0])

    def _refuse(self, target: str) -> None:
        real = os.path.realpath(target)
        if any(real == os.path.realpath(source) or _same(real, source) for source in self._inputs):
            raise OutputError("output_is_input", file=target)
        if os.path.isdir(real) or not os.path.isdir(os.path.dirname(real)):
            raise OutputError("output_folder", file=target)

    def add(self, target: str, content: bytes) -> None:
        """Keep one finished output."""
        self._ready.append((target, content))

    def write(self) -> None:
        """Write every output: each file through a temporary one beside it, so that none is ever half-written."""
        for target, content in self._ready:
            if target == "-":
                sys.stdout.buffer.write(content)
                sys.stdout.buffer.flush()
            else:
                _replace(target, content)


def _same(left: str, right: str) -> bool:
    try:
        return os.path.samefile(left, right)
    except OSError:
        return False


def _move(file: "_TemporaryFileWrapper[bytes]", content: bytes, place: str) -> None:
    """Fill a temporary file and put it where it belongs; where that fails nothing is left of it."""
    try:
        with file:
            file.write(content)
        os.chmod(file.name, 0o644)
        os.replace(file.name, place)
    except OSError:
        os.unlink(file.name)
        raise


def _replace(target: str, content: bytes) -> None:
    from tempfile import NamedTemporaryFile

    try:
        if os.path.exists(target) and not os.path.isfile(target):  # a device or pipe is written to, never replaced
            with open(target, "wb") as device:
                device.write(content)
            return
        place = os.path.realpath(target)
        file = NamedTemporaryFile(dir=os.path.dirname(place), prefix=".shieldcalc-", delete=False)  # noqa: SIM115
        _move(file, content, place)
    except OSError as error:
        raise OutputError("output_failed", file=target, reason=error.strerror or str(error)) from error
