"""What waits for a second person: lists, one approval with its difference, the decision."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.query import Field, Kind
from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.approvals import actions, queries
from keqiao.web.approvals.acts import NotExecuted
from keqiao.web.approvals.forms import APPROVE, DecisionForm, WithdrawalForm
from keqiao.web.approvals.models import Approval
from keqiao.web.approvals.refusals import SubjectChanged
from keqiao.web.audit.exports import exported
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition, list_page

TABS = (
    ("approvals:waiting", gettext_lazy("等我审批")),
    ("approvals:mine", gettext_lazy("我提交的")),
    ("approvals:all", gettext_lazy("全部")),
)

KEYS = (
    Key(Field("what", ("事项", "Matter")), column_condition("title")),
    Key(Field("who", ("提交人", "Proposed by")), any_of(queries.proposed_by_named)),
    Key(
        Field("proposed", ("提交时间", "提交", "Proposed"), Kind.DAY),
        column_condition("proposed_at", is_moment=True),
    ),
    Key(
        Field("until", ("有效期至", "有效期", "Until"), Kind.DAY),
        column_condition("expires_at", is_moment=True),
    ),
    Key(
        Field("decided", ("审批时间", "Decided"), Kind.DAY, optional=True),
        column_condition("decided_at", is_moment=True),
    ),
)


@dataclass(frozen=True)
class Stopped:
    """Why an act did not happen, for its page: what is changed since, or in what words."""

    words: tuple[str, ...] = ()
    changes: tuple[queries.ShownChange, ...] = ()


@opens_to(SIGNED_IN, scope="acts the viewer may approve")
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for my decision, the most urgent first."""
    return _list(request, queries.waiting_for(request.user, request.arrived_at), "approvals:waiting")


@opens_to(SIGNED_IN, scope="acts the viewer proposed")
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I asked for."""
    return _list(request, queries.proposed_by(request.user), "approvals:mine")


@opens_to(SIGNED_IN, scope="acts the viewer proposed, or may propose or approve")
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """All approvals that I may see, ended ones included."""
    return _list(request, queries.approvals_for(request.user, request.arrived_at), "approvals:all")


@opens_to(SIGNED_IN, scope="acts the viewer proposed, or may propose or approve")
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One approval: the act, its difference, who, why, until when; and the decision."""
    approval = queries.approval_for(request.user, pk, request.arrived_at)
    return _detail(request, approval, DecisionForm())


@opens_to(SIGNED_IN, scope="acts the viewer may approve")
@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve or refuse."""
    approval = queries.approval_for(request.user, pk, request.arrived_at)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _detail(request, approval, form, status=422)
    approves = form.cleaned_data["decision"] == APPROVE
    act = partial(actions.approve if approves else actions.refuse, reason=form.cleaned_data["reason"])
    try:
        act(approval.pk, actor=request.user, at=request.arrived_at)
    except (NotAllowed, NotExecuted, SubjectChanged) as refusal:
        return _stopped(request, approval, form, refusal)
    messages.success(request, _("已批准并执行。") if approves else _("已退回，未予批准。"))
    return redirect("approvals:detail", pk)


@opens_to(SIGNED_IN, scope="acts the viewer proposed")
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what I asked for."""
    approval = queries.approval_for(request.user, pk, request.arrived_at)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _detail(request, approval, DecisionForm(), withdrawal=form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        actions.withdraw(approval.pk, actor=request.user, at=request.arrived_at, reason=reason)
    except NotAllowed as refusal:
        return _stopped(request, approval, DecisionForm(), refusal)
    messages.success(request, _("已撤回。"))
    return redirect("approvals:detail", pk)


def _list(request: HttpRequest, rows: QuerySet[Approval], page_name: str) -> HttpResponse:
    kind = approval_list(rows, page_name, request.arrived_at)
    shown = list_page(rows, kind, request.GET)
    if file := exported(shown, request):
        return file
    page = {
        "list": shown,
        "rows": queries.shown(shown.page, request.arrived_at),
        "tabs": [(words, reverse(name), name == page_name, None) for name, words in TABS],
    }
    return render(request, "approvals/list.html", page)


def approval_list(rows: QuerySet[Approval], page_name: str, at: datetime) -> ListKind:
    """Return what one of the lists offers at ``at``; names for a file are read once for all ``rows``."""
    by_urgency = page_name == "approvals:waiting"
    in_state = partial(queries.in_state, at=at)
    named = cache(lambda: queries.names_of(rows.order_by().values_list("proposed_by_id", flat=True)))
    return ListKind(
        columns=(
            Column("what", gettext_lazy("事项"), ("title",), value=lambda row: row.title),
            Column("kind", gettext_lazy("类别"), ("kind", "title"), value=queries.act_in_words),
            Column("who", gettext_lazy("提交人"), value=lambda row: named().get(row.proposed_by_id, "")),
            Column("when", gettext_lazy("提交时间"), ("proposed_at",), value=lambda row: row.proposed_at),
            Column("until", gettext_lazy("有效期至"), ("expires_at",), value=lambda row: row.expires_at),
            Column("state", gettext_lazy("状态"), value=lambda row: queries.state_in_words(row, at)),
        ),
        default_sort="until" if by_urgency else "-when",
        search=queries.named,
        filters=() if by_urgency else (Filter("state", gettext_lazy("状态"), queries.states(), in_state),),
        keys=KEYS,
        hint=gettext_lazy("事项名称或提交理由"),
        code=page_name.replace(":", "."),
        file_name=gettext_lazy("审批事项"),
    )


def _stopped(
    request: HttpRequest, approval: Approval, form: DecisionForm, refusal: Exception
) -> HttpResponse:
    approval.refresh_from_db()
    return _detail(request, approval, form, stopped=_explained(request, approval, refusal), status=409)


def _explained(request: HttpRequest, approval: Approval, refusal: Exception) -> Stopped:
    if isinstance(refusal, SubjectChanged):
        return Stopped(changes=tuple(queries.labelled(approval, refusal.changes)))
    if isinstance(refusal, NotExecuted):
        return Stopped(words=tuple(str(words) for words in refusal.words))
    if isinstance(refusal, NotAllowed) and refusal.wrong_state:
        (row,) = queries.shown([approval], request.arrived_at)
        return Stopped(words=(_("这一事项现为“%(state)s”。") % {"state": row.state_words},))
    if request.user.pk == approval.proposed_by_id:
        return Stopped(words=(_("提交人不能审批自己提交的事项，审批须由另一位有权限的人员作出。"),))
    return Stopped(words=(_("您不能办理这一事项：审批由提交人以外有权限的人员作出，撤回由提交人作出。"),))


def _detail(
    request: HttpRequest, approval: Approval, form: DecisionForm, status: int = 200, **also: object
) -> HttpResponse:
    (row,) = queries.shown([approval], request.arrived_at)
    page = {
        "row": row,
        "approval": approval,
        "changes": queries.difference_of(approval),
        "subject_address": queries.address_of(approval),
        "role": queries.role_to_act(request.user, approval, request.arrived_at),
        "events": queries.happened(approval),
        "form": form,
        "withdrawal": WithdrawalForm(),
        **also,
    }
    return render(request, "approvals/detail.html", page, status=status)
