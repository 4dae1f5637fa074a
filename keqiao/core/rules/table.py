"""The types of rule: which evaluator asks, what comes of it, when it can first be answered.

This table is the only place that sorts the types. What it says of a type holds for a rule that is about the
applicant itself; a rule about somebody else (``subject``, ``role``) can be answered from the form on.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from keqiao.core.rules.answers import When


class Evaluator(StrEnum):
    """The eight ways of asking (and ``several`` for ``any``)."""

    VALUE = "value"
    SET = "set"
    REGISTER = "register"
    RELATION = "relation"
    ATTEST = "attest"
    DOCUMENT = "document"
    WORKFLOW = "workflow"
    TIME = "time"
    SEVERAL = "several"


class Nature(StrEnum):
    """What a rule of the type is: decided from facts, a task of a later part, or a statement a person judges."""

    DECIDES = "decides"
    TASK = "task"
    STATEMENT = "statement"


class Part(StrEnum):
    """The later part of the call that a task belongs to."""

    FILING = "filing"
    ENDORSEMENT = "endorsement"
    REVIEW = "review"
    PUBLIC_NOTICE = "public_notice"
    CARRYING_OUT = "carrying_out"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class RuleType:
    """One type. ``also`` is a second evaluator it needs; ``part`` is set for tasks only."""

    evaluator: Evaluator
    nature: Nature
    when: When
    part: Part | None = None
    also: Evaluator | None = None


def _decides(evaluator: Evaluator, when: When, also: Evaluator | None = None) -> RuleType:
    return RuleType(evaluator, Nature.DECIDES, when, also=also)


def _task(part: Part, when: When, evaluator: Evaluator = Evaluator.WORKFLOW) -> RuleType:
    return RuleType(evaluator, Nature.TASK, when, part)


def _statement(when: When) -> RuleType:
    return RuleType(Evaluator.ATTEST, Nature.STATEMENT, when)


TYPES = MappingProxyType(
    {
        "applicant_kind": _decides(Evaluator.SET, When.BEFORE),
        "proxy": _decides(Evaluator.SET, When.BEFORE),
        "legal_status": _decides(Evaluator.REGISTER, When.BEFORE),
        "recognition": _decides(Evaluator.REGISTER, When.BEFORE),
        "history": _decides(Evaluator.REGISTER, When.BEFORE),
        "person": _decides(Evaluator.REGISTER, When.FORM, also=Evaluator.VALUE),
        "platform": _decides(Evaluator.REGISTER, When.FORM),
        "co_actor": _decides(Evaluator.SET, When.FORM),
        "joint": _decides(Evaluator.RELATION, When.FORM),
        "hosting": _decides(Evaluator.WORKFLOW, When.BEFORE),
        "count": _decides(Evaluator.VALUE, When.FORM),
        "choice": _decides(Evaluator.SET, When.FORM),
        "place": _decides(Evaluator.SET, When.FORM),
        "series": _task(Part.CARRYING_OUT, When.CONDUCT),
        "split": _decides(Evaluator.RELATION, When.FORM),
        "self_set_kpi": _statement(When.FORM),
        "declared": _statement(When.FORM),
        "conform": _statement(When.FORM),
        "conduct": _statement(When.CONDUCT),
        "ip": _statement(When.FORM),
        "finance": _statement(When.FORM),
        "material": _decides(Evaluator.DOCUMENT, When.FORM),
        "text_limit": _decides(Evaluator.VALUE, When.FORM),
        "filing": _task(Part.FILING, When.FILING),
        "endorsement": _task(Part.ENDORSEMENT, When.FILING),
        "deadline": _decides(Evaluator.TIME, When.BEFORE),
        "period": _task(Part.CLOSING, When.CLOSING, Evaluator.TIME),
        "quota": _decides(Evaluator.RELATION, When.BEFORE),
        "sanction": _decides(Evaluator.REGISTER, When.BEFORE),
        "continuation": _decides(Evaluator.REGISTER, When.BEFORE),
        "review": _task(Part.REVIEW, When.REVIEW),
        "publicity": RuleType(
            Evaluator.TIME, Nature.TASK, When.REVIEW, Part.PUBLIC_NOTICE, Evaluator.WORKFLOW
        ),
        "publish": _task(Part.PUBLIC_NOTICE, When.REVIEW),
        "recommend_up": _task(Part.CLOSING, When.CLOSING),
        "any": _decides(Evaluator.SEVERAL, When.BEFORE),
    }
)
"""Every type of the rule vocabulary and ``any``. Source: the five call documents, sorted by what they ask for."""
