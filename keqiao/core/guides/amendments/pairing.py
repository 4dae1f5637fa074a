"""Pair the old words of a change with the new: which values differ, and what they are about."""

import re
from dataclasses import dataclass, replace

from keqiao.core.guides.amendments.values import Grammar, Quantity
from keqiao.core.guides.amendments.wordings import SUBJECTS
from keqiao.core.programme.amending.asked import Asked, Moment, Money, Number, Said, Subject, Words

DAYS = (Subject.DEADLINE, Subject.COMPLETION, Subject.OPENS)
_FITS: dict[type, tuple[Subject, ...]] = {
    Moment: DAYS,
    Money: (Subject.FUNDING, Subject.TOTAL),
    Number: (Subject.PLACES, Subject.LIMIT, Subject.COPIES, Subject.TARGET),
    Words: (Subject.PHONE, Subject.EMAIL, Subject.PERSON, Subject.ADDRESS),
}
_CONTACTS = _FITS[Words]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a change is read with: the grammar, the heading above it, the subject of the change before it."""

    grammar: Grammar
    context: str
    earlier: Subject = Subject.ANY


def paired(base: Asked, old: str, new: str, frame: Frame) -> list[Asked]:
    """Pair the values of the old words with those of the new; words without values are paired as a whole."""
    grammar, earlier = frame.grammar, frame.earlier
    before, after = unquoted(old), unquoted(new)
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
        return [with_values(base, subject_in(base.about, other) or Subject.ANY, one, other, "")]
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
    after = _in_the_year_of(before, quantity.said)
    subject = subject_in(base.about, after) or subject_in(inside, after) or _subject_by_kind(after, earlier)
    about = f"{base.about}{_label_inside(inside, quantity)}" if base.about else inside
    return with_values(replace(base, about=about), subject, before, after, "")


def _in_the_year_of(before: Said | None, after: Said) -> Said:
    """``由2022年5月20日延至5月31日``: the year stands with the old day; the new one is not before it."""
    if not (isinstance(before, Moment) and isinstance(after, Moment)) or after.wrote_year:
        return after
    if not before.wrote_year or (after.on.month, after.on.day) == (2, 29):
        return after
    day = after.on.replace(year=before.on.year)
    return replace(after, on=day if day >= before.on else day.replace(year=day.year + 1), sure_year=True)


def _label_inside(inside: str, quantity: Quantity) -> str:
    """The words beside the value inside a quote tell which of several is meant (``受益不少于``)."""
    return (
        re.sub(r"[\d.,%]+", "", inside.replace(inside[quantity.start : quantity.end], "")) if inside else ""
    )


def _subject_by_kind(after: Said, earlier: Subject) -> Subject:
    if earlier in _FITS.get(type(after), ()) and earlier in DAYS:
        return earlier
    if isinstance(after, Words):
        return Subject.EMAIL if "@" in after.text else Subject.PHONE
    return Subject.ANY


def _as_words(base: Asked, before: str, after: str) -> Asked:
    contact = subject_in(base.about, Words(after))
    if contact in _CONTACTS and (before == "" or len(before) < 60):
        return with_values(base, contact, Words(before) if before else None, Words(after.strip()), "")
    if not before:
        return with_values(base, Subject.ANY, None, Words(after.strip()), "amendment.part_unclear")
    return with_values(base, Subject.TEXT, Words(before), Words(after), "")


def subject_in(words: str, after: Said | None) -> Subject | None:
    """The subject whose word stands nearest to the verb, the longer of two, of those that fit the kind of value."""
    fitting = _FITS.get(type(after)) if after is not None else None
    found = [
        (match.end(), match.end() - match.start(), subject)
        for subject, pattern in SUBJECTS
        if fitting is None or subject in fitting
        for match in pattern.finditer(words)
    ]
    return max(found)[2] if found else None


def with_values(base: Asked, subject: Subject, before: Said | None, after: Said | None, doubt: str) -> Asked:
    """Return ``base`` with its subject, its values, and what a person has to settle."""
    return Asked(base.act, subject, base.about, base.scope, base.stage, before, after, (), doubt)


def unquoted(words: str) -> str:
    """Return words without the quotes round them."""
    words = words.strip()
    return words[1:-1] if words.startswith("“") and words.endswith("”") else words
