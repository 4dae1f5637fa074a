"""The acts of the room; each is one transaction and one event."""

from keqiao.web.activities.actions.evidence import attach, take_away
from keqiao.web.activities.actions.locking import lock_project, unlock
from keqiao.web.activities.actions.recording import Begun, Content, edit, enter
from keqiao.web.activities.actions.standing import move
from keqiao.web.activities.actions.verifying import disallow, look_again, send_back, verify

__all__ = [
    "Begun",
    "Content",
    "attach",
    "disallow",
    "edit",
    "enter",
    "lock_project",
    "look_again",
    "move",
    "send_back",
    "take_away",
    "unlock",
    "verify",
]
