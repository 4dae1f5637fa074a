"""A person of whom a form speaks, as the rules see one: the register's facts first, then what the form states."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import cn2an

from keqiao.core.identifiers import Malformed, read_identity_number
from keqiao.core.programme.rules.persons import Person
from keqiao.core.rules.facts import UNKNOWN, Human, Post, Qualification

Block = Mapping[str, Any]
"""What a form says of one person or unit, part by part; ``id`` where it was picked from the register."""

MEMBER = "会员"
YES_NO = {"是": True, "否": False, "有": True, "无": False}
"""Options that say yes or no."""

_LEVEL = re.compile(r"([一二三四])级")


@dataclass(frozen=True, slots=True)
class Around:
    """What statements about people point to: units by the word of the call, None for the applicant, to their ids; and
    the areas of regions by their codes.
    """

    units: Mapping[str | None, str]
    areas: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class About:
    """An answer that decides a rule about whoever holds a role: for a table its rows, else the value of the field."""

    rule: Person
    answer: Any


def human_stated(known: Human, block: Block, said: Iterable[About], around: Around) -> Human:
    """The person with what the form states of whatever the register does not know. Offices of both count."""
    if known.birth_date is UNKNOWN:
        known = replace(known, birth_date=born_on(block) or UNKNOWN)
    for each in said:
        for state in _STATING.get(each.rule.attr, ()):
            known = state(known, block, each, around)
    return known


def born_on(block: Block) -> date | None:
    """The day of birth that a block states: as it was typed, else as the identity number tells it."""
    try:
        return date.fromisoformat(str(block.get("birth_date")))
    except ValueError:
        return _born_by_number(str(block.get("id_number") or ""))


def _born_by_number(number: str) -> date | None:
    try:
        return read_identity_number(number).birth_date
    except Malformed:
        return None


def _picked(answer: Any) -> tuple[str, ...]:
    """The options of a choice; nothing for rows and other values."""
    is_choice = isinstance(answer, list) and all(isinstance(each, str) for each in answer)
    return tuple(answer) if is_choice else ()


def _part(known: Human, _block: Block, said: About, _around: Around) -> Human:
    picked = _picked(said.answer)
    return replace(known, part=picked[0]) if known.part is UNKNOWN and len(picked) == 1 else known


def _fields(known: Human, _block: Block, said: About, _around: Around) -> Human:
    picked = _picked(said.answer)
    return replace(known, fields=frozenset(picked)) if known.fields is UNKNOWN and picked else known


def _areas(known: Human, _block: Block, said: About, around: Around) -> Human:
    areas = around.areas.get(said.answer) if isinstance(said.answer, str) else None
    return replace(known, areas=areas) if known.areas is UNKNOWN and areas else known


def _member(known: Human, _block: Block, said: About, around: Around) -> Human:
    """Member of the unit that the rule names; who says no holds what the register knows, and nothing else."""
    picked, unit = _picked(said.answer), around.units.get(said.rule.of)
    is_one = YES_NO.get(picked[0]) if len(picked) == 1 else None
    if is_one is None or unit is None:
        return known
    return replace(known, posts=(*_posts(known), *([Post(unit, MEMBER)] if is_one else [])))


def _office(known: Human, block: Block, said: About, around: Around) -> Human:
    """The office in the unit that the rule names, from the row of the person."""
    post, unit = str(block.get("post") or "").strip(), around.units.get(said.rule.of)
    if not isinstance(said.answer, list) or not post or unit is None:
        return known
    return replace(known, posts=(*_posts(known), Post(unit, post)))


def _posts(known: Human) -> tuple[Post, ...]:
    return () if known.posts is UNKNOWN else known.posts


def _certificates(known: Human, block: Block, _said: About, _around: Around) -> Human:
    """The certificates in the row of the person: 国家二级心理咨询师 is one of level 2."""
    if known.qualifications is not UNKNOWN or not (words := _words(block.get("qualification"))):
        return known
    return replace(known, qualifications=tuple(_certificate(each) for each in words))


def _words(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) and said else _picked(said)


def _certificate(words: str) -> Qualification:
    level = _LEVEL.search(words)
    return Qualification(_LEVEL.sub("", words), int(cn2an.cn2an(level[1], "strict")) if level else None)


Stating = Callable[[Human, Block, About, Around], Human]

_STATING: Mapping[str, tuple[Stating, ...]] = {
    "participation": (_part,),
    "field": (_fields,),
    "workplace": (_areas,),
    "workplace_and_field": (_areas, _fields),
    "membership": (_member,),
    "position": (_office,),
    "qualification": (_certificates,),
}
"""What an answer states of a person, by what the rule is about."""
