"""The profile page of an association, and its logo for the public."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.files.queries import path_of
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.parties import queries
from keqiao.web.parties.models import Association
from keqiao.web.parties.permissions import OFFICER
from keqiao.web.parties.profile.actions import Logo, save_profile
from keqiao.web.parties.profile.forms import ProfileForm, number_example


@opens_to(OFFICER, scope="the association")
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The profile, as officers keep it."""
    found = queries.association_kept_by(request.user, pk, request.arrived_at)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid() and _save(request, found, form):
        messages.success(request, _("已保存，公开页面随即更新。"))
        return redirect("parties:profile", pk)
    year = queries.local_day(request.arrived_at).year
    stored = queries.association_kept_by(request.user, pk, request.arrived_at)
    page = {
        "association": stored,
        "form": form,
        "example": number_example(stored.number_pattern, stored.document_mark, year),
    }
    return render(request, "parties/profile/profile.html", page, status=422 if form.errors else 200)


def _save(request: HttpRequest, found: Association, form: ProfileForm) -> bool:
    said = form.cleaned_data
    try:
        save_profile(
            found, Logo(said["logo_file"], said["drop_logo"]), actor=request.user, at=request.arrived_at
        )
    except ValidationError as wrong:
        form.add_error("logo_file" if (wrong.code or "").startswith(("logo.", "file.")) else None, wrong)
        return False
    return True


@opens_to(PUBLIC)
@require_safe
def logo(_request: HttpRequest, slug: str) -> FileResponse:
    """The logo of an association: a PNG that we drew ourselves."""
    found = queries.association_with_slug(slug)
    if found.logo is None:
        raise Http404
    headers = {**NEVER_SHOWN, "Cache-Control": "public, max-age=60"}
    return FileResponse(path_of(found.logo).open("rb"), content_type="image/png", headers=headers)
