"""What officers write about people."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.core.identifiers import Malformed, clean_mobile, read_identity_number
from keqiao.web.parties.actions import NewPersonFact, NewQualification, PersonDetails, PersonFactKind
from keqiao.web.parties.forms.fields import DatedForm, EvidenceForm, RegionField, day_field
from keqiao.web.parties.forms.organisations import OPEN_END
from keqiao.web.parties.models import Person
from keqiao.web.parties.sentences import refusal


class PersonForm(forms.Form):
    """A person. The identity number is never shown again in full; an empty field keeps the one that is there."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    identity_number = forms.CharField(
        label=_("身份证号码"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("加密保存，只显示首尾几位；出生日期由号码得出。不填则保留原号码"),
    )
    birth_date = day_field(_("出生日期"), required=False)
    phone = forms.CharField(label=_("手机号码"), max_length=40, required=False)

    def clean_identity_number(self) -> str | None:
        """Return the number in one spelling, or None where none was written."""
        typed = self.cleaned_data["identity_number"]
        return self._read(lambda: read_identity_number(typed).number) if typed else None

    def clean_phone(self) -> str:
        """Return the mobile number in one spelling."""
        typed = self.cleaned_data["phone"]
        return self._read(lambda: clean_mobile(typed)) if typed else ""

    def wanted(self) -> PersonDetails:
        """Return what was written, for the actions."""
        return PersonDetails(**self.cleaned_data)

    @staticmethod
    def _read(number: Any) -> str:
        try:
            return str(number())
        except Malformed as wrong:
            raise refusal(wrong.finding) from wrong


class PersonDetailsForm(PersonForm):
    """What is known of a person, but the name: that is changed by an act of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name"]

    def wanted_for(self, person: Person) -> PersonDetails:
        """Return what was written of ``person``, for the actions."""
        return PersonDetails(name=person.name, **self.cleaned_data)


class PersonFactForm(DatedForm, EvidenceForm):
    """One fact of a person, of the kind that the page is about."""

    def __init__(self, *args: Any, kind: PersonFactKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        value: forms.Field = forms.CharField(label=kind.label, max_length=80)
        if kind is PersonFactKind.REGION:
            value = RegionField(label=kind.label, max_length=60, help_text=_("名称或代码"))
            value.day = self.day
        self.keep_paper_fields(
            {
                "value": value,
                "valid_from": day_field(_("起始日期")),
                "valid_until": day_field(_("截止日期"), required=False, help_text=OPEN_END),
                "source": forms.CharField(label=_("来源"), max_length=120),
            }
        )

    def clean_value(self) -> str:
        """Return the value as it is stored: a region by its code."""
        value = self.cleaned_data["value"]
        return value.code if hasattr(value, "code") else value

    def wanted(self, person: Person, evidence_id: UUID | None) -> NewPersonFact:
        """Return what was written, for the actions."""
        return NewPersonFact(person=person, kind=self.kind, evidence_id=evidence_id, **self.said())


class QualificationForm(EvidenceForm):
    """A certificate."""

    name = forms.CharField(label=_("资格名称"), max_length=60, help_text=_("例如：国家心理咨询师"))
    level = forms.IntegerField(
        label=_("等级"), min_value=1, max_value=9, required=False, help_text=_("一级填 1；没有等级不填")
    )
    number = forms.CharField(label=_("证书编号"), max_length=40, required=False)
    valid_from = day_field(_("发证日期"))
    valid_until = day_field(_("有效期至"), required=False, help_text=OPEN_END)
    source = forms.CharField(label=_("来源"), max_length=120)

    field_order = ("name", "level", "number", "valid_from", "valid_until", "source")

    def wanted(self, person: Person, evidence_id: UUID | None) -> NewQualification:
        """Return what was written, for the actions."""
        return NewQualification(person=person, evidence_id=evidence_id, **self.said())
