"""What those who keep a unit's people write."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.actions import Terms
from keqiao.web.accounts.models import User
from keqiao.web.accounts.people.invitations import Invited
from keqiao.web.accounts.roles import LABELS, Role

DAY = forms.DateInput(attrs={"type": "date"})


def moment_of(day: date, at: datetime) -> datetime:
    """Return the beginning of ``day`` in the offices' time, or ``at`` where the day has begun already."""
    begins = timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001  made aware here
    return max(begins, at)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class InvitationForm(forms.Form):
    """Who is invited for what, until when."""

    email = forms.EmailField(label=_("电子邮箱"))
    role = forms.ChoiceField(label=_("角色"))
    until = forms.DateField(
        label=_("最后一日"), required=False, widget=DAY, help_text=_("如 2026-03-01；不填表示不设期限。")
    )
    reason = forms.CharField(label=_("理由"), max_length=200)

    def __init__(self, *args: Any, roles: list[Role], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["role"].choices = [(role.value, LABELS[role]) for role in roles]  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        """The last day is not over."""
        return not_over(self.cleaned_data["until"], self.at)

    def invited(self, organisation_id: Any, language: str) -> Invited:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        terms = Terms(Role(said["role"]), organisation_id, valid_until=end_of(said["until"]))
        return Invited(said["email"], terms, language)


class HandOverForm(forms.Form):
    """Who takes over, from which day."""

    successor = forms.ModelChoiceField(User.objects.none(), label=_("接任者"))
    on = forms.DateField(label=_("自何日起"), widget=DAY, help_text=_("如 2026-03-01"))

    def __init__(self, *args: Any, colleagues: QuerySet[User], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["successor"].queryset = colleagues  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """The day is today or later."""
        day = not_over(self.cleaned_data["on"], self.at)
        assert day is not None  # noqa: S101  the field is required
        return day


class PairForm(forms.Form):
    """Which person of the unit an account belongs to."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("人员"))

    def __init__(self, *args: Any, people: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """The name of somebody who accepts an invitation without an account."""

    name = forms.CharField(
        label=_("姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


def not_over(day: date | None, at: datetime) -> date | None:
    """Return ``day``, or say that it lies in the past."""
    if day is not None and day < timezone.localtime(at).date():
        raise ValidationError(_("日期不能早于今天。"), code="day.over")
    return day


def end_of(day: date | None) -> datetime | None:
    """Return the first instant after ``day`` in the offices' time."""
    if day is None:
        return None
    return timezone.make_aware(datetime.fromordinal(day.toordinal() + 1))
