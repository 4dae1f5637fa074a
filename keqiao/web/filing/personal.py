"""What the room keeps of people: who signed a PDF, as the certificates in it say."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.filing.models import Mail, Mailbox, Scan
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable, Sensitivity

WITH_THE_PROJECT = _("随项目档案保存，期满销毁")
PUBLIC_RECORD = _("申报材料是项目评审的依据，按档案法留存")
WHY_ANSWERED = _("收取用邮件报送的材料，答复发件人")


def _own_mails(account: Any) -> QuerySet[Mail]:
    """The mails that came from the address of an account."""
    return Mail.objects.filter(account_id=account.pk)


TABLES = (
    PersonalTable(
        Scan,
        _("盖章文件上的签名人"),
        (
            PersonalField(
                "signatures",
                _("核对文件由谁签名"),
                Basis.CONTRACT,
                _("随项目档案保存，期满销毁"),
                correction=Correction.NEVER,
                held=_("申报材料是项目评审的依据，按档案法留存"),
            ),
        ),
    ),
    PersonalTable(
        Mail,
        _("用邮件报送的人"),
        (
            PersonalField("sender", WHY_ANSWERED, Basis.CONTRACT, WITH_THE_PROJECT, held=PUBLIC_RECORD),
            PersonalField("sender_name", WHY_ANSWERED, Basis.CONTRACT, WITH_THE_PROJECT, held=PUBLIC_RECORD),
            PersonalField("subject", WHY_ANSWERED, Basis.CONTRACT, WITH_THE_PROJECT, held=PUBLIC_RECORD),
            PersonalField("text", WHY_ANSWERED, Basis.CONTRACT, WITH_THE_PROJECT, held=PUBLIC_RECORD),
        ),
        own=_own_mails,
    ),
    PersonalTable(
        Mailbox,
        _("科协的报送邮箱"),
        (
            PersonalField(
                "password",
                _("收取用邮件报送的材料"),
                Basis.DUTY,
                _("停用时删除"),
                Sensitivity.SENSITIVE,
                correction=Correction.DIRECT,
                cleared_by_room=True,
            ),
        ),
    ),
)

EXCUSED: dict[str, str] = {
    "filing.mailbox.name": "the name of a mailbox",
    "filing.mailbox.address": "the public mailbox of an office",
    "filing.mailbox.user_name": "the public mailbox of an office",
    "filing.enclosure.name": "the name of a file",
    "filing.mail.identity": "a digest by which a mail is known again",
}
