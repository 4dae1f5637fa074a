"""Pages: what a unit may apply for, one category, whom an officer could invite."""

from keqiao.web.eligibility.views.categories import category, home, mine
from keqiao.web.eligibility.views.inviting import invitees, inviting

__all__ = ["category", "home", "invitees", "inviting", "mine"]
