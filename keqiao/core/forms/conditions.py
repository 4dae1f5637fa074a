"""Which fields apply for given answers, and what is therefore part of the application."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.answers import Answers, tidied
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.trees import names_in, tree_of
from keqiao.core.forms.world import GIVEN, given_in, value_of, world_of
from keqiao.core.programme.forms import AnyField, Check, Condition
from keqiao.core.programme.forms.fields import ComputedField, FileField, HeadingField
from keqiao.core.rules.engine.compiled import Compiled, compile_for
from keqiao.core.rules.engine.paths import BadTree

MOST_KEPT = 256
"""How many specifications are kept ready: the categories of a few calls at a time."""

Ready = Compiled[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ReadyCheck:
    """A check over several fields, compiled; outside the case it is about it is met."""

    check: Check
    holds: Ready


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A specification with its conditions compiled. It keeps no answers.

    ``order`` are the ids of the fields so that each stands behind those its condition looks at; ``looked_at`` those
    that any condition or check speaks of. ``shown`` are the conditions by field, a heading's own among those of every
    field below it; ``needed`` those under which a file is. ``wrong`` are conditions that no answers
    could fulfil or break, because they name what the form does not have.
    """

    specification: Specification
    fields: Mapping[str, AnyField]
    order: tuple[str, ...]
    looked_at: frozenset[str]
    shown: Mapping[str, tuple[Ready, ...]]
    needed: Mapping[str, Ready]
    checks: tuple[ReadyCheck, ...]
    wrong: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What applies for certain answers: the ids of the fields, and the values that conditions see of them."""

    applying: frozenset[str]
    values: Mapping[str, Any]


def applies(specification: Specification, answers: Answers) -> frozenset[str]:
    """The ids of the fields that apply: shown for these answers, and not filled by the office.

    A field whose condition nobody can tell yet does not apply. What a hidden field says is not heard, so that whatever
    hangs on it is hidden too.
    """
    return seen(prepared(specification), answers).applying


def content(specification: Specification, answers: Answers) -> dict[str, Any]:
    """The answers that are part of the application: those of fields that apply, nothing empty, nothing computed.

    Answers of hidden parts stay in the draft, and come back when the part does; they are not submitted.
    """
    applying = applies(specification, answers)
    return tidied({key: value for key, value in answers.items() if key in applying})


@lru_cache(maxsize=MOST_KEPT)
def prepared(specification: Specification) -> Prepared:
    """The specification with its conditions compiled: a few milliseconds once, then kept by its digest.

    A condition may speak of a field that the form asks for elsewhere and this category does not: nobody fills it here.
    """
    fields = {each.id: each for each in specification.fields}
    compiler = _Compiler({**{each.id: each for each in specification.form.fields}, **fields})
    headed = dict(_headed(specification.fields))
    looked_at = {key: _looked_at(each, headed.get(key)) for key, each in fields.items()}
    own = {key: _conditions(each, headed.get(key)) for key, each in fields.items()}
    return Prepared(
        specification=specification,
        fields=fields,
        order=tuple(_ordered(looked_at)),
        looked_at=frozenset().union(*looked_at.values(), *_asked_beside(specification)),
        shown={key: some for key, stated in own.items() if (some := compiler.all(stated, key))},
        needed={
            key: ready
            for key, each in fields.items()
            if isinstance(each, FileField)
            and each.required_if is not None
            and (ready := compiler.one(each.required_if, key)) is not None
        },
        checks=tuple(compiler.checks(specification.checks)),
        wrong=tuple(compiler.wrong),
    )


def seen(ready: Prepared, answers: Answers) -> Seen:
    """Which fields apply, and the values of these, for the conditions that are asked next."""
    given: dict[str, bool] = {}
    values: dict[str, Any] = {GIVEN: given}
    applying: list[str] = []
    heard: dict[str, Any] = {}
    for key in ready.order:
        each = ready.fields[key]
        is_asked = not each.office_only and all(
            shown.truth(values) is True for shown in ready.shown.get(key, ())
        )
        if is_asked:
            applying.append(key)
            if key in answers:
                heard[key] = answers[key]
        if key in ready.looked_at:
            told = value_of(each, ready.fields, heard) if is_asked else {}
            given |= {key: bool(told)} if isinstance(each, ComputedField) else given_in(each, heard)
            values |= told
    return Seen(frozenset(applying), values)


class _Compiler:
    """Compiles the conditions of one form and gathers those that cannot be asked."""

    def __init__(self, fields: Mapping[str, AnyField]) -> None:
        self.fields = fields
        self.world = world_of(fields)
        self.wrong: list[Finding] = []

    def one(self, condition: Condition | Check, at: str) -> Ready | None:
        """The condition compiled; None where it cannot be asked, which is then told."""
        try:
            return compile_for(self.world, tree_of(condition, self.fields))
        except BadTree as bad:
            self.wrong.append(Finding("form.condition_unaskable", Weight.ASK, {"why": str(bad)}, at=(at,)))
            return None

    def all(self, conditions: Iterable[Condition], at: str) -> tuple[Ready, ...]:
        """Those of the conditions that can be asked."""
        return tuple(ready for each in conditions if (ready := self.one(each, at)) is not None)

    def checks(self, checks: Iterable[Check]) -> Iterator[ReadyCheck]:
        """The checks that can be asked."""
        for check in checks:
            holds = self.one(check, check.at.partition(".")[0])
            if holds is not None:
                yield ReadyCheck(check, holds)


def _asked_beside(specification: Specification) -> Iterator[frozenset[str]]:
    """The fields that checks and files look at."""
    for check in specification.checks:
        yield names_in(check.holds) | (names_in(check.when) if check.when is not None else frozenset())
    for each in specification.fields:
        if isinstance(each, FileField) and each.required_if is not None:
            yield names_in(each.required_if)


def _headed(fields: Iterable[AnyField]) -> Iterator[tuple[str, HeadingField]]:
    """Each field below a heading, with that heading."""
    heading: HeadingField | None = None
    for each in fields:
        if isinstance(each, HeadingField):
            heading = each
        elif heading is not None:
            yield each.id, heading


def _conditions(field: AnyField, heading: HeadingField | None) -> tuple[Condition, ...]:
    stated = (heading.shown_if if heading else None, field.shown_if)
    return tuple(each for each in stated if each is not None)


def _looked_at(field: AnyField, heading: HeadingField | None) -> frozenset[str]:
    """The fields that have to be settled before this one."""
    found: frozenset[str] = frozenset().union(*map(names_in, _conditions(field, heading)))
    if isinstance(field, ComputedField):
        found |= {name.partition(".")[0] for name in (*field.sum_of, *field.less)}
    return found


def _ordered(looked_at: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The fields, each behind those it looks at; in a circle the one that stands first in the form comes first."""
    done: set[str] = set()
    for key in looked_at:
        stack = [(key, iter(sorted(looked_at[key] & looked_at.keys() - done)))]
        entered = {key}
        while stack and key not in done:
            here, below = stack[-1]
            following = next((each for each in below if each not in done and each not in entered), None)
            if following is None:
                stack.pop()
                done.add(here)
                yield here
            else:
                entered.add(following)
                stack.append((following, iter(sorted(looked_at[following] & looked_at.keys()))))
