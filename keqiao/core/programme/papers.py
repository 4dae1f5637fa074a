"""Papers of a call: forms, what is attached, what is delivered, what the money may buy, regulations."""

from typing import Literal

from pydantic import Field

from keqiao.core.programme.facts import Fact, Identifier, Model, Text, Texts


class FormField(Model):
    """One field of a form. ``max_chars`` counts characters as typed; ``needs_data``: must rest on figures."""

    id: Identifier
    label: Text
    kind: Literal["text", "long_text", "number", "money", "date", "choice", "person", "table", "file"] = (
        "text"
    )
    required: bool = True
    max_chars: int | None = Field(default=None, ge=1)
    needs_data: bool = False
    options: Texts = ()


class OpinionBox(Model):
    """A box for an opinion with seal and date, in the order of signing."""

    who: Text
    seal: bool = True
    signature: bool = False


class Form(Fact):
    """A form that applicants fill in; ``supplied`` is false where the call names it without attaching it."""

    id: Identifier
    title: Text
    supplied: bool = True
    fields: tuple[FormField, ...] = ()
    extra_pages: bool = False
    opinions: tuple[OpinionBox, ...] = ()


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
