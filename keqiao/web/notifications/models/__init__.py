"""Tables of the room. Changed only by ``actions`` and ``delivery``."""

from keqiao.web.notifications.models.choices import CalendarAddress, Choice, WecomName
from keqiao.web.notifications.models.messages import OPEN_STATES, OUTSIDE, Channel, Message, MessageState
from keqiao.web.notifications.models.rules import QuietHours, SendingRule

__all__ = [
    "OPEN_STATES",
    "OUTSIDE",
    "CalendarAddress",
    "Channel",
    "Choice",
    "Message",
    "MessageState",
    "QuietHours",
    "SendingRule",
    "WecomName",
]
