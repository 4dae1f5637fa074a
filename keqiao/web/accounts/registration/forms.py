"""What a unit writes when it registers, and what somebody who verifies it says."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.accounts.code_forms import AddressField
from keqiao.web.accounts.models import Registration
from keqiao.web.accounts.names import clean_email, clean_phone
from keqiao.web.accounts.registration.actions import Stated, Verdict
from keqiao.web.accounts.registration.certificates import PURPOSE
from keqiao.web.accounts.registration.contact import Contact
from keqiao.web.accounts.registration.queries import endorsing_units
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.queries import StoredFile, received_file
from keqiao.web.parties.credit_codes import clean_credit_code
from keqiao.web.parties.queries import Organisation, all_organisations, associations, regions_to_choose

COUNTY = "county"  # level of a region
LEVELS = [(value, words) for value, words in Registration._meta.get_field("level").choices or () if value]
LONGEST_NOTE = 400  # characters
FACTS = ("unit_name", "kind", "credit_code", "region", "level", "host_name", "host_code")
PEOPLE = ("contact_name", "post", "email", "phone")
RETURNABLE = (*FACTS, *PEOPLE, "certificate")
"""What somebody who verifies can ask to be changed, by the names of the table's columns."""


class AddressForm(forms.Form):
    """Where the code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"] = AddressField()


class CodeForm(forms.Form):
    """The six digits."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class RegionField(forms.ModelChoiceField):
    """A region with the one above it: several counties of a province can bear one name."""

    def label_from_instance(self, region: Any) -> str:
        """Return 河南省 or 南阳市 卧龙区."""
        above = region.parent.name if region.level == COUNTY and region.parent else ""
        return f"{above} {region.name}".strip()


