"""The part of notifications in a file: letters about the case that went out."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.web.notifications.models import Message, MessageState
from keqiao.web.notifications.queries import notice_from
from keqiao.web.scope import crossing
from keqiao.web.ui.in_file import Case, Entry, Part

MOST = 100
WHY = "the office sees every letter about a case before it, also those that go in nobody's name"


def parts(case: Case) -> Iterable[Part]:
    """Give the letters about a case: to the office all of them, to others their own."""
    kind, pk = case.about
    rows = Message.objects.filter(about_kind=kind, about_id=pk, state=MessageState.SENT)
    if not case.is_office:
        rows = rows.filter(recipient_id=case.viewer.pk)
    with crossing(WHY):
        letters = list(rows.order_by("queued_at")[:MOST])
    entries = [
        Entry(
            row.settled_at or row.queued_at,
            notice_from(row, get_language() or "").subject,
            note=_channel(row),
        )
        for row in letters
    ]
    yield Part(_("通知和来信答复"), entries, 60)


def _channel(row: Message) -> str:
    return str(row.get_channel_display())
