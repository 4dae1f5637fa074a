"""Tags and filters of the proofreading desk."""

from collections.abc import Iterable
from uuid import UUID

from django import template
from django.utils.translation import gettext_lazy

from keqiao.web.programmes.addresses import new_part_address, part_address
from keqiao.web.programmes.marks import Mark
from keqiao.web.programmes.models import Call
from keqiao.web.programmes.parts import Part

register = template.Library()

KINDS = {
    "money": (gettext_lazy("款"), gettext_lazy("经费")),
    "count": (gettext_lazy("额"), gettext_lazy("名额与限额")),
    "date": (gettext_lazy("期"), gettext_lazy("日期与期限")),
    "condition": (gettext_lazy("条"), gettext_lazy("条件与规则")),
    "target": (gettext_lazy("标"), gettext_lazy("指标与成果")),
    "contact": (gettext_lazy("询"), gettext_lazy("咨询")),
    "left": (gettext_lazy("?"), gettext_lazy("未使用的数字")),
    "sum": (gettext_lazy("≠"), gettext_lazy("数字不符")),
    "name": ("", gettext_lazy("类别名称")),
}
"""By kind of fact: the mark that stands at its words beside the colour, and what it means."""

register.simple_tag(part_address, name="part_address")
register.simple_tag(new_part_address, name="new_part_address")


@register.simple_tag
def statement_address(call_id: UUID, node: str, slot: str) -> str:
    """Return the page that edits a statement of a node, of which there is one at most."""
    return part_address(call_id, Part(node, slot))


@register.filter
def letter(kind: str) -> str:
    """Return the mark of a kind of fact: one letter."""
    return str(KINDS[kind][0])


@register.filter
def kind_words(kind: str) -> str:
    """Say what a kind of fact is."""
    return str(KINDS[kind][1])


@register.simple_tag
def legend() -> list[str]:
    """Return the kinds of fact in the order of the legend."""
    return [kind for kind in KINDS if kind not in ("left", "sum", "name")]


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
