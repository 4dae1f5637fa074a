"""The formal check in the file of an application: what it came to and, for the office, who did what when."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.core.lifecycle.formal_check import DECIDED, TABLE, FormalCheckState
from keqiao.readers.lifecycle_words import case_words
from keqiao.web.accounts.queries import names_of
from keqiao.web.audit.queries import timeline
from keqiao.web.review.models import FormalCheck
from keqiao.web.review.points import APPLICATION
from keqiao.web.review.queries import check_of
from keqiao.web.review.shown import language, state_words
from keqiao.web.ui.in_file import Case, Entry, Part

PLACE = 60


def parts(case: Case) -> Iterable[Part]:
    """Give the formal check of an application: its result to its unit, all of it to the office, nothing to others."""
    if case.about[0] != APPLICATION or not (case.is_own or case.is_office):
        return
    check = check_of(case.row.pk)
    if check is not None:
        yield Part(_("形式审查"), _events(check) if case.is_office else _result(check), PLACE)


def _result(check: FormalCheck) -> list[Entry]:
    state = FormalCheckState(check.state)
    if state not in DECIDED or check.decided_at is None:
        return []
    return [Entry(check.decided_at, state_words(state), note=check.words)]


def _events(check: FormalCheck) -> list[Entry]:
    rows = list(timeline(check))
    names = names_of({row.actor_id for row in rows if row.actor_id})
    words = {TABLE.events[act]: said for act, said in case_words(TABLE.case, language()).acts.items()}
    link = reverse("review:check", args=[check.pk])
    return [
        Entry(row.at, words.get(row.act, _("开始审查")), who=str(names.get(row.actor_id, "")), link=link)
        for row in rows
    ]
