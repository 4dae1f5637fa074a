"""The forms for a new token and for a new address that is told what happens."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.api.actions import NewWebhook, Wanted
from keqiao.web.api.kinds import LABELS as KINDS
from keqiao.web.api.kinds import Kind
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
    unit = forms.TypedChoiceField(label=_("限于单位"), required=False, coerce=UUID, empty_value=None)
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
            unit_id=said["unit"],
        )


class WebhookForm(forms.Form):
    """Which program of which organisation is told of what."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如：本单位业务系统"))
    organisation = forms.TypedChoiceField(label=_("所属单位"), coerce=UUID)
    url = forms.CharField(
        label=_("推送地址"),
        max_length=400,
        widget=forms.URLInput,
        help_text=_("以 https:// 开头，由对方系统的管理员提供"),
    )
    kinds = forms.TypedMultipleChoiceField(
        label=_("推送的事项"),
        coerce=Kind,
        choices=[(kind.value, label) for kind, label in KINDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, units: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(str(unit.pk), unit.name) for unit in units]

    def wanted(self) -> NewWebhook:
        """Return the address as it was asked for."""
        said = self.cleaned_data
        return NewWebhook(said["organisation"], said["name"], said["url"].strip(), frozenset(said["kinds"]))
