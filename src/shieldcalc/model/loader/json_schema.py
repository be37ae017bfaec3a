"""The JSON Schema of the design file, for editors.

Written anew by ``python -m shieldcalc.model.loader.json_schema > data/schemas/design-1.json``. Not imported by
``load``: this needs the whole of pydantic.
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from shieldcalc.model.loader.schema import FORMAT, core


class _Generator(GenerateJsonSchema):
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out the None that stands for an absent key: TOML cannot say it."""
        return self.generate_inner(schema["schema"])

    def get_title_from_name(self, name: str) -> str:
        """Return the key itself."""
        return name


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) that ``schema.core`` describes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"shieldcalc/design/{FORMAT}",
        "title": "shieldcalc design file",
        **_Generator().generate(core(), mode="validation"),
    }


if __name__ == "__main__":
    from json import dumps

    print(dumps(json_schema(), indent=1, ensure_ascii=False))
