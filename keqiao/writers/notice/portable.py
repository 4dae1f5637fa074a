"""A notice as PDF: the same blocks as the Word file, as the values of the template ``notice.typ``."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from keqiao.writers.notice import layout
from keqiao.writers.notice.blocks import Grid, Line, NoticeBlock, Role, words_of
from keqiao.writers.notice.imprint import Imprint
from keqiao.writers.notice.titles import title_lines
from keqiao.writers.notice.watermark import DRAFT
from keqiao.writers.pdf import Paper, typeset

_TRACKING = layout.TYPE_WIDTH / 28 - layout.BODY_SIZE  # points: 28 characters on a line
_HEAD = frozenset({Role.ISSUER, Role.NUMBER})

Values = dict[str, Any]


def set_pdf(blocks: Sequence[NoticeBlock], imprint: Imprint, folders: Sequence[Path]) -> Paper:
    """Set the blocks of a notice in type.

    Raises:
        NotSet: the notice is too large, or a font is not there.
    """
    return typeset("notice", values_of(blocks, imprint), at=imprint.at, folders=folders)


def values_of(blocks: Sequence[NoticeBlock], imprint: Imprint) -> Values:
    """What the template is given."""
    return {
        "about": {
            "title": imprint.title,
            "issuers": list(imprint.issuers),
            "keywords": imprint.keywords,
            "draft": DRAFT if imprint.is_draft else "",
        },
        "sizes": {
            "title": layout.TITLE_SIZE,
            "body": layout.BODY_SIZE,
            "foot": layout.FOOT_SIZE,
            "pitch": layout.LINE_PITCH,
            "tracking": _TRACKING,
            "issuer": layout.issuer_size(blocks),
            "head-room": layout.HEAD_ROOM,
            "seal": layout.SEAL_LINES * layout.LINE_PITCH,
        },
        "blocks": list(_blocks(blocks)),
    }


def _blocks(blocks: Sequence[NoticeBlock]) -> Iterator[Values]:
    widest = max((len(b.text) for b in blocks if isinstance(b, Line) and b.role is Role.ISSUER), default=0)
    size = layout.issuer_size(blocks)
    seen: set[Role] = set()
    signing: list[Values] = []
    for block, following in pairwise((*blocks, None)):
        if isinstance(block, Grid):
            yield _grid(block)
        elif block is not None and block.role in layout.SIGNED:
            signing.append({"free": block.free, "runs": _runs(block)})
            if not _has_role(following, layout.SIGNED):
                yield {"role": "signing", "rows": signing}
        elif block is not None:
            ends_head = block.role in _HEAD and not _has_role(following, _HEAD)
            more: Values = {}
            if block.role is Role.ISSUER:
                more = {"spread": _spread(block.text, widest, size)}
            elif block.role is Role.TITLE:
                more = {"lines": title_lines(block.text, layout.TITLE_ROOM)}
            yield {
                **_line(block, is_first=block.role not in seen),
                "sticky": _is_heading_alone(block) or _has_role(following, layout.SIGNED),
                "ends-head": ends_head,
                **more,
            }
            seen.add(block.role)


def _line(line: Line, *, is_first: bool) -> Values:
    indent, hanging = 0.0, 0.0
    if line.role is Role.ATTACHMENT_LIST:
        opens = line.text.startswith("附件：")
        indent = layout.INDENT if opens else layout.INDENT + layout.LIST_LEAD
        hanging = layout.INDENT + layout.LIST_LEAD + layout.LIST_MARK
    elif line.role not in layout.FLUSH:
        indent = layout.INDENT
    return {
        "role": line.role.value,
        "runs": _runs(line),
        "first": is_first,
        "indent": indent,
        "hanging": hanging,
    }


def _runs(line: Line) -> list[dict[str, str]]:
    marked = [{"words": line.mark, "part": layout.part_of_mark(line)}] if line.automatic else []
    return [*marked, *({"words": words, "part": part} for words, part in layout.runs(line) if words)]


def _grid(grid: Grid) -> Values:
    size, widths = layout.cell_size(grid), layout.column_widths(grid)
    rows = [[[words_of(sentence) for sentence in cell.paragraphs] for cell in row] for row in grid.rows]
    heads = [
        [layout.header_lines(words, width, size) for words in cell]
        for cell, width in zip(rows[0], widths, strict=True)
    ]
    body = [
        {"cells": cells, "whole": whole} for cells, whole in zip(rows, layout.whole_rows(grid), strict=True)
    ]
    return {
        "role": "grid",
        "header": heads if grid.headed else None,
        "rows": body[1:] if grid.headed else body,
        "widths": widths,
        "padding": layout.CELL_PADDING,
        "size": size,
    }


def _spread(name: str, widest: int, size: float) -> float:
    """Points between the characters of a name, so that several names in the head are equally wide."""
    return (widest - len(name)) * size / (len(name) - 1) if len(name) > 1 else 0.0


def _has_role(block: NoticeBlock | None, roles: frozenset[Role]) -> bool:
    return isinstance(block, Line) and block.role in roles


def _is_heading_alone(line: Line) -> bool:
    """A heading with nothing behind it on its line does not stand at the foot of a page."""
    return line.role is Role.HEADING and line.head == len(line.said)
