"""First answers from what is known already, so that nobody types the same again. Nothing is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
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


CALL, LAST = "call", "last"


@dataclass(frozen=True, slots=True)
class First:
    """A first answer and where it comes from: ``unit``, ``person``, ``category``, ``call``, ``last``; of a block both
    what is known and last year's words may be in it.
    """

    value: Any
    sources: tuple[str, ...]


def prefilled(specification: Specification, profile: Profile) -> dict[str, Any]:
    """First answers: what ``fills`` names, the applicant's own block, last year's words, targets at their bounds."""
    return {key: first.value for key, first in first_answers(specification, profile).items()}


def first_answers(specification: Specification, profile: Profile) -> dict[str, First]:
    """The same, each with where it comes from."""
    found: dict[str, First] = {}
    for each in specification.fields:
        first = None if each.office_only else _first(specification, each, profile)
        if first is None or is_empty(first.value):
            continue
        answer = read(each, first.value)
        if not answer.faults and answer.value is not None:
            found[each.id] = First(answer.value, first.sources)
    return found


def _first(specification: Specification, each: AnyField, profile: Profile) -> First | None:
    if isinstance(each, TargetsField):
        return First(list(target_rows(specification)), (CALL,)) if specification.targets else None
    known, before = _known(each, profile), _before(each, profile)
    source = _named(each).partition(".")[0]
    if is_empty(known):
        return None if is_empty(before) else First(before, (LAST,))
    if _is_of_the_same(each, known, before):
        more = {part: value for part, value in before.items() if part not in known}
        return First({**more, **known}, (source, LAST) if more else (source,))
    return First(known, (source,))


def _before(each: AnyField, profile: Profile) -> Any:
    """Last year's words. What is kept under lock is typed anew by whoever is entitled to."""
    last = profile.get("last")
    if not isinstance(last, Mapping) or not isinstance(each, LASTING) or each.sensitive:
        return None
    return last.get(each.id)


def _is_of_the_same(each: AnyField, known: Any, before: Any) -> bool:
    """Is last year's block about the same unit or person? The applicant is the same; a person has the same name."""
    if not isinstance(known, Mapping) or not isinstance(before, Mapping):
        return False
    return isinstance(each, UnitField) or known.get("name") == before.get("name")


def _named(each: AnyField) -> str:
    """What the first value is: as the form says, else the applicant's own block."""
    return each.fills or ("unit" if isinstance(each, UnitField) and each.role == "applicant" else "")


def _known(each: AnyField, profile: Profile) -> Any:
    """What the profile has for a field; for a block those of its parts that are known."""
    name = _named(each)
    if not name:
        return None
    value: Any = profile
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(each, PersonField | UnitField):
        parts = value if isinstance(value, Mapping) else {}
        return {key: parts[key] for key in (*parts_of(each), "id") if not is_empty(parts.get(key))}
    return None if isinstance(value, Mapping | list) else value
