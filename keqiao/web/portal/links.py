"""What other programs are told of a public page: its one address in each language, and a preview of it.

Addresses begin with the site's own (``KEQIAO_SITE_URL``), never with what a request calls it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.web.portal.category import CategoryPage
from keqiao.web.portal.public import CallPage
from keqiao.web.programmes.overview import LeafShown
from keqiao.web.ui.site_addresses import whole_address
from keqiao.web.ui.templatetags.shell import cn_date

ENGLISH = {"lang": "en"}
LONGEST_DESCRIPTION = 160  # characters; programs that show previews cut there


@dataclass(frozen=True, slots=True)
class PageLink:
    """A public page as others link to it."""

    title: str
    description: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)

    @property
    def chinese(self) -> str:
        """The address of the page in Chinese, which is the plain one."""
        return absolute(self.path, self.query)

    @property
    def english(self) -> str:
        """The address of the page in English."""
        return absolute(self.path, {**self.query, **ENGLISH})

    @property
    def address(self) -> str:
        """The address of the page in the language in which it is shown."""
        return self.english if is_english() else self.chinese

    @property
    def locale(self) -> str:
        """The language, as Open Graph writes it."""
        return "en_GB" if is_english() else "zh_CN"


def link_of_call(page: CallPage) -> PageLink:
    """Return the link of a call: who issues it, until when, how many categories."""
    issuer = "、".join(page.programme.issuers) or str(page.call.association)
    said = [issuer, _until(page), _("%(n)s 个可申报类别") % {"n": len(page.leaves)}]
    return _link(page.programme.title, said, reverse("portal:call", args=[page.call.slug]))


def link_of_category(page: CallPage, at: CategoryPage) -> PageLink:
    """Return the link of a category: who, how much, how many, until when."""
    said = [page.programme.title, *(_in_short(at.leaf) if at.leaf else [_until(page)])]
    path = reverse("portal:category", args=[page.call.slug, at.category.id])
    return _link(at.category.name, said, path)


def link_of_home() -> PageLink:
    """Return the link of the home page."""
    said = [_("一份通知，一处申报：类别、经费、名额、指标和时限，逐条注明依据。")]
    return _link(settings.SITE_NAME, said, reverse("portal:home"))


def link_of_list(asked: str) -> PageLink:
    """Return the link of the list of calls; ``asked`` is its query ("" or ``?…``)."""
    said = [_("按地区、申报单位、主题、经费和截止时间查找科协项目申报通知")]
    return _link(_("全部通知"), said, reverse("portal:calls"), _without_language(asked))


def link_of_statistics() -> PageLink:
    """Return the link of the statistics page."""
    said = [_("各科协公开申报通知的经费和名额，按地区、年度、申报单位和主题统计")]
    return _link(_("公开通知统计"), said, reverse("portal:statistics"))


def link_of_notice(title: str, path: str) -> PageLink:
    """Return the link of a public notice or award, or of the list of all."""
    return _link(title, [_("拟立项名单公示、立项名单")], path)


def absolute(path: str, query: Mapping[str, Any] | None = None) -> str:
    """Return the whole address of a path of this site."""
    return f"{whole_address(path)}{'?' if query else ''}{urlencode(query or {})}"


def is_english() -> bool:
    """Is the page shown in English?"""
    return (get_language() or "").startswith("en")


def _link(title: str, said: list[str], path: str, query: Mapping[str, Any] | None = None) -> PageLink:
    description = Truncator(" · ".join(filter(None, said))).chars(LONGEST_DESCRIPTION)
    return PageLink(title, description, path, query or {})


def _without_language(asked: str) -> dict[str, str]:
    return {name: value for name, value in parse_qsl(asked.removeprefix("?")) if name not in ENGLISH}


def _until(page: CallPage) -> str:
    if page.call.deadline_at is None:
        return ""
    return _("申报截止 %(day)s") % {"day": cn_date(page.call.deadline_at)}


def _in_short(leaf: LeafShown) -> list[str]:
    until = _("申报截止 %(day)s") % {"day": leaf.until.value} if leaf.until.value else ""
    return [leaf.who.value, leaf.money.value, leaf.places.value, until]
