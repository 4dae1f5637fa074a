"""Which registers are kept in full, and what is shared of debarments."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.recognition import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.actions import keeping as actions
from keqiao.web.registers.forms.books import TakeBackForm
from keqiao.web.registers.forms.keeping import SharingForm, StatementForm
from keqiao.web.registers.queries import lines
from keqiao.web.registers.views.filling import about, by_viewer, done, form_page, sent


@opens_to(OFFICER, scope="the association")
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The statements in force, and a new one."""
    association = lines.association_written(request.user, pk, request.arrived_at)
    schemes = lines.schemes_of(pk, local_day(request.arrived_at))
    form = StatementForm(**sent(request), **about(request, pk), schemes=schemes)
    if done(form, lambda: actions.state_kept(pk, form.wanted(), by=by_viewer(request))):
        messages.success(request, _("已声明。今后名册上没有的，按“没有”处理。"))
        return redirect("registers:keeping", pk)
    page = {"association": association, "form": form, "statements": lines.kept_statements(pk)}
    return render(request, "registers/keeping.html", page, status=422 if form.errors else 200)


@opens_to(OFFICER, scope="the association of the statement")
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back that a register is kept in full."""
    row = lines.statement_written(request.user, pk, request.arrived_at)
    form = TakeBackForm(**sent(request), **about(request, row.association_id))
    back = reverse("registers:keeping", args=[row.association_id])

    def act() -> object:
        return actions.take_back_kept(pk, reason=form.cleaned_data["reason"], by=by_viewer(request))

    if done(form, act):
        messages.success(request, _("已收回。今后名册上没有的，按“未知”处理。"))
        return redirect(back)
    crumbs = [(_("登记与名录"), reverse("registers:overview", args=[row.association_id]))]
    frame = {"title": _("收回声明"), "lead": str(row), "back": back, "submit": _("收回"), "crumbs": crumbs}
    return form_page(request, form, **frame)


@opens_to(OFFICER, scope="the association")
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What of its debarments the association shares, goes by, shows to everybody."""
    association = lines.association_written(request.user, pk, request.arrived_at)
    policy = lines.policy_of(pk)
    initial = {
        "shares": policy.shares_debarments,
        "heeds": policy.heeds_debarments,
        "publishes": policy.publishes_debarments,
    }
    form = SharingForm(**sent(request), **about(request, pk), initial=initial)
    if done(form, lambda: actions.decide_sharing(pk, form.wanted(), by=by_viewer(request))):
        messages.success(request, _("已保存。"))
        return redirect("registers:debarments", pk)
    back = reverse("registers:debarments", args=[pk])
    crumbs = [(_("登记与名录"), reverse("registers:overview", args=[pk])), (_("禁止申报名册"), back)]
    lead = _("未选的一律不共享、不采用、不公开。")
    frame = {"title": _("共享与公开"), "lead": f"{association} · {lead}", "back": back, "submit": _("保存")}
    return form_page(request, form, crumbs=crumbs, **frame)
