"""First answers from what is known already, so that nobody types the same again. Nothing is guessed."""

from collections.abc import Iterator, Mapping
from typing import Any

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.parts import parts_of
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.targets import target_rows
from keqiao.core.forms.typed import read
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    ChoiceField,
    PersonField,
    RegionField,
    TableField,
    TargetsField,
    TextField,
    UnitField,
)

Profile = Mapping[str, Any]
"""What is known, by the first step of what ``fills`` names: ``unit`` and ``person`` with their parts (and ``id``),
``category`` with ``name``; ``last`` holds last year's answers by field, where somebody wants them taken over."""

LASTING = (TextField, ChoiceField, RegionField, PersonField, UnitField, TableField)
"""Kinds that last year's answers may stand in. Dates, money, files, targets and pledges are new each year."""


def prefilled(specification: Specification, profile: Profile) -> dict[str, Any]:
    """First answers: what ``fills`` names, the applicant's own block, last year's words, targets at their bounds."""
    return dict(_filled(specification, profile))


def _filled(specification: Specification, profile: Profile) -> Iterator[tuple[str, Any]]:
    last = profile.get("last")
    for each in specification.fields:
        if each.office_only:
            continue
        value = _known(each, profile)
        if isinstance(each, TargetsField) and specification.targets:
            value = list(target_rows(specification))
        if value is None and isinstance(last, Mapping) and isinstance(each, LASTING):
            value = last.get(each.id)
        if is_empty(value):
            continue
        found = read(each, value)
        if not found.faults and found.value is not None:
            yield each.id, found.value


def _known(each: AnyField, profile: Profile) -> Any:
    """What the profile has for a field; for a block those of its parts that are known."""
    name = each.fills or ("unit" if isinstance(each, UnitField) and each.role == "applicant" else None)
    if name is None:
        return None
    value: Any = profile
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(each, PersonField | UnitField):
        parts = value if isinstance(value, Mapping) else {}
        return {key: parts[key] for key in (*parts_of(each), "id") if not is_empty(parts.get(key))}
    return None if isinstance(value, Mapping | list) else value
