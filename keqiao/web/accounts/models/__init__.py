"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.accounts.models.grants import Grant
from keqiao.web.accounts.models.log_ins import LogIn, Outcome
from keqiao.web.accounts.models.users import User, UserManager

__all__ = ["Grant", "LogIn", "Outcome", "User", "UserManager"]
