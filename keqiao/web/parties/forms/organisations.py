"""What officers write about units: registration, details, names, facts and ties."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.parties.actions import Details, FactKind, NewFact, NewOrganisation, NewTie, TieKind
from keqiao.web.parties.actions.ties import OF_BOTH, OF_UNITS
from keqiao.web.parties.credit_codes import clean_credit_code, fits_kind
from keqiao.web.parties.forms.fields import (
    DatedForm,
    DoubtingForm,
    EvidenceForm,
    RegionField,
    UnitField,
    day_field,
)
from keqiao.web.parties.models import AccountState, Organisation, RegionLevel
from keqiao.web.parties.models.parties import POSTCODE
from keqiao.web.parties.names import Match, match_organisations

BLANK = [("", "—")]
YES_OR_NO = [("yes", _("是")), ("no", _("否"))]
OPEN_END = _("不填表示至今有效")


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of organisation in the language of the page."""
    language = get_language() or "zh-hans"
    return [(code, kind.label(language)) for code, kind in organisation_kinds().items()]


class RegisterForm(DoubtingForm):
    """A new unit. Unknown facts stay empty; they can be stated later."""

    name = forms.CharField(label=_("单位全称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("单位类别"), choices=lambda: BLANK + kind_choices())
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=40, required=False, help_text=_("没有独立代码的单位不填")
    )
    level = forms.ChoiceField(label=_("级别"), choices=BLANK + RegionLevel.choices, required=False)
    region = RegionField(label=_("所在区域"), max_length=60, required=False, help_text=_("名称或代码"))
    registered_on = day_field(_("登记日期"), required=False)
    is_legal_person = forms.ChoiceField(label=_("法人资格"), choices=BLANK + YES_OR_NO, required=False)

    def clean_credit_code(self) -> str:
        """Return the code in one spelling."""
        return clean_credit_code(self.cleaned_data["credit_code"]) or ""

    def doubts(self, cleaned: dict[str, Any]) -> list[Any]:
        """A unit of such a name is there already, or the code is unusual for the kind."""
        found = [*self._namesakes(cleaned.get("name", ""))]
        code, kind = cleaned.get("credit_code"), cleaned.get("kind")
        if code and kind and not fits_kind(code, kind):
            usual = "、".join(organisation_kinds()[kind].credit_codes)
            words = _("统一社会信用代码以“%(begins)s”开头，该类单位通常以 %(usual)s 开头，请核对。")
            found.append(words % {"begins": code[:2], "usual": usual})
        return found

    def _namesakes(self, name: str) -> Iterator[Any]:
        match = match_organisations([name], self.day)[name] if name else Match()
        for unit in Organisation.objects.filter(pk__in=match.found).select_related("region"):
            known = "，".join(str(said) for said in (unit.credit_code, unit.region) if said)
            yield _("已登记“%(name)s”（%(known)s），请核对是否同一单位。") % {
                "name": unit.name,
                "known": known or "—",
            }

    def wanted(self) -> NewOrganisation:
        """Return what was written, for the actions."""
        legal = {"yes": True, "no": False, "": None}[self.cleaned_data["is_legal_person"]]
        return NewOrganisation(**{**self.cleaned_data, "is_legal_person": legal})


def postcode_field() -> forms.RegexField:
    """Six digits, or nothing."""
    return forms.RegexField(
        POSTCODE,
        label=_("邮编"),
        max_length=6,
        required=False,
        error_messages={"invalid": _("邮编是 6 位数字。")},
    )


class DetailsForm(forms.Form):
    """What the papers of a unit say, and where money is paid to."""

    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=40, required=False)
    short_name = forms.CharField(label=_("简称"), max_length=120, required=False)
    registered_on = day_field(_("登记日期"), required=False)
    address = forms.CharField(label=_("通讯地址"), max_length=200, required=False)
    postcode = postcode_field()
    bank_name = forms.CharField(label=_("开户银行"), max_length=100, required=False)
    bank_account = forms.CharField(
        label=_("银行账号"), max_length=40, required=False, help_text=_("不填则保留原账号")
    )

    def clean_credit_code(self) -> str:
        """Return the code in one spelling."""
        return clean_credit_code(self.cleaned_data["credit_code"]) or ""

    def wanted(self) -> Details:
        """Return what was written, for the actions."""
        values = self.cleaned_data
        return Details(**{**values, "bank_account": values["bank_account"].replace(" ", "") or None})


