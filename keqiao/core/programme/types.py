"""The definition of a call: a programme with its tracks, offices, papers and tree of categories."""

from datetime import date
from typing import Literal

from pydantic import Field

from keqiao.core.programme.facts import Fact, Identifier, Model, Number, Text, Texts
from keqiao.core.programme.forms import Form
from keqiao.core.programme.papers import Document, Regulation
from keqiao.core.programme.parties import Office
from keqiao.core.programme.terms import Terms

ProgrammeKind = Literal["call", "extension", "publicity", "award", "solicitation", "relay", "other"]


class Category(Terms):
    """A node of the tree: an engineering plan, an item, a kind; a leaf is what can be applied for.

    ``name`` is as worded, ``code`` the printed number or project code (一, （二）, 2022KCZG001),
    ``content`` what it is about in our own words. ``named_event``: an event that the call itself names.
    ``track`` is the id of the track it is filed in, where that is not its parent's.
    """

    id: Identifier
    name: Text
    code: Text | None = None
    content: Text | None = None
    named_event: bool = False
    track: Identifier | None = None
    categories: tuple["Category", ...] = ()


class Track(Terms):
    """A part of the call that is filed on its own (own deadline, form, office, mailbox, guide)."""

    id: Identifier
    name: Text
    guide: Text | None = None


class BaseFigure(Fact):
    """A figure that percentages and per-area targets refer to: 6 县市区, 48 涉农乡镇."""

    id: Identifier
    name: Text
    value: Number = Field(gt=0)
    unit: Text | None = None


class Attachment(Model):
    """A paper attached to the notice; ``form`` is the id of the form it is."""

    title: Text
    form: Identifier | None = None


class Programme(Terms):
    """A call of one year as a definition: an immutable value; a change makes a new one.

    ``format`` is the version of this shape. ``kind`` is ``call``, or ``solicitation`` for collecting
    topics; the others are papers about a call and cannot be published as one.
    """

    format: Literal[1] = 1
    id: Identifier
    title: Text
    kind: ProgrammeKind = "call"
    year: int | None = Field(default=None, ge=1950, le=2200)
    region: Text | None = None
    issuers: Texts = ()
    addressees: Texts = ()
    document_number: Text | None = None
    issue_date: date | None = None
    documents: tuple[Document, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    office_list: tuple[Office, ...] = ()
    forms: tuple[Form, ...] = ()
    regulations: tuple[Regulation, ...] = ()
    base_figures: tuple[BaseFigure, ...] = ()
    tracks: tuple[Track, ...] = ()
    categories: tuple[Category, ...] = ()
