"""A call as the notice that the office issues: what is chosen, the blocks for the page, the files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.core.programme import Programme
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.names import named_after
from keqiao.web.programmes.actions import Attached, Original
from keqiao.web.programmes.definitions import programme_of, values_of
from keqiao.web.programmes.documents import PURPOSE
from keqiao.web.programmes.forms.issuing import DRAFT, PUBLISHED, IssueForm
from keqiao.web.programmes.models import Call, Draft, Revision
from keqiao.web.programmes.notice_words import words_by_key
from keqiao.web.programmes.queries import draft_of, revision_in_force, source_of
from keqiao.writers.notice import WAYS, Imprint, Notice, SectionKind, render, with_places
from keqiao.writers.notice.blocks import Grid, NoticeBlock, Role, words_of
from keqiao.writers.notice.layout import TITLE_ROOM, part_of_mark, runs
from keqiao.writers.notice.titles import title_lines
from keqiao.writers.pdf import type_missing_for

WORD, PDF = "docx", "pdf"


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the notice for the page: what it is for, its words by the part of their font, or its rows.

    ``lines`` are those of a title, broken between words.
    """

    role: str
    runs: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[tuple[str, ...], ...], ...] = ()
    headed: bool = False
    lines: tuple[str, ...] = ()

    @property
    def body(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The rows below the header."""
        return self.rows[1:] if self.headed else self.rows


@dataclass(frozen=True)
class Issue:
    """A call about to be issued. ``revision`` is None where the draft is; ``way`` names the wording."""

    call: Call
    draft: Draft
    revision: Revision | None
    way: str
    parts: tuple[SectionKind, ...]

    @cached_property
    def programme(self) -> Programme:
        """What the notice says."""
        return programme_of(self.revision.definition if self.revision else self.draft.definition)

    @cached_property
    def whole(self) -> Notice:
        """The notice with all its parts."""
        return render(self.programme, WAYS[self.way])

    @cached_property
    def notice(self) -> Notice:
        """The parts of it that were chosen."""
        return self.whole.only(self.parts)

    @property
    def missing(self) -> str:
        """Characters that no font for PDF has."""
        return type_missing_for(self.notice.text(), settings.FONT_FOLDERS)

    @property
    def blocks(self) -> list[Shown]:
        """The notice for the page."""
        return list(shown(self.notice.blocks))

    @property
    def lacks(self) -> list[str]:
        """What an official document has and the definition does not say yet: slots of the head."""
        said = self.programme
        return [
            slot
            for slot in ("issuers", "document_number", "addressees", "issue_date")
            if not getattr(said, slot)
        ]

    def imprint(self) -> Imprint:
        """What the files say of themselves: the same revision gives the same PDF."""
        about = (self.programme.title, tuple(self.programme.issuers))
        if self.revision is None:
            return Imprint(*about, at=self.draft.edited_at, is_draft=True)
        said = self.revision
        return Imprint(*about, at=said.published_at, revision=said.number, digest=said.digest)

    def file_name(self, form: str, draft_word: str) -> str:
        """Number and title, and that it is a draft where it is one."""
        number = self.programme.document_number or ""
        word = f"（{draft_word}）" if self.revision is None else ""
        return named_after(f"{number} {self.programme.title}{word}", form)

    def word(self) -> bytes:
        """The chosen parts as a Word file."""
        return _docx(self.notice, self.imprint())

    def pdf(self) -> bytes:
        """The chosen parts as PDF.

        Raises:
            NotSet: it is too large to be set.
        """
        return self.notice.pdf(self.imprint(), settings.FONT_FOLDERS).pdf

    def can_be_kept(self) -> bool:
        """May the whole notice become the document of the call: it has none, and nothing unpublished would show?"""
        stands = self.revision is not None and self.revision.definition == self.draft.definition
        return source_of(self.call) is None and (not self.call.slug or stands)


def issue_of(call: Call, asked: Any) -> tuple[Issue, IssueForm] | None:
    """Return what ``asked`` (the parameters of the address) asks for, and its form; None while a document is read."""
    draft, revision = draft_of(call), revision_in_force(call)
    if draft is None:
        return None
    is_changed = revision is None or revision.definition != draft.definition
    there = [*([PUBLISHED] if revision else []), *([DRAFT] if is_changed else [])]
    form = IssueForm(asked or None, of=there)
    parts = tuple(SectionKind(part) for part in form.chosen("part"))
    of = revision if form.chosen("of") == PUBLISHED else None
    return Issue(call, draft, of, form.chosen("way"), parts), form


def kept_notice(issue: Issue, *, actor: Any, at: datetime) -> Attached:
    """Store the whole notice as a Word file, and return it as the document of the call with the words of each fact.

    Raises:
        ValidationError: there is no room for the file.
    """
    notice, name = issue.whole, issue.file_name(WORD, "").replace("（）", "")
    content = _docx(notice, Imprint(issue.programme.title, tuple(issue.programme.issuers), at=at))
    announced = Announced(PURPOSE, name, len(content), issue.call.association_id)
    file = store_upload(SimpleUploadedFile(name, content), announced, actor=actor, at=at)
    programme, places = issue.programme, notice.places()
    document = notice.source_document(name)
    pointed = with_places(programme, places)
    return Attached(
        Original(file.pk, file.name),
        document,
        words_by_key(programme, places, document),
        definition=values_of(pointed),
        version=issue.draft.version,
    )


def _docx(notice: Notice, imprint: Imprint) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "notice.docx"
        notice.docx(path, imprint)
        return path.read_bytes()


def shown(blocks: Iterable[NoticeBlock]) -> Iterator[Shown]:
    """Give the blocks of a paper as a page shows them."""
    for block in blocks:
        if isinstance(block, Grid):
            rows = tuple(
                tuple(tuple(words_of(said) for said in cell.paragraphs) for cell in row) for row in block.rows
            )
            yield Shown("grid", rows=rows, headed=block.headed)
            continue
        counted = ((block.mark, part_of_mark(block)),) if block.automatic else ()
        lines = title_lines(block.text, TITLE_ROOM) if block.role is Role.TITLE else ()
        yield Shown(block.role.value, (*counted, *runs(block)), lines=lines)
