"""Forms of what is kept in full, and of what is shared."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.registers.actions.keeping import Sharing, Statement
from keqiao.web.registers.forms.fields import DayField, LineForm
from keqiao.web.registers.models.keeping import RegisterKind

SCHEME = "scheme:"


class StatementForm(LineForm):
    """That a register is kept in full."""

    register = forms.ChoiceField(label=_("名册"))
    part = forms.CharField(
        label=_("限于"),
        max_length=120,
        required=False,
        help_text=_("只有某一类完整的，写明，如：换届、科普项目、科创中国；认定名册不填"),
    )
    since = DayField(label=_("自何日起完整"), required=False, help_text=_("从一开始就完整的，不填"))
    reason = forms.CharField(label=_("依据"), max_length=200, help_text=_("怎么核对的，如：已与档案逐年核对"))

    def __init__(self, *args: Any, schemes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        books = [choice for choice in RegisterKind.choices if choice[0] != RegisterKind.RECOGNITIONS]
        own = [(f"{SCHEME}{scheme.pk}", scheme.name) for scheme in schemes]
        groups = [(_("认定名册"), own), (_("其他名册"), books)]
        self.fields["register"].choices = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """A register of recognitions is kept in full as a whole, or not."""
        cleaned = super().clean()
        if self.cleaned_data.get("part") and self.cleaned_data.get("register", "").startswith(SCHEME):
            self.add_error("part", ValidationError(_("认定名册不分部分。"), code="kept.part"))
        return cleaned

    def wanted(self) -> Statement:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        plain = {"reason": said["reason"], "since": said["since"], "part": said["part"]}
        chosen: str = said["register"]
        if chosen.startswith(SCHEME):
            return Statement(RegisterKind.RECOGNITIONS.value, scheme_id=chosen.removeprefix(SCHEME), **plain)  # type: ignore[arg-type]
        return Statement(chosen, **plain)


class SharingForm(LineForm):
    """What of its debarments an association shares, goes by, publishes."""

    shares = forms.BooleanField(label=_("向其他科协共享禁止申报名册"), required=False)
    heeds = forms.BooleanField(label=_("采用其他科协共享的禁止申报名册"), required=False)
    publishes = forms.BooleanField(
        label=_("公开禁止申报名册"), required=False, help_text=_("只公开单位，不公开个人")
    )

    def wanted(self) -> Sharing:
        """Return what was written, for the actions."""
        return Sharing(**self.cleaned_data)
