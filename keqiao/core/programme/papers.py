"""Papers of a call: what is attached, what is delivered, what the money may buy, regulations."""

from pydantic import Field

from keqiao.core.programme.facts import Fact, Identifier, Model, Text, Texts


class Paper(Fact):
    """A paper that is attached to the application, or delivered at the end."""

    name: Text
    copies: int | None = Field(default=None, ge=1)
    form: Identifier | None = None


class Spending(Fact):
    """What the money may be spent on; ``open`` where the list ends in 等 or in related spending."""

    kinds: Texts = ()
    forbidden: Texts = ()
    open: bool = False


class Requirements(Model):
    """What a regulation asks of one kind of unit, in our own words; ``of`` names the kind, as worded there."""

    of: Text
    items: Texts = Field(min_length=1)


class Regulation(Fact):
    """A regulation that rules refer to, with its basic requirements in our own words where they are known.

    ``number`` is its document number, ``library`` the id and version of the association's library entry it
    was taken from. ``requirements`` hold for all, ``by_kind`` for one kind of unit each.
    """

    id: Identifier
    title: Text
    number: Text | None = None
    issued_by: Texts = ()
    version: Text | None = None
    url: Text | None = None
    library: Text | None = None
    requirements: Texts = ()
    by_kind: tuple[Requirements, ...] = ()


class Document(Model):
    """A source document of the definition: id for references, title, file name, SHA-256 where stored."""

    id: Identifier
    title: Text
    file: Text | None = None
    digest: Text | None = None
