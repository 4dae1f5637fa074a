"""What the public page of a call shows, put together once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from keqiao.core.programme import Programme
from keqiao.web.portal.details import NodeOfPage, RuleShown, nodes_of_page, tracks_of_page
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.facts import Row, office_rows
from keqiao.web.programmes.money_plan import MoneyPlan, money_plan
from keqiao.web.programmes.overview import LeafShown, is_partly_invented, leaves_shown
from keqiao.web.programmes.queries import original_of, revision_in_force, revisions_of


@dataclass(frozen=True)
class CallPage:
    """A call, the revision in force, and what that says."""

    call: Any
    revision: Any
    programme: Programme
    revisions: list[Any]
    original: Any

    @cached_property
    def leaves(self) -> list[LeafShown]:
        """What can be applied for, side by side."""
        return leaves_shown(self.programme)

    @cached_property
    def differs(self) -> dict[str, bool]:
        """Which columns of the comparison tell the categories apart; what is the same for all is said once."""
        names = ("until", "done_by", "limit")
        return {name: len({getattr(leaf, name) for leaf in self.leaves}) > 1 for name in names}

    @cached_property
    def nodes(self) -> list[NodeOfPage]:
        """The whole call first, then its categories in order; those with nothing to say keep their name."""
        return nodes_of_page(self.programme, self.revision.words)

    @cached_property
    def whole(self) -> NodeOfPage:
        """What holds for the whole call."""
        return self.nodes[0]

    @cached_property
    def categories(self) -> list[NodeOfPage]:
        """The categories in order, parents before children."""
        return self.nodes[1:]

    @cached_property
    def tracks(self) -> list[tuple[str, list[RuleShown]]]:
        """The parts that are filed on their own, with the rules of each."""
        return tracks_of_page(self.programme, self.revision.words)

    @cached_property
    def plan(self) -> MoneyPlan:
        """Who states which money."""
        return money_plan(self.programme)

    @property
    def offices(self) -> list[Row]:
        """Whom to ask."""
        return office_rows(self.programme.office_list, self.revision.words)

    @cached_property
    def asks_by_category(self) -> bool:
        """Do the categories name different offices?"""
        return len(self.programme.office_list) > 1

    @cached_property
    def is_invented(self) -> bool:
        """Does anything on the page stand there for the demonstration only?"""
        return is_partly_invented(self.revision.definition)


def call_page(call: Any) -> CallPage:
    """Return the page of a public call."""
    revision = revision_in_force(call)
    return CallPage(
        call, revision, programme_of(revision.definition), list(revisions_of(call)), original_of(call)
    )
