"""What the pages of the form desk show: the forms of a call, and one form with its fields in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme import Programme, effective, leaves, validate
from keqiao.core.programme.forms import AnyField, Check, Form, OpinionBox
from keqiao.core.programme.forms.fields import FileField, HeadingField, TableField
from keqiao.web.programmes.definitions import Values, programme_of
from keqiao.web.programmes.form_desk.condition_words import ConditionWords
from keqiao.web.programmes.form_desk.mending import Mends, mends_of
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import AT, HEAD, NotThere, Part
from keqiao.web.programmes.proofreading.addresses import part_address
from keqiao.web.programmes.statements.form_references import SOURCES
from keqiao.web.programmes.wording.labels import choice_label
from keqiao.web.programmes.wording.parts import PartWords, Said

SHOWN_ELSEWHERE = frozenset(
    {"label", "kind", "required", "shown_if", "required_if", "columns", "words", "help"}
)
"""What the row of a field says in its own way, not as one of its particulars."""
FORMS = "forms"


@dataclass(frozen=True, slots=True)
class FormListed:
    """One form of a call: which categories are filled in on it, and how many fields it has."""

    form: Form
    used_by: list[str]
    faults: int
    warnings: int

    @property
    def asks(self) -> int:
        """How many fields applicants see."""
        return sum(not isinstance(each, HeadingField) for each in self.form.fields)


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field in its row: what it asks in words, what is wrong with it, the page that changes it."""

    field: AnyField
    kind: str
    facts: list[str]
    conditions: list[str]
    columns: list[str]
    findings: list[Finding]
    address: str
    is_first: bool
    is_last: bool

    @property
    def is_heading(self) -> bool:
        """Does it begin a part of the form?"""
        return isinstance(self.field, HeadingField)


@dataclass(frozen=True, slots=True)
class CheckShown:
    """A check in words."""

    check: Check
    holds: str
    when: str
    findings: list[Finding]
    address: str


@dataclass(frozen=True, slots=True)
class OpinionShown:
    """A box for an opinion, and the page that changes it."""

    box: OpinionBox
    address: str


@dataclass(frozen=True)
class FormPage:
    """The editor of one form. ``try_with`` is the first category that is filled in on it, "" where there is none."""

    form: Form
    used_by: list[str]
    head: list[Any]
    change_head: str
    fields: list[FieldShown]
    checks: list[CheckShown]
    opinions: list[OpinionShown]
    findings: list[Finding] = field(default_factory=list)
    try_with: str = ""
    mends: Mends = field(default_factory=dict)

    @property
    def faults(self) -> int:
        """How many findings stand against publication."""
        return sum(finding.weight is Weight.REFUSE for finding in self.findings)


def users_of(programme: Programme) -> dict[str, list[str]]:
    """The categories that applicants fill in a form for, by the id of the form."""
    found: dict[str, list[str]] = {}
    for path, category in leaves(programme):
        if stated := effective(programme, path).form:
            found.setdefault(stated.fact, []).append(category.name)
    return found


def without_form(programme: Programme) -> list[str]:
    """The categories that applicants may choose and that name no form."""
    return [category.name for path, category in leaves(programme) if effective(programme, path).form is None]


def forms_listed(values: Values) -> list[FormListed]:
    """The forms of a call in its order."""
    programme = programme_of(values)
    used, found = users_of(programme), findings_by_form(programme)
    return [
        FormListed(
            form,
            used.get(form.id, []),
            sum(each.weight is Weight.REFUSE for each in found.get(number, ())),
            sum(each.weight is Weight.WARN for each in found.get(number, ())),
        )
        for number, form in enumerate(programme.forms)
    ]


def findings_by_form(programme: Programme) -> dict[int, list[Finding]]:
    """What is wrong with the forms, by their position in the call."""
    found: dict[int, list[Finding]] = {}
    for finding in validate(programme):
        if len(finding.at) > 1 and finding.at[0] == FORMS:
            found.setdefault(int(finding.at[1]), []).append(finding)
    return found


def form_page(draft: Draft, identifier: str, values: Values | None = None) -> FormPage:
    """Return the editor of one form as the draft has it, or as it stands in ``values``, an earlier version.

    Raises:
        NotThere: the call has no such form.
    """
    call_id, values = draft.call_id, draft.definition if values is None else values
    programme = programme_of(values)
    number = next((n for n, each in enumerate(programme.forms) if each.id == identifier), None)
    if number is None:
        raise NotThere(identifier)
    form, findings = programme.forms[number], findings_by_form(programme).get(number, [])
    rows = _Rows(call_id, form, PartWords(values), findings)
    head = Part(identifier, HEAD)
    return FormPage(
        form,
        users_of(programme).get(identifier, []),
        rows.words.rows(head),
        part_address(call_id, head),
        list(rows.fields()),
        list(rows.checks()),
        list(rows.opinions()),
        findings,
        _first_user(programme, identifier),
        mends_of(draft, form, findings),
    )


def _first_user(programme: Programme, identifier: str) -> str:
    for path, category in leaves(programme):
        stated = effective(programme, path).form
        if stated is not None and stated.fact == identifier:
            return category.id
    return ""


@dataclass(frozen=True)
class _Rows:
    call_id: UUID
    form: Form
    words: PartWords
    findings: list[Finding]

    @property
    def conditions(self) -> ConditionWords:
        return ConditionWords(self._by_id())

    def fields(self) -> Iterator[FieldShown]:
        say, last = self.conditions, len(self.form.fields) - 1
        for number, each in enumerate(self.form.fields):
            part = Part(self.form.id, "fields", each.id)
            yield FieldShown(
                each,
                choice_label(type(each), "kind", each.kind),
                [_fact(row) for row in self.words.rows(part) if row.key not in SHOWN_ELSEWHERE],
                list(_conditions(each, say)),
                [column.label for column in each.columns] if isinstance(each, TableField) else [],
                self._about("fields", number),
                part_address(self.call_id, part),
                number == 0,
                number == last,
            )

    def checks(self) -> Iterator[CheckShown]:
        say = self.conditions
        for number, each in enumerate(self.form.checks):
            part = Part(self.form.id, "checks", each.id)
            when = say.of(each.when) if each.when else ""
            found = self._about("checks", number)
            yield CheckShown(each, say.of(each.holds), when, found, part_address(self.call_id, part))

    def opinions(self) -> Iterator[OpinionShown]:
        for number, box in enumerate(self.form.opinions):
            yield OpinionShown(
                box, part_address(self.call_id, Part(self.form.id, "opinions", f"{AT}{number}"))
            )

    def _about(self, what: str, number: int) -> list[Finding]:
        return [finding for finding in self.findings if finding.at[2:4] == (what, number)]

    def _by_id(self) -> Mapping[str, AnyField]:
        return {each.id: each for each in self.form.fields}


def _fact(row: Said) -> str:
    """One particular of a field; of a tick its label alone."""
    if row.text == _("是"):
        return row.label
    said = SOURCES.get(row.text, row.text) if row.key == "fills" else row.text
    return _("%(label)s：%(said)s") % {"label": row.label, "said": said}


def _conditions(each: AnyField, say: ConditionWords) -> Iterator[str]:
    if each.shown_if is not None:
        yield say.of(each.shown_if)
    if isinstance(each, FileField) and each.required_if is not None:
        yield say.of(each.required_if)
