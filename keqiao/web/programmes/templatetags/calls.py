"""Filters for pages about calls."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.guides.blocks import Table
from keqiao.web.programmes.doubts import Spot
from keqiao.web.programmes.models import Call

register = template.Library()

ENTRY_PAGES = {"targets": "target", "rules": "rule", "office_list": "office"}
ON_THE_HEAD = {"issuers", "region", "issue_date", "year", "title", "document_number"}

EVENTS = {
    "started": gettext_lazy("建立通知"),
    "read": gettext_lazy("识读完成，生成草稿"),
    "reading_failed": gettext_lazy("未能识读"),
    "document_replaced": gettext_lazy("换了一个文件"),
    "corrected": gettext_lazy("修改草稿"),
    "answered": gettext_lazy("确认一处"),
    "dismissed": gettext_lazy("一处暂不处理"),
    "published": gettext_lazy("发布"),
    "revised": gettext_lazy("发布新版本"),
    "cancelled": gettext_lazy("取消"),
}


@register.filter
def event_words(event: Any) -> str:
    """Say what an event of a call was; one without words is shown by its code."""
    words = EVENTS.get(event.act, event.act)
    number = event.data.get("revision")
    return _("%(words)s（第 %(number)s 版）") % {"words": words, "number": number} if number else str(words)


@register.filter
def is_table(block: Any) -> bool:
    """Is this block of a document a table?"""
    return isinstance(block, Table)


@register.simple_tag
def edit_address(call: Call, spot: Spot) -> str:
    """Return the page on which one part of a draft is corrected."""
    if spot.entry and spot.statement in ENTRY_PAGES:
        return reverse(f"programmes:{ENTRY_PAGES[spot.statement]}", args=[call.pk, spot.entry])
    if spot.node:
        return reverse("programmes:terms", args=[call.pk, spot.node])
    return reverse(
        f"programmes:{'head' if spot.statement in ON_THE_HEAD else 'terms_of_call'}", args=[call.pk]
    )
