"""What officers type on the pages of the form desk, beside the fields of forms themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.readers import ready_forms
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms.fields import VersionedForm
from keqiao.web.programmes.parts import Part, nodes, value_at
from keqiao.web.programmes.wording.parts import PartWords

EMPTY = ""


class NewFormForm(VersionedForm):
    """A new form: from the library or empty, what it is called, who is filled in on it."""

    ready_made = forms.ChoiceField(label=_("从哪份样表开始"), required=False, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("表格名称"),
        required=False,
        max_length=200,
        help_text=_("用样表时可以不填，沿用样表的名称。"),
    )
    nodes = forms.MultipleChoiceField(
        label=_("用于"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("下级类别沿用上级的申报表。已有申报表的，改用这一份。"),
    )

    def __init__(self, *args: Any, values: Values, **options: Any) -> None:
        super().__init__(*args, **options)
        ready = [(name, _about(name)) for name in ready_forms.shipped()]
        self.fields["ready_made"].choices = [*ready, (EMPTY, _("空白表格，自己添加栏目"))]
        self.fields["nodes"].choices = [(node or ".", words) for node, words in _nodes(values)]

    def clean(self) -> dict[str, Any]:
        """An empty form has no name of its own yet."""
        cleaned = super().clean() or {}
        if not cleaned.get("ready_made") and not cleaned.get("title"):
            self.add_error("title", _("请填写表格名称。"))
        return cleaned

    def form(self) -> Values:
        """Return what the new form says."""
        said = self.cleaned_data
        if not said["ready_made"]:
            return {"title": said["title"]}
        ready = ready_forms.load(said["ready_made"]).form
        values = ready.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
        return {**values, "title": said["title"] or ready.title}

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the nodes that are to name the form."""
        return tuple("" if node == "." else node for node in self.cleaned_data["nodes"])


class FieldMoveForm(VersionedForm):
    """One field goes to another place: one up, one down, or behind the field ``behind`` ("" for the top)."""

    field = forms.CharField(max_length=80)
    place = forms.ChoiceField(choices=(("up", ""), ("down", ""), ("behind", "")))
    behind = forms.CharField(max_length=80, required=False)

    def order(self, keys: list[str]) -> tuple[str, ...] | None:
        """Return the fields in their new order; None where the form has no such field."""
        said = self.cleaned_data
        if said["field"] not in keys or (said["behind"] and said["behind"] not in keys):
            return None
        at, rest = keys.index(said["field"]), [key for key in keys if key != said["field"]]
        if said["behind"] == said["field"]:
            return tuple(keys)
        places = {"up": max(0, at - 1), "down": at + 1}
        behind = rest.index(said["behind"]) + 1 if said["behind"] else 0
        rest.insert(places.get(said["place"], behind), said["field"])
        return tuple(rest)


class FieldRemovalForm(VersionedForm):
    """A field, a check or a box is taken away; that can be undone, so nobody has to say why."""

    entry = forms.CharField(max_length=80)


def _about(name: str) -> str:
    ready = ready_forms.load(name)
    return f"{ready.form.title}：{ready.about}"


def _nodes(values: Values) -> list[tuple[str, str]]:
    """The nodes that may name a form, each with the form that it names now."""
    words, titles = PartWords(values), {form["id"]: form["title"] for form in values.get("forms", ())}
    found = []
    for node, _stated in nodes(values):
        said = words.title(Part(node))
        now = titles.get(str(value_at(values, Part(node, "form"))))
        found.append((node, f"{said}（{now}）" if now else said))
    return found
