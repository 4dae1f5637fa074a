"""What a person decides about a message that failed, or of which nobody knows whether it went."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.readers.letters import letter_templates
from keqiao.web.audit import log
from keqiao.web.notifications.models import Message, MessageState
from keqiao.web.notifications.phases import why_over
from keqiao.web.notifications.quiet import may_go_at

CAN_GO_AGAIN = (MessageState.FAILED, MessageState.UNSURE)


@transaction.atomic
def send_again(message_id: UUID, *, actor: object, role: str, at: datetime) -> Message:
    """Put a message that failed, or may have gone, back into the outbox. A mail keeps its Message-ID.

    Raises:
        ValidationError: it is in another state, what it said was wiped, or its phase is over.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    _require(message, CAN_GO_AGAIN)
    if letter_templates()[message.template].forget:
        raise ValidationError(
            _("这条消息带有验证码或专用链接，办结后已清除，不能重发。请对方重新获取。"),
            code="message.forgotten",
        )
    if why_over(message, at):
        raise ValidationError(_("所通知的事项已经结束，不再发送。"), code="message.over")
    message.state, message.attempts, message.fault = MessageState.QUEUED, 0, ""
    message.settled_at = message.on_wire_at = message.leased_until = None
    message.due_at = may_go_at(message.channel, message.association_id, at)
    message.save()
    log.record("sent_again", message, actor=actor, role=role, at=at)
    return message


@transaction.atomic
def count_as_sent(message_id: UUID, *, actor: object, role: str, at: datetime) -> Message:
    """Write down that a message of unknown fate has arrived, on the word of who looked.

    Raises:
        ValidationError: it is in another state.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    _require(message, (MessageState.UNSURE,))
    message.state, message.settled_at, message.fault = MessageState.SENT, at, ""
    message.save()
    log.record("counted_as_sent", message, actor=actor, role=role, at=at)
    return message


def _require(message: Message, states: tuple[MessageState, ...]) -> None:
    if message.state not in states:
        raise ValidationError(_("这条消息的状态已经改变，请刷新后再看。"), code="message.moved_on")
