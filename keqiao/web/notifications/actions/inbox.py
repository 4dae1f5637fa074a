"""Read one's own messages."""

from datetime import datetime
from uuid import UUID

from keqiao.web.notifications.models import Channel, Message, MessageState


def mark_read(recipient_id: UUID, message_ids: list[UUID], *, at: datetime) -> int:
    """Mark messages of ``recipient_id`` as read; those of others are left alone. Returns how many changed."""
    mine = Message.objects.filter(recipient_id=recipient_id, channel=Channel.IN_APP, state=MessageState.SENT)
    return mine.filter(read_at__isnull=True, pk__in=message_ids).update(read_at=at)


def mark_all_read(recipient_id: UUID, *, at: datetime) -> int:
    """Mark all messages of ``recipient_id`` as read. Returns how many changed."""
    mine = Message.objects.filter(recipient_id=recipient_id, channel=Channel.IN_APP, state=MessageState.SENT)
    return mine.filter(read_at__isnull=True).update(read_at=at)
