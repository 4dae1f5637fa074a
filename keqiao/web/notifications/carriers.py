"""The one interface of all channels that leave the site."""

from typing import Protocol

from keqiao.web.notifications import mail, sms, wecom
from keqiao.web.notifications.ledger import Ledger
from keqiao.web.notifications.models import Channel, Message


class Carrier(Protocol):
    """Hands one message to one server."""

    def __call__(self, message: Message, ledger: Ledger) -> str:
        """Return what the message went without, as a code; mostly nothing.

        Raises:
            NotTaken: the server does not have it.
            Unsure: nobody knows whether the server has it.
        """


CARRIERS: dict[str, Carrier] = {
    Channel.MAIL.value: mail.send,
    Channel.SMS.value: sms.send,
    Channel.WECOM.value: wecom.send,
}
