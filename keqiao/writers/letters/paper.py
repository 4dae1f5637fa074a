"""An official paper out of its head, its paragraphs and its attachments; laid out as notices are (GB/T 9704-2012)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from keqiao.writers.notice.blocks import Grid, GridCell, Line, NoticeBlock, Role, say
from keqiao.writers.notice.composer import Composer
from keqiao.writers.notice.figures import day
from keqiao.writers.notice.imprint import Imprint
from keqiao.writers.notice.plan import WAYS
from keqiao.writers.notice.portable import set_pdf
from keqiao.writers.notice.signature import signed
from keqiao.writers.notice.word import write_word
from keqiao.writers.pdf import FOLDERS, Paper

_PLAN = WAYS["official"]


@dataclass(frozen=True, slots=True)
class Head:
    """Who writes what to whom. With a document ``number`` the paper has the red head; ``issued`` None: no date yet.

    ``digest`` is the SHA-256 of what was decided, by which the paper is known again; ``at`` the moment it is made.
    """

    issuers: tuple[str, ...]
    title: str
    number: str = ""
    addressees: tuple[str, ...] = ()
    issued: date | None = None
    digest: str = ""
    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment on a page of its own: a table below its title."""

    title: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """A paper that can be written as Word and as PDF; the same values give the same file."""

    blocks: tuple[NoticeBlock, ...]
    imprint: Imprint

    def docx(self, path: Path) -> None:
        """Write it as a Word file."""
        write_word(self.blocks, _PLAN.numbering, path, self.imprint)

    def pdf(self, folders: Sequence[Path] = FOLDERS) -> Paper:
        """Set it as PDF with the fonts in ``folders``.

        Raises:
            NotSet: it is too large, or a font is not there.
        """
        return set_pdf(self.blocks, self.imprint, folders)


@dataclass
class Writing:
    """A paper while it is written, part by part from the top."""

    head: Head
    attached: Sequence[Attached] = ()
    composer: Composer = field(default_factory=lambda: Composer(_PLAN))

    def __post_init__(self) -> None:
        head = self.head
        if head.number:
            for issuer in head.issuers:
                self.composer.line(Role.ISSUER, issuer)
            self.composer.line(Role.NUMBER, head.number)
        self.composer.line(Role.TITLE, head.title)
        if head.addressees:
            self.composer.line(Role.ADDRESSEES, f"{'，'.join(head.addressees)}：")

    def paragraph(self, words: str) -> None:
        """Add a paragraph."""
        self.composer.line(Role.BODY, words)

    def heading(self, words: str, rest: str = "") -> None:
        """Add a heading of the first level; ``rest`` follows below it."""
        self.composer.heading(1, say(words))
        if rest:
            self.paragraph(rest)

    def item(self, words: str) -> None:
        """Add a numbered paragraph below a heading."""
        self.composer.heading(2, (), say(words))

    def table(self, rows: Sequence[Sequence[str]], *, headed: bool = True) -> None:
        """Add a table; its first row is its header unless it is to be filled in."""
        self.composer.grid(table(rows, headed=headed))

    def finished(self, *, is_signed: bool = True) -> OfficialPaper:
        """The paper, with its list of attachments, the signature, and the attachments behind it."""
        head = self.head
        for number, each in enumerate(self.attached, start=1):
            lead = "附件：" if number == 1 else ""
            mark = f"{number}." if len(self.attached) > 1 else ""
            self.composer.line(Role.ATTACHMENT_LIST, f"{lead}{mark}{each.title}")
        if is_signed:
            self.composer.blocks += signed(head.issuers, day(head.issued) if head.issued else "")
        for number, each in enumerate(self.attached, start=1):
            self.composer.new_part()
            self.composer.line(Role.ATTACHMENT_MARK, f"附件{number if len(self.attached) > 1 else ''}")
            self.composer.blocks.append(Line(Role.TITLE, say(each.title)))
            self.composer.grid(each.grid)
        revision = 1 if head.digest else None
        imprint = Imprint(head.title, head.issuers, head.at, revision, head.digest, head.is_draft)
        return OfficialPaper(tuple(self.composer.blocks), imprint)


def table(rows: Sequence[Sequence[str]], *, headed: bool = True) -> Grid:
    """Rows of words as a table; a cell with several lines has a paragraph for each."""
    cells = (tuple(GridCell(tuple(say(line) for line in words.split("\n"))) for words in row) for row in rows)
    return Grid(tuple(cells), headed)


def counted_days(days: int, *, working: bool) -> str:
    """A length as papers write it: 5个工作日."""
    return f"{days}个工作日" if working else f"{days}个自然日"
