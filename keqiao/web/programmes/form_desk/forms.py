"""What officers type on the pages of the form desk, beside the fields of forms themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.core.programme.forms import Form
from keqiao.core.programme.forms.fields import HeadingField
from keqiao.readers import ready_forms
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.form_desk.conditions import (
    ALL,
    ANY,
    Row,
    Rows,
    Unfit,
    condition_of,
    values_offered,
)
from keqiao.web.programmes.form_desk.mending import REMOVE, RESTORE
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


class MendForm(VersionedForm):
    """Which name that points nowhere is mended, and how."""

    place = forms.RegexField(r"^[a-z.]+\.[0-9]{1,4}$")
    path = forms.CharField(max_length=160)
    act = forms.ChoiceField(choices=[(REMOVE, REMOVE), (RESTORE, RESTORE)])


class RowForm(forms.Form):
    """One row of a condition."""

    left = forms.ChoiceField(label=_("栏目"), required=False)
    relation = forms.ChoiceField(label=_("比较方式"), required=False)
    value = forms.CharField(label=_("内容"), required=False, max_length=1000)
    right = forms.ChoiceField(label=_("或与另一栏目相比"), required=False)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["left"].choices = [("", _("（不设）")), *offered]
        self.fields["right"].choices = [("", _("（不选）")), *offered]
        self.fields["relation"].choices = RELATIONS

    def row(self) -> Row | None:
        """Return the row as typed; None where no field was chosen."""
        said = self.cleaned_data
        return (
            Row(said["left"], said["relation"], said["right"], said["value"].strip())
            if said["left"]
            else None
        )


class ConditionForm(VersionedForm):
    """A condition in rows: all of them have to hold, or any one."""

    joined = forms.ChoiceField(
        label=_("几行之间"),
        choices=((ALL, _("全部符合")), (ANY, _("符合任何一行"))),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, form: Form, standing: Rows, version: int) -> None:
        super().__init__(data, initial={"version": version, "joined": standing.joined})
        self.of = {each.id: each for each in form.fields}
        offered = list(values_offered(form))
        shown = max(len(standing.rows) + 2, 3)
        self.rows = [
            RowForm(data, prefix=str(n), offered=offered, initial=_typed(standing.rows, n))
            for n in range(shown)
        ]
        self.condition: Values | None = None

    def clean(self) -> dict[str, Any]:
        """Put the rows together; each says itself what is wrong with it."""
        cleaned = super().clean() or {}
        found = []
        for each in self.rows:
            row = each.row() if each.is_valid() else None
            if not each.is_valid():
                self.add_error(None, _("请核对各行。"))
            elif row is not None:
                found.append(row)
                self._try(each, row)
        if not self._errors:
            self.condition = condition_of(Rows(cleaned["joined"], tuple(found)), self.of)
        return cleaned

    def _try(self, each: RowForm, row: Row) -> None:
        try:
            condition_of(Rows(ALL, (row,)), self.of)
        except Unfit as wrong:
            each.add_error("value", str(wrong))
            self.add_error(None, str(wrong))


class CheckForm(forms.Form):
    """What a new check says beside its condition."""

    says = forms.CharField(label=_("不符合时的提示"), max_length=200)
    at = forms.ChoiceField(label=_("所在栏目"))
    weight = forms.ChoiceField(
        label=_("处理方式"), choices=(("refuse", _("不符合不能提交")), ("warn", _("提醒，说明理由后可提交")))
    )

    def __init__(self, data: Any, form: Form) -> None:
        super().__init__(data)
        named = ((each.id, each.label) for each in form.fields if not isinstance(each, HeadingField))
        self.fields["at"].choices = [("", _("请选择")), *named]


RELATIONS = (
    ("chosen", _("选了（多项用、隔开，任一即可）")),
    ("not_chosen", _("没有选")),
    ("filled", _("已填写")),
    ("not_filled", _("没有填写")),
    (">=", _("不少于（≥）")),
    ("<=", _("不超过（≤）")),
    ("==", _("等于（＝）")),
    (">", _("多于（＞）")),
    ("<", _("少于（＜）")),
)


def _typed(rows: tuple[Row, ...], number: int) -> dict[str, str]:
    if number >= len(rows):
        return {}
    row = rows[number]
    return {"left": row.left, "relation": row.relation, "right": row.right, "value": row.value}


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
