"""The parts that a notice is issued in: the notice itself, its guides, its forms; each begins on a page of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from keqiao.writers.notice.blocks import Grid, Line, NoticeBlock, Role


class SectionKind(StrEnum):
    """What a part is."""

    NOTICE = "notice"
    GUIDE = "guide"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Section:
    """One part with its blocks."""

    kind: SectionKind
    blocks: tuple[NoticeBlock, ...]


def sections(blocks: Iterable[NoticeBlock]) -> list[Section]:
    """The parts of a notice in order. An attachment begins with its mark; one with nothing but blanks is a form."""
    parts: list[list[NoticeBlock]] = [[]]
    for block in blocks:
        if isinstance(block, Line) and block.role is Role.ATTACHMENT_MARK:
            parts.append([])
        parts[-1].append(block)
    notice, *attachments = parts
    return [
        Section(SectionKind.NOTICE, tuple(notice)),
        *(Section(_kind(attachment), tuple(attachment)) for attachment in attachments),
    ]


def _kind(attachment: Sequence[NoticeBlock]) -> SectionKind:
    is_form = any(isinstance(block, Grid) and not block.headed for block in attachment)
    return SectionKind.FORM if is_form else SectionKind.GUIDE
