"""How an application is handed in."""

from typing import Literal

from pydantic import Field

from keqiao.core.programme.facts import Fact, Model, Text, Texts

Channel = Literal["paper", "onsite", "post", "email", "system"]


class FilingWays(Model):
    """Copies, paper, stamps, ways of delivery. ``copies`` and ``proof_copies`` count paper sets.

    ``own_keeping``: the paper stays with the applicant (纸质版自行留存). ``collective``: who hands in
    together.
    """

    copies: int | None = Field(default=None, ge=0)
    proof_copies: int | None = Field(default=None, ge=0)
    paper_size: Text | None = None
    binding: Text | None = None
    duplex: bool | None = None
    stamped: bool | None = None
    deliver: Texts = ()
    electronic: Texts = ()
    to: Texts = ()
    own_keeping: bool | None = None
    extra_pages: bool | None = None
    collective: Text | None = None


class Filing(Fact, FilingWays):
    """The filing of a programme, track or category. ``email`` is the mailbox for electronic copies."""

    channels: tuple[Channel, ...] = ()
    email: Text | None = None
    notes: Text | None = None
