"""Beside the applications of a unit: how far one is on its way to the association; the summary tables of all."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.applications.panels import Panel
from keqiao.web.endorsement import queries
from keqiao.web.endorsement.definitions import endorsing_at
from keqiao.web.endorsement.models import STATE_WORDS
from keqiao.web.endorsement.own_summaries import own_summaries
from keqiao.web.endorsement.ways import STATE_KINDS, stages_shown

PLACE = 10
NOTES = {
    PassageState.WAITING: _("推荐单位审核、上报之后，意见在这里显示。撤回申报会退出推荐队列，名额同时空出。"),
    PassageState.RETURNED: _("请在规定日期前改好并重新提交，推荐单位的排序不变。"),
    PassageState.DECLINED: _("推荐单位没有推荐。如有疑问，请与推荐单位联系。"),
    PassageState.FILED: _("已报送到受理单位，等待受理。撤回申报会空出推荐名额。"),
    PassageState.RECEIVED: _("受理单位已受理。"),
}


def panels(application: Any, request: HttpRequest) -> Iterable[Panel]:
    """Give the panel where somebody endorses in the category and the application was submitted."""
    if (
        application.submitted_at is None
        or not endorsing_at(application.revision_id, application.node).is_needed
    ):
        return
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    passage = queries.passage_of(application.pk)
    if passage is None or passage.state == PassageState.WITHDRAWN.value:
        return
    state = queries.state_shown(passage)
    values = {
        "way": stages_shown(queries.way_of(application.pk, at)),
        "state": str(STATE_WORDS[state]),
        "state_kind": STATE_KINDS[state],
        "note": NOTES.get(state, ""),
    }
    yield Panel("endorsement/beside.html", values, PLACE)


def panels_of_all(request: HttpRequest) -> Iterable[Panel]:
    """Give the summary tables that the viewer's units file themselves, where they have submitted something for one."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    if tables := own_summaries(request.user, at):  # type: ignore[arg-type]
        yield Panel("endorsement/own_summaries.html", {"tables": tables}, PLACE)
