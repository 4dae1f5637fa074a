"""Prepared answers to the forms of the shipped calls (``keqiao/data/forms/examples``): invented, complete, in order.

Tests, demonstrations and measurements fill forms with them. A file is named after the ready-made form (or the form of
the definition itself, where the call attaches one). Its ``answers`` stand for every call; ``own`` lists what a call, or
some of its ``categories`` (ids; what stands below them too), answers otherwise. What many forms ask stands once, in
``parts.yaml``. Targets and budget are fitted to the category: its minima, and all of its money.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from keqiao.core.forms.budget import items_offered
from keqiao.core.forms.conditions import applies
from keqiao.core.forms.specification import Specification, specification_for
from keqiao.core.forms.targets import target_rows
from keqiao.core.programme.forms.fields import (
    AnyField,
    BudgetField,
    FileField,
    PersonField,
    TargetsField,
    UnitField,
)
from keqiao.core.programme.funding import most_of_one
from keqiao.core.programme.tree import Path
from keqiao.core.programme.types import Programme
from keqiao.readers.yaml_lines import read_yaml

Data = dict[str, Any]

PARTS = "parts"
FEN_OF_A_YUAN = 100
GRANT_WHERE_NONE_IS_STATED = 50_000 * FEN_OF_A_YUAN
ITEMS_WHERE_NONE_ARE_STATED = ("专家劳务费", "场地费", "资料费", "交通费")
OWN_TARGET = {"metric": "项目案例", "op": ">=", "value": 1, "unit": "份", "basis": "年底提交"}


def example(programme: Programme, path: Path) -> Data:
    """Complete answers to the form of the category at ``path``, those fields only that apply.

    Raises:
        KeyError: no category stands there, it has no form, or there is no example for its form.
        UnsoundExample: the file is no example.
    """
    specification = specification_for(programme, path)
    if specification is None:
        raise KeyError(path)
    return example_of(specification, programme.id)


def example_of(specification: Specification, call: str) -> Data:
    """The same for a form that is at hand; ``call`` is the id of the shipped call that it belongs to."""
    form = specification.form
    said = _said(form.ready_made or form.id, call, specification.path)
    answers = {
        field.id: value for field in specification.fields for value in _value(specification, field, said)
    }
    shown = applies(specification, answers)
    return {key: value for key, value in answers.items() if key in shown}


class UnsoundExample(ValueError):
    """A file is no example."""


def _said(name: str, call: str, path: Path) -> Data:
    data = _read(name)
    said = {**_read(PARTS)["answers"], **data.get("answers", {})}
    for own in data.get("own", ()):
        if own["call"] == call and ("categories" not in own or set(own["categories"]) & set(path)):
            said |= own["answers"]
    return said


def _value(specification: Specification, field: AnyField, said: Mapping[str, Any]) -> Iterator[Any]:
    """The answer to one field, if it has one."""
    if isinstance(field, TargetsField):
        own = [OWN_TARGET] * field.own_least
        yield [*target_rows(specification), *({**row, "target": ""} for row in own)]
    elif isinstance(field, BudgetField):
        yield _budget(specification, field)
    elif field.fills == "category.name":
        yield specification.names[-1]
    elif field.id in said:
        yield _fitted(field, said[field.id])


def _fitted(field: AnyField, value: Any) -> Any:
    """Of a block, the parts that are asked; of a file, what the store would add."""
    if isinstance(field, PersonField | UnitField):
        return {part: value[part] for part in field.parts if part in value}
    return [_file(field, entry) for entry in value] if isinstance(field, FileField) else value


def _budget(specification: Specification, field: BudgetField) -> list[Data]:
    """All the money of the category in whole yuan, the first line taking what does not divide."""
    money = specification.funding.fact if specification.funding else None
    grant = most_of_one(money) or GRANT_WHERE_NONE_IS_STATED
    items = items_offered(specification, field) or ITEMS_WHERE_NONE_ARE_STATED
    each = grant // len(items) // FEN_OF_A_YUAN * FEN_OF_A_YUAN
    lines: list[Data] = [{"item": item, "grant": each, "basis": "按实际数量和市场单价测算"} for item in items]
    lines[0]["grant"] = grant - each * (len(items) - 1)
    return lines


def _file(field: AnyField, entry: Mapping[str, Any]) -> Data:
    """A file that nobody uploaded: its id and digest follow from the slot and the name."""
    key = f"{field.id}/{entry['name']}"
    digest = hashlib.sha256(key.encode()).hexdigest()
    return {"file": str(uuid5(NAMESPACE_URL, key)), "size": 40_960, "digest": digest, **entry}


@cache
def _read(name: str) -> Data:
    yaml = read_yaml(
        files("keqiao.data").joinpath("forms", "examples", f"{name}.yaml").read_text(encoding="utf-8")
    )
    if yaml.faults or not isinstance(yaml.value, dict):
        raise UnsoundExample(f"{name}: {[fault.finding.code for fault in yaml.faults]}")
    plain: Data = _plain(yaml.value)
    return plain


def _plain(value: Any) -> Any:
    """Days as answers keep them: as text."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
