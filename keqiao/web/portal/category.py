"""What the public page of one category shows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from keqiao.core.programme import Category, Path, Programme, category_at, path_of
from keqiao.web.portal.public import CallPage, TreeRow
from keqiao.web.portal.sheet_writer import neighbours, sheet_at
from keqiao.web.portal.sheets import Sheet
from keqiao.web.portal.timeline import Timeline, timeline_of_category
from keqiao.web.programmes.overview import LeafShown
from keqiao.web.programmes.queries import offers_taken


@dataclass(frozen=True)
class CategoryPage:
    """A category of a public call; ``of`` is the page of the call."""

    of: CallPage
    path: Path

    @property
    def call(self) -> Any:
        """The call it belongs to."""
        return self.of.call

    @property
    def programme(self) -> Programme:
        """What the revision in force says."""
        return self.of.programme

    @cached_property
    def category(self) -> Category:
        """The category itself."""
        return category_at(self.programme, self.path)

    @cached_property
    def above(self) -> list[Category]:
        """The categories that it stands in, the widest first."""
        return [category_at(self.programme, self.path[: depth + 1]) for depth in range(len(self.path) - 1)]

    @cached_property
    def sheet(self) -> Sheet:
        """Everything that holds for it."""
        return sheet_at(self.programme, self.path, self.of.revision.words)

    @cached_property
    def leaf(self) -> LeafShown | None:
        """Its line of the comparison, if it can be applied for."""
        return next((leaf for leaf in self.of.leaves if leaf.id == self.category.id), None)

    @cached_property
    def offer(self) -> Any | None:
        """The category as something to apply for now, or nothing."""
        return offers_taken(self.of.at).filter(call=self.call, node=self.category.id).first()

    @cached_property
    def timeline(self) -> Timeline:
        """Its dates."""
        return timeline_of_category(self.programme, self.path, self.of.at, self.of.calendar)

    @cached_property
    def below(self) -> list[TreeRow]:
        """The categories below it, as rows of the comparison."""
        inside = {category.id for category in self.category.categories}
        return [row for row in self.of.tree if row.id in inside]

    @cached_property
    def around(self) -> tuple[Category | None, Category | None]:
        """The categories before and after it."""
        return neighbours(self.programme, self.path)


def category_page(page: CallPage, node: str) -> CategoryPage:
    """Return the page of the category with this id; 404 where the call has none."""
    try:
        return CategoryPage(page, path_of(page.programme, node))
    except KeyError:
        raise Http404 from None
