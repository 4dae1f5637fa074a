"""Tags and filters of the proofreading desk."""

from collections.abc import Iterable
from uuid import UUID

from django import template
from django.utils.translation import gettext_lazy

from keqiao.web.programmes.models import Call
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.addresses import (
    copy_address,
    mending_address,
    new_part_address,
    node_address,
    part_address,
)
from keqiao.web.programmes.proofreading.marks import Mark
from keqiao.web.programmes.wording.labels import language_now

register = template.Library()

KINDS = {
    "money": gettext_lazy("经费"),
    "count": gettext_lazy("名额与限额"),
    "date": gettext_lazy("日期与期限"),
    "condition": gettext_lazy("条件与规则"),
    "target": gettext_lazy("指标与成果"),
    "contact": gettext_lazy("咨询"),
}
"""The kinds of fact, in the order of the legend."""

LETTERS = {
    "money": ("款", "M"),
    "count": ("额", "N"),
    "date": ("期", "D"),
    "condition": ("条", "C"),
    "target": ("标", "T"),
    "contact": ("询", "A"),
    "left": ("?", "?"),
    "sum": ("≠", "≠"),
    "name": ("", ""),
}
"""By kind of fact: the mark that stands at its words beside the colour, in Chinese and in English."""

register.simple_tag(part_address, name="part_address")
register.simple_tag(new_part_address, name="new_part_address")
register.simple_tag(copy_address, name="copy_address")
register.simple_tag(mending_address, name="mending_address")
register.simple_tag(node_address, name="node_address")


@register.simple_tag
def statement_address(call_id: UUID, node: str, slot: str) -> str:
    """Return the page that edits a statement of a node, of which there is one at most."""
    return part_address(call_id, Part(node, slot))


@register.filter
def letter(kind: str) -> str:
    """Return the mark of a kind of fact: one letter."""
    return LETTERS[kind][language_now() == "en"]


@register.filter
def kind_words(kind: str) -> str:
    """Say what a kind of fact is."""
    return str(KINDS[kind])


@register.simple_tag
def legend() -> list[str]:
    """Return the kinds of fact in the order of the legend."""
    return list(KINDS)


@register.simple_tag
def address_of_mark(call: Call, mark: Mark) -> str:
    """Return where the words of a mark lead: the part they say, the number left over, or the sum."""
    if mark.part is not None:
        return part_address(call.pk, mark.part)
    return f"#{anchor(mark.key)}"


@register.filter
def anchor(key: str) -> str:
    """Return a key as the id of an element: unused:3 is unused-3."""
    return key.replace(":", "-")


@register.filter
def keys(marks: Iterable[Mark]) -> str:
    """Return the keys of marks, for scripts: separated by blanks."""
    return " ".join(mark.key for mark in marks)


@register.filter
def letters(marks: Iterable[Mark]) -> str:
    """Return the letters of the marks that begin at a run."""
    return "".join(letter(mark.kind) for mark in marks)
