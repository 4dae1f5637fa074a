"""Applications of one's own units: read them, fill them in, submit, withdraw."""

from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Header, Router, Status

from keqiao.core.findings import Weight
from keqiao.web.api.answers import application_said, findings_said, receipt_said
from keqiao.web.api.asking import who_asks
from keqiao.web.api.content import sound
from keqiao.web.api.paging import After, page_of
from keqiao.web.api.schemas import (
    ApplicationOut,
    ApplicationsOut,
    Begin,
    CheckOut,
    Content,
    ContentOut,
    Reason,
    ReceiptOut,
    SavedOut,
    Submit,
)
from keqiao.web.api.scopes import Scope
from keqiao.web.api.scoping import Needs
from keqiao.web.applications import actions, queries
from keqiao.web.applications.admission import admitted, ticket_for
from keqiao.web.programmes.queries import offer_of, public_call

READS = Needs(Scope.APPLICATIONS_READ)
WRITES = Needs(Scope.APPLICATIONS_WRITE)
SUBMITS = Needs(Scope.APPLICATIONS_SUBMIT)

router = Router(tags=["applications"])


@router.get("/applications", response=ApplicationsOut, auth=READS, url_name="applications",
            summary="Applications of one's own units, the last edited first")  # fmt: skip
def applications(request: HttpRequest, after: After = 0) -> Any:
    """One's own applications."""
    return page_of(queries.own_applications(*who_asks(request)), after, application_said)


@router.post("/applications", response={201: ApplicationOut}, auth=WRITES, url_name="begin",
             summary="Begin an application in a category that is open")  # fmt: skip
def begin(request: HttpRequest, body: Begin) -> Any:
    """Begin a draft."""
    viewer, at = who_asks(request)
    offer = offer_of(public_call(body.call).pk, body.node)
    if offer is None or not queries.units_to_apply_for(viewer, at).filter(pk=body.unit).exists():
        raise Http404
    begun = actions.start(offer.pk, body.unit, actor=viewer, at=at)
    return Status(201, application_said(queries.own_application(viewer, begun.pk, at)))


@router.get("/applications/{pk}", response=ContentOut, auth=READS, url_name="application",
            summary="One application with its answers")  # fmt: skip
def application(request: HttpRequest, pk: UUID) -> Any:
    """One application."""
    found = _own(request, pk)
    fields = queries.editable_fields(found)
    content = {
        "answers": queries.answers_of(found),
        "open_fields": None if fields is None else sorted(fields),
    }
    return application_said(found) | content


@router.put("/applications/{pk}/answers", response=SavedOut, auth=WRITES, url_name="answers",
            summary="Save all answers, brought together with what others saved meanwhile")  # fmt: skip
def save(request: HttpRequest, pk: UUID, body: Content) -> Any:
    """Save answers that fit the schema of a draft of the form; 409 where others changed the same ones."""
    viewer, at = who_asks(request)
    answers = sound(body.answers, queries.specification_of(_own(request, pk)))
    saved = actions.save(actions.Edit(pk, body.version, answers), actor=viewer, at=at)
    return {
        "version": saved.version,
        "merged": list(saved.merged),
        "findings": findings_said((*saved.moves, *saved.findings)),
    }


@router.post("/applications/{pk}/check", response=CheckOut, auth=WRITES, url_name="check",
             summary="Everything that stands against it, at once")  # fmt: skip
def check(request: HttpRequest, pk: UUID) -> Any:
    """Ask form, rules, limits and dates."""
    viewer, at = who_asks(request)
    _own(request, pk)
    found = actions.check(pk, actor=viewer, at=at)
    refused = any(each.weight is Weight.REFUSE for each in found)
    return {"may_be_submitted": not refused, "findings": findings_said(found)}


@router.post("/applications/{pk}/submission", response={201: ReceiptOut}, auth=SUBMITS, url_name="submission",
             summary="Submit; with the same Idempotency-Key again, the same receipt")  # fmt: skip
def submit(
    request: HttpRequest,
    pk: UUID,
    body: Submit,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", min_length=8, max_length=64, pattern=r"^[\x21-\x7e]+$")
    ],
) -> Any:
    """Submit: 409 with all reasons; 503 with ``queue`` and ``Retry-After`` where one has to wait: the arrival counts.

    Source: ``admission``.
    """
    viewer, at = who_asks(request)
    _own(request, pk)
    ticket = ticket_for(pk, idempotency_key, viewer, at, body.queue)
    with admitted(ticket, at) as arrived_at:
        sent = actions.Sent(idempotency_key, viewer, at, arrived_at, body.reason)
        return Status(201, receipt_said(actions.submit(pk, sent)))


@router.get("/applications/{pk}/receipts", response=list[ReceiptOut], auth=READS, url_name="receipts",
            summary="Its receipts, the last one first")  # fmt: skip
def receipts(request: HttpRequest, pk: UUID) -> Any:
    """All receipts of one application."""
    return [receipt_said(each) for each in queries.receipts_of(_own(request, pk))]


@router.post("/applications/{pk}/withdrawal", response=ApplicationOut, auth=WRITES, url_name="withdrawal",
             summary="Take a submitted application back; its place is free at once")  # fmt: skip
def withdraw(request: HttpRequest, pk: UUID, body: Reason) -> Any:
    """Withdraw."""
    viewer, at = who_asks(request)
    _own(request, pk)
    actions.withdraw(pk, actor=viewer, at=at, reason=body.reason)
    return application_said(_own(request, pk))


def _own(request: HttpRequest, pk: UUID) -> Any:
    viewer, at = who_asks(request)
    return queries.own_application(viewer, pk, at)
