"""Findings as they lie in the database, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from keqiao.core.findings import Finding, Source, Weight


def to_values(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as plain values."""
    return [_values(finding) for finding in findings]


def _values(finding: Finding) -> dict[str, Any]:
    said: dict[str, Any] = {"code": finding.code, "weight": finding.weight.value}
    if finding.values:
        said["values"] = {name: list(v) if isinstance(v, tuple) else v for name, v in finding.values.items()}
    if finding.source is not None:
        said["source"] = finding.source.model_dump(mode="json", exclude_none=True)
    if finding.at:
        said["at"] = list(finding.at)
    return said


def from_values(values: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Return the findings that :func:`to_values` gave."""
    return tuple(_finding(said) for said in values)


def that_count(values: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Return those that refuse or warn: what a person looks at later decides nothing now, and is not read."""
    return from_values(said for said in values if said["weight"] in COUNTING)


COUNTING = frozenset({Weight.REFUSE.value, Weight.WARN.value})


def _finding(said: Mapping[str, Any]) -> Finding:
    values = said.get("values", {})
    return Finding(
        code=said["code"],
        weight=Weight(said["weight"]),
        values={name: tuple(v) if isinstance(v, list) else v for name, v in values.items()},
        source=Source.model_validate(said["source"]) if "source" in said else None,
        at=tuple(said.get("at", ())),
    )
