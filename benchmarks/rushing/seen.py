"""Have everybody be seen a moment ago, as whoever presses submit is: the form that was open has saved itself.

Otherwise each first press writes down that the session lives, in a transaction of its own that the reference has not.
"""

from datetime import UTC, datetime

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from keqiao.web.config.middleware.session_lifetime import SEEN
from keqiao.web.scope import work_as_program


def main() -> None:
    """Note it in every session."""
    work_as_program()
    now = datetime.now(UTC).isoformat()
    rows = list(Session.objects.all())
    for row in rows:
        row.session_data = SessionStore().encode({**row.get_decoded(), SEEN: now})
    Session.objects.bulk_update(rows, ["session_data"], batch_size=100)


if __name__ == "__main__":
    main()
