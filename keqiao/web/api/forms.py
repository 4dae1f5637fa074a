"""The form for a new token."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.api.actions import Wanted
from keqiao.web.api.scopes import LABELS, Scope

DAYS = ((30, _("30 天")), (90, _("90 天")), (365, _("一年")))


class TokenForm(forms.Form):
    """What a new token is for, what it opens, for how long."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如：本单位业务系统"))
    scopes = forms.TypedMultipleChoiceField(
        label=_("可做的事"),
        coerce=Scope,
        choices=[(scope.value, label) for scope, label in LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    unit = forms.ChoiceField(label=_("限于单位"), required=False)
    days = forms.TypedChoiceField(label=_("有效期"), coerce=int, choices=DAYS, initial=90)

    def __init__(self, *args: Any, units: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = [("", _("不限（本人全部角色）"))]
        self.fields["unit"].choices = everywhere + [(str(unit.pk), unit.name) for unit in units]

    def wanted(self, at: datetime) -> Wanted:
        """Return the token as it was asked for."""
        said = self.cleaned_data
        return Wanted(
            name=said["name"],
            scopes=frozenset(said["scopes"]),
            expires_at=at + timedelta(days=said["days"]),
            unit_id=said["unit"] or None,
        )
