"""The acts that pages offer, each with its words, what it asks for and what does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle import acceptance, credit
from keqiao.core.lifecycle.roles import OFFICER, SUBJECT
from keqiao.core.lifecycle.table import Table
from keqiao.web.acceptance import actions

Typed = Mapping[str, Any]
Do = Callable[[UUID, Typed, Any, datetime], Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on a page. ``of`` is its name in the table of the case; ``is_asked``: a second person agrees first.

    ``asks`` are the fields of its form, ``needs`` those that must be filled in.
    """

    code: str
    of: str
    label: Promise
    lead: Promise
    do: Do
    roles: tuple[str, ...] = (OFFICER,)
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    is_asked: bool = False
    is_main: bool = False


def _ask(act: str) -> Do:
    return lambda pk, typed, actor, at: actions.ask_conclusion(
        pk, actions.Wanted(act, typed.get("reason", ""), typed.get("until")), actor=actor, at=at
    )


def _ask_credit(act: str) -> Do:
    return lambda pk, typed, actor, at: actions.ask_credit(
        act, pk, typed.get("reason", ""), actor=actor, at=at
    )


def _return(pk: UUID, typed: Typed, actor: Any, at: datetime) -> None:
    actions.return_to_unit(pk, typed["reason"], typed["until"], actor=actor, at=at)


def _extend(pk: UUID, typed: Typed, actor: Any, at: datetime) -> None:
    actions.extend(pk, typed["until"], typed["reason"], actor=actor, at=at)


def _drop(pk: UUID, typed: Typed, actor: Any, at: datetime) -> None:
    actions.drop(pk, typed["reason"], actor=actor, at=at)


WHY, WHEN = ("reason",), ("reason", "until")
asked = partial(Deed, is_asked=True)
ACCEPTANCE = (
    asked(
        "pass",
        "pass",
        _("验收通过"),
        _("由另一人同意后生效。有指标没有完成或材料不齐的，写明为什么仍然通过。"),
        _ask("pass"),
        asks=WHY,
        is_main=True,
    ),
    asked(
        "rectify",
        "order_rectification",
        _("限期整改"),
        _("写明要整改什么、到哪一天。项目恢复实施，由承担单位整改后重新提交。"),
        _ask("rectify"),
        asks=WHEN,
        needs=WHEN,
    ),
    asked(
        "fail",
        "fail",
        _("验收不通过"),
        _("写明理由。通知写明的后果同时提出，当事人可以陈述申辩。"),
        _ask("fail"),
        asks=WHY,
        needs=WHY,
    ),
    Deed(
        "return", "return", _("退回补充"), _("写明要补充什么材料、到哪一天。"), _return, asks=WHEN, needs=WHEN
    ),
    Deed(
        "extend",
        "extend",
        _("延期提交"),
        _("只延长提交材料的期限，完成日期不变。"),
        _extend,
        asks=WHEN,
        needs=WHEN,
    ),
    asked(
        "anew",
        "conclude_anew",
        _("收回结论"),
        _("申诉成立，或发现新的情况。由领导同意后重新验收。"),
        _ask("anew"),
        asks=WHY,
        needs=WHY,
    ),
)
CREDIT = (
    asked(
        "record",
        "record",
        _("作出信用记录"),
        _("由领导同意后生效，并登记禁止申报。"),
        _ask_credit("record"),
        is_main=True,
    ),
    Deed("drop", "drop", _("不作记录"), _("写明理由并告知当事人。"), _drop, asks=WHY, needs=WHY),
    asked(
        "uphold", "uphold", _("驳回申诉"), _("由领导同意后生效。"), _ask_credit("uphold"), asks=WHY, needs=WHY
    ),
    asked(
        "lift",
        "lift",
        _("解除"),
        _("申诉成立，或不再需要。由领导同意后解除，禁止申报同时解除。"),
        _ask_credit("lift"),
        asks=WHY,
        needs=WHY,
    ),
)
DEEDS: Mapping[str, tuple[Deed, ...]] = {"acceptance": ACCEPTANCE, "credit": CREDIT}
TABLES: Mapping[str, Table[Any]] = {"acceptance": acceptance.TABLE, "credit": credit.TABLE}
WORDS = {
    "answer": (_("陈述申辩"), actions.answer),
    "appeal": (_("申诉"), actions.appeal),
}
"""What whom an entry is about may say, by act."""


def deed_called(case: str, code: str) -> Deed | None:
    """Return an act on a kind of case, or nothing."""
    return next((each for each in DEEDS[case] if each.code == code), None)


def deeds_for(case: str, state: str, roles: frozenset[str]) -> list[Deed]:
    """Return the acts that are open to these roles in a state, in the order of the work."""
    return [each for each in DEEDS[case] if roles & set(each.roles) and _is_open(case, each.of, state)]


def words_open(state: str, roles: frozenset[str]) -> list[str]:
    """Return which words whom an entry is about may say in a state."""
    return [act for act in WORDS if SUBJECT in roles and _is_open("credit", act, state)]


def _is_open(case: str, act: str, state: str) -> bool:
    moves = TABLES[case].moves
    return any(move.act == act and state in {each.value for each in move.sources} for move in moves)
