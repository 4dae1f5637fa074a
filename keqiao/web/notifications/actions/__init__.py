"""What is written to the outbox: by rooms that tell something, by officers who look, by people who choose."""

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications.actions.asking import ask_approvers
from keqiao.web.notifications.actions.inbox import mark_all_read, mark_read
from keqiao.web.notifications.actions.queueing import (
    cancel_about,
    queue,
    queue_code,
    queue_mail,
    queue_new,
    without_secrets,
)
from keqiao.web.notifications.actions.reviewing import leave_out, release
from keqiao.web.notifications.actions.settling import count_as_sent, send_again
from keqiao.web.notifications.letters import Letter
from keqiao.web.notifications.models import Channel

__all__ = [
    "Channel",
    "Letter",
    "ask_approvers",
    "cancel_about",
    "count_as_sent",
    "leave_out",
    "letter_templates",
    "mark_all_read",
    "mark_read",
    "queue",
    "queue_code",
    "queue_mail",
    "queue_new",
    "release",
    "send_again",
    "without_secrets",
]
