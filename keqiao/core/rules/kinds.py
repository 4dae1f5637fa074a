"""Kinds of unit: what the words of a call (各全省学会, 市级科普基地, 涉农企业等单位) ask of a unit.

Each wording of a list becomes a ``Member``; ``kind_condition`` makes the whole list a condition in three values.
A level or affiliation holds for the members after it until another one is named (各全省学会、协会、研究会;
省科协所属高校科协、企业科协). Open lists (等), 有关 and words that no lexicon knows are for a person to judge, unless
a trait of that name has been confirmed or denied. Source: the applicants of the five calls.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from keqiao.core.rules.engine.tree import Among, Condition, Fact, HowMany, all_of, any_of, equals
from keqiao.core.rules.regions import Reach, Region, levels_of_name, names_of_association, reach_of
from keqiao.core.rules.settled import settled
from keqiao.core.rules.words import ApplicantWords, KindWord, LevelWord

UNKNOWN_WORD = KindWord(any_kind=True)


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands before a kind and holds for the kinds after it: level and area, affiliation, doubt.

    ``belongs_to`` are the names of the association; empty with ``is_affiliated`` where it cannot be named.
    ``is_named``: the area is named for this member alone.
    """

    reach: Reach | None = None
    belongs_to: tuple[str, ...] = ()
    is_affiliated: bool = False
    is_unsure: bool = False
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One wording of a list, read. ``text`` is what was left for the kind; ``trait`` has to be confirmed."""

    wording: str
    text: str
    kind: KindWord
    scope: Scope
    trait: str = ""
    quality: str = ""
    is_open: bool = False
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words are read in: the lexicon, the region of the call, and what other rules of the call decide.

    ``decided_elsewhere`` are names of registers, and of grades in them (市级考核为优秀 is decided by 优秀), that a rule
    of the same category looks up.
    """

    words: ApplicantWords
    region: Region | None = None
    decided_elsewhere: tuple[str, ...] = ()


def read_members(wordings: Iterable[str], setting: Setting) -> tuple[Member, ...]:
    """Read the wordings of a list in their order; see the module for what is carried on."""
    return tuple(_members(wordings, setting))


def kind_condition(
    members: Iterable[Member],
    setting: Setting,
    at: tuple[str, ...],
    *,
    judge: str,
    through_hosts: bool = False,
) -> Condition:
    """Is the unit at the path ``at`` one of the members?

    ``judge`` is the id under which a person may approve what the facts do not decide. ``through_hosts``: a body may
    also be one by hosting a member that applies in its name.
    """
    members = tuple(members)
    parts = [_is_member(member, setting, at) for member in members]
    if through_hosts:
        parts += [_hosts(member, setting, at) for member in members if member.kind.hosted_by]
    if any(member.is_open for member in members):
        parts.append(settled(judge, "open_list"))
    return any_of(*parts)


def _members(wordings: Iterable[str], setting: Setting) -> Iterator[Member]:
    carried, doubted = Scope(), KindWord()
    for wording in wordings:
        text, is_open = _without_open_ending(wording.strip(), setting.words)
        quality, _, text = text.rpartition("的") if text not in setting.words.kinds else ("", "", text)
        scope, text = _scope(text, setting)
        kind, trait = _kind(text, setting.words)
        if scope != Scope():
            carried, doubted = _carried(scope), kind or UNKNOWN_WORD
        else:
            scope = replace(carried, is_unsure=carried.is_unsure and kind == doubted)
        quality = _without(quality, setting.words.means_nothing)
        known = kind is not None
        yield Member(wording.strip(), text, kind or UNKNOWN_WORD, scope, trait, quality, is_open, known)


def _carried(scope: Scope) -> Scope:
    """What holds for the following members: not a region that is named for one of them (济源示范区科协)."""
    if scope.is_named:
        return Scope()
    return replace(scope, is_unsure=scope.is_unsure and scope.reach is not None)


def _without_open_ending(text: str, words: ApplicantWords) -> tuple[str, bool]:
    for ending in words.open_endings:
        if text.endswith(ending) and text != ending:
            return text.removesuffix(ending), True
    return text, False


def _without(text: str, beginnings: tuple[str, ...]) -> str:
    """The text without one of the beginnings, the longest that fits; a word is never eaten whole."""
    found = next((word for word in beginnings if text.startswith(word) and text != word), "")
    return text.removeprefix(found)


def _scope(text: str, setting: Setting) -> tuple[Scope, str]:
    """What stands before the kind, and the rest."""
    scope, words = Scope(), setting.words
    if words.belongs_to in text:
        owner, _, text = text.partition(words.belongs_to)
        names = names_of_association(_without(owner, words.means_nothing), setting.region, words)
        scope = replace(scope, belongs_to=names, is_affiliated=True)
    while text not in words.kinds:
        found, rest = _next_scope(scope, text, setting)
        if rest == text:
            break
        scope, text = found, rest
    return scope, text


