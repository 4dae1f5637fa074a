"""Notice and award in the file of an application: since when it was shown, how it came out; objections as well."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.web.public_notice.models import NoticeItem, Objection
from keqiao.web.public_notice.queries import letter_of
from keqiao.web.public_notice.shown import notice_words, objection_words, result_words
from keqiao.web.public_notice.telling import APPLICATION
from keqiao.web.ui.in_file import Case, Entry, Part

PLACE = 80


def parts(case: Case) -> Iterable[Part]:
    """Give what everybody may know to the unit, and the objections as well to the office; nothing to others."""
    if case.about[0] != APPLICATION or not (case.is_own or case.is_office):
        return
    found = [*_notices(case.row.pk, is_office=case.is_office), *_result(case.row.pk)]
    if case.is_office:
        found += _objections(case.row.pk)
    if found:
        yield Part(_("公示与立项"), sorted(found, key=lambda entry: entry.at), PLACE)


def _notices(application_id: Any, *, is_office: bool) -> Iterator[Entry]:
    rows = NoticeItem.objects.filter(
        selection__application_id=application_id, notice__posted_at__isnull=False
    )
    for item in rows.select_related("notice"):
        notice = item.notice
        link = reverse("public_notice:notice", args=[notice.pk]) if is_office else ""
        yield Entry(notice.posted_at, notice.title, note=notice_words(notice.state), link=link)


def _result(application_id: Any) -> Iterator[Entry]:
    letter = letter_of(application_id)
    if letter is not None:
        yield Entry(
            letter.made_at,
            result_words(letter),
            note=letter.reason,
            link=reverse("public_notice:letter", args=[letter.pk, "pdf"]),
        )


def _objections(application_id: Any) -> Iterator[Entry]:
    for row in Objection.objects.filter(item__selection__application_id=application_id):
        link = reverse("public_notice:objection", args=[row.pk])
        yield Entry(
            row.received_at,
            _("异议 %(number)s") % {"number": row.number},
            note=objection_words(row.state),
            link=link,
        )
