"""Stamped pages: print the page to be stamped, bring pictures of it, see what came of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.scan import ScanState
from keqiao.readers.unreadable import Unreadable
from keqiao.web.access import opens_to
from keqiao.web.applications.permissions import IN_CHARGE, OF_A_UNIT, associations_in_charge
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.filing import permissions, queries
from keqiao.web.filing.actions.stamped import make_page, take_scan
from keqiao.web.filing.forms.stamped import BringForm, OfficeBringForm
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.printed_pages import page_name, page_pdf
from keqiao.web.filing.stampable import Stampable, ToSign, sees, stampable
from keqiao.web.filing.standing import shown_of
from keqiao.web.parties.queries import associations
from keqiao.web.ui.templatetags.shell import say

WHO = (*OF_A_UNIT, *IN_CHARGE, "endorser", "finance")
SCOPE = "the unit, its endorsers, the association of the call"
UNMATCHED_SHOWN = 100
RECENT_SHOWN = 20


def _known(request: HttpRequest, kind: str, pk: UUID) -> Stampable:
    """The kind of a thing that the viewer sees; otherwise 404."""
    known = stampable(kind)
    if known is None or not sees(request.user, (kind, pk), request.arrived_at):  # type: ignore[attr-defined]
        raise Http404
    return known


@opens_to(*WHO, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def stamped(request: HttpRequest, pk: UUID, kind: str = permissions.APPLICATION) -> HttpResponse:
    """The stamped page of one application or list: how it stands, what to do next; here pictures are brought."""
    known = _known(request, kind, pk)
    head = known.head(request.user, pk, request.arrived_at)  # type: ignore[attr-defined]
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _bring(request, form, head.association_id)
        return redirect(known.address(pk))
    page = _page(request, known, pk) | {"form": form, "head": head}
    return render(request, "filing/stamped.html", page, status=422 if form.errors else 200)


def _page(request: HttpRequest, known: Stampable, pk: UUID) -> dict[str, Any]:
    about = (known.kind, pk)
    now, not_ready = _to_sign(request, known, pk)
    return {
        "now": now,
        "not_ready": not_ready or (now.over if now else ""),
        "stamped": queries.stamped(about, now.fingerprint) if now else queries.NOTHING,
        "scans": [shown_of(scan, now) for scan in queries.scans_about(about)],
        "print_address": reverse("filing:print_about", args=about),
    }


def _to_sign(request: HttpRequest, known: Stampable, pk: UUID) -> tuple[ToSign | None, str]:
    try:
        return known.to_sign(request.user, pk, request.arrived_at), ""  # type: ignore[attr-defined]
    except ValidationError as not_ready:
        return None, "".join(not_ready.messages)


@opens_to(*WHO, scope=SCOPE)
@require_POST
def print_page(request: HttpRequest, pk: UUID, kind: str = permissions.APPLICATION) -> HttpResponse:
    """The page to be stamped of what the application or the list says now, as PDF."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    known = _known(request, kind, pk)
    now, not_ready = _to_sign(request, known, pk)
    if now is None or now.over:
        messages.error(request, not_ready or (now.over if now else ""))
        return redirect(known.address(pk))
    page = make_page((kind, pk), actor=request.user, at=at)
    disposition = content_disposition_header(as_attachment=True, filename=page_name(now))
    headers = {**NEVER_SHOWN, "Content-Disposition": disposition or "", "Cache-Control": "private, no-store"}
    return HttpResponse(page_pdf(page, now), content_type="application/pdf", headers=headers)


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring pictures of any pages to an office; those that nobody could match wait here for a person."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    offices = associations().filter(pk__in=associations_in_charge(request.user, at))  # type: ignore[arg-type]
    form = OfficeBringForm(request.POST or None, request.FILES or None, associations=offices)
    if request.method == "POST" and form.is_valid():
        _bring(request, form, form.cleaned_data["association"].pk)
        return redirect("filing:bring")
    scans = permissions.scans_of(request.user, at).filter(association__in=offices).select_related("file")
    page = {
        "form": form,
        "unmatched": scans.filter(state=ScanState.UNMATCHED.value).order_by("-taken_at")[:UNMATCHED_SHOWN],
        "recent": queries.with_titles(scans.exclude(state=ScanState.UNMATCHED.value), RECENT_SHOWN),
    }
    return render(request, "filing/bring.html", page, status=422 if form.errors else 200)


@dataclass
class _Came:
    """What came of an upload."""

    matched: int = 0
    unmatched: int = 0


def _bring(request: HttpRequest, form: BringForm, association_id: UUID) -> None:
    """Store and look at each file; say what came of each, all faults at once."""
    came = _Came()
    for upload in form.brought(form.cleaned_data):
        try:
            _take(request, upload, association_id, came)
        except ValidationError as wrong:
            messages.error(request, f"{upload.name}：{''.join(wrong.messages)}")
        except Unreadable as refused:
            messages.error(request, say(Finding(refused.code, Weight.REFUSE, refused.values)))
    if came.matched:
        words = ngettext("识别并归入 %(count)s 页。", "识别并归入 %(count)s 页。", came.matched)
        messages.success(request, words % {"count": came.matched})
    if came.unmatched:
        words = ngettext(
            "%(count)s 页没有识别出来，已留存，可人工关联。",
            "%(count)s 页没有识别出来，已留存，可人工关联。",
            came.unmatched,
        )
        messages.warning(request, words % {"count": came.unmatched})


def _take(request: HttpRequest, upload: Any, association_id: UUID, came: _Came) -> None:
    who: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    file = store_upload(upload, Announced(STAMPED, upload.name, upload.size, association_id), **who)
    for scan in take_scan(file, **who):
        if scan.state == ScanState.UNMATCHED.value:
            came.unmatched += 1
        else:
            came.matched += 1
