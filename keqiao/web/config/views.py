"""Pages about the installation itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.web.access import DEMONSTRATION, opens_to
from keqiao.web.accounts.roles import GUARDS, Role
from keqiao.web.config.first_steps import MAIL_TEST, steps
from keqiao.web.config.forms import FoundForm
from keqiao.web.config.founding import found
from keqiao.web.notifications.actions import Letter, queue_mail
from keqiao.web.parties import queries as parties
from keqiao.web.parties.profile.site import site_keeper
from keqiao.web.parties.views.acting import FormPage, form_page

WHO = (Role.OFFICER.value, *sorted(role.value for role in GUARDS))


@opens_to(*WHO, DEMONSTRATION, scope="the association that keeps the site")
@require_safe
def first_steps(request: HttpRequest) -> HttpResponse:
    """What is done and what is missing; in a demonstration, the way out of it."""
    if settings.DEMONSTRATION:
        return render(request, "config/leaving.html")
    keeper = _keeper_for(request)
    found = steps(keeper, request.arrived_at)
    done = sum(step.is_done for step in found)
    page = {
        "keeper": keeper,
        "steps": found,
        "done": done,
        "total": len(found),
        "may_mail": bool(request.user.email),
    }
    return render(request, "config/first_steps.html", page)


@opens_to(*WHO, scope="the association that keeps the site")
@require_POST
def mail_test(request: HttpRequest) -> HttpResponse:
    """Send a mail to the viewer, by the same way as all mail goes."""
    _keeper_for(request)
    if not request.user.email:
        raise Http404
    letter = Letter(
        MAIL_TEST,
        address=request.user.email,
        language=request.user.language,
        variables={"site": settings.SITE_URL},
    )
    with transaction.atomic():
        queue_mail(
            letter, key=f"mail-test:{request.user.pk}:{request.arrived_at.isoformat()}", at=request.arrived_at
        )
    messages.success(request, _("测试邮件已交给后台发送，稍后刷新本页查看结果。"))
    return redirect("first_steps")


@opens_to(Role.SYSTEM_ADMIN)
@require_safe
def associations(request: HttpRequest) -> HttpResponse:
    """All associations that run calls here."""
    return render(request, "config/associations.html", {"associations": parties.associations()})


@opens_to(Role.SYSTEM_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def found_association(request: HttpRequest) -> HttpResponse:
    """Let a further association run calls, and invite its first officer."""
    form = FoundForm(request.POST or None, day=parties.local_day(request.arrived_at))
    about = _("开设后，邀请发给第一位工作人员；科协的部室、标志和备案号由其补充。")
    page = FormPage(_("开设科协"), about, reverse("associations"), _("科协已开设，邀请已发出。"))

    def act() -> None:
        wanted = form.wanted(is_demonstration=settings.DEMONSTRATION)
        found(wanted, actor=request.user, at=request.arrived_at)

    return form_page(request, form, page, act)


def _keeper_for(request: HttpRequest) -> Any:
    """Return the association that keeps the site, for its officers and for the administrators; otherwise 404."""
    viewer, now = request.user, request.arrived_at
    keeper = site_keeper()
    if keeper is None:
        raise Http404
    if keeper.pk in viewer.organisations_as(Role.OFFICER, now) or not GUARDS.isdisjoint(viewer.roles_at(now)):
        return keeper
    raise Http404
