"""Rules that are no facts: statements that a person judges, and tasks of a later part of the call."""

from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.conduct import (
    Conduct,
    Conform,
    Declared,
    Finance,
    IntellectualProperty,
    SelfSetTargets,
)
from keqiao.core.rules.asking import Asking, Change, Frame, Saying
from keqiao.core.rules.engine.tree import HOLDS, Attest, Condition, Fact, Not, all_of, any_of, equals
from keqiao.core.rules.table import TYPES


def statement(rule: AnyRule, _frame: Frame) -> Asking:
    """Declared by the applicant and judged by a person: a check-list item with the evidence wanted.

    What is only allowed needs no judgement. Who declares that it is not so fails; who declares that it is has said
    so, and no more.
    """
    kind = TYPES[rule.type]
    if _is_free(rule):
        return Asking(HOLDS, when=kind.when)
    condition = judged(rule.id)
    return Asking(
        condition,
        Saying("eligibility.declared_not", {"summary": rule.summary}),
        change=Change("eligibility.change.declared", {"summary": rule.summary}, Not(condition)),
        doubt=Saying("eligibility.statement", {"summary": rule.summary}),
        when=kind.when,
        evidence=_evidence(rule),
    )


def judged(identifier: str) -> Condition:
    """A person has judged it to be so; as long as nobody has, the applicant may say itself that it is not."""
    is_judged = equals(Fact(("approved",)), identifier)
    said_no = equals(Fact(("answers", identifier)), value=False)
    return any_of(is_judged, all_of(Not(said_no), Attest(identifier, name="statement")))


def task(rule: AnyRule, _frame: Frame) -> Asking:
    """Nothing to decide now: somebody does it in a later part of the call."""
    return Asking(doubt=Saying("eligibility.task", {"summary": rule.summary}), when=TYPES[rule.type].when)


def _is_free(rule: AnyRule) -> bool:
    """Is it something that one may do or leave?"""
    if isinstance(rule, Declared):
        return rule.mode == "allowed"
    if isinstance(rule, Finance):
        return rule.matching == "allowed" and not rule.separate_accounting and not rule.dedicated_book
    return isinstance(rule, SelfSetTargets) and rule.optional


def _evidence(rule: AnyRule) -> tuple[str, ...]:
    """What the person who judges it wants to see, in the words of the call."""
    if isinstance(rule, Declared):
        return (*rule.evidence, *rule.items)
    if isinstance(rule, Conform):
        return (rule.to,)
    if isinstance(rule, Conduct):
        return (*rule.require, *rule.forbid)
    return rule.rights if isinstance(rule, IntellectualProperty) else ()
