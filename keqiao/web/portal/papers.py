"""A public call and its categories as PDF sheets: what the pages say, laid out for paper, made once for a revision."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.core.lifecycle.call import CallState
from keqiao.core.programme import path_of
from keqiao.web.portal.category import CategoryPage
from keqiao.web.portal.paper_sections import (
    Values,
    date_rows,
    money_sections,
    own_part,
    row_of,
    rule_rows,
    section,
    sheet_sections,
    tree_columns,
    tree_rows,
)
from keqiao.web.portal.public import CallPage
from keqiao.web.portal.sheet_writer import sheet_at
from keqiao.web.programmes.wording.labels import language_now
from keqiao.web.ui.site_addresses import whole_address
from keqiao.web.ui.templatetags.shell import cn_time
from keqiao.writers.pdf import typeset


def pdf_of_call(page: CallPage) -> bytes:
    """Set the sheet of a call: what there is to apply for side by side, what holds for all, then each category."""
    sections = [
        section(_("类别一览"), "table", tree_rows(page), columns=tree_columns(page)),
        section(_("时间安排"), "facts", date_rows(page.timeline.moments)),
        *money_sections(page),
        *sheet_sections(page.whole, _("总体要求")),
        *(section(name, "items", list(rule_rows(rules)), level=2) for name, rules in page.tracks),
    ]
    for row in page.tree:
        sheet = sheet_at(page.programme, path_of(page.programme, row.id), page.revision.words)
        sections += sheet_sections(own_part(sheet, page.whole), f"{row.code}{row.name}", level=2)
    sections.append(
        section(_("咨询"), "items", [row_of("", row.value, row.invented) for row in page.offices])
    )
    programme = page.programme
    about = " · ".join(filter(None, (programme.document_number, programme.region)))
    return _pdf(page, programme.title, about, sections, reverse("portal:call", args=[page.call.slug]))


def pdf_of_category(at: CategoryPage) -> bytes:
    """Set the sheet of one category with everything that holds for it."""
    page, sections = at.of, sheet_sections(at.sheet, _("基本要求"))
    sections.append(section(_("时间安排"), "facts", date_rows(at.timeline.moments)))
    title = f"{at.category.code or ''}{at.category.name}"
    above = " / ".join((page.programme.title, *(category.name for category in at.above)))
    address = reverse("portal:category", args=[page.call.slug, at.category.id])
    return _pdf(page, title, above, sections, address)


def _pdf(page: CallPage, title: str, about: str, sections: Iterable[Values], address: str) -> bytes:
    revision, issuers = page.revision, list(page.programme.issuers) or [str(page.call.association)]
    said = {"n": revision.number, "at": cn_time(revision.published_at)}
    values = {
        "about": {
            "title": title,
            "issuers": issuers,
            "keywords": f"revision {revision.number}, SHA-256 {revision.digest}",
        },
        "language": language_now(),
        "kicker": "、".join(issuers),
        "title": title,
        "subtitle": about,
        "warning": " ".join(_warnings(page)),
        "sections": [part for part in sections if part["rows"] or part["title"]],
        "foot": [
            _("第 %(n)s 版 · %(at)s 发布 · 以网上现行版本为准：") % said + whole_address(address),
            f"SHA-256 {revision.digest}",
        ],
    }
    return typeset("sheet", values, at=revision.published_at, folders=settings.FONT_FOLDERS).pdf


def _warnings(page: CallPage) -> Iterator[str]:
    if page.call.state == CallState.CANCELLED:
        yield _("这份通知已取消。")
    if page.is_invented:
        yield _("标有“演示虚构”或“※”的内容为演示而设，原通知没有写明，不作为申报依据。")
