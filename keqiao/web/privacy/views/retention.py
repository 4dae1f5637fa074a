"""For the security administrator: what has served its time, and letting it be erased after a second look."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.web.access import opens_to
from keqiao.web.privacy.forms import EraseForm
from keqiao.web.privacy.permissions import SECURITY_ADMIN
from keqiao.web.privacy.retention import erase_for
from keqiao.web.privacy.shown import due_lines, endless_entries


@opens_to(SECURITY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """How many values are due, by column; what never falls due by itself; erase what is due."""
    at = request.arrived_at
    lines = due_lines(at)
    total = sum(line.count for line in lines)
    form = EraseForm(request.POST or None, due=total)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            erase_for.enqueue(str(request.user.pk), at.isoformat())
        messages.success(request, _("已开始删除，稍后刷新本页查看结果。"))
        return redirect("privacy:retention")
    page = {"lines": lines, "total": total, "endless": endless_entries(), "form": form}
    return render(request, "privacy/retention.html", page, status=422 if form.errors else 200)
