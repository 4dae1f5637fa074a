"""What is entered about a mailbox, and what an officer decides on a mail."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from keqiao.web.filing.actions.mailboxes import Wanted
from keqiao.web.filing.models import Mailbox, Security

HOST = RegexValidator(
    r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$", _("请填写服务器名称，如 imap.126.com。")
)
ONE_LINE = RegexValidator(r"^[^\x00-\x1f\x7f]*$", _("不能有控制字符。"))
DONE = "科桥已收"


class MailboxForm(forms.ModelForm):  # type: ignore[type-arg]
    """A mailbox that filings are read from."""

    host = forms.CharField(
        label=_("收信服务器"), max_length=253, validators=[HOST], help_text=_("如 imap.126.com、imap.qq.com")
    )
    security = forms.ChoiceField(label=_("连接方式"), choices=Security.choices, initial=Security.TLS.value)
    password = forms.CharField(
        label=_("密码或授权码"),
        max_length=200,
        required=False,
        strip=False,
        validators=[ONE_LINE],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    folder = forms.CharField(label=_("收件文件夹"), max_length=120, initial="INBOX", validators=[ONE_LINE])
    done_folder = forms.CharField(
        label=_("收妥后移入"),
        max_length=120,
        initial=DONE,
        validators=[ONE_LINE],
        help_text=_("没有的会新建。不是报送的邮件留在原处不动。"),
    )

    class Meta:
        model = Mailbox
        fields = ("name", "address", "host", "port", "security", "user_name", "folder", "done_folder")

    field_order = (
        "name",
        "address",
        "host",
        "port",
        "security",
        "user_name",
        "password",
        "folder",
        "done_folder",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.password if self.instance.host else ""
        self.fields["user_name"].validators.append(ONE_LINE)
        self.fields["name"].help_text = _("工作人员看到的名称，如：学会学术部邮箱")
        self.fields["password"].help_text = (
            _("已保存，不显示；不改的不填")
            if kept
            else _("163、126、QQ 邮箱填“授权码”，在网页邮箱的设置中取得")
        )
        self.kept_for = (self.instance.host, self.instance.user_name) if kept else None

    def clean(self) -> dict[str, Any] | None:
        """A kept password goes to the server and the account that it was given for, and to no other."""
        cleaned = super().clean()
        said_for = self.cleaned_data.get("host"), self.cleaned_data.get("user_name")
        if said_for != self.kept_for and not self.cleaned_data.get("password"):
            self.add_error("password", ValidationError(_("请填写密码或授权码。"), code="required"))
        folders = self.cleaned_data.get("folder"), self.cleaned_data.get("done_folder")
        if folders[0] and folders[0] == folders[1]:
            self.add_error("done_folder", ValidationError(_("请用另一个文件夹。"), code="same"))
        return cleaned

    def wanted(self) -> Wanted:
        """Return what was written, for the actions."""
        return Wanted(**{name: self.cleaned_data[name] for name in self.field_order})


class SettleForm(forms.Form):
    """For whom a mail was sent."""

    unit = forms.CharField(label=_("申报单位"), max_length=200, help_text=_("单位全称或统一社会信用代码"))
    account = forms.ChoiceField(label=_("申报人"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        field: Any = self.fields["account"]
        field.choices = [(pk, f"{user.display_name} {user.email or ''}") for pk, user in self.people.items()]
        field.widget.attrs["class"] = "form-select"

    def chosen(self) -> Any:
        """Return the account that was chosen, or nothing."""
        return self.people.get(self.cleaned_data["account"])


class RefuseForm(forms.Form):
    """Why a mail files nothing: the sender is told."""

    reason = forms.CharField(
        label=_("不予受理的理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("发给来件人"),
    )

    def clean_reason(self) -> str:
        """One line, as it goes into a letter."""
        return " ".join(str(self.cleaned_data["reason"]).split())
