"""From the parsed file to a tree of values in the units of ``Design``; every key that cannot be used is a problem."""

from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic_core import CoreSchema, ErrorDetails, SchemaValidator, ValidationError

from shieldcalc.errors import hint, nearest
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import MOST_REPORTED, Problems
from shieldcalc.model.loader.schema import core
from shieldcalc.model.loader.values import SHOWN, shown

Tree = dict[str, Any]


Schema = Callable[[], CoreSchema]


@cache
def _validator(schema: Schema) -> SchemaValidator:
    return SchemaValidator(schema())


def read_structure(raw: Tree, problems: Problems, schema: Schema = core) -> Tree:
    """Return the file's values, None wherever something was refused or left out; add a problem for each refusal.

    ``schema`` is that of the kind of file: a design's unless another is given.
    """
    validator = _validator(schema)
    try:
        return dict(validator.validate_python(raw))
    except ValidationError as error:
        details = error.errors(include_url=False)
    usable = _copy(raw)
    for detail in details[: 10 * MOST_REPORTED]:
        if detail["type"] == "extra_forbidden":
            problems.misspelt.update(_meant(detail, schema))
    for detail in details:
        if len(problems.found) < MOST_REPORTED:
            _report(detail, problems, schema)
        _set_aside(usable, detail)
    return dict(validator.validate_python(usable))


def _meant(detail: ErrorDetails, schema: Schema) -> list[Path]:
    """Return the path that an unknown key was probably meant to be."""
    *table, key = detail["loc"]
    guess = nearest(str(key)[:SHOWN], keys_at(tuple(table), schema))
    return [(*table, guess)] if guess else []


def _copy(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _copy(child) for key, child in node.items()}
    return [_copy(child) for child in node] if isinstance(node, list) else node


def _set_aside(usable: Tree, detail: ErrorDetails) -> None:
    """Put None where a value was refused or missing, drop a key that nobody knows."""
    node: Any = usable
    for part in detail["loc"][:-1]:
        node = node[part]
    if detail["type"] == "extra_forbidden":
        del node[detail["loc"][-1]]
    else:
        node[detail["loc"][-1]] = None


def _report(detail: ErrorDetails, problems: Problems, schema: Schema) -> None:
    path: Path = tuple(detail["loc"])
    if detail["type"] == "missing":
        if path in problems.misspelt:
            return
        problems.say(path, "design.missing_key", allowed=", ".join(keys_at(path[:-1], schema)))
    elif detail["type"] == "extra_forbidden":
        allowed = keys_at(path[:-1], schema)
        guess = "".join(str(meant[-1]) for meant in _meant(detail, schema))
        params = {"key": shown(path[-1]), "allowed": ", ".join(allowed), "guess": guess, "hint": hint(guess)}
        problems.say(path, "design.unknown_key", **params)
    else:
        problems.say(path, detail["ctx"]["code"], **detail["ctx"]["params"])


def keys_at(path: Path, schema: Schema = core) -> list[str]:
    """Return the keys that the table at a path may hold."""
    node: Any = schema()
    for part in (None, *path):
        while node["type"] != "typed-dict" and "schema" in node:
            node = node["schema"]
        if part is not None:
            node = node["items_schema"] if isinstance(part, int) else node["fields"][part]["schema"]
    while node["type"] != "typed-dict":
        node = node["schema"]
    return list(node["fields"])
