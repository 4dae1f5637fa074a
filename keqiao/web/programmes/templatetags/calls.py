"""Filters for pages about calls."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.web.programmes.wording.acts import ACTS
from keqiao.web.programmes.wording.scorecards import bands_said

register = template.Library()

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
    "opened": gettext_lazy("按期开始受理"),
    "closed": gettext_lazy("到期截止"),
    "extended": gettext_lazy("延期，重新受理"),
    "cancelled": gettext_lazy("取消"),
}


@register.filter
def event_words(event: Any) -> str:
    """Say what an event of a call was; one without words is shown by its code."""
    words = EVENTS.get(event.act, event.act)
    number = event.data.get("revision")
    return _("%(words)s（第 %(number)s 版）") % {"words": words, "number": number} if number else str(words)


register.filter("bands_said", bands_said)
