"""Files that a design or a site names: in its own folder or below, links followed, nowhere else."""

import os


def below(name: str, named_in: str) -> str | None:
    """Return the real path of a file named in another file; None where it leads out of that file's folder."""
    if os.path.isabs(name) or "\\" in name or ".." in name.split("/"):
        return None
    folder = os.path.realpath(os.path.dirname(os.path.abspath(named_in)))
    real = os.path.realpath(os.path.join(folder, name))
    return real if os.path.commonpath([folder, real]) == folder else None
