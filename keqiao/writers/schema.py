"""Writes the JSON Schema of definitions to ``docs/schema/programme.schema.json``."""

import json
from pathlib import Path

from keqiao.core.programme.schema import json_schema

SCHEMA = Path("docs/schema/programme.schema.json")


def schema_text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    SCHEMA.parent.mkdir(parents=True, exist_ok=True)
    SCHEMA.write_text(schema_text(), encoding="utf-8")
