"""Forms of notices: their words and list, when they are posted, why they change."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.public_notice.actions import Wording
from keqiao.web.public_notice.listing import ALWAYS, in_order
from keqiao.web.public_notice.models import Notice
from keqiao.web.public_notice.models.notices import KIND_WORDS, LONGEST_REASON, SHOWN_DAYS
from keqiao.writers.letters import Field

FIELD_WORDS = {
    Field.CODE: _("项目编号"),
    Field.CATEGORY: _("类别"),
    Field.PARTNERS: _("联合单位"),
    Field.AMOUNT: _("金额"),
}
KINDS = [(kind.value, words) for kind, words in KIND_WORDS.items()]
TO = ("office", "telephone", "supervision", "address", "mail")
MOST_DAYS = 60


def day_input() -> forms.DateInput:
    """The field of the browser for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Procedure(forms.CharField):
    """Steps, a line each."""

    def __init__(self) -> None:
        super().__init__(
            label=_("经过的程序"),
            required=False,
            max_length=400,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("每行一步，例如：形式审查、专家评审。"),
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the steps that were written."""
        return tuple(line for each in super().clean(value).splitlines() if (line := each.strip()))


class ShownFields(forms.MultipleChoiceField):
    """The columns of a list. Number, name of the project and unit always stand; names of people never."""

    def __init__(self, choices: Iterable[Field] = tuple(FIELD_WORDS)) -> None:
        super().__init__(
            label=_("公开的栏目"),
            required=False,
            choices=[(field.value, FIELD_WORDS[field]) for field in choices],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("序号、项目名称和承担单位总是公开；个人姓名、联系方式不公开。"),
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return all columns that will be shown, in order."""
        return tuple(field.value for field in in_order(super().clean(value)))


class NoticeForm(forms.Form):
    """A notice: what it says, how long it stands, what it lists."""

    title = forms.CharField(label=_("标题"), max_length=200)
    number = forms.CharField(
        label=_("文号"),
        max_length=60,
        required=False,
        help_text=_("按本科协文号格式给出下一个号，可以修改；没有可留空。"),
    )
    chosen = forms.MultipleChoiceField(label=_("公示的项目"), widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label=_("公示天数"), min_value=1, max_value=MOST_DAYS)
    day_kind = forms.ChoiceField(label=_("按"), choices=KINDS, widget=forms.RadioSelect)
    first_day_counts = forms.BooleanField(label=_("发布当天计入"), required=False)
    procedure = Procedure()
    fields_shown = ShownFields()
    office = forms.CharField(label=_("异议受理部门"), max_length=60)
    telephone = forms.CharField(label=_("受理电话"), max_length=40)
    supervision = forms.CharField(label=_("监督电话"), max_length=40, required=False)
    address = forms.CharField(label=_("通讯地址"), max_length=120, required=False)
    mail = forms.EmailField(label=_("电子邮箱"), required=False)
    shown_days = forms.IntegerField(
        label=_("办结后公开页面保留天数"), min_value=1, max_value=3650, initial=SHOWN_DAYS
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, ready: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), _line(each)) for each in ready]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]

    def wording(self) -> Wording:
        """Return what was written, for the acts."""
        said = self.cleaned_data
        return Wording(
            title=" ".join(said["title"].split()),
            days=said["days"],
            day_kind=said["day_kind"],
            number=said["number"].strip(),
            first_day_counts=said["first_day_counts"],
            procedure=said["procedure"],
            fields=said["fields_shown"],
            objections_to={name: said[name].strip() for name in TO},
            shown_days=said["shown_days"],
        )


def _line(selection: Any) -> str:
    application = selection.application
    return f"{application.title or application.number} · {application.unit.name}"


def initial_of(notice: Notice) -> dict[str, Any]:
    """Return what a notice says, to be changed."""
    names = ("title", "number", "days", "day_kind", "first_day_counts", "procedure", "shown_days", "version")
    plain = {name: getattr(notice, name) for name in names}
    shown = [name for name in notice.fields if Field(name) not in ALWAYS]
    chosen = [str(pk) for pk in notice.items.values_list("selection_id", flat=True)]
    return {**plain, **notice.objections_to, "fields_shown": shown, "chosen": chosen}


class PostForm(forms.Form):
    """When a signed notice is posted: now, or by the clock."""

    post_at = forms.DateTimeField(
        label=_("定时发布"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("留空则不定时。"),
    )

    def moment(self) -> datetime | None:
        """Return the moment, or nothing."""
        return self.cleaned_data["post_at"]


class ReasonForm(forms.Form):
    """Why something is taken back or withdrawn."""

    reason = forms.CharField(
        label=_("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


class ExtendForm(ReasonForm):
    """Until when a notice stands instead, and why."""

    until = forms.DateField(label=_("延长至"), widget=day_input())

    field_order = ["until", "reason"]


class SubstituteForm(ReasonForm):
    """Who in reserve takes a place; the next in rank stands first."""

    successor = forms.ChoiceField(label=_("递补项目"), widget=forms.RadioSelect)

    field_order = ["successor", "reason"]

    def __init__(self, *args: Any, reserves: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), f"{each.rank}. {_line(each)}") for each in reserves]
        self.fields["successor"].choices = choices  # type: ignore[attr-defined]

    def clean_successor(self) -> str:
        """The choice, which has to be one of them."""
        chosen: str = self.cleaned_data["successor"]
        if not chosen:
            raise ValidationError(_("请选择递补项目。"), code="required")
        return chosen
