"""What is kept of a row: cells, faults and differences, as JSON and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from keqiao.core.findings import Weight
from keqiao.readers.tables.cells import Cell, CellKind
from keqiao.web.imports.columns import Reference
from keqiao.web.imports.sheet_kinds import Fault


@dataclass(frozen=True, slots=True)
class Difference:
    """One column whose value would change, as people read it."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowContent:
    """A row as it stands in the preview."""

    cells: Mapping[str, Cell]
    faults: tuple[Fault, ...] = ()
    differences: tuple[Difference, ...] = ()
    is_hidden: bool = field(default=False)

    def stops(self) -> list[Fault]:
        """Return the faults that keep the row from being imported."""
        return [fault for fault in self.faults if fault.weight is Weight.REFUSE]


def to_json(content: RowContent) -> str:
    """Return the content as one text."""
    values = {
        "cells": {key: [cell.text, cell.kind.value] for key, cell in content.cells.items()},
        "faults": [_fault_values(fault) for fault in content.faults],
        "differences": [[each.column, each.before, each.after] for each in content.differences],
        "hidden": content.is_hidden,
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> RowContent:
    """Return the content that :func:`to_json` wrote."""
    values = json.loads(text)
    return RowContent(
        {key: Cell(text, CellKind(kind)) for key, (text, kind) in values["cells"].items()},
        tuple(_fault(each) for each in values["faults"]),
        tuple(Difference(*each) for each in values["differences"]),
        values["hidden"],
    )


def _fault_values(fault: Fault) -> dict[str, Any]:
    choices = [[each.id, each.name, each.key, each.more] for each in fault.choices]
    return {
        "code": fault.code,
        "column": fault.column,
        "values": dict(fault.values),
        "weight": fault.weight.value,
        "choices": choices,
    }


def _fault(values: Mapping[str, Any]) -> Fault:
    choices = tuple(Reference(*each) for each in values["choices"])
    return Fault(values["code"], values["column"], values["values"], Weight(values["weight"]), choices)
