"""What the public page of a call shows, put together once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.programme import Programme
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.facts import Row, funding_text, office_rows
from keqiao.web.programmes.overview import (
    Cell,
    LeafShown,
    NodeShown,
    is_partly_invented,
    leaves_shown,
    nodes_shown,
)
from keqiao.web.programmes.queries import revision_in_force, revisions_of

FEN_OF_A_YUAN = 100


@dataclass(frozen=True)
class CallPage:
    """A call, the revision in force, and what that says."""

    call: Any
    revision: Any
    programme: Programme
    revisions: list[Any]

    @cached_property
    def leaves(self) -> list[LeafShown]:
        """What can be applied for, side by side."""
        return leaves_shown(self.programme)

    @cached_property
    def nodes(self) -> list[NodeShown]:
        """The whole call first, then its categories in order."""
        return nodes_shown(self.programme, self.revision.words)

    @property
    def offices(self) -> list[Row]:
        """Whom to ask."""
        return office_rows(self.programme.office_list, self.revision.words)

    @property
    def bars(self) -> list[tuple[str, int, str]]:
        """The largest amount of each category that states one: name, yuan, words."""
        return [
            (leaf.name, leaf.most_fen // FEN_OF_A_YUAN, _marked(leaf.money))
            for leaf in self.leaves
            if leaf.most_fen
        ]

    @property
    def most(self) -> int:
        """The longest bar, in yuan."""
        return max((value for _name, value, _words in self.bars), default=0)

    @property
    def total(self) -> str:
        """The sum that the whole call states, in words."""
        funding = self.programme.funding
        return funding_text(funding) if funding is not None else ""

    @property
    def is_invented(self) -> bool:
        """Does anything on the page stand there for the demonstration only?"""
        return is_partly_invented(self.revision.definition)


def call_page(call: Any) -> CallPage:
    """Return the page of a public call."""
    revision = revision_in_force(call)
    return CallPage(call, revision, programme_of(revision.definition), list(revisions_of(call)))


def _marked(money: Cell) -> str:
    """Words of an amount; one that the document does not state says so."""
    return f"{money.value} · {_('演示虚构')}" if money.invented else money.value
