"""Filters of the page of a correction or extension notice."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext_lazy

from keqiao.core.programme.amending.asked import Said
from keqiao.core.programme.amending.calls import Reason
from keqiao.core.programme.amending.comparing import in_words
from keqiao.web.programmes.amendments import queries as amendment_queries
from keqiao.web.programmes.amendments.words import what_it_did
from keqiao.web.programmes.models import Amendment, Call

register = template.Library()

GROUPS = {
    "asked": gettext_lazy("需要您决定"),
    "plain": gettext_lazy("已找到对应部分"),
    "done": gettext_lazy("已处理"),
    "same": gettext_lazy("与现在的内容一致，无需改动"),
}
REASONS = {
    Reason.NUMBER: gettext_lazy("文号相同"),
    Reason.TITLE: gettext_lazy("标题相同"),
    Reason.LIKE_TITLE: gettext_lazy("标题相近"),
    Reason.ISSUED: gettext_lazy("发文日期相同"),
    Reason.YEAR: gettext_lazy("年度相同"),
    Reason.ISSUER: gettext_lazy("发文单位相同"),
    Reason.OTHER_NUMBER: gettext_lazy("文号不同"),
    Reason.OTHER_YEAR: gettext_lazy("年度不同"),
}


@register.filter
def group_words(group: str) -> str:
    """Say what a group of proposals is."""
    return str(GROUPS[group])


@register.filter
def reason_words(reasons: Iterable[Reason]) -> str:
    """Say why a call may be the one."""
    return "、".join(str(REASONS[reason]) for reason in reasons)


@register.filter
def said_words(said: Said | None) -> str:
    """Say a value as an office writes it."""
    return in_words(said)


@register.filter
def faults_of(form: Any, key: str) -> Any:
    """Return the form with faults if it is the one of this proposal, else nothing."""
    return form if form is not None and form["key"].value() == key else None


@register.simple_tag
def notices_in_the_office(call: Call) -> list[Amendment]:
    """Return all notices about a call, whatever has become of them."""
    return list(amendment_queries.notices_of(call))


@register.simple_tag
def notices_of(call: Call) -> list[Amendment]:
    """Return the notices that published revisions of a call took up."""
    return list(amendment_queries.amendments_of(call))


@register.filter
def did_words(amendment: Amendment) -> str:
    """Say what a notice did to its call: 已延期."""
    return what_it_did(amendment)