class RegistrationForm(forms.Form):
    """The unit, the person who speaks for it, the certificate. All faults are said at once, and a file is kept.

    The address that was proved stands fixed; the other way to reach the contact may be added.
    """

    association = forms.ModelChoiceField(None, label=_("受理科协"))
    endorsing_unit = forms.ModelChoiceField(
        None,
        label=_("推荐单位"),
        required=False,
        help_text=_("由推荐单位核验的请选择；没有可以不选，由科协核验。"),
    )
    unit_name = forms.CharField(label=_("单位全称"), max_length=120, help_text=_("与登记证书一致。"))
    kind = forms.ChoiceField(label=_("单位类别"))
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        help_text=_("18 位。高校科协、企业科协等没有独立代码的，请填写下面的依托单位。"),
    )
    region = RegionField(None, label=_("所在区域"))
    level = forms.ChoiceField(label=_("级别"), required=False)
    host_name = forms.CharField(label=_("依托单位名称"), max_length=120, required=False)
    host_code = forms.CharField(label=_("依托单位信用代码"), max_length=40, required=False)
    contact_name = forms.CharField(label=_("联系人"), max_length=60)
    post = forms.CharField(label=_("职务"), max_length=60, required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    phone = forms.CharField(label=_("手机号码"), max_length=40, required=False)
    certificate = forms.FileField(label=_("登记证书扫描件"), required=False, allow_empty_file=True)
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)
    statement = forms.BooleanField(label=_("以上内容真实，本人受单位委托办理注册。"))
    consent = forms.BooleanField(label=_("已阅读并同意个人信息处理说明。"))

    kept: StoredFile | None = None

    def __init__(
        self,
        *args: Any,
        contact: Contact,
        at: datetime,
        registration: Registration | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contact, self.at, self.registration = contact, at, registration
        language = get_language() or "zh-hans"
        kinds = [(code, kind.label(language)) for code, kind in organisation_kinds().items()]
        self._choices("kind", [("", "—"), *kinds])
        self._choices("level", [("", "—"), *LEVELS])
        self._rows("association", associations())
        self._rows("endorsing_unit", endorsing_units(at))
        self._rows("region", regions_to_choose(at))
        proved = self.fields[contact.kind]
        proved.disabled, proved.initial = True, contact.address
        proved.help_text = _("已验证。")

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  a slip of ours, not of the sender
        field.choices = choices

    def _rows(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = rows

    def clean_credit_code(self) -> str:
        return clean_credit_code(self.cleaned_data["credit_code"]) or ""

    def clean_host_code(self) -> str:
        return clean_credit_code(self.cleaned_data["host_code"]) or ""

    def clean_email(self) -> str:
        return clean_email(self.cleaned_data["email"] or "")

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""

    def clean(self) -> dict[str, Any] | None:
        """A unit has a code of its own or names its host; the certificate came now or before."""
        cleaned = super().clean()
        kind = organisation_kinds().get(self.cleaned_data.get("kind", ""))
        if kind is not None:
            self._require(("host_name", "host_code") if kind.is_hosted else ("credit_code",))
        self._keep_file()
        had = self.registration is not None and self.registration.certificate_id is not None
        if self.kept is None and not had and "certificate" not in self.errors:
            self.add_error("certificate", ValidationError(_("请选择文件。"), code="required"))
        return cleaned

    def _require(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, ValidationError(_("这类单位必须填写。"), code="required"))

    def _keep_file(self) -> None:
        """Store the file although other fields may be wrong: nobody looks for a scan twice."""
        upload, sent = self.cleaned_data.get("certificate"), self.cleaned_data.get("sent")
        if isinstance(upload, UploadedFile):
            wanted = Announced(PURPOSE, upload.name or "", upload.size or 0)
            try:
                self.kept = store_upload(upload, wanted, actor=self.contact, at=self.at)
            except ValidationError as refused:
                self.add_error("certificate", refused)
        elif sent:
            self.kept = received_file(self.contact, sent, PURPOSE)

    def stated(self) -> Stated:
        """Return what was written, for the actions."""
        return Stated(**{name: self.cleaned_data[name] for name in Stated.__dataclass_fields__})


def initial_of(registration: Registration) -> dict[str, Any]:
    """Return what a returned registration said, to be corrected."""
    names = ("association", "endorsing_unit", *FACTS, *PEOPLE)
    return {name: getattr(registration, name) for name in names}


class DecisionForm(forms.Form):
    """Verify, return or refuse. Each button sends its own ``act``."""

    act = forms.ChoiceField(
        choices=[("verify", _("通过")), ("return", _("退回补正")), ("refuse", _("不予通过"))],
        widget=forms.HiddenInput,
    )
    unit = forms.ModelChoiceField(
        None,
        label=_("登记为"),
        required=False,
        empty_label=_("新单位（或代码相同的已有单位）"),
    )
    administers = forms.BooleanField(
        label=_("联系人同时担任单位管理员（可邀请同事）"), required=False, initial=True
    )
    fields_to_change = forms.MultipleChoiceField(
        label=_("需补正的栏目"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("核验意见"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回或不予通过时必填，将发给联系人。"),
    )

    def __init__(self, *args: Any, candidates: list[Organisation], administers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, marked = self.fields["unit"], self.fields["fields_to_change"]
        unit.queryset = all_organisations().filter(pk__in=[each.pk for each in candidates])  # type: ignore[attr-defined]
        labels = RegistrationForm.base_fields
        marked.choices = [(name, labels[name].label) for name in RETURNABLE]  # type: ignore[attr-defined]
        self.fields["administers"].initial = administers

    def clean(self) -> dict[str, Any] | None:
        """Whoever does not simply agree says why."""
        cleaned = super().clean()
        if self.cleaned_data.get("act") in ("return", "refuse") and not self.cleaned_data.get("note"):
            self.add_error("note", ValidationError(_("退回或不予通过须写明意见。"), code="required"))
        return cleaned

    def verdict(self) -> Verdict:
        """Return how the unit is taken in."""
        said = self.cleaned_data
        return Verdict(said["unit"], administers=said["administers"], note=said["note"])
