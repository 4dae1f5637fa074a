"""Which published call a notice is about: candidates with reasons; the officer chooses where it is not plain."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

_MARKS = re.compile(r"[\s“”\"'‘’《》<>〈〉()（）\[\]【】〔〕、，,。:：;；·-]")
_NUMBER = re.compile(r"[\s〔〕\[\]【】()（）第文]")
_COMMON = re.compile(r"关于|组织|开展|做好|申报|征集|工作|的|通知|公告|指南|20\d{2}年?度?")
"""What the titles of most calls have in common; the year is compared on its own."""
_ALIKE, _SHORTEST = 0.6, 2
"""Below this share of equal characters, or with fewer characters of their own, two titles are not alike."""


@dataclass(frozen=True, slots=True)
class About:
    """What a notice says of the call that it changes; empty where it does not say."""

    title: str = ""
    document_number: str = ""
    issued: date | None = None
    issuers: tuple[str, ...] = ()
    year: int | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of a published call; ``key`` is the caller's."""

    key: str
    title: str
    document_number: str = ""
    issued: date | None = None
    issuers: tuple[str, ...] = ()
    year: int | None = None
    region: str = ""


class Reason(StrEnum):
    """Why a call may be the one."""

    NUMBER = "number"
    TITLE = "title"
    LIKE_TITLE = "like_title"
    ISSUED = "issued"
    YEAR = "year"
    ISSUER = "issuer"
    OTHER_NUMBER = "other_number"
    OTHER_YEAR = "other_year"


_POINTS = {
    Reason.NUMBER: 60, Reason.TITLE: 50, Reason.LIKE_TITLE: 30, Reason.ISSUED: 15, Reason.YEAR: 8,
    Reason.ISSUER: 6, Reason.OTHER_NUMBER: -40, Reason.OTHER_YEAR: -20,
}  # fmt: skip
_PLAIN, _LEAD = 30, 15
"""Points that make one call the plain answer, and the lead it must have over the next."""


@dataclass(frozen=True, slots=True)
class Match:
    """A call that may be meant, and why."""

    key: str
    points: int
    reasons: tuple[Reason, ...]


def rank(about: About, published: Iterable[Published]) -> list[Match]:
    """Return the calls that may be meant, the likeliest first; calls that nothing speaks for are left out."""
    matches = [_match(about, call) for call in published]
    return sorted((m for m in matches if m.points > 0), key=lambda m: (-m.points, m.key))


def plain_choice(matches: list[Match]) -> str | None:
    """Return the call that is meant without doubt: by number or title, well ahead of every other; else None."""
    if not matches or matches[0].points < _PLAIN:
        return None
    named = {Reason.NUMBER, Reason.TITLE, Reason.LIKE_TITLE} & set(matches[0].reasons)
    ahead = len(matches) == 1 or matches[0].points - matches[1].points >= _LEAD
    return matches[0].key if named and ahead else None


def _match(about: About, call: Published) -> Match:
    reasons = [*_by_number(about, call), *_by_title(about, call), *_by_rest(about, call)]
    return Match(call.key, sum(_POINTS[reason] for reason in reasons), tuple(reasons))


def _by_number(about: About, call: Published) -> Iterable[Reason]:
    if about.document_number and call.document_number:
        one, other = (_NUMBER.sub("", n) for n in (about.document_number, call.document_number))
        yield Reason.NUMBER if one.endswith(other) or other.endswith(one) else Reason.OTHER_NUMBER


def _by_title(about: About, call: Published) -> Iterable[Reason]:
    one, other = _MARKS.sub("", about.title), _MARKS.sub("", call.title)
    if not one or not other:
        return
    if one == other:
        yield Reason.TITLE
    elif _is_like(_COMMON.sub("", one), _COMMON.sub("", other)):
        yield Reason.LIKE_TITLE


def _is_like(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST:
        return False
    return one in other or other in one or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _by_rest(about: About, call: Published) -> Iterable[Reason]:
    if about.issued and call.issued and about.issued == call.issued:
        yield Reason.ISSUED
    if about.year and call.year:
        yield Reason.YEAR if about.year == call.year else Reason.OTHER_YEAR
    if set(about.issuers) & set(call.issuers):
        yield Reason.ISSUER
