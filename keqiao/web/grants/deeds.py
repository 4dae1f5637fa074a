"""The acts that pages offer, each with its words, who does it, what it asks for and what does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle import change_request, grant, instalment, settlement
from keqiao.core.lifecycle.table import Table
from keqiao.web.grants.actions import agreements, changes, instalments, settling, working
from keqiao.web.grants.asking import ask
from keqiao.web.grants.permissions import APPLICANT, FINANCE, LEADER, OFFICER

Typed = Mapping[str, Any]
Do = Callable[[UUID, Typed, Any, datetime], Any]
TABLES: Mapping[str, Table[Any]] = {
    "grant": grant.TABLE,
    "instalment": instalment.TABLE,
    "change_request": change_request.TABLE,
    "settlement": settlement.TABLE,
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on a page. ``roles`` may do it, or ask a second person for it where ``is_asked``.

    ``asks`` are the fields of its form. ``of`` is the act in the table of the case, where it has another name here.
    """

    code: str
    label: Promise
    lead: Promise
    roles: tuple[str, ...]
    do: Do
    asks: tuple[str, ...] = ()
    is_asked: bool = False
    of: str = ""
    is_main: bool = False

    def is_open(self, table: Table[Any], state: str) -> bool:
        """Does the life of the case let somebody do it in this state?"""
        act = self.of or self.code
        return any(move.act == act and state in {each.value for each in move.sources} for move in table.moves)


def plain(act: Callable[..., Any]) -> Do:
    """An act that takes nothing but who and when."""
    return lambda pk, _typed, actor, at: act(pk, actor=actor, at=at)


def with_words(act: Callable[..., Any], name: str = "reason") -> Do:
    """An act that takes words: a reason, a note, a clause."""
    return lambda pk, typed, actor, at: act(pk, typed[name], actor=actor, at=at)


def asked(code: str) -> Do:
    """An act that a second person has to agree to."""
    return lambda pk, typed, actor, at: ask(code, pk, typed.get("reason", ""), actor=actor, at=at)


def _sign(pk: UUID, typed: Typed, actor: Any, at: datetime) -> None:
    agreements.sign(pk, typed["digest"], actor=actor, at=at)


def _pay(pk: UUID, typed: Typed, actor: Any, at: datetime) -> None:
    instalments.pay(pk, typed["voucher"], typed["day"], actor=actor, at=at)


def _demand(pk: UUID, typed: Typed, actor: Any, at: datetime) -> None:
    settling.demand(pk, typed["day"], actor=actor, at=at)


