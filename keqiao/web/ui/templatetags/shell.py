"""Tags and filters that every template has without loading them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from keqiao.core.findings import Finding
from keqiao.core.money import exact_amount, format_yuan
from keqiao.readers import messages

register = template.Library()

SOON_DAYS = 7
WEEKDAYS = "一二三四五六日"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon in the colour of the text. Hidden from screen readers: a word always stands beside it.

    Raises:
        LookupError: package.json does not name this icon.
    """
    return mark_safe(_drawing(name))  # noqa: S308  a file of ours, not of a person


@cache
def _drawing(name: str) -> str:
    found = finders.find(f"vendor/icons/{name}.svg")
    if found is None:
        if finders.find("vendor/icons/check.svg") is None:
            return ""  # assets are not set up; pages stay usable by their words
        raise LookupError(f"No icon {name!r}: add it to the icons of package.json.")
    text = Path(found).read_text(encoding="utf-8")
    inside = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    return (
        '<svg class="kq-icon" viewBox="0 0 24 24" stroke-linecap="round" stroke-linejoin="round"'
        f' aria-hidden="true" focusable="false">{" ".join(inside.split())}</svg>'
    )


@register.filter
def say(finding: Finding) -> str:
    """Return the sentence of a finding in the active language."""
    return messages.say(finding, "en" if _english() else "zh")


@register.filter
def money(fen: int | None) -> str:
    """Write an amount in fen as offices do: 15万元, 3500元; in English CNY 150,000. Not known: a dash."""
    if fen is None:
        return "—"
    if _english():
        return f"CNY {format_yuan(fen, places=2 if fen % 100 else 0)}"
    return exact_amount(fen)


@register.filter
def cn_date(day: date | datetime | None) -> str:
    """Write a day: 2026年3月2日; in English 2 Mar 2026. Times are turned to Shanghai days first."""
    if day is None:
        return "—"
    local = _local_day(day)
    if _english():
        return f"{local.day} {local:%b} {local.year}"
    return f"{local.year}年{local.month}月{local.day}日"


@register.filter
def cn_time(moment: datetime | None) -> str:
    """Write a moment to the minute in Shanghai time: 2026年3月2日 17:00."""
    if moment is None:
        return "—"
    return f"{cn_date(moment)} {timezone.localtime(moment):%H:%M}"


@register.filter
def weekday(day: date | datetime) -> str:
    """Write the day of the week: 周三; in English Wed."""
    local = _local_day(day)
    return f"{local:%a}" if _english() else f"周{WEEKDAYS[local.weekday()]}"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """What a countdown shows. ``state`` is over, soon or far; ``seconds`` count from the page's arrival."""

    words: str
    state: str
    seconds: int


@register.simple_tag(takes_context=True)
def time_left(context: Context, until: datetime) -> TimeLeft:
    """Return what is left until ``until``, counted from the arrival of the request."""
    now = context["request"].arrived_at
    seconds = ceil((until - now).total_seconds())  # the last moment itself is in time
    if now > until:
        return TimeLeft(_("已截止"), "over", 0)
    days = seconds // 86_400
    if days:
        words = ngettext("余 %(count)s 天", "余 %(count)s 天", days) % {"count": days}
        return TimeLeft(words, "soon" if days < SOON_DAYS else "far", seconds)
    hours, minutes = seconds // 3_600, max(1, seconds // 60)
    if hours:
        return TimeLeft(_("余 %(count)s 小时") % {"count": hours}, "soon", seconds)
    return TimeLeft(_("余 %(count)s 分钟") % {"count": minutes}, "soon", seconds)


@register.simple_tag(takes_context=True)
def lang(context: Context) -> str:
    """Return ``?lang=en`` if the address asked for a language, to be put behind the links of public pages."""
    request = context.get("request")
    asked = request.GET.get("lang", "") if request is not None else ""
    return format_html("?lang={}", asked) if asked in ("en", "zh-hans") else ""


@register.filter
def share(part: float, whole: float) -> str:
    """Return ``part`` of ``whole`` as the width of a drawing: 0 to 100, never outside, one decimal."""
    if not whole:
        return "0"
    return f"{min(100.0, max(0.0, 100 * part / whole)):.1f}"


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """Return ``mapping[key]``, or nothing if it is not there."""
    return mapping.get(key)


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _local_day(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day
