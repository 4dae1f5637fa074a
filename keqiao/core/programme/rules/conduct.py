"""Rules that a person judges: declarations, regulations, conduct, rights, bookkeeping, own targets."""

from typing import Literal

from pydantic import Field

from keqiao.core.programme.facts import Identifier, Number, Text, Texts
from keqiao.core.programme.rules.base import Rule


class SelfSetTargets(Rule):
    """The applicant adds own targets; ``quantified``: they must be measurable; ``optional``: it may."""

    type: Literal["self_set_kpi"]
    by: Texts = ()
    quantified: bool = False
    optional: bool = False


class Declared(Rule):
    """A quality that is declared, evidenced and judged by a person.

    ``mode`` is ``required`` unless the words only encourage it or allow it.
    """

    type: Literal["declared"]
    about: Literal["capacity", "content", "commitment"] | None = None
    items: Texts = ()
    items_count: int | None = Field(default=None, ge=1)
    evidence: Texts = ()
    mode: Literal["required", "encouraged", "allowed"] | None = None


class Conform(Rule):
    """A named regulation is met: ``regulation`` is its id in the library, ``by`` who issued it."""

    type: Literal["conform"]
    to: Text
    regulation: Identifier | None = None
    by: Texts = ()


class Conduct(Rule):
    """What must and must not be done while the project runs."""

    type: Literal["conduct"]
    require: Texts = ()
    forbid: Texts = ()
    by: Texts = ()


class IntellectualProperty(Rule):
    """Who owns the works, who shares which rights."""

    type: Literal["ip"]
    owner: Text | None = None
    share_with: Texts = ()
    rights: Texts = ()


class Finance(Rule):
    """Bookkeeping of the grant; whether own or local money is wanted.

    ``ratio_min`` is the least own money per yuan of the grant (1:1 is 1).
    """

    type: Literal["finance"]
    separate_accounting: bool | None = None
    dedicated_book: bool | None = None
    matching: Literal["required", "encouraged", "allowed"] | None = None
    ratio_min: Number | None = None
