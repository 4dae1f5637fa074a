"""What the public page of a call shows, put together once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from keqiao.core.programme import Category, Programme, walk
from keqiao.core.workdays import Calendar
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.portal.details import RuleShown, rules_shown
from keqiao.web.portal.sheet_writer import sheet_at
from keqiao.web.portal.sheets import Sheet
from keqiao.web.portal.timeline import Timeline, timeline_of_call
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.drawings.money_plan import MoneyPlan, money_plan
from keqiao.web.programmes.overview import Cell, LeafShown, is_partly_invented, leaves_shown
from keqiao.web.programmes.queries import original_of, revision_in_force, revisions_of
from keqiao.web.programmes.wording.facts import Row, funding_text, office_rows, places_text


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A category in the comparison: a leaf with what holds for it, or a group with what it states itself."""

    id: str
    name: str
    code: str
    depth: int
    leaf: LeafShown | None
    is_group: bool
    money: Cell
    places: Cell


@dataclass(frozen=True, slots=True)
class PaperOfCall:
    """A form or another attachment that the notice names; ``supplied``: it came with the notice."""

    title: str
    supplied: bool
    invented: bool = False


@dataclass(frozen=True)
class CallPage:
    """A call, the revision in force, and what that says at a moment."""

    call: Any
    revision: Any
    programme: Programme
    at: datetime
    calendar: Calendar

    @cached_property
    def leaves(self) -> list[LeafShown]:
        """What can be applied for, side by side."""
        return leaves_shown(self.programme)

    @cached_property
    def tree(self) -> list[TreeRow]:
        """All categories in order, parents before children."""
        leaves = {leaf.id: leaf for leaf in self.leaves}
        return [
            _tree_row(len(path) - 1, category, leaves.get(category.id))
            for path, category in walk(self.programme)
        ]

    @cached_property
    def differs(self) -> dict[str, bool]:
        """Which columns of the comparison tell the categories apart; what is the same for all is said once."""
        names = ("until", "done_by", "limit")
        return {name: len({getattr(leaf, name) for leaf in self.leaves}) > 1 for name in names}

    @cached_property
    def whole(self) -> Sheet:
        """What holds for the whole call."""
        return sheet_at(self.programme, (), self.revision.words)

    @cached_property
    def tracks(self) -> list[tuple[str, list[RuleShown]]]:
        """The parts that are filed on their own, with the rules of each."""
        words = self.revision.words
        return [
            (track.name, rules_shown(track.rules, words, self.programme.regulations))
            for track in self.programme.tracks
            if track.rules
        ]

    @cached_property
    def plan(self) -> MoneyPlan:
        """Who states which money."""
        return money_plan(self.programme)

    @cached_property
    def timeline(self) -> Timeline:
        """The dates in their order."""
        return timeline_of_call(self.programme, self.at, self.calendar)

    @property
    def offices(self) -> list[Row]:
        """Whom to ask."""
        return office_rows(self.programme.office_list, self.revision.words)

    @cached_property
    def asks_by_category(self) -> bool:
        """Do the categories name different offices?"""
        return len({leaf.ask.value for leaf in self.leaves if leaf.ask.value}) > 1

    @cached_property
    def papers(self) -> list[PaperOfCall]:
        """The forms and attachments that the notice names, each once."""
        return list(_papers(self.programme))

    @cached_property
    def revisions(self) -> list[Any]:
        """All revisions without their contents, newest first."""
        return list(revisions_of(self.call))

    @cached_property
    def original(self) -> Any:
        """The stored notice."""
        return original_of(self.call)

    @cached_property
    def is_invented(self) -> bool:
        """Does anything on the page stand there for the demonstration only?"""
        return is_partly_invented(self.revision.definition)


def call_page(call: Any, at: datetime) -> CallPage:
    """Return the page of a public call as it reads at this moment."""
    revision = revision_in_force(call)
    return CallPage(call, revision, programme_of(revision.definition), at, calendar_for(call.association_id))


def _tree_row(depth: int, category: Category, leaf: LeafShown | None) -> TreeRow:
    money, places = category.funding, category.places
    return TreeRow(
        category.id,
        category.name,
        category.code or "",
        depth,
        leaf,
        bool(category.categories),
        Cell(funding_text(money), money.invented) if money else Cell(),
        Cell(places_text(places), places.invented) if places else Cell(),
    )


def _papers(programme: Programme) -> Iterator[PaperOfCall]:
    forms = {form.id: form for form in programme.forms}
    attached = {paper.form for paper in programme.attachments if paper.form}
    for paper in programme.attachments:
        form = forms.get(paper.form or "")
        yield PaperOfCall(paper.title, form.supplied if form else True)
    for form in programme.forms:
        if form.id not in attached:
            yield PaperOfCall(form.title, form.supplied, form.invented)
