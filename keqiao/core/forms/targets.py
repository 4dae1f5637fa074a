"""Rows of targets: the minima of the category stand fixed, higher values may be promised, own ones added."""

from collections.abc import Iterable, Mapping
from typing import Any

from keqiao.core.forms.specification import Specification
from keqiao.core.programme.targets import Target


def target_rows(specification: Specification, rows: Any = None) -> tuple[dict[str, Any], ...]:
    """The rows to show: one for each target of the category in order, then the applicant's own.

    ``rows`` are those answered so far. A row of the call that was not answered yet stands at its minimum; ``metric``,
    ``op`` and ``unit`` of such a row are those of the call, whatever was answered.
    """
    answered = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []
    by_target = {row.get("target"): row for row in answered if row.get("target")}
    ours = tuple(_row(each.fact, by_target.get(each.fact.id)) for each in specification.targets)
    known = {each.fact.id for each in specification.targets}
    own = (dict(row) for row in answered if row.get("target") not in known)
    return (*ours, *own)


def locked(specification: Specification) -> Mapping[str, Target]:
    """The targets of the category by id: what of their rows nobody but the office changes."""
    return {each.fact.id: each.fact for each in specification.targets}


def _row(target: Target, answered: Mapping[str, Any] | None) -> dict[str, Any]:
    said = answered or {}
    row = {"target": target.id, "metric": target.metric, "op": target.comparator, "value": said.get("value")}
    if row["value"] is None:
        row["value"] = target.value if isinstance(target.value, int) else f"{target.value:f}"
    return {
        key: value
        for key, value in {**row, "unit": target.unit, "basis": said.get("basis")}.items()
        if value is not None
    }


def own_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The rows that the applicant added."""
    return tuple(row for row in rows if not row.get("target"))
