"""What a reading left over: sentences with a number that no fact used, slots that a category does not state."""

import re
from collections.abc import Iterator

from keqiao.core.guides.clauses import sentences
from keqiao.core.guides.heads import read_mark
from keqiao.core.guides.lines import Line, Piece
from keqiao.core.guides.quantities.counts import masked
from keqiao.core.guides.reading import Reading
from keqiao.core.guides.tree import Category

_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千]{1,8}(?=[项名家篇份场期条幅册](?!目))")
_IDLE = re.compile(
    r"第[一二三四五六七八九十\d]{1,6}[届次批类条章]|\d{4}年度?|附件?\s{0,4}\d{1,4}|(?<!\d)\d{1,6}号|[“《][^”》]{0,40}[”》]"
)
_LISTED = re.compile(r"^附件?\s*[\d-]*\s*$|^附件?:")
_SLOTS = {"applicants": "applicants", "money": "funding", "places": "slots", "targets": "target"}


def unused_numbers(reading: Reading) -> list[Piece]:
    """Return the sentences with a number of which no fact took a word; headings, dates of years and names count not."""
    used: dict[int, list[tuple[int, int]]] = {}
    for fact in reading.facts:
        if fact.value.get("type") == "declared":
            continue  # kept as worded: nothing took its number
        used.setdefault(fact.words.line.number, []).append((fact.words.start, fact.words.end))
    for _, due in reading.deadlines:
        used.setdefault(due.words.line.number, []).append((due.words.start, due.words.end))
    heads = {id(piece.line) for category in reading.categories for piece in category.slots.get("heading", [])}
    said = {id(piece.line) for piece in reading.heading.words.values()}
    said |= {id(p.line) for c in (reading.root, *reading.categories) for p in c.slots.get("contact", [])}
    lines = [line for line in reading.lines if id(line) not in said]
    return [
        piece for line in lines for piece in _left(line, used.get(line.number, []), heading=id(line) in heads)
    ]


def _left(line: Line, spans: list[tuple[int, int]], *, heading: bool) -> Iterator[Piece]:
    mark = read_mark(line.text)
    if _LISTED.match(line.text):
        return
    for sentence in sentences(line.piece(mark.end if mark else 0)):
        text = _IDLE.sub(lambda m: "\u00b7" * len(m.group()), masked(sentence.text))
        numbers = [m.start() + sentence.start for m in _NUMBER.finditer(text)]
        if not numbers or (heading and len(sentence.text) < 40):
            continue
        if not any(start < sentence.end and sentence.start < end for start, end in spans):
            yield sentence


def gaps(reading: Reading) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield (path, slot) for what no leaf category states, itself or above it; ``deadline`` and ``contact`` once."""
    stated = {(fact.kind, fact.path) for fact in reading.facts}
    for category in reading.categories:
        if category.children:
            continue
        for slot, kind in _SLOTS.items():
            if not any((kind, path) in stated for path in _upwards(category)):
                yield category.path, slot
    if not reading.deadlines:
        yield (), "deadline"
    if not reading.of("contact"):
        yield (), "contact"


def _upwards(category: Category) -> Iterator[tuple[str, ...]]:
    path = category.path
    for length in range(len(path), -1, -1):
        yield path[:length]
