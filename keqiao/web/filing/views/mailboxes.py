"""The mailboxes of an association: set up, tried, changed, closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.lifecycle.filed_mail import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.filing import mail_register
from keqiao.web.filing.actions.mailboxes import change, close, set_up, try_out
from keqiao.web.filing.forms.mailboxes import MailboxForm
from keqiao.web.filing.imap import NotReached
from keqiao.web.filing.models import Mailbox
from keqiao.web.filing.words import fault_words
from keqiao.web.parties.queries import associations_kept_by
from keqiao.web.ui.faults import add_faults

SCOPE = "the association"


@opens_to(OFFICER, scope=SCOPE)
@require_safe
def mailboxes(request: HttpRequest) -> HttpResponse:
    """All mailboxes, how each was read last, and what waits in each."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    rows = [
        (row, fault_words(row.fault) if row.fault else "")
        for row in mail_register.mailboxes_for(request.user, at)
    ]
    return render(request, "filing/mailboxes.html", {"rows": rows, "associations": _associations(request)})


def _associations(request: HttpRequest) -> Any:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    return associations_kept_by(request.user, at)  # type: ignore[arg-type]


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_mailbox(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a mailbox up for an association; or only try what was typed."""
    association = _associations(request).filter(pk=pk).first()
    if association is None:
        raise Http404
    form = MailboxForm(request.POST or None)
    return _answered(request, form, None, association)


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a mailbox; or only try what was typed."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    kept = mail_register.mailbox_for(request.user, pk, at)
    if kept.closed_at is not None:
        raise Http404
    form = MailboxForm(request.POST or None, instance=kept)
    return _answered(request, form, Mailbox.objects.get(pk=pk), kept.association)


def _answered(
    request: HttpRequest, form: MailboxForm, kept: Mailbox | None, association: Any
) -> HttpResponse:
    page: dict[str, Any] = {"form": form, "mailbox": kept, "association": association}
    if request.method == "POST" and form.is_valid():
        page |= _tried(form, kept)
        if "try" not in request.POST and not page.get("fault") and _saved(request, form, kept, association):
            messages.success(request, _("已保存。每两分钟收取一次，从现在起的来件有效。"))
            return redirect("filing:mailboxes")
    return render(
        request, "filing/mailbox.html", page, status=422 if form.errors or page.get("fault") else 200
    )


def _tried(form: MailboxForm, kept: Mailbox | None) -> dict[str, Any]:
    """What came of trying: the words of what is wrong and what the other side said, or that it works."""
    try:
        try_out(form.wanted().access(kept))
    except NotReached as wrong:
        return {"fault": fault_words(wrong.code), "said": wrong.said}
    return {"works": True}


def _saved(request: HttpRequest, form: MailboxForm, kept: Mailbox | None, association: Any) -> bool:
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    try:
        if kept is None:
            set_up(association.pk, form.wanted(), **by)
        else:
            change(kept.pk, form.wanted(), **by)
    except ValidationError as wrong:
        add_faults(form, wrong)
        return False
    return True


@opens_to(OFFICER, scope=SCOPE)
@require_POST
def close_mailbox(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop reading a mailbox and forget its password."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    kept = mail_register.mailbox_for(request.user, pk, at)
    try:
        close(kept.pk, actor=request.user, at=at)
    except ValidationError as wrong:
        messages.error(request, "".join(wrong.messages))
    else:
        messages.success(request, _("已停用，密码已删除。"))
    return redirect("filing:mailboxes")
