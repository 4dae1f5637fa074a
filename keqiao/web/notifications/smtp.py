"""Django's way to a mail server, which says when the last word of a mail is about to be said, and when no answer came.

A server has a mail from the moment it reads the lone dot after it (RFC 5321, 4.1.1.4), and says so after that. Until
the dot nothing has gone; from its answer on we know. In between nobody knows, and that is the only time in which
trying again could send a mail twice.
"""

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from keqiao.web.notifications.faults import Unsure

END_OF_MAIL = b"\r\n.\r\n"


class _Marking:
    """What is added to both of Python's clients: ``brink`` is called before the dot."""

    brink: Callable[[], None]
    _is_saying_mail = False
    _has_said_all = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Say one mail and return the server's answer."""
        self._is_saying_mail, self._has_said_all = True, False
        try:
            return super().data(msg)  # type: ignore[misc,no-any-return]
        except (smtplib.SMTPServerDisconnected, OSError) as fault:
            if self._has_said_all:
                raise Unsure(type(fault).__name__) from fault
            raise
        finally:
            self._is_saying_mail = False

    def send(self, s: Any) -> None:
        """Send bytes; the end of a mail only after ``brink``."""
        is_mail = self._is_saying_mail and isinstance(s, bytes) and s.endswith(END_OF_MAIL)
        if is_mail:
            self._step_to_brink()
        super().send(s)  # type: ignore[misc]
        self._has_said_all = self._has_said_all or is_mail

    def _step_to_brink(self) -> None:
        """Ask whether the last word may be said; if not, hang up: a server drops a mail whose end it never read."""
        try:
            self.brink()
        except BaseException:
            self.close()  # type: ignore[attr-defined]
            raise


class _Plain(_Marking, smtplib.SMTP):
    """Without encryption from the start; STARTTLS may follow."""


class _Encrypted(_Marking, smtplib.SMTP_SSL):
    """Encrypted from the start."""


class Backend(EmailBackend):
    """Sends through a mail server."""

    def call_before_last_word(self, brink: Callable[[], None]) -> None:
        """Have ``brink`` called before the last word of each mail of this conversation, which is open."""
        self.connection.brink = brink

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The client of Python that fits the settings."""
        return _Encrypted if self.use_ssl else _Plain
