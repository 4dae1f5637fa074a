"""What the pages of the room ask."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.applications.forms import ReturnForm
from keqiao.web.calendars.forms import DayField
from keqiao.web.parties.forms.fields import DatedForm, UnitField

LONGEST_OPINION = 400
MOST_PLACES = 9999

__all__ = [
    "AnswerForm",
    "AssignForm",
    "OpinionForm",
    "PaperForm",
    "ReasonForm",
    "ReturnForm",
    "SettleForm",
    "WordsForm",
]


def _text(label: Any, *, required: bool = True, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_OPINION, required=required, widget=area, **more)


class OpinionForm(forms.Form):
    """The opinion on one application, and the decision by the button that was pressed."""

    act = forms.ChoiceField(
        choices=[(act, act) for act in ("recommend", "decline", "reconsider")], widget=forms.HiddenInput
    )
    opinion = _text(_("意见或理由"), required=False, rows=4, help_text=_("不推荐的，须写明理由。"))

    def clean(self) -> dict[str, Any]:
        """Whoever does not recommend says why."""
        said = super().clean() or {}
        if said.get("act") == "decline" and not said.get("opinion", "").strip():
            self.add_error("opinion", forms.ValidationError(_("请写明不推荐的理由。"), code="reason.missing"))
        return said


class WordsForm(forms.Form):
    """One opinion, or one reason, for all applications that were ticked."""

    words = _text(_("意见"))

    def __init__(self, *args: Any, act: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if act == "decline":
            self.fields["words"].label = _("不推荐的理由")


class ReasonForm(forms.Form):
    """Why a list is recalled."""

    reason = _text(_("撤回理由"))


class AnswerForm(forms.Form):
    """Whether a co-signer agrees to a list; whoever does not says why."""

    act = forms.ChoiceField(choices=[("agree", "agree"), ("refuse", "refuse")], widget=forms.HiddenInput)
    reason = _text(_("意见"), required=False, help_text=_("不同意的，须写明理由。"))

    def clean(self) -> dict[str, Any]:
        """Whoever refuses says why."""
        said = super().clean() or {}
        if said.get("act") == "refuse" and not said.get("reason", "").strip():
            self.add_error("reason", forms.ValidationError(_("请写明不同意的理由。"), code="reason.missing"))
        return said


class SettleForm(forms.Form):
    """Quota and deadline of one queue."""

    quota = forms.IntegerField(
        label=_("名额"), min_value=1, max_value=MOST_PLACES, required=False, help_text=_("留空为不限。")
    )
    deadline = DayField(
        label=_("上报截止日期"), required=False, help_text=_("当日 24 时截止；留空为不另设。")
    )
    reason = _text(_("理由"), rows=2)


class PaperForm(forms.Form):
    """What was seen on paper: which seal, on which page, of which day."""

    note = _text(_("办理情况"), help_text=_("如：政府公章、主要领导签字齐全，2023年4月20日。"))


class AssignForm(DatedForm):
    """Which chain holds and which unit takes the stage: one in question, or another one by its name."""

    chain = forms.ChoiceField(label=_("适用的上报链"), required=False, widget=forms.RadioSelect)
    candidate = forms.ChoiceField(label=_("可能的办理单位"), required=False, widget=forms.RadioSelect)
    organisation = UnitField(label=_("其他单位（全称或统一社会信用代码）"), required=False)

    def __init__(
        self,
        *args: Any,
        chains: Sequence[tuple[str, str]] = (),
        candidates: Sequence[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("chain", chains), ("candidate", candidates)):
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Something is said."""
        said = super().clean() or {}
        if "chain" in self.fields and not said.get("chain") and "chain" not in self.errors:
            self.add_error("chain", forms.ValidationError(_("请选择适用的上报链。"), code="chain.missing"))
        if not any(said.get(name) for name in ("chain", "candidate", "organisation")) and not self.errors:
            wrong = forms.ValidationError(_("请选择或填写办理单位。"), code="unit.missing")
            self.add_error("organisation", wrong)
        return said

    @property
    def organisation_id(self) -> UUID | None:
        """The unit that was said; None: whom the registers tell."""
        if unit := self.cleaned_data.get("organisation"):
            return unit.pk
        picked = self.cleaned_data.get("candidate")
        return UUID(picked) if picked else None
