"""Ids in verdicts and findings as the names that people know: applications, categories, parts, who holds projects."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from keqiao.core.findings import Finding, Value
from keqiao.core.programme import Programme
from keqiao.core.programme.tree import walk
from keqiao.web.allocation.models import Selection

APPLICATIONS = frozenset(
    {"candidate", "candidates", "equals", "others", "pilot", "passed_over", "application", "applications"}
)
NODES = frozenset({"node", "ranking"})
PARTS = frozenset({"part", "parts"})


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called in one decision."""

    applications: Mapping[str, str]
    nodes: Mapping[str, str]
    parts: Mapping[str, str]
    holders: Mapping[str, str]

    def told(self, finding: Finding) -> Finding:
        """Return a finding with names in place of ids."""
        return replace(finding, values=self.values(finding.values))

    def values(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return the values of a sentence with names in place of ids."""
        return {name: self._value(name, value) for name, value in values.items()}

    def _value(self, name: str, value: Value) -> Value:
        known = self._known(name)
        if known is None:
            return value
        if isinstance(value, tuple):
            return tuple(known.get(str(each), str(each)) for each in value)
        return known.get(str(value), value)

    def _known(self, name: str) -> Mapping[str, str] | None:
        if name in APPLICATIONS:
            return self.applications
        if name in NODES:
            return self.nodes
        return self.parts if name in PARTS else self.holders if name == "holder" else None


def names_of(programme: Programme, rows: Iterable[Selection]) -> Names:
    """Return the names of everything that a decision about this call can speak of."""
    applications, holders = {}, {}
    for row in rows:
        application: Any = row.application
        applications[str(application.pk)] = called(application)
        holders[str(application.unit_id)] = application.unit.name
        if application.leader is not None:
            holders[str(application.leader_id)] = str(application.leader)
    nodes = {"": programme.title, **{category.id: category.name for _path, category in walk(programme)}}
    terms = (programme, *(category for _path, category in walk(programme)))
    parts = {target.id: target.metric for each in terms for target in each.targets}
    return Names(applications, nodes, parts, holders)


def called(application: Any) -> str:
    """Return what an application is called: its title, else its number."""
    return str(application.title or application.number)
