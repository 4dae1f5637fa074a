"""Pages of objections in the office: the list, and one with everything that can be done with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.objection import ObjectionState as S
from keqiao.core.lifecycle.roles import INVESTIGATOR
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.exports import exported
from keqiao.web.public_notice import actions, approving, forms, queries
from keqiao.web.public_notice.actions.writing import OBJECTIONS
from keqiao.web.public_notice.causes import CAUSES
from keqiao.web.public_notice.investigators import candidates
from keqiao.web.public_notice.permissions import IN_CHARGE, LEADER, roles_towards
from keqiao.web.public_notice.shown import OBJECTION_KINDS, objection_words
from keqiao.web.public_notice.views.acts import ask_leader
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

HERE = "the association of the call"


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_safe
def objections(request: HttpRequest) -> HttpResponse:
    """All objections, the oldest first."""
    rows = queries.objections_for(request.user, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    shown = list_page(rows, LIST, request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    marked = [(row, objection_words(row.state), OBJECTION_KINDS[S(row.state)]) for row in shown.page]
    return render(request, "public_notice/objections.html", {"list": shown, "rows": marked})


@opens_to(*IN_CHARGE, scope=HERE)
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One objection: who, what, which proof; the acts that are open to the viewer."""
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    found = queries.objection_for(request.user, pk, at)  # type: ignore[arg-type]
    if request.method != "POST":
        return _shown(request, found, {}, ())
    name = request.POST.get("act", "")
    if name not in ACTS or name not in _open_acts(request, found, at):
        return _shown(request, found, {}, (), status=409)
    form = _forms(found, at, request.POST)[FORM_OF[name]]
    if not form.is_valid():
        return _shown(request, found, {FORM_OF[name]: form}, (), status=422)
    try:
        answer = ACTS[name](request, found, form.cleaned_data)
    except Refused as refused:
        return _shown(request, found, {FORM_OF[name]: form}, refused.findings, status=409)
    if answer is not None:
        return answer
    messages.success(request, _("已办理：%(act)s。") % {"act": _act_words(name)})
    return redirect("public_notice:objection", pk)


def _decide(request: HttpRequest, found: Any, said: dict[str, Any]) -> HttpResponse:
    arguments = {"upheld": said["outcome"] == "uphold", "answer": said["answer"]}
    return ask_leader(request, approving.DECIDE, found, arguments, said["answer"])


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]


Doing = Callable[[HttpRequest, Any, dict[str, Any]], HttpResponse | None]
ACTS: dict[str, Doing] = {
    "accept": lambda request, row, _said: actions.accept(row.pk, **_by(request)),  # type: ignore[func-returns-value]
    "ask_for_more": lambda request, row, said: actions.ask_for_more(row.pk, said["words"], **_by(request)),  # type: ignore[func-returns-value]
    "turn_away": lambda request, row, said: actions.turn_away(  # type: ignore[func-returns-value]
        row.pk, said["cause"], said["words"], **_by(request)
    ),
    "assign": lambda request, row, said: actions.assign(row.pk, UUID(said["investigator"]), **_by(request)),  # type: ignore[func-returns-value]
    "find": lambda request, row, said: actions.find(  # type: ignore[func-returns-value]
        row.pk, said["finding"], is_founded=said["founded"] == "yes", **_by(request)
    ),
    "send_back": lambda request, row, said: actions.send_back(row.pk, said["words"], **_by(request)),  # type: ignore[func-returns-value]
    "go_on": lambda request, row, said: actions.go_on(row.pk, said["words"], **_by(request)),  # type: ignore[func-returns-value]
    "decide": _decide,
}
FORM_OF = {
    "accept": "words",
    "ask_for_more": "words",
    "turn_away": "turn_away",
    "assign": "assign",
    "find": "find",
    "send_back": "words",
    "go_on": "words",
    "decide": "decide",
}


def _act_words(name: str) -> str:
    words = {
        "accept": _("受理"),
        "ask_for_more": _("要求补充"),
        "turn_away": _("不予受理"),
        "assign": _("交办调查"),
        "find": _("提交调查结论"),
        "send_back": _("退回再查"),
        "go_on": _("继续调查"),
        "decide": _("提请决定"),
    }
    return words[name]


def _open_acts(request: HttpRequest, found: Any, at: datetime) -> tuple[str, ...]:
    """What the viewer can do with it now; deciding is laid before a leader by an officer."""
    roles = set(roles_towards(request.user, found, at))  # type: ignore[arg-type]
    is_leader_only = roles == {LEADER}
    if found.investigator_id == request.user.pk:
        roles.add(INVESTIGATOR)
    acts = [act for act in OBJECTIONS.acts_in(S(found.state), roles) if act in ACTS]
    if found.state == S.FOUND.value and not is_leader_only:
        acts.append("decide")
    return tuple(acts)


def _forms(found: Any, at: datetime, data: Any = None) -> dict[str, Any]:
    people = candidates(found.association_id, at)
    return {
        "words": forms.WordsForm(data),
        "turn_away": forms.TurnAwayForm(data, auto_id="turn_%s"),
        "assign": forms.AssignForm(data, people=people),
        "find": forms.FindForm(data),
        "decide": forms.DecideForm(data),
    }


def _shown(
    request: HttpRequest, found: Any, filled: dict[str, Any], findings: Any, *, status: int = 200
) -> HttpResponse:
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    page = {
        "objection": found,
        "item": found.item,
        "application": found.item.selection.application,
        "state": objection_words(found.state),
        "state_kind": OBJECTION_KINDS[S(found.state)],
        "cause": CAUSES.get(found.cause, ""),
        "proofs": queries.proofs_of(found),
        "acts": _open_acts(request, found, at),
        "forms": {**_forms(found, at), **filled},
        "findings": findings,
        "waiting": approving.waiting((approving.DECIDE,), found, at),
    }
    return render(request, "public_notice/objection.html", page, status=status)


_lazy_words = lazy(objection_words, str)

LIST = ListKind(
    columns=(
        Column("number", gettext_lazy("受理号"), ("number",), value=lambda row: row.number),
        Column("title", gettext_lazy("公示项目"), (), value=lambda row: row.item.listed.get("title", "")),
        Column("notice", gettext_lazy("公示"), ("notice__title",), value=lambda row: row.notice.title),
        Column("state", gettext_lazy("状态"), ("state",), value=lambda row: objection_words(row.state)),
        Column("at", gettext_lazy("收到时间"), ("received_at",), value=lambda row: row.received_at),
    ),
    default_sort="at",
    search=lambda word: Q(number__icontains=word) | Q(notice__title__icontains=word),
    filters=(
        Filter(
            "state",
            gettext_lazy("状态"),
            [(state.value, _lazy_words(state.value)) for state in S],
            lambda state: Q(state=state),
        ),
    ),
    hint=gettext_lazy("受理号或公示标题"),
    code="public_notice.objections",
    file_name=gettext_lazy("异议办理表"),
)
