"""What one category asks for: its form, and beside it the targets, money and spending that its cells have to fit.

A specification is an immutable value. Everything that fills, prints, reads or checks a form works from it alone.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from keqiao.core.findings import Source
from keqiao.core.forms.slots import slots_for
from keqiao.core.programme.forms import AnyField, Check, Form, asked_at
from keqiao.core.programme.forms.fields import HeadingField
from keqiao.core.programme.funding import Funding
from keqiao.core.programme.inheritance import Effective, Stated, effective
from keqiao.core.programme.papers import Spending
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.content import Split
from keqiao.core.programme.targets import Target
from keqiao.core.programme.tree import Path
from keqiao.core.programme.types import Programme


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: its heading (None before the first one) and the fields below it, in order."""

    heading: HeadingField | None
    fields: tuple[AnyField, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Specification:
    """A form as one category asks for it. Two with one ``digest`` are equal.

    ``path`` and ``names`` are those of the category (ids and wording, from the top). ``fields`` are those of the form
    that the category asks for (``asked_at``) in order, and behind them the slots for attachments that it asks for where
    these have none; the ids of the slots are in ``from_materials``. ``clauses`` are the sources of slots, and of fields
    that decide a rule, by field. ``targets``,
    ``funding`` and ``spending`` are those of the category, ``split`` its rule that part of the whole may be asked for,
    ``rules`` those that a field decides, by their id. ``cases`` are the words of all its rules for the case they are
    for (国际性, 涉密).
    """

    form: Form
    path: Path = ()
    names: tuple[str, ...] = ()
    fields: tuple[AnyField, ...] = ()
    targets: tuple[Stated[Target], ...] = ()
    funding: Stated[Funding] | None = None
    spending: tuple[Stated[Spending], ...] = ()
    split: Stated[Split] | None = None
    rules: Mapping[str, AnyRule] = field(default_factory=dict)
    cases: frozenset[str] = frozenset()
    from_materials: frozenset[str] = frozenset()
    clauses: dict[str, Source] = field(default_factory=dict)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Work the digest out once."""
        object.__setattr__(self, "digest", hashlib.sha256(_canonical(self)).hexdigest())

    def __eq__(self, other: object) -> bool:
        """The same content."""
        return isinstance(other, Specification) and self.digest == other.digest

    def __hash__(self) -> int:
        """By content."""
        return hash(self.digest)

    @property
    def title(self) -> str:
        """The title of the form."""
        return self.form.title

    @property
    def checks(self) -> tuple[Check, ...]:
        """What has to agree over several fields, as far as it is about a field that is asked here."""
        asked = {each.id for each in self.fields}
        return tuple(check for check in self.form.checks if check.at.partition(".")[0] in asked)

    def field(self, identifier: str) -> AnyField:
        """The field with this id.

        Raises:
            KeyError: the form has no such field.
        """
        for each in self.fields:
            if each.id == identifier:
                return each
        raise KeyError(identifier)

    def sections(self) -> tuple[Section, ...]:
        """The fields by the heading they stand below, in order."""
        return tuple(_sections(self.fields))

    def source_of(self, identifier: str) -> Source | None:
        """The clause that asks for this field: that of its rule or of its paper, else that of the form."""
        return self.clauses.get(identifier, self.form.source)


def specification_for(programme: Programme, path: Path) -> Specification | None:
    """What the category at ``path`` asks for; None where no form is stated, or its form is not in the definition.

    Raises:
        KeyError: no category stands there.
    """
    holds = effective(programme, path)
    form = next((each for each in programme.forms if holds.form and each.id == holds.form.fact), None)
    return None if form is None else specification_of(form, holds)


def specification_of(form: Form, holds: Effective) -> Specification:
    """The form as the category asks for it."""
    asked = asked_at(form, holds.path, {each.fact.id for each in holds.rules})
    slots = slots_for(asked, holds.materials)
    return Specification(
        form=form,
        path=holds.path,
        names=holds.names,
        fields=(*asked, *(slot for slot, _source in slots)),
        targets=holds.targets,
        funding=holds.funding,
        spending=holds.spending,
        split=next((_of_split(each) for each in holds.rules if isinstance(each.fact, Split)), None),
        rules={
            each.fact.id: each.fact for each in holds.rules if each.fact.id in {one.rule for one in asked}
        },
        cases=frozenset(
            word for each in holds.rules for word in (each.fact.when, each.fact.unless) if word is not None
        ),
        from_materials=frozenset(slot.id for slot, _source in slots),
        clauses={
            **_clauses(asked, holds),
            **{slot.id: source for slot, source in slots if source is not None},
        },
    )


def _clauses(fields: Iterable[AnyField], holds: Effective) -> dict[str, Source]:
    """The clause of the rule that a field decides, by the field."""
    sources = {each.fact.id: each.fact.source for each in holds.rules}
    found = ((each.id, sources.get(each.rule)) for each in fields if each.rule is not None)
    return {key: source for key, source in found if source is not None}


def _of_split(stated: Stated[Any]) -> Stated[Split]:
    return Stated(stated.fact, stated.path, stated.track)


def _sections(fields: Iterable[AnyField]) -> Iterator[Section]:
    heading: HeadingField | None = None
    below: list[AnyField] = []
    for each in fields:
        if isinstance(each, HeadingField):
            if heading is not None or below:
                yield Section(heading, tuple(below))
            heading, below = each, []
        else:
            below.append(each)
    if heading is not None or below:
        yield Section(heading, tuple(below))


def _canonical(specification: Specification) -> bytes:
    """Everything that decides what is asked and checked, in one spelling; not the office's paper."""
    said = {
        "form": _plain(specification.form, exclude={"paper", "source"}),
        "path": specification.path,
        "names": specification.names,
        "fields": [_plain(each) for each in specification.fields],
        "targets": [_plain(each.fact) for each in specification.targets],
        "funding": _plain(specification.funding.fact) if specification.funding else None,
        "spending": [_plain(each.fact) for each in specification.spending],
        "split": _plain(specification.split.fact) if specification.split else None,
        "rules": [_plain(rule) for _id, rule in sorted(specification.rules.items())],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(model: BaseModel, exclude: set[str] | None = None) -> Any:
    return model.model_dump(mode="json", exclude=exclude, exclude_none=True)
