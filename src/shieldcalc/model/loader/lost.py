"""Names in a file that a plugin would give that cannot be used: what needs them is undetermined, not refused."""

from collections.abc import Callable

from shieldcalc.errors import LOST, Notice, Problem
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.loader.problems import Problems

CODE = f"design.{LOST}"
JUDGED = ("material", "nuclide", "workload distribution")  # without them a room is read; its doses are not known


def name_lost(problems: Problems, catalog: Catalog) -> None:
    """Say of every unknown name that a plugin would give which plugin that is, and why it does not."""
    problems.found = [told(problem, catalog.lost) for problem in problems.found]
    of = tuple(_source(problem.key) for problem in problems.found if _is_lost(problem) and not _is_judged(problem))
    problems.found = [each for each in problems.found if _is_lost(each) or not each.key.startswith(of)]


def taken_lost(problems: Problems) -> tuple[Notice, ...]:
    """Return what a room can be judged without, taken from its problems; nothing where something else is wrong too."""
    if not all(map(_is_judged, problems.found)):
        return ()
    by_name = {(problem.params["kind"], problem.params["name"]): problem.params for problem in problems.found}
    problems.found = []
    return tuple(Notice(f"errors.{LOST}", params) for params in by_name.values())


def told(problem: Problem, lost: Callable[[str, str], Notice | None]) -> Problem:
    """Return a problem as it is, or which plugin would give the name that it does not know, and why it does not."""
    kind, name = problem.params.get("kind"), problem.params.get("name")
    if not problem.code.endswith("unknown_name") and kind != "nuclide":
        return problem
    why = lost(str(kind), str(name).strip("'"))  # a problem may hold the name in quotes
    return problem if why is None else problem._replace(code=CODE, params=why.params)


def _is_lost(problem: Problem) -> bool:
    return problem.code == CODE


def _is_judged(problem: Problem) -> bool:
    return _is_lost(problem) and problem.params["kind"] in JUDGED


def _source(key: str) -> str:
    """Return how the keys of the source begin that a key is of: what else is wrong there may follow from it."""
    return ".".join(key.split(".")[:2]) + "."
