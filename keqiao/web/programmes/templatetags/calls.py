"""Filters for pages about calls."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.guides.blocks import Table
from keqiao.web.programmes.act_words import ACTS
from keqiao.web.programmes.doubts import Spot
from keqiao.web.programmes.editing import entry_at
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.part_words import PartWords
from keqiao.web.programmes.parts import NotThere, Part, nodes

register = template.Library()

ENTRY_PAGES = {"targets": "target", "rules": "rule", "office_list": "office"}
ON_THE_HEAD = {"issuers", "region", "issue_date", "year", "title", "document_number"}

EVENTS = {
    **ACTS,
    "corrected": gettext_lazy("修改草稿"),
    "added": gettext_lazy("增加一项"),
    "answered": gettext_lazy("确认一处"),
    "dismissed": gettext_lazy("一处暂不处理"),
    "undone": gettext_lazy("撤销一步"),
    "redone": gettext_lazy("重做一步"),
    "reading_failed": gettext_lazy("未能识读"),
    "document_replaced": gettext_lazy("换了一个文件"),
    "published": gettext_lazy("发布"),
    "revised": gettext_lazy("发布新版本"),
    "cancelled": gettext_lazy("取消"),
}


STATEMENTS = {
    "head": gettext_lazy("基本信息"),
    "name": gettext_lazy("名称"),
    "code": gettext_lazy("编号"),
    "applicants": gettext_lazy("申报单位"),
    "funding": gettext_lazy("经费"),
    "places": gettext_lazy("名额"),
    "per_unit_limit": gettext_lazy("每单位限报"),
    "deadline": gettext_lazy("申报截止"),
    "completion": gettext_lazy("完成时限"),
    "term": gettext_lazy("实施期"),
    "offices": gettext_lazy("咨询部门"),
    "office_list": gettext_lazy("咨询部门"),
    "targets": gettext_lazy("绩效指标"),
    "rules": gettext_lazy("规则"),
    "removed": gettext_lazy("删除"),
    "loaded": gettext_lazy("重新载入"),
    "confirmed": gettext_lazy("无误"),
    "dismissed": gettext_lazy("不处理"),
    "used": gettext_lazy("已手工录入"),
}


@register.filter
def statement_words(names: Iterable[str] | str) -> str:
    """Say which statements (or which one) a change touched."""
    names = (names,) if isinstance(names, str) else names
    return "、".join(str(STATEMENTS.get(name, name)) for name in names)


@register.filter
def part_name(draft: Draft, identifier: str) -> str:
    """Return how people call a part of a draft: the category, rule, target or office with this id."""
    if not identifier:
        return _("整个通知")
    known = dict(nodes(draft.definition))
    try:
        found = known.get(identifier) or entry_at(draft.definition, identifier).values
    except NotThere:
        return identifier
    said = (found.get(name) for name in ("name", "metric", "summary", "department"))
    return next((words for words in said if words), identifier)


@register.filter
def part_title(draft: Draft, part: Part) -> str:
    """Return how people call a part of a draft: 科普讲座 · 经费."""
    return PartWords(draft.definition).title(part)


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
