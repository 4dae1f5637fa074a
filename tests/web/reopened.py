"""Calls of past years as if they took applications now: the same rules, with days that lie ahead."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from keqiao.core.programme import Programme
from keqiao.readers.programmes import demonstration


def reopened(name: str, until: date, **statements: Any) -> Programme:
    """The demonstration's definition with this id; it opens at once and closes on ``until`` throughout."""
    values = demonstration(name).model_dump(mode="json", exclude_defaults=True)
    return Programme.model_validate({**_with_days(values, str(until)), **statements})


def _with_days(node: Any, until: str) -> Any:
    if isinstance(node, list):
        return [_with_days(each, until) for each in node]
    if not isinstance(node, Mapping):
        return node
    kept = {key: _with_days(value, until) for key, value in node.items() if key != "opens"}
    if isinstance(kept.get("deadline"), Mapping):
        kept["deadline"] = {"on": until}
    return {**kept, "date": until} if kept.get("type") == "deadline" and "date" in kept else kept
