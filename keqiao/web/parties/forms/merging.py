"""What somebody says who has looked at two parties that may be one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MergeForm(forms.Form):
    """Which of the two is kept, and how it is known that they are one."""

    kept = forms.ChoiceField(label=_("保留哪一条"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("合并理由"), max_length=200, help_text=_("例如：同一登记证书，重复导入"))

    def __init__(self, *args: Any, pair: tuple[Any, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [
            (str(pair[0].pk), _("记录一")),
            (str(pair[1].pk), _("记录二")),
        ]


class UndoForm(forms.Form):
    """Why two parties are two after all."""

    reason = forms.CharField(label=_("撤销理由"), max_length=200)
