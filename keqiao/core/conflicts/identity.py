"""Whether two mentions mean the same person or body: yes, no, or nobody can tell from what is written (None)."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from keqiao.core.conflicts.facts import Body, Post, Who
from keqiao.core.identifiers.names import fold

M = TypeVar("M")
T = TypeVar("T")
Token = tuple[str, str]


def same_person(one: Who, other: Who) -> bool | None:
    """Same id or same ID number: yes. Two ID numbers that differ: no. The same name and nothing else: None."""
    if one.id and one.id == other.id:
        return True
    if one.key and other.key:
        return one.key == other.key
    return None if _folded(one.name) and _folded(one.name) == _folded(other.name) else False


def same_body(one: Body, other: Body) -> bool | None:
    """Same id, one a part of the other, or parts of one whole: yes. The same name where one has no id: None."""
    if one.id and other.id:
        return bool({one.id, one.whole} & {other.id, other.whole} - {""})
    return None if _folded(one.name) and _folded(one.name) == _folded(other.name) else False


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    """Names are compared far more often than there are names."""
    return fold(name)


def person_tokens(who: Who) -> Iterator[Token]:
    """What a mention of a person can be found by."""
    yield from _named((("id", who.id), ("key", who.key), ("name", _folded(who.name))))


def body_tokens(body: Body) -> Iterator[Token]:
    """What a mention of a body can be found by."""
    yield from _named((("id", body.id), ("id", body.whole), ("name", _folded(body.name))))


def _named(tokens: tuple[Token, ...]) -> Iterator[Token]:
    yield from (each for each in tokens if each[1])


class Index(Generic[M, T]):
    """Mentions with something beside each, found by another mention without looking at all of them."""

    def __init__(self, tokens: Callable[[M], Iterator[Token]], same: Callable[[M, M], bool | None]) -> None:
        self._tokens, self._same = tokens, same
        self._entries: list[tuple[M, T]] = []
        self._found: dict[Token, list[int]] = {}

    def add(self, mention: M, beside: T) -> None:
        """Keep a mention."""
        for token in set(self._tokens(mention)):
            self._found.setdefault(token, []).append(len(self._entries))
        self._entries.append((mention, beside))

    def matches(self, mention: M) -> Iterator[tuple[T, bool]]:
        """Give what stands beside each mention that means the same, and whether that is sure."""
        places = {place for token in self._tokens(mention) for place in self._found.get(token, ())}
        for place in sorted(places):
            other, beside = self._entries[place]
            if (same := self._same(mention, other)) is not False:
                yield beside, same is True


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def counts(post: Post, years: int | None, day: date) -> bool:
    """Was the post held on ``day`` or within ``years`` before it (None: ever)? What nobody dated counts."""
    return (post.since is None or post.since <= day) and ended_within(post.until, years, day)


def ended_within(until: date | None, years: int | None, day: date) -> bool:
    """Did something last until ``day``, or end within ``years`` before it?"""
    return until is None or years is None or until >= years_before(day, years)