OFFICE, UNIT, MONEY = (OFFICER,), (APPLICANT,), (FINANCE,)
WHY = ("reason",)
main = partial(Deed, is_main=True)
GRANT = (
    main(
        "send",
        _("发出签订"),
        _("任务书发给承担单位打印、盖章、上传。发出后内容锁定。"),
        OFFICE,
        plain(agreements.send),
    ),
    Deed(
        "take_back",
        _("收回修改"),
        _("收回后可以修改；已盖的章不再有效。"),
        OFFICE,
        with_words(agreements.take_back),
        WHY,
    ),
    main(
        "sign",
        _("登记签订"),
        _("各方盖章页已收到并与现内容一致。登记后按任务书建立经费台账。"),
        OFFICE,
        _sign,
        ("digest",),
    ),
    Deed(
        "give_up",
        _("放弃项目"),
        _("签订之前可以放弃。名额由另一位工作人员确认后空出，可以递补。"),
        (APPLICANT, OFFICER),
        with_words(agreements.give_up),
        WHY,
    ),
    Deed("start", _("启动实施"), _("从现在起计入在研项目。"), OFFICE, plain(agreements.start)),
    Deed(
        "finish",
        _("实施完毕"),
        _("全部任务已经完成，转入验收。"),
        (APPLICANT, OFFICER),
        plain(working.finish),
    ),
    Deed(
        "suspend",
        _("暂停"),
        _("须经领导同意。暂停期间不拨款。"),
        OFFICE,
        asked("grants.suspend"),
        WHY,
        is_asked=True,
    ),
    Deed("resume", _("恢复"), _("项目继续实施。"), (OFFICER, LEADER), with_words(working.resume), WHY),
    Deed(
        "terminate",
        _("终止"),
        _("须经领导同意。终止后不再拨款，按实际支出结算。"),
        OFFICE,
        asked("grants.terminate"),
        WHY,
        is_asked=True,
    ),
)
INSTALMENT = (
    main("meet", _("条件已具备"), _("拨付条件已经满足，可以申请拨付。"), OFFICE, plain(instalments.meet)),
    main(
        "request",
        _("申请拨付"),
        _("提交审批，由另一人同意后拨付。"),
        OFFICE,
        asked("grants.pay"),
        is_asked=True,
    ),
    main("pay", _("登记拨付"), _("填写银行付款凭证号和拨付日期。"), MONEY, _pay, ("voucher", "day")),
    main(
        "confirm",
        _("确认到账"),
        _("这笔经费已经到达本单位账户。"),
        (APPLICANT, FINANCE),
        plain(instalments.confirm),
    ),
    Deed(
        "bounce",
        _("退汇"),
        _("银行把款项退了回来，这一期重新申请拨付。"),
        MONEY,
        with_words(instalments.bounce),
        WHY,
    ),
    Deed(
        "hold",
        _("暂缓"),
        _("暂缓这一期，写明理由并告知承担单位。"),
        (OFFICER, LEADER),
        with_words(instalments.hold),
        WHY,
    ),
    Deed(
        "release",
        _("解除暂缓"),
        _("这一期回到计划，重新核对条件。"),
        (OFFICER, LEADER),
        with_words(instalments.release),
        WHY,
    ),
    Deed(
        "cancel",
        _("取消"),
        _("须经领导同意。这一期不再拨付。"),
        OFFICE,
        asked("grants.cancel"),
        WHY,
        is_asked=True,
    ),
)
CHANGE = (
    main("submit", _("提交"), _("提交给受理单位批复。"), UNIT, plain(changes.submit)),
    Deed("withdraw", _("撤回"), _("撤回后不再批复。"), UNIT, plain(changes.withdraw)),
    Deed("discard", _("删除"), _("删除这份草稿。"), UNIT, plain(changes.withdraw)),
    main(
        "approve",
        _("同意变更"),
        _("提交审批，另一人同意后生效。"),
        OFFICE,
        asked("grants.change"),
        is_asked=True,
    ),
    Deed(
        "take_note",
        _("备案"),
        _("按规定不需要批准的变更。写明依据的条款。"),
        OFFICE,
        with_words(changes.take_note),
        WHY,
    ),
    Deed("return", _("退回修改"), _("写明要怎样修改。"), OFFICE, with_words(changes.give_back), WHY),
    Deed(
        "refuse",
        _("不同意"),
        _("写明理由并告知承担单位。"),
        (OFFICER, LEADER),
        with_words(changes.refuse),
        WHY,
    ),
)
SETTLEMENT = (
    main(
        "submit",
        _("提交决算"),
        _("全部票据已经填报。提交后不能再增加票据。"),
        UNIT,
        with_words(settling.submit, "words"),
        ("words",),
    ),
    Deed(
        "settle_for_unit",
        _("代为结算"),
        _("承担单位不填报，按已有材料结算。"),
        OFFICE,
        with_words(settling.settle_for_unit),
        WHY,
    ),
    main(
        "admit",
        _("审定决算"),
        _("全部票据已逐张核定。提交审批，由财务人员同意后审定。"),
        (OFFICER, FINANCE),
        asked("grants.admit"),
        is_asked=True,
    ),
    Deed(
        "return",
        _("退回修改"),
        _("写明要补充什么。"),
        (OFFICER, FINANCE),
        with_words(settling.give_back),
        WHY,
    ),
    main("close", _("结清"), _("拨付与核定支出相等，没有结余。"), MONEY, plain(settling.close)),
    Deed(
        "demand", _("要求上缴结余"), _("按台账的结余，通知承担单位在期限前上缴。"), MONEY, _demand, ("day",)
    ),
    main(
        "receive",
        _("收到上缴"),
        _("结余已全部上缴，填写凭证号。"),
        MONEY,
        with_words(settling.receive, "voucher"),
        ("voucher",),
    ),
    Deed(
        "waive",
        _("免予上缴"),
        _("须经领导同意。"),
        (OFFICER, FINANCE),
        asked("grants.waive"),
        WHY,
        is_asked=True,
    ),
    Deed(
        "reopen",
        _("重新审核"),
        _("须经财务人员同意。已结清的台账不能重开。"),
        (OFFICER, FINANCE),
        asked("grants.reopen"),
        WHY,
        is_asked=True,
    ),
)
DEEDS: Mapping[str, tuple[Deed, ...]] = {
    "grant": GRANT,
    "instalment": INSTALMENT,
    "change_request": CHANGE,
    "settlement": SETTLEMENT,
}


def deed_called(case: str, code: str) -> Deed | None:
    """Return an act on a kind of case, or nothing."""
    return next((each for each in DEEDS[case] if each.code == code), None)


def deeds_for(case: str, state: str, roles: frozenset[str]) -> list[Deed]:
    """Return the acts that are open to these roles in a state, in the order of the work."""
    table = TABLES[case]
    return [each for each in DEEDS[case] if roles & set(each.roles) and each.is_open(table, state)]
