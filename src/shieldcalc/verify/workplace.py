"""A private folder that holds the files of one submission while it is read, and is gone afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from shieldcalc.verify.archive import Files


@contextmanager
def workplace(files: Files) -> Iterator[str]:
    """Yield a folder that only this user can read with exactly these files in it; remove it at the end."""
    with TemporaryDirectory(prefix="shieldcalc-") as top:
        for name, content in files.items():
            place = os.path.join(top, *name.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "xb") as file:
                file.write(content)
        yield top
