"""The JSON Schema of the design file, for editors; the meaning of each key comes from docs/design-file.md.

Written anew by ``python -m shieldcalc.model.loader.json_schema > data/schemas/design-1.json`` in a checkout; with the
argument ``site`` that of the site file, whose keys docs/site-file.md describes, with ``facility`` that of the facility
file (docs/facility-file.md). Not imported by ``load``: this needs
the whole of pydantic.
"""

import re
from os.path import dirname, join
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from shieldcalc.model.loader.facility_schema import facility
from shieldcalc.model.loader.schema import FORMAT, core
from shieldcalc.model.loader.site_schema import site
from shieldcalc.resources import data_root

_HEADING = re.compile(r"`\[*([a-z_0-9.]+)\]*`")
_ROW = re.compile(r"\| `([a-z_0-9]+)` \| ([^|]+) \| ([^|]+) \|")


class _Generator(GenerateJsonSchema):
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out the None that stands for an absent key: TOML cannot say it."""
        return self.generate_inner(schema["schema"])

    def get_title_from_name(self, name: str) -> str:
        """Return the key itself."""
        return name


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) that ``schema.core`` describes."""
    return _written("design", core(), _pages("design-file.md"))


def site_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of the site file; what lies beyond a point is as in a design file."""
    return _written("site", site(), _pages("design-file.md", "site-file.md"))


def facility_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of the facility file."""
    return _written("facility", facility(), _pages("facility-file.md"))


def _pages(*names: str) -> dict[str, dict[str, str]]:
    """Return the keys of several pages, those of the later ones first."""
    found: dict[str, dict[str, str]] = {}
    for name in names:
        with open(join(dirname(data_root()), "docs", name), encoding="utf-8") as page:
            found |= documented(page.read())
    return found


def _written(name: str, schema: core_schema.CoreSchema, meanings: dict[str, dict[str, str]]) -> dict[str, Any]:
    generated = _Generator().generate(schema, mode="validation")
    _describe(generated, "", meanings)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"shieldcalc/{name}/{FORMAT}",
        "title": f"shieldcalc {name} file",
        **generated,
    }


def documented(page: str) -> dict[str, dict[str, str]]:
    """Return key and meaning of each row under each heading, by the last part of the heading's table name."""
    found: dict[str, dict[str, str]] = {}
    names: list[str] = []
    for line in page.splitlines():
        if line.startswith("#"):
            names = [name.split(".")[-1] for name in _HEADING.findall(line)] or [""]
        elif row := _ROW.match(line):
            for name in names:
                found.setdefault(name, {})[row[1]] = f"{row[2].strip()}: {row[3].strip()}".replace("`", "")
    if "door" in found:
        found["window"] = found["control_window"] = found["door"]
    return found


def _describe(node: dict[str, Any], name: str, meanings: dict[str, dict[str, str]]) -> None:
    for key, child in node.get("properties", {}).items():
        child["description"] = ". ".join(filter(None, (meanings[name][key], child.get("description"))))
        _describe(child, key, meanings)
    if "items" in node:
        _describe(node["items"], name, meanings)


if __name__ == "__main__":
    import sys
    from json import dumps

    kinds = {"design": json_schema, "site": site_schema, "facility": facility_schema}
    print(dumps(kinds[(*sys.argv[1:], "design")[0]](), indent=1, ensure_ascii=False))
