"""What the tests of filed mails share: one real mail server."""

from collections.abc import Iterator

import pytest

from scripts.mail_server import MailServer, throw_away_mail_server


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    """Debian's Exim and Dovecot on this machine; mailboxes keep what earlier tests sent."""
    with throw_away_mail_server() as server:
        yield server
