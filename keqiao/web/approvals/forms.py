"""What somebody says when deciding or taking back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 400  # characters, as the table keeps them
APPROVE, REFUSE = "approve", "refuse"


class DecisionForm(forms.Form):
    """Yes or no, and why. Each button sends its own ``decision``."""

    decision = forms.ChoiceField(
        choices=[(APPROVE, _("批准")), (REFUSE, _("不批准"))], widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("审批意见"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("批准可不填；不批准须说明理由。"),
    )

    def clean(self) -> dict[str, Any] | None:
        """Whoever says no says why."""
        cleaned = super().clean()
        if self.cleaned_data.get("decision") == REFUSE and not self.cleaned_data.get("reason"):
            self.add_error("reason", ValidationError(_("不批准须说明理由。"), code="approval.reason_missing"))
        return cleaned


class WithdrawalForm(forms.Form):
    """Why something is taken back, for whoever wants to say."""

    reason = forms.CharField(label=_("撤回理由"), required=False, max_length=LONGEST_REASON)
