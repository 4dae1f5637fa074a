"""What the pages of the room ask besides the form of the call itself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.applications.models.intake import MOST_GRACE_SECONDS


class SubmitForm(forms.Form):
    """``key`` names this submission, ``queue`` holds the arrival of its first try, ``reason`` passes warnings."""

    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    queue = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=400)


class MergeForm(forms.Form):
    """What the merge page carries: both sides of the fields that two people changed, and everything else as merged."""

    kept = forms.JSONField(widget=forms.HiddenInput)

    def clean_kept(self) -> dict[str, Any]:
        """Take it only in the shape that the page was given."""
        kept = self.cleaned_data["kept"]
        shapes = {"version": int, "fields": list, "merged": dict, "mine": dict, "theirs": dict}
        if not isinstance(kept, dict) or any(
            not isinstance(kept.get(key), kind) for key, kind in shapes.items()
        ):
            raise forms.ValidationError(_("页面内容不完整，请返回申报书重试。"), code="merge.damaged")
        if not all(isinstance(each, str) for each in kept["fields"]):
            raise forms.ValidationError(_("页面内容不完整，请返回申报书重试。"), code="merge.damaged")
        return kept


class ReadForm(forms.Form):
    """What the page of a Word form carries: what was read, and the version that it was compared with."""

    kept = forms.JSONField(widget=forms.HiddenInput)

    def clean_kept(self) -> dict[str, Any]:
        """Take it only in the shape that the page was given."""
        kept = self.cleaned_data["kept"]
        shapes = {"version": int, "answers": dict}
        if not isinstance(kept, dict) or any(
            not isinstance(kept.get(key), kind) for key, kind in shapes.items()
        ):
            raise forms.ValidationError(_("页面内容不完整，请返回申报书重试。"), code="read.damaged")
        return kept


class StartForm(forms.Form):
    """For which unit an application is begun, and whether last year's words are taken over."""

    unit = forms.UUIDField(label=_("申报单位"), widget=forms.RadioSelect)
    take_over = forms.BooleanField(label=_("带入上次申报的内容"), required=False)

    def __init__(self, *args: Any, units: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].widget.choices = [(str(unit.pk), unit.name) for unit in units]


class ReasonForm(forms.Form):
    """Why an application is withdrawn."""

    reason = forms.CharField(
        label=_("撤回理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}), required=True
    )


class AnswerForm(forms.Form):
    """Whether one's unit joins: ``seen`` is the digest of what it was shown, ``reason`` why it does not."""

    answer = forms.ChoiceField(choices=[("accept", _("同意")), ("decline", _("不同意"))])
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("不同意的理由"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("牵头单位会看到。"),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever declines says why."""
        said = super().clean() or {}
        if said.get("answer") == "decline" and not said.get("reason", "").strip():
            self.add_error("reason", forms.ValidationError(_("请写明不同意的理由。"), code="reason.missing"))
        return said


class MarkForm(forms.Form):
    """Which application of a child category is marked, or no more; ``back`` is the one on whose page it was done."""

    act = forms.ChoiceField(choices=[("mark", "mark"), ("unmark", "unmark")])
    application = forms.UUIDField()
    back = forms.UUIDField(required=False)


class ReturnForm(forms.Form):
    """Until when a correction is taken, and what is said besides the reasons at each field."""

    until = forms.DateField(
        label=_("修改截止日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=_("总的说明"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class IntakeForm(forms.Form):
    """The grace after a deadline and the pattern of numbers, with the reason for a change."""

    grace_seconds = forms.IntegerField(
        label=_("截止后宽限（秒）"),
        min_value=0,
        max_value=MOST_GRACE_SECONDS,
        help_text=_("0 为不宽限；宽限在通知页公开显示，每次使用都写在回执上。"),
    )
    number_pattern = forms.CharField(
        label=_("受理编号格式"),
        required=False,
        max_length=60,
        help_text=_("可用 {mark} {call} {year} {category} {number:04}；留空按默认格式。"),
    )
    reason = forms.CharField(label=_("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
