"""The text people agree to when they register a unit."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Text:
    """What is agreed to, and the version by which it can be found again."""

    version: str
    words: str


def text_in_force(_at: datetime) -> Text:
    """Return the text in force."""
    words = _(
        "为办理单位注册，我们收集联系人的姓名、职务、电子邮箱和手机号码，用于核验单位、开立账号和发送通知，由受理科协保存，"
        "不对外公开。您可以查看、更正，或要求注销账号。"
    )
    return Text("registration-1", words)
