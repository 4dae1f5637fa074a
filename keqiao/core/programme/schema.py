"""The published JSON Schema of definitions."""

from typing import Any

from keqiao.core.programme.types import Programme


def json_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of a definition as it is written in YAML or JSON."""
    schema = Programme.model_json_schema(mode="validation")
    about = "A call of a science association as data. Amounts in fen, dates Asia/Shanghai."
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Keqiao programme definition",
        "description": about,
    }
