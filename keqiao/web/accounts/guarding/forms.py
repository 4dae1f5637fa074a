"""What the security administrator writes."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.actions import Terms
from keqiao.web.accounts.people.forms import DAY, end_of, not_over
from keqiao.web.accounts.roles import CHOICES, FOR_THE_INSTALLATION, Role
from keqiao.web.parties.queries import Organisation, all_organisations, named

FEW = 20  # organisations offered where a name fits several


class GrantForm(forms.Form):
    """A role, the organisation it is held for, its last day and why."""

    role = forms.ChoiceField(label=_("角色"), choices=[("", "—"), *CHOICES])
    organisation = forms.CharField(
        label=_("单位"),
        max_length=120,
        required=False,
        help_text=_("单位全称、简称或信用代码。三员角色不填。"),
    )
    until = forms.DateField(
        label=_("最后一日"), required=False, widget=DAY, help_text=_("如 2026-03-01；不填表示不设期限。")
    )
    reason = forms.CharField(label=_("理由"), max_length=200)

    found: Organisation | None = None

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_until(self) -> date | None:
        """The last day is not over."""
        return not_over(self.cleaned_data["until"], self.at)

    def clean(self) -> dict[str, Any] | None:
        """Guard roles are held for the installation, all others for one organisation that is known."""
        cleaned = super().clean()
        role, words = self.cleaned_data.get("role", ""), self.cleaned_data.get("organisation", "").strip()
        if role in FOR_THE_INSTALLATION and words:
            self.add_error(
                "organisation", ValidationError(_("三员角色不属于某个单位。"), code="organisation.none")
            )
        elif role and role not in FOR_THE_INSTALLATION:
            self._find(words)
        return cleaned

    def _find(self, words: str) -> None:
        exact = all_organisations().filter(name=words).first() if words else None
        rows = [exact] if exact else list(all_organisations().filter(named(words))[:FEW]) if words else []
        if len(rows) == 1:
            self.found = rows[0]
        elif rows:
            names = "、".join(row.name for row in rows)
            self.add_error(
                "organisation", ValidationError(_("有多个单位符合：%(names)s"), params={"names": names})
            )
        else:
            self.add_error(
                "organisation", ValidationError(_("没有找到这个单位。"), code="organisation.unknown")
            )

    def terms(self) -> Terms:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        organisation_id = self.found.pk if self.found else None
        return Terms(Role(said["role"]), organisation_id, valid_until=end_of(said["until"]))


class NewAccountForm(forms.Form):
    """Somebody who is to have an account; the first log-in is by a code to the address."""

    display_name = forms.CharField(label=_("姓名"), max_length=60)
    email = forms.EmailField(label=_("电子邮箱"))
