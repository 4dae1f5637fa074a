"""The pages of the site: public ones, and the desk of a signed-in person."""

from keqiao.web.portal.views.desk import desk
from keqiao.web.portal.views.public import call, calls, home, original

__all__ = ["call", "calls", "desk", "home", "original"]
