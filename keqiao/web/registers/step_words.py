"""The steps in the life of a line, in words and newest first, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.web.registers.models.entered import Step

WORDS: dict[str, str | Promise] = {
    "propose": _("拟认定"),
    "grant": _("认定"),
    "publicise": _("开始公示"),
    "confirm": _("予以认定"),
    "decline": _("不予认定"),
    "order_rectification": _("责令限期整改"),
    "accept_rectification": _("整改合格"),
    "revoke": _("撤销认定"),
    "reinstate": _("恢复认定"),
    "end": _("提前终止"),
    "renew": _("续期"),
    "transfer": _("变更持有者"),
    "merge": _("并入"),
    "strike": _("登记有误，作废"),
    "debar": _("禁止申报"),
    "file_appeal": _("收到申诉"),
    "stay": _("申诉期间暂停执行"),
    "dismiss_appeal": _("申诉不成立，维持"),
    "allow_appeal": _("申诉成立，撤销决定"),
    "annul": _("决定有误，撤销"),
    "lift": _("提前解除"),
}
"""Words for every act that is a step."""


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step as a page shows it."""

    words: str | Promise
    on: date
    reason: str
    basis: str
    who: str
    at: datetime


def steps_of(line: Any) -> list[ShownStep]:
    """Return the steps of a line, the newest first."""
    rows: Iterable[Step] = line.steps.select_related("entered_by").order_by("-number")
    return [
        ShownStep(WORDS[row.act], row.on, row.reason, row.basis, str(row.entered_by or ""), row.entered_at)
        for row in rows
    ]
