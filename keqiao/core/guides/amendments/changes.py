"""The changes in one sentence of a notice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from keqiao.core.guides.amendments.codes import names_in, scope_in
from keqiao.core.guides.amendments.leftovers import may_ask_for_more
from keqiao.core.guides.amendments.pairing import DAYS, Frame, paired, subject_in, unquoted, with_values
from keqiao.core.guides.amendments.values import Grammar, read_later
from keqiao.core.guides.amendments.wordings import (
    ADDS,
    CONTRAST,
    EXCEPTS,
    EXCHANGES,
    KEEPS,
    LEAVES_OPEN,
    LENGTHENS,
    OLD_BEFORE,
    OLD_BY_FROM,
    OLD_IN_QUOTES,
    QUOTED,
    REMOVES,
    REPLACES,
)
from keqiao.core.guides.clauses import veiled
from keqiao.core.guides.lines import Piece
from keqiao.core.programme.amending.asked import Act, Asked, Subject
from keqiao.core.programme.amending.spots import stage_of

_NEW_QUOTED = re.compile(rf"^\s*(?P<quoted>{QUOTED})")
_NEW_ENDS = re.compile(r"[,;。]")
_INTRODUCES = re.compile(r"如下[:。]?$")
"""A sentence that only leads to the changes (现补充如下)."""
_LEAD = re.compile(r"^[,;:。、\s]+")
LONGEST = 600
"""Characters before and behind a verb of change that may belong to it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change, and the words that ask for it."""

    asked: Asked
    words: Piece


def read_changes(sentence: Piece, grammar: Grammar, context: str = "") -> Iterator[Change]:
    """Yield the changes that a sentence asks for; ``context`` is the heading it stands under."""
    text = sentence.text
    if EXCHANGES.search(text):
        yield Change(_exchange(text), sentence)
        return
    found = list(_replacements(sentence, grammar, context))
    if not found and not _INTRODUCES.search(text):
        found = list(_items(sentence, grammar, context))
    if not found and LEAVES_OPEN.search(text):
        asked = Asked(Act.EXTEND, Subject.DEADLINE, text, scope_in(text), doubt="amendment.left_open")
        found = [Change(asked, sentence)]
    yield from found


def says_what_stays(text: str) -> bool:
    """Tell whether a sentence only says that the rest stays as it is."""
    return bool(KEEPS.search(text)) and not REPLACES.search(KEEPS.sub("", text))


def _exchange(text: str) -> Asked:
    return Asked(Act.EXCHANGE, Subject.ATTACHMENT, text, items=names_in(text)[:1])


def _replacements(sentence: Piece, grammar: Grammar, context: str) -> Iterator[Change]:
    """Each verb with what stands before it since the last one, and the value behind it."""
    text = sentence.text
    plain = veiled(text)
    start, subject = 0, Subject.ANY
    verbs = sorted([*REPLACES.finditer(plain), *LENGTHENS.finditer(plain)], key=lambda m: m.start())
    for verb in verbs:
        if verb.start() < start:
            continue
        end, new = _behind(text, verb)
        what = _LEAD.sub("", text[max(start, verb.start() - LONGEST) : verb.start()])
        if CONTRAST.match(what) and KEEPS.search(what):
            continue
        words = sentence.part(verb.start() - len(what), end)
        for asked in _asked(what, new, verb, Frame(grammar, context, subject)):
            subject = asked.subject
            yield Change(asked, words)
        start = end
    if start and may_ask_for_more(text[start:]):
        asked = Asked(Act.UNREAD, Subject.ANY, text[start:], doubt="amendment.not_understood")
        yield Change(asked, sentence.part(start, len(text)).stripped())


def _behind(text: str, verb: re.Match[str]) -> tuple[int, str]:
    """Where the new value ends, and its words."""
    if "n" in verb.groupdict() and verb.groupdict().get("n"):
        return verb.end(), verb["n"]
    behind = text[verb.end() : verb.end() + LONGEST]
    if quoted := _NEW_QUOTED.match(behind):
        return verb.end() + quoted.end(), behind[: quoted.end()].strip()
    stop = _NEW_ENDS.search(veiled(behind))
    end = stop.start() if stop else len(behind)
    return verb.end() + end, behind[:end]


def _asked(what: str, new: str, verb: re.Match[str], frame: Frame) -> list[Asked]:
    act = Act.EXTEND if verb.groupdict().get("later") else Act.REPLACE
    about, old = _old(what)
    scope = scope_in(about)
    stage = stage_of(about) if not _stage_is_named_as_part(about) else ""
    base = Asked(act, Subject.ANY, f"{frame.context}{about}", scope, stage)
    if EXCEPTS.search(about):
        subject = subject_in(about, None) or Subject.DEADLINE
        return [with_values(base, subject, None, frame.grammar.value(unquoted(new)), "amendment.exception")]
    if "n" in verb.groupdict() and verb.groupdict().get("n"):
        return [_lengthened(base, verb["n"], old, frame.grammar)]
    if LEAVES_OPEN.search(new):
        return [
            with_values(base, subject_in(about, None) or Subject.DEADLINE, None, None, "amendment.left_open")
        ]
    return paired(base, old, new, frame)


def _stage_is_named_as_part(about: str) -> bool:
    return bool(re.search(r"“[^”]{0,60}(?:纸质|上报|汇总)[^”]{0,60}”", about))


def _lengthened(base: Asked, words: str, old: str, grammar: Grammar) -> Asked:
    later = read_later(words)
    subject = subject_in(base.about, None) or Subject.DEADLINE
    before = grammar.value(unquoted(old)) if old else None
    if later is None or subject not in DAYS:
        return with_values(base, subject, before, None, "amendment.left_open")
    return with_values(base, subject, before, later, "")


def _old(what: str) -> tuple[str, str]:
    """Split what stands before the verb into the words for the part and the value that is replaced."""
    for pattern, group in ((OLD_IN_QUOTES, "quoted"), (OLD_BY_FROM, "old"), (OLD_BEFORE, "old")):
        found = pattern.search(what)
        if found is None:
            continue
        old = found[group]
        if pattern is OLD_BEFORE and not re.search(r"\d", old):
            continue
        about = what[: found.start()] + ("" if pattern is not OLD_BEFORE else _behind_value(old))
        return about, old
    return what, ""


def _behind_value(old: str) -> str:
    """``原定4月30日的申报截止时间``: the words for the part stand behind the old value."""
    return re.sub(r"^.*?\d[^的]{0,12}的?", "", old)


def _items(sentence: Piece, grammar: Grammar, context: str) -> Iterator[Change]:
    """Single items that are added or taken away."""
    text = sentence.text
    plain = veiled(text)
    verb = REMOVES.search(plain) or ADDS.search(plain)
    if verb is None:
        return
    act = Act.REMOVE if REMOVES.match(verb.group()) else Act.ADD
    before, behind = text[: verb.start()], text[verb.end() :]
    names = names_in(behind) or (names_in(before) if act is Act.REMOVE else ())
    material = bool(re.search(r"材料|附件", before + _outside(behind)))
    subject = Subject.MATERIAL if material else Subject.ITEM
    value = grammar.value(_after_names(behind))
    about = f"{context}{before}" if names_in(behind) else f"{context}{text}"
    doubt = "" if names else "amendment.nothing_named"
    yield Change(Asked(act, subject, about, (), "", None, value, names, doubt), sentence)


def _outside(words: str) -> str:
    """What stands outside quotes and titles."""
    return re.sub(rf"{QUOTED}|《[^《》]*》", "", words)


def _after_names(words: str) -> str:
    parts = re.split(rf"{QUOTED}|《[^《》]*》", words)
    return parts[-1]
