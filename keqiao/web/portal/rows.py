"""What a list shows of a call beside its title: the money, and who may apply. Read from plain values: fast."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.web.programmes.queries import definitions_in_force, definitions_of_public_calls
from keqiao.web.ui.templatetags.shell import money

Values = Mapping[str, Any]

KINDS_SHOWN = 3
APPLICANTS = {
    "society": (gettext_lazy("学会、研究会"), ("学会", "研究会")),
    "county": (gettext_lazy("县（市、区）科协"), ("县",)),
    "university": (gettext_lazy("高校科协、学校"), ("高校", "院校", "学校", "中学")),
    "enterprise": (gettext_lazy("企业、园区"), ("企业", "园区", "企事业")),
    "base": (gettext_lazy("基地、场馆"), ("基地", "场馆", "科技馆")),
    "other": (gettext_lazy("社区、合作社和其他"), ("社区", "合作社", "农技协", "媒体", "医疗")),
}
"""Kinds of applicant to choose from: words, and what a call that takes them says in its own wording."""


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as a line of a list."""

    call: Any
    money: str
    applicants: str


def rows_of(calls: Iterable[Any]) -> list[CallRow]:
    """Return the lines of ``calls``; one query for all of them."""
    listed = list(calls)
    definitions = definitions_in_force([call.pk for call in listed])
    return [
        CallRow(call, money_words(stated), applicants_words(stated))
        for call in listed
        for stated in [definitions.get(call.pk, {})]
    ]


def ids_open_to(kind: str) -> list[Any]:
    """Return the ids of the public calls that name applicants of this kind; reads all public definitions."""
    needles = APPLICANTS[kind][1]
    return [
        pk
        for pk, stated in definitions_of_public_calls()
        if any(needle in name for name in _kinds(stated) for needle in needles)
    ]


def money_words(stated: Values) -> str:
    """Say the least and the most that one project gets; empty where the call states no amount per project."""
    amounts = [amount for funding in _fundings(stated) for amount in _per_project(funding)]
    if not amounts:
        return ""
    least, most = min(amounts), max(amounts)
    if least == most:
        return _("%(money)s/项") % {"money": money(most)}
    return _("%(least)s–%(most)s/项") % {"least": money(least), "most": money(most)}


def applicants_words(stated: Values) -> str:
    """Say the first kinds of applicant that the call names."""
    names = list(dict.fromkeys(_kinds(stated)))
    more = _(" 等 %(n)s 类") % {"n": len(names)} if len(names) > KINDS_SHOWN else ""
    return "、".join(names[:KINDS_SHOWN]) + more


def _per_project(funding: Values) -> Iterator[int]:
    if funding.get("per", "project") == "project":
        yield from (funding[name] for name in ("amount_fen", "min_fen", "max_fen") if name in funding)


def _fundings(node: Values) -> Iterator[Values]:
    if node.get("funding"):
        yield node["funding"]
    for below in node.get("categories", ()):
        yield from _fundings(below)


def _kinds(node: Values) -> Iterator[str]:
    yield from (node.get("applicants") or {}).get("kinds", ())
    for below in node.get("categories", ()):
        yield from _kinds(below)
