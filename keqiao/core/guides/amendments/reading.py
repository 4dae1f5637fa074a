"""Reads an extension, correction or supplement notice: which call, which changes, what nothing understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from keqiao.core.guides.amendments.about import Referred, read_about
from keqiao.core.guides.amendments.changes import Change, read_changes, says_what_stays
from keqiao.core.guides.amendments.leftovers import has_number
from keqiao.core.guides.amendments.tables import read_table
from keqiao.core.guides.amendments.values import Grammar
from keqiao.core.guides.amendments.wordings import (
    ADDS,
    EXCHANGES,
    LEAVES_OPEN,
    LENGTHENS,
    QUOTED,
    REMOVES,
    REPLACES,
)
from keqiao.core.guides.blocks import SourceDocument, Table
from keqiao.core.guides.clauses import sentences, split
from keqiao.core.guides.heading import Heading, read_heading
from keqiao.core.guides.heads import read_mark
from keqiao.core.guides.lines import Item, Line, Piece, items
from keqiao.core.guides.parts import split_parts
from keqiao.core.guides.quantities.addresses import read_document_number
from keqiao.core.guides.schedule import Clock
from keqiao.core.guides.vocabulary import Vocabulary
from keqiao.core.programme.amending.asked import Act, Asked, Subject
from keqiao.core.programme.amending.calls import About

KINDS: tuple[tuple[str, str], ...] = (
    ("correction", r"更正|勘误|纠正"),
    ("extension", r"延长|延期|顺延|推迟|延后"),
    ("supplement", r"补充"),
    ("cancellation", r"取消|撤销|终止"),
    ("change", r"变更|调整|修改|修订"),
)
"""Kinds of paper by the words of their title, the first that fits."""

LONGEST_SENTENCE = 1_200
"""Characters of a sentence that is read; a longer one is no sentence of a notice, and is left to a person."""
LONGEST_HEADING = 30  # characters
MOST_CHANGES = 300
"""Changes that are read; of a paper that asks for more, the rest is left to a person as one."""

_CONTACT = re.compile(
    r"^(?:咨询)?(?:联系人|联系电话|咨询电话|联系方式|电话|邮箱|电子邮箱|联系部门|监督电话|技术支持)"
)
_ATTACHED = re.compile(r"^附件?\s*\d{0,2}\s*[:.]|^附件\s*\d{0,2}$")


@dataclass(frozen=True)
class AmendmentReading:
    """What a notice says: its kind, the call it is about, its changes in order with their words.

    ``kind`` is ``correction``, ``extension``, ``supplement``, ``cancellation``, ``change``, or "" where the title
    says none of it. What nothing understood is among the changes, as ``Act.UNREAD`` with its words.
    """

    kind: str
    title: str
    issue_date: date | None
    about: About
    changes: tuple[Change, ...]
    heading: Heading


def read_amendment(document: SourceDocument, vocabulary: Vocabulary) -> AmendmentReading:
    """Read ``document`` as a notice that changes a call; pure."""
    parts = split_parts(list(items(document)), vocabulary)
    heading = read_heading(parts, vocabulary)
    body = _body([item for part in parts for item in part.items], heading)
    referred = read_about(heading, [item for item in body if isinstance(item, Line)])
    grammar = Grammar(vocabulary.counts, Clock(heading.issue_date, referred.about.year or heading.year))
    changes = list(islice(_changes(body, grammar, referred), MOST_CHANGES + 1))
    if len(changes) > MOST_CHANGES:
        last = changes[-1]
        asked = Asked(Act.UNREAD, Subject.ANY, "", doubt="amendment.too_many")
        changes[-1] = Change(asked, last.words)
    return AmendmentReading(
        kind_of(heading.title), heading.title, heading.issue_date, referred.about, tuple(changes), heading
    )


def _changes(body: list[Item], grammar: Grammar, referred: Referred) -> Iterator[Change]:
    above = _Above()
    for item in body:
        if isinstance(item, Table):
            yield from read_table(item, grammar)
            continue
        above = above.at(item)
        yield from _of_line(item, grammar, above.words if above.line is not item else "", referred)


@dataclass(frozen=True, slots=True)
class _Above:
    """The heading that the lines below it stand under; ``kinds`` are the kinds of list marks seen until then.

    A line whose mark is of one of these kinds ends it: it is a sibling, or stands above.
    """

    line: Line | None = None
    words: str = ""
    kinds: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    def at(self, line: Line) -> "_Above":
        """Return what stands above ``line`` and the lines behind it."""
        mark = read_mark(line.text)
        seen = (*self.seen, mark.kind) if mark else self.seen
        if (mark or line.bold) and _is_heading(line.text):
            return _Above(line, line.text[mark.end if mark else 0 :].rstrip(":"), seen, seen)
        if mark is not None and mark.kind in self.kinds:
            return _Above(seen=seen)
        return replace(self, seen=seen)


def _is_heading(text: str) -> bool:
    """A short line without a stop that asks for nothing itself."""
    return len(text) <= LONGEST_HEADING and not re.search(r"[。;,]", text) and not _has_verb(text)


def kind_of(title: str) -> str:
    """Return the kind of paper that a title announces, "" where it announces no change of a call."""
    own = re.sub(r"《[^》]{0,120}》|\s", "", title)
    return next((kind for kind, words in KINDS if re.search(words, own)), "")


def _body(found: list[Item], heading: Heading) -> list[Item]:
    """The text between the title and the signature, attachments included."""
    said = {id(piece.line) for piece in heading.words.values()}
    title = re.sub(r"\s", "", heading.title)
    start = 0
    for number, item in enumerate(found[:14]):
        if isinstance(item, Line) and _is_title(item, title):
            start = number + 1
    return [item for item in found[start:] if isinstance(item, Table) or not _is_aside(item, said)]


def _is_title(line: Line, title: str) -> bool:
    words = re.sub(r"\s", "", line.written)
    return len(words) > 3 and words in title


def _is_aside(line: Line, said: set[int]) -> bool:
    """The addressees, the signature, the date and the list of attachments ask for nothing."""
    text = line.text
    numbered = read_document_number(text) == text.strip("()")
    addressed = text.endswith(":") and not re.search(r"[,。]|如下|更正|调整|补充", text)
    return id(line) in said or addressed or numbered or bool(_ATTACHED.match(text))


def _of_line(line: Line, grammar: Grammar, context: str, referred: Referred) -> Iterator[Change]:
    mark = read_mark(line.text)
    for sentence in sentences(line.piece(mark.end if mark else 0)):
        if _CONTACT.match(sentence.text) and not _has_verb(sentence.text):
            yield from _contacts(sentence, grammar)
            continue
        for part in split(sentence, ";"):
            yield from _of_sentence(part, grammar, context, referred)


def _has_verb(text: str) -> bool:
    return any(p.search(text) for p in (REPLACES, LENGTHENS, REMOVES, ADDS, EXCHANGES))


def _contacts(sentence: Piece, grammar: Grammar) -> Iterator[Change]:
    """A contact that is only stated: one change for each telephone and mailbox."""
    for quantity in grammar.quantities(sentence.text):
        said = getattr(quantity.said, "text", "")
        subject = Subject.EMAIL if "@" in said else Subject.PHONE
        if said:
            asked = Asked(Act.STATE, subject, sentence.text, after=quantity.said)
            yield Change(asked, sentence.part(quantity.start, quantity.end))


def _of_sentence(sentence: Piece, grammar: Grammar, context: str, referred: Referred) -> Iterator[Change]:
    if len(sentence.text) > LONGEST_SENTENCE:
        asked = Asked(
            Act.UNREAD, Subject.ANY, sentence.text[:LONGEST_SENTENCE], doubt="amendment.not_understood"
        )
        yield Change(asked, sentence.part(0, LONGEST_SENTENCE))
        return
    if says_what_stays(sentence.text):
        return
    found = list(read_changes(sentence, grammar, context))
    yield from found
    if not found and _may_ask_for_something(sentence, referred):
        asked = Asked(Act.UNREAD, Subject.ANY, sentence.text, doubt="amendment.not_understood")
        yield Change(asked, sentence.stripped())


def _may_ask_for_something(sentence: Piece, referred: Referred) -> bool:
    """A sentence with a number, or with a verb of change, that nothing took up; that names the call is no change."""
    named = any(
        piece.line is sentence.line and piece.start < sentence.end and sentence.start < piece.end
        for piece in referred.words
    )
    if named:
        return False
    return bool(
        has_number(sentence.text)
        or REPLACES.search(sentence.text)
        or LEAVES_OPEN.search(sentence.text)
        or re.search(QUOTED + r".{0,6}(?:更正|改)", sentence.text)
    )
