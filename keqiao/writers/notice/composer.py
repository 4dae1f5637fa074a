"""Puts lines, labels and tables of a notice in order and counts their marks."""

from collections.abc import Sequence

from keqiao.writers.notice.blocks import (
    Grid,
    Line,
    NoticeBlock,
    Pointer,
    Role,
    Said,
    Sentence,
    joined,
    say,
)
from keqiao.writers.notice.numbering import Counter
from keqiao.writers.notice.plan import Plan
from keqiao.writers.notice.slots import SlotWords


class Composer:
    """Collects the blocks of a notice; each part (the notice, an attachment) counts its headings anew."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.blocks: list[NoticeBlock] = []
        self.part = 0
        self._counter = Counter(plan.numbering)

    def new_part(self) -> None:
        """Begin an attachment: its headings count from 1 again."""
        self.part += 1
        self._counter = Counter(self.plan.numbering)

    def line(self, role: Role, words: str, fact: Pointer | None = None) -> None:
        """Add a paragraph without a mark."""
        self.blocks.append(Line(role, say(words, fact)))

    def grid(self, grid: Grid) -> None:
        """Add a table."""
        self.blocks.append(grid)

    def heading(self, level: int, head: Sentence, rest: Sentence = (), kind: str = "") -> None:
        """Add a marked heading; ``rest`` follows on its line as body text; ``kind``: another mark than the level's."""
        mark = self._counter.next(level, kind)
        automatic = self.plan.numbering.automatic and bool(mark)
        line = Line(Role.HEADING, (*head, *rest), level if mark else 0, mark, automatic, self.part, len(head))
        self.blocks.append(line)

    def labelled(self, words: SlotWords, level: int, *, marked: bool) -> None:
        """Add a slot: its label with its sentences behind it, or below it as a list."""
        label = say(f"{self.plan.wording.labels[words.slot]}：")
        if self.plan.rules_listed and marked and words.slot == "conditions" and len(words.sentences) > 1:
            self.heading(level, say(self.plan.wording.labels[words.slot]))
            self.items(words.sentences, level + 1)
        elif marked:
            self.heading(level, label, joined(words.sentences, "。", "。"))
        else:
            said = (*label, *joined(words.sentences, "。", "。"))
            self.blocks.append(Line(Role.BODY, said, head=len(label)))

    def items(self, sentences: Sequence[Sentence], level: int) -> None:
        """Add a list, a sentence on each line."""
        for number, sentence in enumerate(sentences, start=1):
            end = "。" if number == len(sentences) else "；"
            self.heading(level, (), (*sentence, Said(end)))
