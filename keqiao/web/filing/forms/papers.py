"""What is entered about copies on paper."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.calendars.forms import DayField
from keqiao.web.filing.actions.papers import Came
from keqiao.web.filing.models import Delivery

MOST_COPIES = 200


class PapersForm(forms.Form):
    """Copies that came."""

    copies = forms.IntegerField(label=_("申报书份数"), min_value=0, max_value=MOST_COPIES, required=False)
    proofs = forms.IntegerField(label=_("证明材料份数"), min_value=0, max_value=MOST_COPIES, required=False)
    came_on = DayField(label=_("收到日期"))
    way = forms.ChoiceField(label=_("送达方式"), choices=Delivery.choices)
    note = forms.CharField(label=_("备注"), max_length=200, required=False)

    def clean(self) -> dict[str, Any] | None:
        """At least one set came."""
        cleaned = super().clean()
        said = self.cleaned_data
        if not self.errors and not (said.get("copies") or said.get("proofs")):
            self.add_error("copies", ValidationError(_("请填写收到几份。"), code="required"))
        return cleaned

    def came(self) -> Came:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        day: date = said["came_on"]
        return Came(said.get("copies") or 0, said.get("proofs") or 0, day, said["way"], said["note"])


class QuickForm(PapersForm):
    """Copies that came of the application with a number."""

    field_order = ("number", "copies", "proofs", "came_on", "way", "note")

    number = forms.CharField(
        label=_("受理编号"),
        max_length=400,
        strip=False,  # a blank may be the first or last sign of a page's code
        help_text=_("可用扫码枪扫描申报书或回执上的二维码"),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


class TakeBackForm(forms.Form):
    """Why something that was noted is taken back."""

    reason = forms.CharField(label=_("撤销登记的理由"), max_length=200)
