"""Why something is done with a record, and with which records."""

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.activities.models import LONGEST_REASON

MOST_AT_ONCE = 100


class ReasonForm(forms.Form):
    """Why a record is returned, postponed, taken back."""

    reason = forms.CharField(
        label=_("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class RowsField(forms.Field):
    """The ids of the ticked rows, at least one and at most a hundred."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: object) -> list[object]:
        """Return the ids."""
        one = forms.UUIDField()
        given = list(value) if isinstance(value, list | tuple) else []
        if not 1 <= len(given) <= MOST_AT_ONCE:
            raise forms.ValidationError(
                _("请选择 1 至 %(most)s 条记录。"), code="rows", params={"most": MOST_AT_ONCE}
            )
        return [one.clean(each) for each in given]


class SeveralForm(forms.Form):
    """Which records of a list are meant, what is to be done with them, and why."""

    act = forms.ChoiceField(choices=[("verify", _("核实")), ("return", _("退回补充"))])
    reason = forms.CharField(label=_("理由"), max_length=LONGEST_REASON, required=False)
    row = RowsField(label=_("记录"))
