"""In which order and in which groups people are asked for the fields of a model; what is rare is folded away.

A field that stands in no group comes after the first one, so that a new field is never lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from keqiao.core.programme.rules.base import Rule
from keqiao.web.programmes.statements.shapes import fields_of


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together. ``is_folded``: shown open only where one of them is stated (``opens``)."""

    legend: Any
    names: tuple[str, ...]
    is_folded: bool = False
    opens: bool = True


CLAUSE = Section(_("依据与读法"), ("source", "reading"), is_folded=True, opens=False)

SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "ProgrammeHead": (
        Section("", ("title", "issuers", "document_number", "issue_date", "year", "region")),
        Section(_("其他"), ("addressees", "kind", "themes", "open_to_applicants")),
    ),
    "CategoryHead": (
        Section("", ("name", "code", "content", "track")),
        Section(_("其他"), ("themes", "open_to_applicants", "named_event"), is_folded=True),
    ),
    "Target": (
        Section("", ("metric", "comparator", "value", "unit", "per")),
        Section(_("期限与范围"), ("by", "scope", "optional"), is_folded=True),
        Section(_("措辞有余地"), ("soft", "hedge"), is_folded=True),
        Section(_("与其他指标的关系"), ("alternative_group", "part_of", "relative_to"), is_folded=True),
        Section("", ("measure",)),
    ),
    "Measure": (
        Section("", ("kind", "facts", "field", "denominator", "where", "each", "group_floor", "share_cap")),
    ),
    "Person": (
        Section("", ("summary", "role", "attr")),
        Section(_("数值或年龄"), ("op", "value", "unit", "on_date", "born_after"), is_folded=True),
        Section(_("职务、职称、资格"), ("any_of", "or_above", "of", "where", "fields"), is_folded=True),
        Section(_("年限"), ("years_min", "months_min", "experience_years"), is_folded=True),
        Section(_("等级"), ("level", "level_op", "level_order"), is_folded=True),
        Section(_("放宽"), ("exception_for",), is_folded=True),
    ),
    "Filing": (
        Section("", ("channels", "to", "email", "electronic", "copies", "stamped")),
        Section(
            _("纸张与装订"),
            ("paper_size", "duplex", "binding", "proof_copies", "extra_pages"),
            is_folded=True,
        ),
        Section(_("其他"), ("deliver", "own_keeping", "collective", "notes"), is_folded=True),
    ),
    "EndorsementStep": (
        Section("", ("words", "by", "act")),
        Section(
            _("盖章、时限与其他"),
            ("taker", "seal", "letter", "together_with", "office", "deadline", "may_return"),
            is_folded=True,
        ),
    ),
    "Bundle": (
        Section("", ("children", "open_list", "on_selected", "on_not_selected")),
        Section("", ("which_of_several",)),
    ),
    "Regulation": (
        Section("", ("title", "number", "issued_by", "requirements")),
        Section(_("其他"), ("version", "url", "library", "by_kind"), is_folded=True),
    ),
}
"""The groups of a model by its name; ``Rule`` says what all rules have after their own fields."""

OF_RULES = (
    Section(_("硬性程度"), ("hedge", "weight"), is_folded=True),
    Section(_("适用范围与例外"), ("subject", "applies_to", "when", "unless"), is_folded=True),
    Section(_("其他细节"), ("details",), is_folded=True),
)

LONG = frozenset({"summary", "content", "question", "guidance", "notes", "reading", "on_poor"})
"""Texts that are given two lines."""
WIDE = frozenset({"title", "words", "address", "scope", "metric", "late", "objection"})
"""Texts on one line that are given its whole width."""


def sections_of(model: type[BaseModel]) -> list[Section]:
    """Return all fields that people fill in of a model, in groups."""
    stated = list(_stated(model))
    named = {name for section in stated for name in section.names}
    rest = tuple(name for name in fields_of(model) if name not in named)
    first = stated[0]
    stated[0] = replace(first, names=(*first.names, *rest))
    return [section for section in map(_of_model(model), stated) if section.names]


def _stated(model: type[BaseModel]) -> Iterator[Section]:
    is_rule = issubclass(model, Rule)
    yield from SECTIONS.get(model.__name__, (Section("", ("summary",) if is_rule else ()),))
    if is_rule:
        yield from OF_RULES
    yield CLAUSE


def _of_model(model: type[BaseModel]) -> Any:
    there = fields_of(model)

    def only_known(section: Section) -> Section:
        return replace(section, names=tuple(name for name in section.names if name in there))

    return only_known
