"""The guide: the tree of categories as an outline, as a table, or with labels behind the names."""

import re
from collections.abc import Iterator, Sequence

from keqiao.core.money import exact_amount
from keqiao.core.programme.funding import EnvelopeFunding
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Category, Programme
from keqiao.writers.notice.blocks import Line, Pointer, Role, Said, Sentence, joined, say
from keqiao.writers.notice.composer import Composer
from keqiao.writers.notice.filing import office_lines
from keqiao.writers.notice.slots import SlotWords, slots_of
from keqiao.writers.notice.tables import project_table

Numbered = tuple[Pointer, Category]
_CLASS_NAME = re.compile(r"[A-Z]类|第[一二三四五六七八九十]类")  # such a name brings its own count
_INLINE_LEAST = 2  # a single label behind a name would read as its text


def numbered(node: Programme | Category, at: Pointer) -> tuple[Numbered, ...]:
    """The categories right below a node with their pointers."""
    return tuple(((*at, "categories", n), category) for n, category in enumerate(node.categories))


class Guide:
    """Writes categories of one programme."""

    def __init__(self, composer: Composer, programme: Programme) -> None:
        self.composer = composer
        self.programme = programme
        self.plan = composer.plan

    def write(self, found: Sequence[Numbered], level: int) -> None:
        """Write the first categories of a guide with all below them, their headings at ``level``."""
        lettered = any(_CLASS_NAME.match(category.name) for _, category in found)
        self._categories(found, level, "" if lettered else self.plan.numbering.classes)

    def _categories(self, found: Sequence[Numbered], level: int, kind: str = "") -> None:
        if self.plan.layout == "table" and (grid := project_table(found, self.plan.wording)) is not None:
            self.composer.grid(grid)
            return
        for at, category in found:
            self._category(category, at, level, kind)

    def _category(self, category: Category, at: Pointer, level: int, kind: str) -> None:
        slots = list(self.own_slots(category, at))
        name = heading_words(category, at)
        lines = self._contacts(category)
        if self.plan.layout == "run_in" and not category.categories and len(slots) >= _INLINE_LEAST:
            self.composer.heading(level, (*name, Said("。")), self._inline(slots), kind)
        else:
            self.composer.heading(level, name, kind=kind)
            marked = self.plan.numbering.labels_marked and not category.categories
            for slot in slots:
                self.composer.labelled(slot, level + 1, marked=marked)
        for line in lines:
            self.composer.blocks.append(Line(Role.BODY, line))
        self._below(numbered(category, at), level + 1)

    def _below(self, found: Sequence[Numbered], level: int) -> None:
        """What stands below a category; bare names are announced as a list of directions."""
        bare = [
            not any(slots_of(category, at, self.plan.wording)) and not category.categories
            for at, category in found
        ]
        if len(found) > 1 and all(bare):
            self.composer.heading(level, say("支持方向"))
            level += 1
        self._categories(found, level)

    def own_slots(self, category: Category, at: Pointer) -> Iterator[SlotWords]:
        """What the category states; a sum that stands behind its name is not said again."""
        for slot in slots_of(category, at, self.plan.wording):
            if slot.slot != "money" or not isinstance(category.funding, EnvelopeFunding):
                yield slot

    def _inline(self, slots: Sequence[SlotWords]) -> Sentence:
        labels = self.plan.wording.labels
        return joined(
            [(Said(f"{labels[slot.slot]}："), *joined(slot.sentences, "。")) for slot in slots], "。", "。"
        )

    def _contacts(self, terms: Terms) -> Iterator[Sentence]:
        for n, office in enumerate(self.programme.office_list):
            if office.id in terms.offices:
                for words in office_lines(office, scope=False):
                    yield say(words, ("office_list", n))


def heading_words(category: Category, at: Pointer) -> Sentence:
    """The name, and behind it the sum for all that stands below."""
    name = Said(category.name, at)
    if isinstance(category.funding, EnvelopeFunding):
        return (name, Said(f"（{exact_amount(category.funding.total_fen)}）", (*at, "funding")))
    return (name,)
