"""The tree of a call: where a category goes, what it is called, to which siblings a statement is copied."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms.fields import VersionedForm
from keqiao.web.programmes.parts import nodes
from keqiao.web.programmes.tree_edits import Place, ids_in

BETWEEN = "|"
INDENT = "　"


class PlaceField(forms.ChoiceField):
    """A place in the tree: before a category, or last under one; as text ``parent|before``."""

    def __init__(self, values: Values, *, without: Iterable[str] = (), **options: Any) -> None:
        super().__init__(choices=list(_places(values, frozenset(without))), **options)

    def clean(self, value: Any) -> Place:
        """Return the place that was chosen."""
        parent, _between, before = super().clean(value).partition(BETWEEN)
        return Place(parent, before)


class NewCategoryForm(VersionedForm):
    """A category that the reading missed, or that is added to the call."""

    name = forms.CharField(label=_("名称"), max_length=300)
    code = forms.CharField(
        label=_("编号"), required=False, max_length=80, help_text=_("原文印的编号或项目代码，没有则不填")
    )

    def __init__(self, *args: Any, values: Values, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"] = PlaceField(values, label=_("放在哪里"))

    def head(self) -> Values:
        """Return what the category is called."""
        return {name: said for name in ("name", "code") if (said := self.cleaned_data[name].strip())}


class NewTrackForm(VersionedForm):
    """A part of the call that is filed on its own."""

    name = forms.CharField(
        label=_("名称"), max_length=300, help_text=_("有自己的截止时间、表格或受理部门的部分")
    )

    def head(self) -> Values:
        """Return what the track is called."""
        return {"name": self.cleaned_data["name"].strip()}


class MoveForm(VersionedForm):
    """Move the category ``node``."""

    def __init__(self, *args: Any, values: Values, node: Values, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"] = PlaceField(values, without=ids_in(node), label=_("移到哪里"))


class CopyForm(VersionedForm):
    """Copy a category with everything below it."""

    name = forms.CharField(label=_("副本的名称"), max_length=300)

    def __init__(self, *args: Any, values: Values, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"] = PlaceField(values, label=_("放在哪里"))


class CopyPartForm(VersionedForm):
    """Have other categories state the same."""

    to = forms.MultipleChoiceField(
        label=_("复制到"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个类别。")},
    )

    def __init__(self, *args: Any, siblings: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = list(siblings)


class OrderForm(VersionedForm):
    """Put the entries of a list into order by numbering them."""

    def __init__(self, *args: Any, entries: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.entries = [identifier for identifier, _name in entries]
        for number, (identifier, name) in enumerate(entries, start=1):
            self.fields[identifier] = forms.IntegerField(label=name, min_value=1, initial=number)

    def clean(self) -> dict[str, Any]:
        """Two entries cannot stand in one place."""
        cleaned = super().clean() or {}
        numbers = [cleaned[each] for each in self.entries if each in cleaned]
        for identifier in self.entries:
            if numbers.count(cleaned.get(identifier)) > 1:
                self.add_error(identifier, ValidationError(_("次序重复，请改为不同的数。"), code="repeated"))
        return cleaned

    def keys(self) -> tuple[str, ...]:
        """Return the entries in the order wanted."""
        return tuple(sorted(self.entries, key=lambda identifier: self.cleaned_data[identifier]))


def _places(values: Values, without: frozenset[str]) -> Iterator[tuple[str, Any]]:
    yield f"{BETWEEN}", _("最上层，最后")
    yield from _below(values, "", 0, without)


def _below(above: Values, parent: str, depth: int, without: frozenset[str]) -> Iterator[tuple[str, Any]]:
    for child in above.get("categories", ()):
        if child["id"] in without:
            continue
        indent, name = INDENT * depth, child["name"]
        before = _("%(indent)s“%(name)s”之前") % {"indent": indent, "name": name}
        yield f"{parent}{BETWEEN}{child['id']}", before
        yield from _below(child, child["id"], depth + 1, without)
        last = _("%(indent)s“%(name)s”之下，最后") % {"indent": indent + INDENT, "name": name}
        yield f"{child['id']}{BETWEEN}", last


def names_of(values: Values, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Return these nodes with their names, in this order."""
    names = {identifier: node.get("name", identifier) for identifier, node in nodes(values)}
    return [(identifier, names[identifier]) for identifier in ids]
