"""Submit, wait in the queue, hold the receipt."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from keqiao.core.findings import Weight
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.admission import Waiting, admitted, ticket_for
from keqiao.web.applications.forms import SubmitForm
from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import IN_CHARGE, OF_A_UNIT
from keqiao.web.applications.refusals import Refused


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_POST
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Submit an application: to its receipt, to everything that stands against it, or into the queue."""
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return render(request, "applications/refused.html", {"pk": pk, "form": form}, status=422)
    said, at = form.cleaned_data, request.arrived_at  # type: ignore[attr-defined]
    ticket = ticket_for(pk, said["key"], request.user, at, said["queue"])
    try:
        with admitted(ticket, at) as arrived_at:
            sent = actions.Sent(said["key"], request.user, at, arrived_at, said["reason"])  # type: ignore[arg-type]
            written = actions.submit(pk, sent)
    except Application.DoesNotExist as nothing:
        raise Http404 from nothing
    except Refused as refused:
        page = {"pk": pk, "findings": refused.findings, **_sent_again(said, refused)}
        return render(request, "applications/refused.html", page, status=409)
    except Waiting as waiting:
        return _queue(request, pk, said, waiting)
    return redirect("applications:receipt", written.submission_id)


def _sent_again(said: dict[str, str], refused: Refused) -> dict[str, str]:
    """What sends the same submission again, with a reason: where nothing else is missing."""
    is_reason_missing = all(each.weight is Weight.WARN for each in refused.findings)
    return {"key": said["key"], "queue": said["queue"]} if is_reason_missing else {}


def _queue(request: HttpRequest, pk: UUID, said: dict[str, str], waiting: Waiting) -> HttpResponse:
    """The place in the queue, and the same form again with the arrival in it. Holds nothing of the application."""
    page = {"pk": pk, "waiting": waiting, "key": said["key"], "reason": said["reason"]}
    answer = render(request, "applications/queue.html", page, status=503)
    answer.headers["Retry-After"] = str(waiting.retry_after)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@opens_to(*OF_A_UNIT, *IN_CHARGE, scope="the unit of the application; the association of the call")
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The receipt of one submission."""
    submission = queries.submission_of(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    return render(request, "applications/receipt.html", {"submission": submission})
