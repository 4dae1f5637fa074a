"""All faults of the answers to a form at once: each with its place, its clause, and what to do about it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from keqiao.core.findings import Finding, Source
from keqiao.core.forms.answers import Answers, is_empty
from keqiao.core.forms.attached import (
    Attached,
    Attachments,
    file_faults,
    least_files,
    paper_faults,
    pledge_faults,
)
from keqiao.core.forms.blocks import block_faults
from keqiao.core.forms.budget import budget_faults
from keqiao.core.forms.conditions import Prepared, Seen, prepared, seen
from keqiao.core.forms.rows import table_faults
from keqiao.core.forms.simple import refused, simple_faults
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.splitting import sessions_asked
from keqiao.core.forms.targets import target_faults
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ComputedField,
    FileField,
    HeadingField,
    PersonField,
    PledgeField,
    TableField,
    TargetsField,
    UnitField,
)
from keqiao.core.rules.facts import UNKNOWN

__all__ = ["Attached", "Attachments", "faults", "field_faults"]


def faults(
    specification: Specification, answers: Answers, *, attachments: Attachments | None = None
) -> tuple[Finding, ...]:
    """Everything that is wrong, in the order of the form, then what does not agree over several fields.

    ``at`` is (field), (field, row), (field, part) or (field, row, column); rows from 0. ``refuse`` stops a submission,
    ``warn`` lets it pass with a reason, ``ask`` is for staff to look at and stops nothing. Without ``attachments`` only
    what the answers say of files is looked at. Any JSON is taken: what is no answer is a fault.
    """
    ready = prepared(specification)
    return tuple(_Checking(ready, answers, attachments, seen(ready, answers)).faults())


def field_faults(
    specification: Specification, answers: Answers, identifier: str, *, attachments: Attachments | None = None
) -> tuple[Finding, ...]:
    """Those of the faults that stand at one field, for showing them beside it while it is filled."""
    found = faults(specification, answers, attachments=attachments)
    return tuple(each for each in found if each.at[:1] == (identifier,))


@dataclass(frozen=True, slots=True)
class _Checking:
    """One form with one set of answers."""

    ready: Prepared
    answers: Answers
    attachments: Attachments | None
    now: Seen

    def faults(self) -> Iterator[Finding]:
        specification = self.ready.specification
        for each in specification.fields:
            if each.id in self.now.applying and not isinstance(each, HeadingField | ComputedField):
                source = specification.source_of(each.id)
                yield from (_placed(fault, each.id, source) for fault in self._of_field(each))
        yield from self._of_checks()
        yield from self.ready.wrong

    def _of_field(self, field: AnyField) -> Iterator[Finding]:
        value = self.answers.get(field.id)
        check = _ALWAYS.get(type(field))
        if check is not None:
            return check(self, field, value)
        if is_empty(value):
            return iter((refused("form.missing", label=field.label),) if field.required else ())
        check = _FILLED.get(type(field))
        return check(self, field, value) if check is not None else simple_faults(field, value, field.label)

    def _of_files(self, field: FileField, value: Any) -> Iterator[Finding]:
        if field.id in self.ready.specification.from_materials:
            return paper_faults(field, value, self.attachments)
        needed = self.ready.needed.get(field.id)
        is_case = None if field.required_if is None else needed is not None and self._holds(needed)
        return file_faults(field, value, self.attachments, least_files(field, value, is_case=is_case))

    def _of_pledge(self, field: PledgeField, value: Any) -> Iterator[Finding]:
        return pledge_faults(field, value)

    def _of_targets(self, field: TargetsField, value: Any) -> Iterator[Finding]:
        return target_faults(field, value, self.ready.specification)

    def _of_budget(self, field: BudgetField, value: Any) -> Iterator[Finding]:
        sessions = sessions_asked(self.ready.specification, self.answers)
        return budget_faults(field, value, self.ready.specification, sessions)

    def _of_block(self, field: PersonField | UnitField, value: Any) -> Iterator[Finding]:
        return block_faults(field, value)

    def _of_table(self, field: TableField, value: Any) -> Iterator[Finding]:
        return table_faults(field, value)

    def _of_checks(self) -> Iterator[Finding]:
        """What does not agree; where a field it looks at is not filled, that is told there and not here."""
        for each in self.ready.checks:
            if each.holds.truth(self.now.values) is False:
                at = tuple(each.check.at.split("."))
                source = self.ready.specification.source_of(at[0])
                yield Finding("form.check_unmet", each.check.weight, {"says": each.check.says}, source, at)

    def _holds(self, condition: Any) -> bool:
        truth = condition.truth(self.now.values)
        return truth is not UNKNOWN and truth is True


def _placed(fault: Finding, identifier: str, source: Source | None) -> Finding:
    return replace(fault, source=fault.source or source, at=(identifier, *fault.at))


_Check = Callable[[_Checking, Any, Any], Iterator[Finding]]

_ALWAYS: Mapping[type, _Check] = {
    FileField: _Checking._of_files,
    PledgeField: _Checking._of_pledge,
    TargetsField: _Checking._of_targets,
}
"""Kinds that know themselves what an empty answer means."""

_FILLED: Mapping[type, _Check] = {
    BudgetField: _Checking._of_budget,
    PersonField: _Checking._of_block,
    UnitField: _Checking._of_block,
    TableField: _Checking._of_table,
}
