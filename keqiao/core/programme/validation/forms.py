"""Faults of forms: what nobody could fill in, what points nowhere, bounds that leave nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.forms import AnyField, Condition, Form
from keqiao.core.programme.forms.fields import (
    ChoiceField,
    ComputedField,
    FileField,
    MoneyField,
    NumberField,
    PersonField,
    TableField,
    TargetsField,
    TextField,
    UnitField,
)
from keqiao.core.programme.inheritance import effective
from keqiao.core.programme.tree import leaves
from keqiao.core.programme.types import Programme
from keqiao.core.programme.validation.form_paths import Named, is_number, is_there, names_in, options_of
from keqiao.core.programme.validation.nodes import At


def impossible_forms(programme: Programme) -> Iterator[Finding]:
    """Fields that nobody could fill in, and conditions, sums and blanks that point nowhere."""
    for number, form in enumerate(programme.forms):
        checked = _Checked(form, ("forms", number), {each.id: each for each in form.fields})
        yield from checked.repeated()
        yield from checked.broken()
        for place, each in enumerate(form.fields):
            yield from _of_field(checked, each, ("fields", place))


def forms_without_content(programme: Programme) -> Iterator[Finding]:
    """Fields for targets in a category that states none, where applicants may not add their own either."""
    forms = {form.id: (number, form) for number, form in enumerate(programme.forms)}
    for path, category in leaves(programme):
        holds = effective(programme, path)
        if holds.form is None or holds.form.fact not in forms:
            continue
        number, form = forms[holds.form.fact]
        for place, each in enumerate(form.fields):
            if each.only_in and not set(each.only_in) & set(path):
                continue
            if isinstance(each, TargetsField) and each.required and not (holds.targets or each.own_most):
                said = {"where": category.name, "form": form.title, "field": each.label}
                at = ("forms", number, "fields", place)
                yield Finding("programme.form_targets_missing", Weight.REFUSE, said, form.source, at)


@dataclass(frozen=True, slots=True)
class _Checked:
    """One form being looked at: where it stands, and its fields by their ids."""

    form: Form
    at: At
    fields: Mapping[str, AnyField] = field(default_factory=dict)

    def refused(self, code: str, at: At, **values: Any) -> Finding:
        said = {"where": self.form.title, **values}
        return Finding(code, Weight.REFUSE, said, self.form.source, (*self.at, *at))

    def repeated(self) -> Iterator[Finding]:
        for what, entries in (("fields", self.form.fields), ("checks", self.form.checks)):
            for place in _second_places(each.id for each in entries):
                yield self.refused("programme.form_id_repeated", (what, place), id=entries[place].id)

    def broken(self) -> Iterator[Finding]:
        """Conditions, sums and blanks that name what is not there."""
        for place, each in enumerate(self.form.fields):
            at: At = ("fields", place)
            yield from self._of_condition(each.shown_if, each.label, at, own=each.id)
            if isinstance(each, FileField):
                yield from self._of_condition(each.required_if, each.label, at)
            if isinstance(each, ComputedField):
                sums = (Named(path, "sum") for path in (*each.sum_of, *each.less))
                yield from self._of_names(sums, each.label, at)
        for place, check in enumerate(self.form.checks):
            at = ("checks", place)
            yield from self._of_names((Named(check.at),), check.says, at)
            yield from self._of_condition(check.holds, check.says, at)
            yield from self._of_condition(check.when, check.says, at)
        for place, blank in enumerate(self.form.paper.blanks if self.form.paper else ()):
            path = f"{blank.field}.{blank.part}" if blank.part else blank.field
            if blank.field not in self.fields:
                yield self.refused(
                    "programme.form_path_missing",
                    ("paper", "blanks", place),
                    field="word.office_paper",
                    path=path,
                )

    def _of_condition(
        self, condition: Condition | None, label: str, at: At, own: str = ""
    ) -> Iterator[Finding]:
        if condition is None:
            return
        names = list(names_in(condition))
        yield from self._of_names(names, label, at)
        if own and any(named.path.partition(".")[0] == own for named in names):
            yield self.refused("programme.form_condition_of_itself", at, field=label)

    def _of_names(self, names: Iterable[Named], label: str, at: At) -> Iterator[Finding]:
        for named in names:
            if not is_there(named.path, self.fields):
                yield self.refused("programme.form_path_missing", at, field=label, path=named.path)
            elif named.use == "sum" and not is_number(named.path, self.fields):
                yield self.refused("programme.form_sum_of_words", at, field=label, path=named.path)
            known = options_of(named.path, self.fields)
            for option in named.options if known is not None else ():
                if option not in (known or ()):
                    yield self.refused("programme.form_option_missing", at, field=label, option=option)


def _of_field(checked: _Checked, each: AnyField, at: At) -> Iterator[Finding]:
    if isinstance(each, ChoiceField):
        yield from _of_choice(checked, each, at)
    elif isinstance(each, TableField):
        yield from _of_table(checked, each, at)
    elif isinstance(each, PersonField | UnitField) and not each.parts:
        yield checked.refused("programme.form_nothing_asked", at, field=each.label)
    for least, most in BOUNDS.get(type(each), ()):
        low, high = least(each), most(each)
        if low is not None and high is not None and low > high:
            yield checked.refused(
                "programme.form_bounds_crossed", at, field=each.label, least=str(low), most=str(high)
            )


def _of_choice(checked: _Checked, each: ChoiceField, at: At) -> Iterator[Finding]:
    if not each.options and not each.other and each.rule is None:
        yield checked.refused("programme.form_choice_empty", at, field=each.label)
    elif each.options and not each.other and each.least_picks > len(each.options):
        yield checked.refused(
            "programme.form_bounds_crossed",
            at,
            field=each.label,
            least=str(each.least_picks),
            most=str(len(each.options)),
        )


def _of_table(checked: _Checked, each: TableField, at: At) -> Iterator[Finding]:
    if not each.columns:
        yield checked.refused("programme.form_table_empty", at, field=each.label)
    for place in _second_places(column.id for column in each.columns):
        yield checked.refused("programme.form_id_repeated", at, id=each.columns[place].id)
    known = {column.id for column in each.columns}
    for column in each.columns:
        said = f"{each.label}·{column.label}"
        if column.kind == "choice" and not column.options:
            yield checked.refused("programme.form_choice_empty", at, field=said)
        if column.kind == "computed" and (column.computed is None or not column.of):
            yield checked.refused("programme.form_column_uncomputed", at, field=said)
        for path in column.of:
            if path not in known or path == column.id:
                yield checked.refused("programme.form_path_missing", at, field=said, path=path)


def _second_places(identifiers: Iterable[str]) -> Iterator[int]:
    seen: Counter[str] = Counter()
    for place, identifier in enumerate(identifiers):
        if seen[identifier]:
            yield place
        seen[identifier] += 1


Bound = tuple[Callable[[Any], Any], Callable[[Any], Any]]
BOUNDS: Mapping[type, tuple[Bound, ...]] = {
    TextField: ((lambda each: each.min_chars, lambda each: each.max_chars),),
    NumberField: ((lambda each: each.least, lambda each: each.most),),
    MoneyField: ((lambda each: each.least_fen, lambda each: each.most_fen),),
    ChoiceField: ((lambda each: each.least_picks, lambda each: each.most_picks),),
    TableField: ((lambda each: each.least, lambda each: each.most),),
    TargetsField: ((lambda each: each.own_least, lambda each: each.own_most),),
}
"""The least and the most of each kind of field that has both."""
