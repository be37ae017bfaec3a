"""PNG pictures that a design may show: checked by their content, bounded, and stripped to what draws.

A picture of a stranger is never handed on as it came: every chunk's checksum is tried, the pixels are unpacked within
bounds, and only header, palette, transparency and pixels are kept.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from shieldcalc.errors import ShieldcalcError

LARGEST_FILE = 10_000_000
MOST_PIXELS = 25_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}


class PngError(ShieldcalcError):
    """A picture that is none, or is too large; the words say why."""


class Png(NamedTuple):
    """A picture: its size in pixels and its bytes, stripped."""

    width: int
    height: int
    content: bytes


def read_png(content: bytes) -> Png:
    """Return a checked and stripped picture; raise PngError otherwise."""
    if not content.startswith(_SIGNATURE):
        raise PngError("png.beginning")
    chunks = list(_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13 or chunks[-1][0] != b"IEND":
        raise PngError("png.ends")
    width, height, depth, kind, packing, filtering, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if depth not in _DEPTHS.get(kind, ()) or packing or filtering or interlaced > 1:
        raise PngError("png.header")
    if not (width and height and width * height <= MOST_PIXELS):
        raise PngError("png.size", width=width, height=height, most=MOST_PIXELS)
    if kind == 3 and not any(name == b"PLTE" for name, _ in chunks):
        raise PngError("png.palette")
    row = (width * depth * _CHANNELS[kind] + 7) // 8 + 1
    _unpacked(b"".join(data for name, data in chunks if name == b"IDAT"), row * height, bool(interlaced))
    kept = (_chunk(name, data) for name, data in chunks if name in _KEPT)
    return Png(width, height, _SIGNATURE + b"".join(kept))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(content):
        if at + 12 > len(content):
            raise PngError("png.cut_off")
        (size,) = struct.unpack_from(">I", content, at)
        name, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        if at + 12 + size > len(content):
            raise PngError("png.cut_off")
        if struct.unpack_from(">I", content, at + 8 + size)[0] != zlib.crc32(name + data):
            raise PngError("png.checksum")
        yield name, data
        at += 12 + size
        if name == b"IEND":
            return


def _unpacked(packed: bytes, expected: int, interlaced: bool) -> None:
    """Unpack within bounds, keeping nothing; raise PngError unless the pixels are all there and no more."""
    most = expected * 2 + 4096 if interlaced else expected
    unpacker, size, feed = zlib.decompressobj(), 0, packed
    try:
        while feed and size <= most:
            size += len(unpacker.decompress(feed, 1 << 20))
            feed = unpacker.unconsumed_tail
    except zlib.error as error:
        raise PngError("png.unpack") from error
    if size > most or (size < expected) or not unpacker.eof:
        raise PngError("png.pixels")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
