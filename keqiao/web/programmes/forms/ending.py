"""Cancel a call: the reason that everybody reads."""

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes.models import Call


class CancelForm(forms.Form):
    """Why the call is cancelled."""

    reason = forms.CharField(
        label=_("取消原因"),
        max_length=Call._meta.get_field("cancelled_because").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("已发布的通知，取消原因在公开页面上显示。请勿写入个人信息。"),
    )
