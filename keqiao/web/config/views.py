"""Pages about the installation itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keqiao.web.access import DEMONSTRATION, opens_to
from keqiao.web.accounts.roles import GUARDS, Role
from keqiao.web.config.first_steps import MAIL_TEST, steps
from keqiao.web.notifications.actions import Letter, queue_mail
from keqiao.web.parties.profile.site import site_keeper

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


def _keeper_for(request: HttpRequest) -> Any:
    """Return the association that keeps the site, for its officers and for the administrators; otherwise 404."""
    viewer, now = request.user, request.arrived_at
    keeper = site_keeper()
    if keeper is None:
        raise Http404
    if keeper.pk in viewer.organisations_as(Role.OFFICER, now) or not GUARDS.isdisjoint(viewer.roles_at(now)):
        return keeper
    raise Http404
