"""The list of public calls: what can be asked for, what was asked, and how to take it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.core.money import FEN_PER_YUAN
from keqiao.readers.search_words import SearchCode, applicant_kinds, themes
from keqiao.web.portal.rows import NOTHING_ASKED, CallRow, rows_of
from keqiao.web.programmes.public_face import search as public_search
from keqiao.web.programmes.public_face.search import Wanted
from keqiao.web.programmes.queries import BY_URGENCY, in_region, public_calls_by_urgency
from keqiao.web.ui.lists import Column, Filter, ListKind, ListPage, list_page
from keqiao.web.ui.templatetags.shell import money

AMOUNTS_YUAN = (10_000, 30_000, 50_000, 100_000, 200_000, 500_000)
STATES = [
    (public_search.OPEN, _("正在申报")),
    (public_search.WITHIN_7, _("7 天内截止")),
    (public_search.WITHIN_14, _("14 天内截止")),
    (public_search.UPCOMING, _("即将开始")),
    (public_search.CLOSED, _("已截止")),
]
FILTERS = ("state", "region", "applicant", "theme", "amount", "year")
PARAMETERS = ("q", *FILTERS, "page")
"""What an address of the list may ask for."""


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was asked, and the address without it."""

    label: Any
    words: Any
    address: str


@dataclass(frozen=True, slots=True)
class FoundCalls:
    """One page of the list. ``asked`` is the address of the same choice for feeds ("" or ``?…``)."""

    listed: ListPage
    rows: list[CallRow]
    chips: list[Chip]
    asked: str
    is_as_asked: bool


def find_calls(asked: QueryDict, at: datetime) -> FoundCalls:
    """Return the page of public calls that ``asked`` (the query of the address) wants, in five queries."""
    found = _list(asked, at)
    fits = _fits(asked, at, found.words)
    return FoundCalls(
        found, rows_of(found.page, fits), list(_chips(found, asked)), _feed(asked), _is_as_asked(found, asked)
    )


def calls_asked_for(asked: QueryDict, at: datetime) -> tuple[QuerySet[Any], bool]:
    """Return all public calls that ``asked`` wants, and whether all that it wants is on the lists; for feeds.

    Addresses with other values are endless: what is at them is not worth keeping.
    """
    found = _list(asked, at)
    return found.narrowed, _is_as_asked(found, asked)


def _list(asked: QueryDict, at: datetime) -> ListPage:
    calls = public_search.calls_that_offer(public_calls_by_urgency(at), wanted(asked, at))
    return list_page(calls, call_list(), asked)


def wanted(asked: QueryDict, at: datetime) -> Wanted:
    """Return what a category must offer; values that are not on the lists count as not asked."""
    amount = asked.get("amount", "")
    return Wanted(
        at,
        applicant=_known(asked.get("applicant"), applicant_kinds()),
        theme=_known(asked.get("theme"), themes()),
        least_fen=int(amount) * FEN_PER_YUAN if amount in dict(_amounts()) else None,
        state=_known(asked.get("state"), dict(STATES)),
    )


def call_list() -> ListKind:
    """Return what the public list offers; its regions and years are those of the calls there are."""
    regions, years = public_search.regions_and_years()
    return ListKind(
        columns=(Column("deadline", _("申报截止"), BY_URGENCY),),
        default_sort="deadline",
        search=public_search.found_by,
        filters=(
            Filter("state", _("状态"), STATES, _asked_of_categories),
            Filter("region", _("地区"), [(name, name) for name in regions], in_region),
            Filter("applicant", _("申报单位"), _labelled(applicant_kinds()), _asked_of_categories),
            Filter("theme", _("主题"), _labelled(themes()), _asked_of_categories),
            Filter("amount", _("每项经费"), _amounts(), _asked_of_categories),
            Filter(
                "year", _("年度"), [(str(year), str(year)) for year in years], lambda year: Q(year=int(year))
            ),
        ),
        hint=_("标题、科协或类别名称"),
        only_words=True,
        rows_per_page=20,
    )


def _asked_of_categories(_value: str) -> Q:
    """Asked elsewhere, all at once: one and the same category has to fit (``calls_that_offer``)."""
    return Q()


def _fits(asked: QueryDict, at: datetime, words: str) -> Q:
    """What makes a category worth naming under its call; nothing where nothing tells categories apart."""
    condition, what = NOTHING_ASKED, wanted(asked, at)
    if what.asks_for_categories:
        condition = public_search.offers_wanted(what)
    for word in words.split():
        condition |= Q(name__icontains=word)
    return condition


def _labelled(codes: Any) -> list[tuple[str, str]]:
    language = get_language() or ""
    entries: list[SearchCode] = list(codes.values())
    return [(entry.code, entry.label(language)) for entry in entries]


def _amounts() -> list[tuple[str, str]]:
    return [
        (str(yuan), _("%(money)s及以上") % {"money": money(yuan * FEN_PER_YUAN)}) for yuan in AMOUNTS_YUAN
    ]


def _known(value: str | None, known: Any) -> str:
    return value if value is not None and value in known else ""


def _chips(found: ListPage, asked: QueryDict) -> Iterator[Chip]:
    if found.words:
        yield Chip(_("包含"), found.words, _without(asked, "q"))
    for each in found.filters:
        if each.chosen:
            yield Chip(each.label, dict(each.choices)[each.chosen], _without(asked, each.name))


def _without(asked: QueryDict, name: str) -> str:
    left = asked.copy()
    for taken in (name, "page"):
        left.pop(taken, None)
    return f"?{left.urlencode()}" if left else "?"


def _feed(asked: QueryDict) -> str:
    """The query of a feed for the same choice: without the page."""
    return _without(asked, "page").removesuffix("?")


def _is_as_asked(found: ListPage, asked: QueryDict) -> bool:
    """Does the page show just what the address says?"""
    chosen = {each.name: each.chosen for each in found.filters} | {"page": str(found.page.number)}
    return not found.words and all(asked[name] == chosen[name] for name in chosen if asked.get(name))
