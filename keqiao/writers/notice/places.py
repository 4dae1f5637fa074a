"""Where each fact of a definition is worded in its notice."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from keqiao.core.findings import Place, Source
from keqiao.core.programme.types import Programme
from keqiao.writers.notice.blocks import Grid, Line, NoticeBlock, Pointer, Sentence

_CLAUSE_LENGTH = 200


def places(blocks: Iterable[NoticeBlock]) -> dict[Pointer, Source]:
    """For each fact that the notice words, the clause and the paragraph, with the characters in it.

    A fact that is said more than once has the place of its first saying.
    """
    found: dict[Pointer, Source] = {}
    trail: list[str] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Grid):
            for place, sentence in _cells(block, number):
                _note(found, sentence, 0, (_clause(trail) or "表格", place))
            continue
        _follow(trail, block)
        shift = 0 if block.automatic else len(block.mark)
        _note(found, block.said, shift, (_clause(trail) or "通知", Place(block=number)))
    return found


def _cells(grid: Grid, number: int) -> Iterator[tuple[Place, Sentence]]:
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            for n, sentence in enumerate(cell.paragraphs):
                yield Place(block=number, row=row, column=column, paragraph=n), sentence


def _follow(trail: list[str], line: Line) -> None:
    """Keep the marks of the headings that are open: ``附件1``, ``一、``, ``（二）``."""
    if line.role == "attachment_mark":
        trail[:] = [f"{line.text}·"]
    elif line.level:
        base = 1 if trail and trail[0].endswith("·") else 0
        del trail[base + line.level - 1 :]
        trail.append(line.mark.strip("、.："))


def _clause(trail: list[str]) -> str:
    return "".join(trail)[:_CLAUSE_LENGTH]


def _note(found: dict[Pointer, Source], said: Sentence, shift: int, where: tuple[str, Place]) -> None:
    clause, place = where
    start = shift
    for part in said:
        end = start + len(part.words)
        if part.fact is not None and part.fact not in found and part.words:
            span = place.model_copy(update={"start": start, "end": end})
            found[part.fact] = Source(clause=clause, place=span)
        start = end


def with_places(
    programme: Programme, found: Mapping[Pointer, Source], document: str | None = None
) -> Programme:
    """The definition with the sources of its facts pointing into its notice; ``document`` is the notice's id.

    Facts that the notice does not word keep the source that they had.
    """
    values = programme.model_dump(mode="python")
    for pointer, source in found.items():
        fact: Any = values
        for step in pointer:
            fact = fact[step]
        if isinstance(fact, dict) and "source" in fact:
            fact["source"] = source.model_copy(update={"document": document}).model_dump()
    return Programme.model_validate(values)