def _next_scope(scope: Scope, text: str, setting: Setting) -> tuple[Scope, str]:
    """One more word before the kind: a level, a doubt (有关), one without meaning (各), the name of a region."""
    level = next((w for w in setting.words.levels if text.startswith(w.word) and text != w.word), None)
    if level is not None:
        return replace(scope, reach=_reach(level, setting, scope.reach)), text.removeprefix(level.word)
    rest = _without(text, setting.words.not_sure_who)
    if rest != text:
        return replace(scope, is_unsure=True), rest
    rest = _without(text, setting.words.means_nothing)
    return (scope, rest) if rest != text else _named_region(scope, text, setting)


def _reach(level: LevelWord, setting: Setting, so_far: Reach | None) -> Reach:
    """What the level word means. 全市各级: any level, but in the city."""
    reach = reach_of(level, setting.region)
    return Reach(reach.levels, so_far.area) if so_far and not level.levels else reach


def _named_region(scope: Scope, text: str, setting: Setting) -> tuple[Scope, str]:
    """A region by its own name before the kind (济源示范区科协)."""
    for ending, _ in setting.words.regions:
        head, found, rest = text.partition(ending)
        if head and found and rest in setting.words.kinds:
            name = head + found
            reach = Reach(levels_of_name(name, setting.words), name)
            return replace(scope, reach=reach, is_named=True), rest
    return scope, text


def _kind(text: str, words: ApplicantWords) -> tuple[KindWord | None, str]:
    """The kind that the text names, and the trait that has to be confirmed besides; no kind: nobody knows the word."""
    if text in words.kinds:
        kind = words.kinds[text]
        return kind, kind.trait
    endings = [word for word in words.kinds if text.endswith(word)]
    return (words.kinds[max(endings, key=len)], text) if endings else (None, text)


def _is_member(member: Member, setting: Setting, at: tuple[str, ...]) -> Condition:
    if member.wording in setting.decided_elsewhere:  # the register of that name says who is one
        return Among(Fact((*at, "kind")), (*member.kind.kinds, *member.kind.perhaps))
    parts = [_is_of_kind(member, at), *_is_placed(member, setting, at), *_has_quality(member, setting, at)]
    if member.trait:
        parts.append(_confirmed(member, at))
    if member.scope.is_unsure:
        parts.append(equals(Fact((*at, "traits", member.wording)), value=True))
    return all_of(*parts)


def _is_of_kind(member: Member, at: tuple[str, ...]) -> Condition:
    kind = member.kind
    if kind.any_kind:
        return all_of()
    unit_kind = Fact((*at, "kind"))
    sure = [Among(unit_kind, kind.kinds)] if kind.kinds else []
    if not kind.perhaps:
        return any_of(*sure)
    return any_of(*sure, all_of(Among(unit_kind, kind.perhaps), _confirmed(member, at)))


def _confirmed(member: Member, at: tuple[str, ...]) -> Condition:
    """A trait of this name, or of the whole wording, is confirmed."""
    names = dict.fromkeys((member.trait or member.text, member.wording))
    return any_of(*(equals(Fact((*at, "traits", name)), value=True) for name in names))


def _is_placed(member: Member, setting: Setting, at: tuple[str, ...]) -> Iterator[Condition]:
    """Level, area and affiliation. A body that belongs to the association need not be in a place besides."""
    scope, kind = member.scope, member.kind
    levels = (kind.level,) if kind.level else scope.reach.levels if scope.reach and kind.level_matters else ()
    if levels:
        rank = Among(Fact((*at, "level")), levels)
        yield (
            any_of(rank, equals(Fact((*at, "traits", member.wording)), value=True)) if kind.perhaps else rank
        )
    if scope.is_affiliated:
        known = Among(Fact((*at, "affiliations")), scope.belongs_to)
        yield known if scope.belongs_to else equals(Fact((*at, "traits", member.wording)), value=True)
        return
    area = scope.reach.area if scope.reach else setting.region.name if setting.region else ""
    if area and not kind.is_anywhere:
        yield Among(Fact((*at, "areas")), (area,))


def _has_quality(member: Member, setting: Setting, at: tuple[str, ...]) -> Iterator[Condition]:
    """What stands before 的: legal personality, or a quality that a trait has to confirm."""
    words, quality = setting.words, member.quality
    if not quality or any(decided in quality for decided in setting.decided_elsewhere):
        return
    if quality in words.with_legal_person or quality in words.without_legal_person:
        yield equals(Fact((*at, "legal_person")), value=quality in words.with_legal_person)
    else:
        yield equals(Fact((*at, "traits", member.wording)), value=True)


def _hosts(member: Member, setting: Setting, at: tuple[str, ...]) -> Condition:
    """The unit is of the kind that hosts such a member, and one that it hosts is one."""
    hosted = _is_member(member, setting, ("hosted",))
    return all_of(
        Among(Fact((*at, "kind")), member.kind.hosted_by),
        HowMany("hosted", Fact((*at, "hosts")), hosted, least=1, name="hosts"),
    )
