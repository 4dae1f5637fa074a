"""One picture of a stamped page beside its facts; attach it by hand, set it aside, the picture itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.lifecycle.scan import COUNTS, ScanState
from keqiao.web.access import opens_to
from keqiao.web.files.queries import path_of
from keqiao.web.files.serving import NEVER_SHOWN, to_be_saved
from keqiao.web.filing import permissions, queries
from keqiao.web.filing.actions.stamped import Said, attach, set_aside
from keqiao.web.filing.forms.stamped import AttachForm, ReasonForm
from keqiao.web.filing.models import Scan
from keqiao.web.filing.stampable import ToSign, stampable
from keqiao.web.filing.standing import shown_of
from keqiao.web.filing.views.stamped import SCOPE, WHO


@opens_to(*WHO, scope=SCOPE)
@require_safe
def scan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One picture, straightened, beside what is signed and what was seen."""
    return _page(request, _scan(request, pk))


def _scan(request: HttpRequest, pk: UUID) -> Scan:
    return queries.scan_for(request.user, pk, request.arrived_at)  # type: ignore[attr-defined]


def _page(request: HttpRequest, row: Scan, *, status: int = 200, **forms: Any) -> HttpResponse:
    now, address = _now(request, row)
    page = {
        "scan": row,
        "shown": shown_of(row, now),
        "now": now,
        "address": address,
        "may_attach": ScanState(row.state) not in COUNTS,
        "may_set_aside": row.state != ScanState.SET_ASIDE.value,
        "attach_form": AttachForm(),
        "aside_form": ReasonForm(),
        **forms,
    }
    return render(request, "filing/scan.html", page, status=status)


def _now(request: HttpRequest, row: Scan) -> tuple[ToSign | None, str]:
    """What is signed now of what the picture is about, and the page about it."""
    known, at = stampable(row.about_kind), request.arrived_at  # type: ignore[attr-defined]
    if known is None or row.about_id is None:
        return None, ""
    address = known.address(row.about_id)
    try:
        return known.to_sign(request.user, row.about_id, at), address
    except ValidationError:
        return None, address  # not ready to be signed: nothing to compare with


@opens_to(*WHO, scope=SCOPE)
@require_POST
def attach_scan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say by hand which application or which page a picture shows."""
    row, form = _scan(request, pk), AttachForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=422, attach_form=form)
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    said = _meant(request, row, form)
    if said is None:
        form.add_error("number", _("没有这个编号的申报，也没有这个指纹的盖章页。"))
        return _page(request, row, status=422, attach_form=form)
    return _done(request, row, form, "attach_form", lambda: attach(row.pk, said, actor=request.user, at=at))


def _meant(request: HttpRequest, row: Scan, form: AttachForm) -> Said | None:
    """The application with the number that was typed, or the page with the fingerprint."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    words, reason = form.cleaned_data["number"].strip(), form.cleaned_data["reason"]
    seen = permissions.applications_seen(request.user, at)
    application = seen.filter(number=words, association_id=row.association_id).first() if words else None
    if application is not None:
        return Said((permissions.APPLICATION, application.pk), reason)
    page = queries.page_by_fingerprint(request.user, words, row.association_id, at)
    return Said((page.about_kind, page.about_id), reason, page.pk) if page else None


@opens_to(*WHO, scope=SCOPE)
@require_POST
def set_scan_aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a picture count no more."""
    row, form = _scan(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=422, aside_form=form)
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    reason = form.cleaned_data["reason"]
    return _done(
        request, row, form, "aside_form", lambda: set_aside(row.pk, reason, actor=request.user, at=at)
    )


def _done(
    request: HttpRequest, row: Scan, form: ReasonForm, name: str, act: Callable[[], Scan]
) -> HttpResponse:
    try:
        act()
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return _page(request, row, status=422, **{name: form})
    messages.success(request, _("已保存，并记入日志。"))
    return redirect("filing:scan", row.pk)


@opens_to(*WHO, scope=SCOPE)
@require_safe
def scan_picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The straightened picture. The program wrote it as JPEG itself, so it goes out under this name."""
    row = _scan(request, pk)
    if row.picture is None:
        raise Http404
    headers = {**NEVER_SHOWN, "Cache-Control": "private, max-age=3600"}
    return FileResponse(path_of(row.picture).open("rb"), content_type="image/jpeg", headers=headers)


@opens_to(*WHO, scope=SCOPE)
@require_safe
def scan_original(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file as it came, to be saved. A page of another's in the same file is there for nobody else."""
    row = _scan(request, pk)
    if permissions.hides_others(request.user, row, request.arrived_at):  # type: ignore[attr-defined]
        raise Http404
    return to_be_saved(row.file)
