"""Reasons, requests, answers and new wordings of consent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.privacy.actions import SHORTEST_REASON
from keqiao.web.privacy.models import ConsentKind, ConsentText, RequestKind, RequestState


class ReasonForm(forms.Form):
    """Why a locked value is looked at."""

    reason = forms.CharField(
        label=_("查看原因"),
        min_length=SHORTEST_REASON,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：核对专家酬金发放表。原因和查看时间会留在记录中。"),
    )


class AskForm(forms.Form):
    """What a person asks about the own data. A copy is made by a button of its own."""

    kind = forms.ChoiceField(
        label=_("请求"),
        choices=[(kind.value, kind.label) for kind in RequestKind if kind is not RequestKind.COPY],
    )
    words = forms.CharField(
        label=_("具体要求"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("哪一项、现在是什么、应当改成什么；要求删除的，写明删除哪些。"),
    )


class AnswerForm(forms.Form):
    """How a request is settled."""

    state = forms.ChoiceField(
        label=_("办理结果"),
        choices=[(state.value, state.label) for state in RequestState if state is not RequestState.OPEN],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("答复"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("本人会看到答复。不予办理的，必须说明依据和理由。"),
    )


class ConsentTextForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new wording. Consents given to an older version stand as they are."""

    kind = forms.ChoiceField(label=_("类别"), choices=ConsentKind.choices)

    class Meta:
        model = ConsentText
        fields = ("kind", "text_zh", "text_en")
        widgets = {"text_zh": forms.Textarea(attrs={"rows": 8}), "text_en": forms.Textarea(attrs={"rows": 8})}


class EraseForm(forms.Form):
    """The second look before values are destroyed: how many were shown, and that they may go."""

    shown = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("已核对以上项目和条数，同意删除"),
        error_messages={"required": _("请先核对，再勾选同意。")},
    )

    def __init__(self, *args: Any, due: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due = due
        self.fields["shown"].initial = due

    def clean(self) -> dict[str, Any]:
        """Refuse where other values have fallen due since the page was shown."""
        said = super().clean() or {}
        if said.get("shown") != self.due:
            self.add_error(None, ValidationError(_("到期的条数有变化，请重新核对。"), code="erase.changed"))
            self.data = {**self.data.dict(), "shown": self.due}
        return said
