"""Who may be signed in: an active account; one of the demonstration in demonstration mode only."""

from allauth.account.auth_backends import AuthenticationBackend

from keqiao.web.accounts.models import User
from keqiao.web.accounts.queries import can_be_signed_in


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, asked at log-in and again at every request.

    Passwords of the demonstration are printed for everybody to read. On an installation that once showed the
    demonstration and shows it no more they open nothing, and sessions that stand end.
    """

    def user_can_authenticate(self, user: User) -> bool:
        return super().user_can_authenticate(user) and can_be_signed_in(user)
