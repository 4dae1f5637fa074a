"""Renders a definition as a call notice with its guide: blocks, then Word, PDF, text, or what the reader reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from keqiao.core.findings import Source
from keqiao.core.guides.blocks import SourceDocument
from keqiao.core.programme.types import Programme
from keqiao.writers.notice.blocks import NoticeBlock, Pointer
from keqiao.writers.notice.compose import compose
from keqiao.writers.notice.imprint import BLANK, Imprint
from keqiao.writers.notice.places import places, with_places
from keqiao.writers.notice.plain import source_document, text_lines
from keqiao.writers.notice.plan import WAYS, Numbering, Plan, Wording
from keqiao.writers.notice.portable import set_pdf
from keqiao.writers.notice.sections import SectionKind, sections
from keqiao.writers.notice.word import write_word
from keqiao.writers.pdf import FOLDERS, Paper

__all__ = [
    "WAYS",
    "Imprint",
    "Notice",
    "Numbering",
    "Plan",
    "Pointer",
    "SectionKind",
    "Wording",
    "render",
    "with_places",
]


@dataclass(frozen=True, slots=True)
class Notice:
    """A definition in words. Its blocks are counted as the readers count those of the file."""

    blocks: tuple[NoticeBlock, ...]
    plan: Plan

    def docx(self, path: Path, imprint: Imprint = BLANK) -> None:
        """Write the notice as a Word file in the layout of GB/T 9704-2012."""
        write_word(self.blocks, self.plan.numbering, path, imprint)

    def pdf(self, imprint: Imprint = BLANK, folders: Sequence[Path] = FOLDERS) -> Paper:
        """Set the notice as PDF in the same layout, with the fonts in ``folders``.

        Raises:
            NotSet: the notice is too large, or a font is not there.
        """
        return set_pdf(self.blocks, imprint, folders)

    def text(self) -> str:
        """The notice as plain text, a paragraph a line."""
        return "\n".join([*text_lines(self.blocks), ""])

    def source_document(self, name: str = "notice.docx") -> SourceDocument:
        """What the reader of Word files would give for this notice, without a file."""
        return source_document(self.blocks, name)

    def kinds(self) -> list[SectionKind]:
        """The kinds of part that it has, each once, in order."""
        return list(dict.fromkeys(section.kind for section in sections(self.blocks)))

    def only(self, kinds: Collection[SectionKind]) -> "Notice":
        """The notice with the parts of these kinds alone; numbers of attachments stay."""
        kept = (section.blocks for section in sections(self.blocks) if section.kind in kinds)
        return Notice(tuple(chain.from_iterable(kept)), self.plan)

    def places(self) -> dict[Pointer, Source]:
        """For each fact that is worded, its clause and place in the notice."""
        return places(self.blocks)


def render(programme: Programme, plan: Plan = WAYS["official"]) -> Notice:
    """Word ``programme`` in the way of ``plan``; nothing is left to chance."""
    return Notice(compose(programme, plan), plan)
