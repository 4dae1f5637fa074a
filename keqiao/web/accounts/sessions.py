"""Which session belongs to which log-in. Django gives a session a new key when rights change; the log-in follows."""

from django.contrib.sessions.backends.base import SessionBase

from keqiao.web.accounts.models import LogIn

LOG_IN, KEY = "log_in", "log_in_key"


def remember_log_in(session: SessionBase, log_in: LogIn) -> None:
    """Keep in the session which row of the record of log-ins tells of it."""
    session[LOG_IN], session[KEY] = log_in.pk, log_in.session_key


def follow_new_key(session: SessionBase) -> None:
    """Write the session's new key to its log-in, so that it can still be shown and ended from afar."""
    known, key = session.get(KEY), session.session_key
    if known is None or key is None or known == key:
        return
    LogIn.objects.filter(pk=session[LOG_IN], session_key=known).update(session_key=key)
    session[KEY] = key
