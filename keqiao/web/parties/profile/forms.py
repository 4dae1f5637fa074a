"""What officers write into the profile of their association."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.forms import AssociationForm

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
ICP = re.compile(rf"[{PROVINCES}]ICP(?:备|证)[0-9]{{6,10}}号(?:-[0-9]{{1,3}})?", re.IGNORECASE)
POLICE = re.compile(rf"[{PROVINCES}]公网安备 ?[0-9]{{14}}号")


class ProfileForm(AssociationForm):
    """How the association appears on the site, in mails and on documents."""

    logo_file = forms.FileField(
        label=_("标志"),
        required=False,
        help_text=_("PNG、JPEG 或 WebP，不超过 2 MB；会缩小并重新生成，去掉拍摄信息"),
    )
    drop_logo = forms.BooleanField(label=_("不再使用现有标志"), required=False)

    class Meta(AssociationForm.Meta):
        fields = (
            *AssociationForm.Meta.fields,
            "mail_sender",
            "reply_to",
            "icp_number",
            "police_number",
            "complaints",
        )

    def clean_icp_number(self) -> str:
        """A filing number as the register writes it."""
        number = "".join(self.cleaned_data["icp_number"].split())
        if number and not ICP.fullmatch(number):
            raise ValidationError(_("ICP备案号应如：豫ICP备12345678号-1。"), code="icp.malformed")
        return number

    def clean_police_number(self) -> str:
        """A filing number as the register writes it: fourteen digits."""
        number = " ".join(self.cleaned_data["police_number"].split())
        if number and not POLICE.fullmatch(number):
            raise ValidationError(
                _("公安联网备案号应如：豫公网安备 41010502000001号。"), code="police.malformed"
            )
        return number


def number_example(pattern: str, mark: str, year: int) -> str:
    """Return what the first document number of ``year`` would look like."""
    return pattern.replace("{mark}", mark).replace("{year}", str(year)).replace("{number}", "1")
