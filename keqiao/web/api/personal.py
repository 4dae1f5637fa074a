"""What the room keeps of people: what they call their tokens. Keys of programs stand locked as their values do."""

from django.utils.translation import gettext_lazy as _

from keqiao.web.api.models import Webhook
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable, Sensitivity

TABLES: tuple[PersonalTable, ...] = (
    PersonalTable(
        Webhook,
        _("推送地址"),
        (
            PersonalField(
                "secret",
                _("为推送给其他系统的消息签名"),
                Basis.DUTY,
                _("停用时删除"),
                Sensitivity.SENSITIVE,
                correction=Correction.NEVER,
                cleared_by_room=True,
            ),
        ),
    ),
)
EXCUSED = {
    "api.token.name": "what a token is for, as its maker calls it",
    "api.webhook.name": "what an address is for, as its maker calls it",
    "api.delivery.body": "ids, a state and a time; see kinds",
}
