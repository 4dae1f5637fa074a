"""A form of a call: its fields in order, the opinions at its end, and the office's own paper where there is one."""

from collections.abc import Collection, Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from keqiao.core.programme.facts import Fact, Identifier, Model, Text
from keqiao.core.programme.forms.conditions import Check
from keqiao.core.programme.forms.fields import AnyField, HeadingField

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of a stored file, in hexadecimal digits."""


def _words_by_default(fields: Any) -> Any:
    """Take a field without a kind for one line of words."""
    if not isinstance(fields, list | tuple):
        return fields
    return tuple({"kind": "text", **each} if isinstance(each, dict) else each for each in fields)


Fields = Annotated[tuple[AnyField, ...], BeforeValidator(_words_by_default)]


class OpinionBox(Model):
    """A box for an opinion with seal and date, in the order of signing."""

    who: Text
    seal: bool = True
    signature: bool = False
    statement: Text | None = None


class Blank(Model):
    """Where a field stands in the office's own paper: ``table``, ``row``, ``column`` from 0, or the ``paragraph``.

    ``paragraph`` counts those outside tables from 0. ``gap`` is the number, from 0, of an empty room inside the words
    of the cell or paragraph (项目名称：____); without it the whole cell is the blank. ``part`` is the column of a table
    or the part of a block that the blank is for. ``repeats``: the row is the first of a list that goes on below.
    """

    field: Identifier
    part: Identifier | None = None
    table: int | None = Field(default=None, ge=0)
    row: int | None = Field(default=None, ge=0)
    column: int | None = Field(default=None, ge=0)
    paragraph: int | None = Field(default=None, ge=0)
    gap: int | None = Field(default=None, ge=0)
    repeats: bool = False


class OfficePaper(Model):
    """The office's own Word form: the stored file by its digest, and the blanks that an officer has confirmed."""

    file: Digest
    blanks: tuple[Blank, ...] = ()


class Form(Fact):
    """A form that applicants fill in; ``supplied`` is false where the call names it without attaching it.

    ``ready_made`` names the form of the library that this one was taken from. ``extra_pages``: pages may be added.
    ``paper``: it is printed on the office's own document; else in the layout of the fields.
    """

    id: Identifier
    title: Text
    supplied: bool = True
    purpose: Literal["application", "summary", "agreement", "report"] = "application"
    ready_made: Identifier | None = None
    notes: tuple[Text, ...] = ()
    fields: Fields = ()
    checks: tuple[Check, ...] = ()
    extra_pages: bool = False
    opinions: tuple[OpinionBox, ...] = ()
    paper: OfficePaper | None = None


def asked_at(form: Form, path: tuple[str, ...], rules: Collection[str]) -> tuple[AnyField, ...]:
    """The fields of ``form`` that the category at ``path`` asks for; ``rules`` are the ids of those that hold there.

    One paper serves a whole track: what only some of its categories need is left out in the others, and a heading
    with nothing left below it too.
    """
    asked = [
        field
        for field in form.fields
        if (not field.only_in or set(field.only_in) & set(path))
        and (field.rule is None or field.rule in rules)
    ]
    return tuple(_without_empty_parts(asked))


def _without_empty_parts(fields: list[AnyField]) -> Iterator[AnyField]:
    for field, following in zip(fields, [*fields[1:], None], strict=False):
        ends = following is None or isinstance(following, HeadingField)
        if not (isinstance(field, HeadingField) and ends):
            yield field
