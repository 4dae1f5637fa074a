"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.accounts.models.grants import Grant
from keqiao.web.accounts.models.invitations import Invitation
from keqiao.web.accounts.models.log_ins import LogIn, Outcome
from keqiao.web.accounts.models.pairings import Pairing
from keqiao.web.accounts.models.registrations import STATE_WORDS, Registration
from keqiao.web.accounts.models.users import User, UserManager

__all__ = [
    "STATE_WORDS",
    "Grant",
    "Invitation",
    "LogIn",
    "Outcome",
    "Pairing",
    "Registration",
    "User",
    "UserManager",
]
