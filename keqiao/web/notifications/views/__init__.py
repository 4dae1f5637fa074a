"""The pages of messages: one's own, what one chooses, the outbox of an association, the calendar."""

from keqiao.web.notifications.views.choosing import (
    calendar,
    calendar_remove,
    calendar_renew,
    choices,
    wecom_ask,
    wecom_confirm,
    wecom_forget,
)
from keqiao.web.notifications.views.inbox import inbox, mark_all_read, mark_read
from keqiao.web.notifications.views.outbox import again, arrived, outbox, review, rules

__all__ = [
    "again",
    "arrived",
    "calendar",
    "calendar_remove",
    "calendar_renew",
    "choices",
    "inbox",
    "mark_all_read",
    "mark_read",
    "outbox",
    "review",
    "rules",
    "wecom_ask",
    "wecom_confirm",
    "wecom_forget",
]
