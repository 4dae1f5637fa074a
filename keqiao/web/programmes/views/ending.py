"""Cancel a call, with the reason that its public page shows."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.forms import CancelForm
from keqiao.web.programmes.permissions import WORK_ON_CALLS, is_cancellable
from keqiao.web.programmes.refusals import Refused
from keqiao.web.programmes.views.refusing import refused_page


@opens_to(*WORK_ON_CALLS, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what cancelling means and ask for the reason; cancel."""
    call = queries.call_for(request.user, pk, request.arrived_at)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(call.pk, actor=request.user, at=request.arrived_at, **form.cleaned_data)
        except Refused as refused:
            return refused_page(request, call, refused)
        messages.success(request, _("通知已取消。"))
        return redirect("programmes:draft", call.pk)
    if not is_cancellable(call.state):
        return redirect("programmes:draft", call.pk)
    page = {"call": call, "form": form}
    return render(request, "programmes/cancel.html", page, status=422 if form.errors else 200)
