"""The grant in the file of its application: what was agreed and when, for its unit and the office."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.core.lifecycle.grant import GrantState
from keqiao.web.grants.queries import grant_of
from keqiao.web.grants.shown import history
from keqiao.web.ui.in_file import Case, Entry, Part

APPLICATION = "applications.application"
PLACE = 80


def parts(case: Case) -> Iterable[Part]:
    """Give what happened to the grant of an application; to its unit once the agreement was sent."""
    if case.about[0] != APPLICATION or not (case.is_own or case.is_office):
        return
    grant = grant_of(case.row.pk)
    if grant is None or (not case.is_office and grant.state == GrantState.DRAFTED.value):
        return
    link = reverse("grants:grant", args=[grant.pk])
    happened = history(grant, is_office=case.is_office)
    entries = [Entry(each.at, each.words, who=each.who, note=each.reason, link=link) for each in happened]
    yield Part(_("立项与经费"), entries[::-1], PLACE)
