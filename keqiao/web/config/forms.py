"""What the system administrator writes about an association that is to run calls."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.config.founding import KIND, Founding
from keqiao.web.parties.actions import NewAssociation, NewOrganisation
from keqiao.web.parties.credit_codes import clean_credit_code
from keqiao.web.parties.forms import AssociationForm
from keqiao.web.parties.forms.fields import RegionField
from keqiao.web.parties.queries import level_choices


class FoundForm(AssociationForm):
    """A further association: its unit, how it appears and numbers its documents, its first officer."""

    name = forms.CharField(
        label=_("单位全称"),
        max_length=120,
        help_text=_("已登记为单位的科协，填写登记的全称即可，不会重复登记"),
    )
    level = forms.ChoiceField(label=_("级别"), choices=[("", "—"), *level_choices()])
    region = RegionField(label=_("所在区域"), max_length=60, required=False, help_text=_("名称或代码"))
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=40, required=False)
    officer = forms.EmailField(
        label=_("第一位工作人员的邮箱"),
        help_text=_("邀请发到这个邮箱，七日内有效；本人设好密码后即可开始工作"),
    )
    field_order = ("name", "level", "region", "credit_code", "site_name", "slug")

    class Meta(AssociationForm.Meta):
        fields = ("site_name", "slug", "document_mark", "number_pattern")
        help_texts = {"slug": _("小写字母、数字和连字符，例如 sanmenxia；公开页面的地址由此组成，不能再改")}

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].day = day

    def clean_credit_code(self) -> str:
        """Return the code in one spelling."""
        return clean_credit_code(self.cleaned_data["credit_code"]) or ""

    def wanted(self, *, is_demonstration: bool) -> Founding:
        """Return what was written, for the action."""
        said = self.cleaned_data
        unit = NewOrganisation(
            said["name"], KIND, credit_code=said["credit_code"], level=said["level"], region=said["region"]
        )
        shown = NewAssociation(
            said["slug"],
            said["site_name"],
            document_mark=said["document_mark"],
            number_pattern=said["number_pattern"],
            is_demonstration=is_demonstration,
        )
        return Founding(unit, shown, said["officer"])
