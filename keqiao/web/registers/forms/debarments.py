"""Forms of debarments: who is debarred, what becomes of it, how it ends before its time."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.forms import UploadForm
from keqiao.web.parties.finding import PERSON
from keqiao.web.registers.actions.debarments import NewDebarment
from keqiao.web.registers.actions.writing import Decision
from keqiao.web.registers.forms.fields import DayField, LineForm, PartyField, day_in_order
from keqiao.web.registers.papers import PURPOSE
from keqiao.web.registers.second_person import FREEING_WORDS

CONTEST_WORDS = {
    "file_appeal": _("收到申诉"),
    "stay": _("申诉期间暂停执行"),
    "dismiss_appeal": _("申诉不成立，维持"),
}


class DebarmentForm(LineForm, UploadForm):
    """A new debarment, of a unit and the leader of its project together where the rule hits both."""

    purpose = PURPOSE
    is_needed = False

    unit = PartyField(label=_("单位或人员"), help_text=_("全称、简称、曾用名或统一社会信用代码"))
    leader = PartyField(
        kind=PERSON, label=_("同时禁止的项目主持人"), required=False, help_text=_("规定只及于单位的，不填")
    )
    cause = forms.CharField(label=_("事由"), max_length=200, help_text=_("如：结项验收不合格"))
    basis = forms.CharField(label=_("依据文件"), max_length=200)
    clause = forms.CharField(label=_("条款"), max_length=80, required=False)
    valid_from = DayField(label=_("起始日期"), help_text=_("按依据的规定，如：不合格结论作出之日"))
    valid_until = DayField(label=_("截止日期"), required=False, help_text=_("含当天；未定期限的，不填"))
    scope = forms.CharField(
        label=_("限制范围"),
        max_length=80,
        required=False,
        help_text=_("与规则中的说法一致，如：新的科普项目；限制全部申报的，不填"),
    )
    reason = forms.CharField(
        label=_("提交理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("供审批人判断"),
    )

    def clean(self) -> dict[str, Any] | None:
        """The days are in order."""
        cleaned = super().clean()
        day_in_order(self, "valid_from", "valid_until")
        return cleaned

    def wanted(self, file_id: UUID | None) -> NewDebarment:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        parties = [party.pk for party in (said["unit"], said["leader"]) if party is not None]
        plain = ("cause", "basis", "clause", "valid_from", "valid_until", "scope")
        return NewDebarment(tuple(parties), file_id=file_id, **{name: said[name] for name in plain})


class DebarmentStepForm(LineForm):
    """A step in the life of a debarment; ``acts`` are those that its state allows, in words."""

    act = forms.ChoiceField(label=_("办理"), widget=forms.RadioSelect)
    on = DayField(label=_("生效日期"))
    reason = forms.CharField(label=_("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    basis = forms.CharField(label=_("依据"), max_length=200, required=False, help_text=_("文件名称及文号"))

    def __init__(self, *args: Any, acts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = CONTEST_WORDS | FREEING_WORDS
        self.fields["act"].choices = [(act, words[act]) for act in acts]  # type: ignore[attr-defined]
        self.fields["on"].initial = self.today

    def decision(self) -> Decision:
        """Return what was written, for the actions."""
        return Decision(**self.cleaned_data)