class RenameForm(forms.Form):
    """A new full name, from today on."""

    name = forms.CharField(label=_("新名称"), max_length=120, help_text=_("自今天起使用，原名称保留为曾用名"))


class FactForm(DatedForm, EvidenceForm):
    """One fact of a unit, of the kind that the page is about."""

    def __init__(self, *args: Any, kind: FactKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        fields: dict[str, forms.Field] = {}
        if kind is FactKind.TRAIT:
            fields["subject"] = forms.CharField(
                label=_("特征名称"),
                max_length=40,
                help_text=_("照通知中的说法填写，例如：重点高校、创新型企业"),
            )
        fields["value"] = value_field(kind)
        fields["valid_from"] = day_field(_("起始日期"))
        if kind in (FactKind.TRAIT, FactKind.ACCOUNT):
            fields["valid_until"] = day_field(_("截止日期"), required=False, help_text=OPEN_END)
        fields["source"] = forms.CharField(
            label=_("来源"), max_length=120, help_text=_("依据的文件、证书或登记信息")
        )
        self.keep_paper_fields(fields)
        if isinstance(fields["value"], RegionField):
            fields["value"].day = self.day

    def clean_value(self) -> str:
        """Return the value as it is stored: a region by its code."""
        value = self.cleaned_data["value"]
        return value.code if hasattr(value, "code") else value

    def wanted(self, organisation: Organisation, evidence_id: UUID | None) -> NewFact:
        """Return what was written, for the actions."""
        return NewFact(organisation=organisation, kind=self.kind, evidence_id=evidence_id, **self.said())


class CorrectionForm(FactForm):
    """What a fact should have said, and how the mistake came about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = forms.CharField(label=_("更正理由"), max_length=200)
        self.fields = {"value": self.fields["value"], "reason": reason}  # the paper of the fact stays


def value_field(kind: FactKind) -> forms.Field:
    """Return the field for the value of a fact of this kind."""
    choices: dict[FactKind, Any] = {
        FactKind.KIND: kind_choices,
        FactKind.LEVEL: RegionLevel.choices,
        FactKind.LEGAL_PERSON: YES_OR_NO,
        FactKind.TRAIT: YES_OR_NO,
        FactKind.ACCOUNT: AccountState.choices,
    }
    label = _("是否具备") if kind is FactKind.TRAIT else kind.label
    if kind is FactKind.REGION:
        return RegionField(label=label, max_length=60, help_text=_("名称或代码"))
    return forms.ChoiceField(label=label, choices=choices[kind])


class TieForm(DatedForm):
    """A tie of a unit or a person to a unit."""

    kind = forms.ChoiceField(label=_("关系"))
    organisation = UnitField(
        label=_("单位"), max_length=120, help_text=_("全称、简称、曾用名或统一社会信用代码")
    )
    post = forms.CharField(label=_("职务"), max_length=60, required=False)
    valid_from = day_field(_("起始日期"))
    valid_until = day_field(_("截止日期"), required=False, help_text=OPEN_END)
    source = forms.CharField(label=_("来源"), max_length=120, help_text=_("依据的文件、证书或登记信息"))

    def __init__(self, *args: Any, of_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in TieKind if kind in OF_BOTH or (kind in OF_UNITS) != of_person]
        self.fields["kind"].choices = BLANK + [(kind.value, kind.label) for kind in kinds]
        if not of_person:
            del self.fields["post"]

    def wanted(self, party: Any) -> NewTie:
        """Return what was written, for the actions."""
        return NewTie(party=party, **{**self.cleaned_data, "kind": TieKind(self.cleaned_data["kind"])})


class EndForm(forms.Form):
    """The last day on which something holds."""

    last_day = day_field(_("最后一天"), help_text=_("这一天仍然有效"))
