"""Packing a submission: the same folder gives the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from shieldcalc.verify.archive import Files
from shieldcalc.verify.manifest import MANIFEST, written

_OLDEST = (1980, 1, 1, 0, 0, 0)


def packed(files: Files) -> bytes:
    """Return a zip of the files with a fresh manifest as its first member."""
    complete = {MANIFEST: written(files), **{name: files[name] for name in sorted(files) if name != MANIFEST}}
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as sink:
        for name, content in complete.items():
            part = ZipInfo(name, _OLDEST)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o100644 << 16
            sink.writestr(part, content)
    return target.getvalue()
