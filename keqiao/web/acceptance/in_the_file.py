"""The acceptance in the file of an application: its conclusion and, for the office, who did what when."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.core.lifecycle.acceptance import TABLE
from keqiao.readers.lifecycle_words import case_words
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.acceptance.queries import acceptance_of
from keqiao.web.acceptance.shown import language
from keqiao.web.accounts.queries import names_of
from keqiao.web.audit.queries import timeline
from keqiao.web.review.points import APPLICATION
from keqiao.web.ui.in_file import Case, Entry, Part

PLACE = 95
TOLD = frozenset(
    {
        "opened",
        "submitted",
        "returned",
        "extended",
        "rectification_ordered",
        "passed",
        "failed",
        "concluded_anew",
    }
)
"""Events that the unit reads as well."""


def parts(case: Case) -> Iterable[Part]:
    """Give the acceptance of an application's project to its unit and to the office, nothing to others."""
    if case.about[0] != APPLICATION or not (case.is_own or case.is_office):
        return
    acceptance = acceptance_of(case.row.pk)
    if acceptance is not None:
        yield Part(_("结项验收"), _events(acceptance, is_office=case.is_office), PLACE)


def _events(acceptance: Acceptance, *, is_office: bool) -> list[Entry]:
    rows = [row for row in timeline(acceptance) if is_office or row.act in TOLD]
    names = names_of({row.actor_id for row in rows if row.actor_id}) if is_office else {}
    words = {TABLE.events[act]: said for act, said in case_words(TABLE.case, language()).acts.items()}
    words |= {"opened": _("开始验收"), "points_given": _("打分")}
    link = reverse("acceptance:acceptance", args=[acceptance.pk])
    return [
        Entry(row.at, words.get(row.act, row.act), who=str(names.get(row.actor_id, "")), link=link)
        for row in rows
    ]
