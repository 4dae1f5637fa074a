"""The evaluators: one function per type of rule makes the condition that decides it, or the task it becomes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from keqiao.core.programme.rules import AnyOf, AnyRule
from keqiao.core.rules.answers import When
from keqiao.core.rules.asking import Asking, Frame, Saying
from keqiao.core.rules.engine.tree import Attest, Condition, Fact, Not, any_of, equals
from keqiao.core.rules.evaluators import bodies, content, judged_by_people, limits, people, records, registers
from keqiao.core.rules.table import TYPES, Nature

_DECIDING: Mapping[str, Callable[[Any, Frame], Asking]] = {
    "applicant_kind": bodies.applicant_kind,
    "proxy": bodies.proxy,
    "co_actor": bodies.co_actor,
    "joint": bodies.joint,
    "hosting": bodies.hosting,
    "legal_status": registers.legal_status,
    "recognition": registers.recognition,
    "history": records.history,
    "platform": records.platform,
    "sanction": records.sanction,
    "continuation": records.continuation,
    "person": people.person,
    "count": content.count,
    "choice": content.choice,
    "place": content.place,
    "material": content.material,
    "text_limit": content.text_limit,
    "deadline": content.deadline,
    "quota": limits.quota,
    "split": limits.split,
}


def ask(rule: AnyRule, frame: Frame) -> Asking:
    """What a rule of any type asks, limited to the case it is for (``when``, ``unless``)."""
    asking = _several(rule, frame) if isinstance(rule, AnyOf) else EVALUATORS[rule.type](rule, frame)
    outside: list[Condition] = []
    if rule.when is not None:
        outside.append(Not(_applies(rule.when)))
    if rule.unless is not None:
        outside.append(_applies(rule.unless))
    return replace(asking, outside=any_of(*outside)) if outside else asking


def _applies(words: str) -> Condition:
    return equals(Fact(("cases", words)), value=True)


def _several(rule: AnyOf, frame: Frame) -> Asking:
    """One of several rules is enough; the last of them says when all can be answered."""
    askings = [ask(part, frame) for part in rule.of]
    conditions = [
        any_of(*(c for c in (asking.outside, asking.condition or Attest(part.id)) if c))
        for asking, part in zip(askings, rule.of, strict=True)
    ]
    whens = [asking.when or TYPES[part.type].when for asking, part in zip(askings, rule.of, strict=True)]
    return Asking(
        any_of(*conditions),
        Saying("eligibility.none_of", {"summaries": tuple(part.summary for part in rule.of)}),
        when=max(whens, key=tuple(When).index),
        evidence=tuple(item for asking in askings for item in asking.evidence),
    )


def _evaluator(name: str) -> Callable[[Any, Frame], Asking]:
    if TYPES[name].nature is Nature.TASK:
        return judged_by_people.task
    return judged_by_people.statement if TYPES[name].nature is Nature.STATEMENT else _DECIDING[name]


EVALUATORS: Mapping[str, Callable[[Any, Frame], Asking]] = MappingProxyType(
    {name: _evaluator(name) for name in TYPES if name != "any"}
)
"""By type: what makes its asking. Tasks and statements need nothing of their own."""
