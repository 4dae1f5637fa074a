"""The decision in the file of an application: for the office alone. What is released, other rooms tell."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.core.lifecycle.selection import TABLE
from keqiao.readers.lifecycle_words import case_words
from keqiao.web.accounts.queries import names_of
from keqiao.web.allocation.models import Selection
from keqiao.web.allocation.queries import selection_of
from keqiao.web.audit.queries import timeline
from keqiao.web.review.points import APPLICATION
from keqiao.web.review.shown import language
from keqiao.web.ui.in_file import Case, Entry, Part

PLACE = 70


def parts(case: Case) -> Iterable[Part]:
    """Give what was decided of an application, and by whom, to the office; nothing to its unit or anybody else."""
    if case.about[0] != APPLICATION or not case.is_office:
        return
    row = selection_of(case.row.pk)
    if row is not None:
        yield Part(_("遴选"), _events(row), PLACE)


def _events(row: Selection) -> list[Entry]:
    events = list(timeline(row))
    names = names_of({event.actor_id for event in events if event.actor_id})
    words = {TABLE.events[act]: said for act, said in case_words(TABLE.case, language()).acts.items()}
    link = reverse("allocation:item", args=[row.pk])
    return [
        Entry(
            event.at, words.get(event.act, _("进入遴选")), who=str(names.get(event.actor_id, "")), link=link
        )
        for event in events
    ]
