"""The changes in one sentence of a notice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from keqiao.core.guides.amendments.codes import names_in, scope_in
from keqiao.core.guides.amendments.values import Grammar, Quantity, read_later
from keqiao.core.guides.amendments.wordings import (
    ADDS,
    CONTRAST,
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
    SUBJECTS,
)
from keqiao.core.guides.clauses import veiled
from keqiao.core.guides.lines import Piece
from keqiao.core.programme.amending.asked import Act, Asked, Moment, Money, Number, Said, Subject, Words
from keqiao.core.programme.amending.spots import stage_of

_NEW_QUOTED = re.compile(rf"^\s*(?P<quoted>{QUOTED})")
_NEW_ENDS = re.compile(r"[,;。]")
_INTRODUCES = re.compile(r"如下[:。]?$")
"""A sentence that only leads to the changes (现补充如下)."""
_LEAD = re.compile(r"^[,;:。、\s]+")
LONGEST = 600
"""Characters before and behind a verb of change that may belong to it."""
_DAYS = (Subject.DEADLINE, Subject.COMPLETION, Subject.OPENS)
_FITS: dict[type, tuple[Subject, ...]] = {
    Moment: _DAYS,
    Money: (Subject.FUNDING, Subject.TOTAL),
    Number: (Subject.PLACES, Subject.LIMIT, Subject.COPIES, Subject.TARGET),
    Words: (Subject.PHONE, Subject.EMAIL, Subject.PERSON, Subject.ADDRESS),
}
_CONTACTS = _FITS[Words]


@dataclass(frozen=True, slots=True)
class Change:
    """A change, and the words that ask for it."""

    asked: Asked
    words: Piece


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a change is read with: the grammar, the heading above it, the subject of the change before it."""

    grammar: Grammar
    context: str
    earlier: Subject = Subject.ANY


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
        for asked in _asked(what, new, verb, _Frame(grammar, context, subject)):
            subject = asked.subject
            yield Change(asked, words)
        start = end


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


def _asked(what: str, new: str, verb: re.Match[str], frame: _Frame) -> list[Asked]:
    act = Act.EXTEND if verb.groupdict().get("later") else Act.REPLACE
    about, old = _old(what)
    scope = scope_in(about)
    stage = stage_of(about) if not _stage_is_named_as_part(about) else ""
    base = Asked(act, Subject.ANY, f"{frame.context}{about}", scope, stage)
    if "n" in verb.groupdict() and verb.groupdict().get("n"):
        return [_lengthened(base, verb["n"], old, frame.grammar)]
    if LEAVES_OPEN.search(new):
        return [_with(base, _subject(about, None) or Subject.DEADLINE, None, None, "amendment.left_open")]
    return _pairs(base, old, new, frame)


def _stage_is_named_as_part(about: str) -> bool:
    return bool(re.search(r"“[^”]{0,60}(?:纸质|上报|汇总)[^”]{0,60}”", about))


def _lengthened(base: Asked, words: str, old: str, grammar: Grammar) -> Asked:
    later = read_later(words)
    subject = _subject(base.about, None) or Subject.DEADLINE
    before = grammar.value(_unquoted(old)) if old else None
    if later is None or subject not in _DAYS:
        return _with(base, subject, before, None, "amendment.left_open")
    return _with(base, subject, before, later, "")


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


def _unquoted(words: str) -> str:
    words = words.strip()
    return words[1:-1] if words.startswith("“") and words.endswith("”") else words


def _pairs(base: Asked, old: str, new: str, frame: _Frame) -> list[Asked]:
    """Pair the values of the old words with those of the new; words without values are paired as a whole."""
    grammar, earlier = frame.grammar, frame.earlier
    before, after = _unquoted(old), _unquoted(new)
    olds, news = grammar.quantities(before), grammar.quantities(after)
    if not old and len(news) == 1:
        return [_typed(base, None, after, news[0], earlier)]
    if len(olds) == len(news) and olds and _around(before, olds) == _around(after, news):
        return _differing(base, (before, olds), (after, news), earlier) or [_as_words(base, before, after)]
    if len(olds) == 1 and len(news) == 1 and not new.startswith("“"):
        return [_typed(base, olds[0].said, after, news[0], earlier)]
    if len(olds) == 1 and len(news) == 1 and type(olds[0].said) is type(news[0].said):
        return [_typed(base, olds[0].said, f"{before}{after}", news[0], earlier)]
    one, other = (grammar.value(before) if old else None), grammar.value(after)
    if isinstance(other, Number) and (isinstance(one, Number) or not old):
        return [_with(base, _subject(base.about, other) or Subject.ANY, one, other, "")]
    return [_as_words(base, before, after)]


def _around(text: str, found: list[Quantity]) -> str:
    """The words around the values."""
    kept, start = [], 0
    for quantity in found:
        kept.append(text[start : quantity.start])
        start = quantity.end
    return "\n".join([*kept, text[start:]])


def _differing(
    base: Asked, old: tuple[str, list[Quantity]], new: tuple[str, list[Quantity]], earlier: Subject
) -> list[Asked]:
    found = []
    for one, other in zip(old[1], new[1], strict=True):
        if one.said != other.said:
            found.append(_typed(base, one.said, new[0][: other.end], other, earlier))
    return found


def _typed(base: Asked, before: Said | None, inside: str, quantity: Quantity, earlier: Subject) -> Asked:
    after = quantity.said
    hint = f"{base.about}{inside}"
    subject = _subject(base.about, after) or _subject(inside, after) or _subject_by_kind(after, earlier)
    made = _with(base, subject, before, after, "")
    if base.about == "" and inside:
        return Asked(made.act, subject, hint, made.scope, made.stage, before, after)
    return Asked(
        made.act,
        subject,
        f"{base.about}{_label_inside(inside, quantity)}",
        made.scope,
        made.stage,
        before,
        after,
    )


def _label_inside(inside: str, quantity: Quantity) -> str:
    """The words beside the value inside a quote tell which of several is meant (``受益不少于``)."""
    return (
        re.sub(r"[\d.,%]+", "", inside.replace(inside[quantity.start : quantity.end], "")) if inside else ""
    )


def _subject_by_kind(after: Said, earlier: Subject) -> Subject:
    if earlier in _FITS.get(type(after), ()) and earlier in _DAYS:
        return earlier
    if isinstance(after, Words):
        return Subject.EMAIL if "@" in after.text else Subject.PHONE
    if isinstance(after, Number):
        return Subject.ANY
    return Subject.ANY


def _subject(words: str, after: Said | None) -> Subject | None:
    """The subject whose word stands nearest to the verb, the longer of two, of those that fit the kind of value."""
    fitting = _FITS.get(type(after)) if after is not None else None
    found = [
        (match.end(), match.end() - match.start(), subject)
        for subject, pattern in SUBJECTS
        if fitting is None or subject in fitting
        for match in pattern.finditer(words)
    ]
    return max(found)[2] if found else None


def _as_words(base: Asked, before: str, after: str) -> Asked:
    contact = _subject(base.about, Words(after))
    if contact in _CONTACTS and (before == "" or len(before) < 60):
        return _with(base, contact, Words(before) if before else None, Words(after.strip()), "")
    if not before:
        return _with(base, Subject.ANY, None, Words(after.strip()), "amendment.part_unclear")
    return _with(base, Subject.TEXT, Words(before), Words(after), "")


def _with(base: Asked, subject: Subject, before: Said | None, after: Said | None, doubt: str) -> Asked:
    return Asked(base.act, subject, base.about, base.scope, base.stage, before, after, (), doubt)


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
