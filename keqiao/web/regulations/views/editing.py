"""Enter and correct regulations and their versions."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.files.kinds import PAPERS_IN_WORDS
from keqiao.web.regulations import actions, queries
from keqiao.web.regulations.forms import (
    GROUPS,
    MORE,
    EndForm,
    HeadingForm,
    KindFormSet,
    NewRegulationForm,
    VersionForm,
    groups_with,
    heading_showing,
    text_from,
    typed_groups,
)
from keqiao.web.regulations.models import Regulation, Version

SCOPE = "the association of the regulation"


@dataclass
class VersionForms:
    """The form of a version and the groups of its requirements by kind; for a new regulation its heading too."""

    version: VersionForm
    groups: Any
    heading: HeadingForm | None = None

    @property
    def everything(self) -> list[Any]:
        """All forms in the order of the page."""
        return [form for form in (self.heading, self.version, self.groups) if form is not None]

    def are_sound(self, request: HttpRequest) -> bool:
        """Were they sent to be saved, without a fault? All are looked at, so that all faults show at once."""
        if not _is_sent(request):
            return False
        faulty = [form for form in self.everything if not form.is_valid()]
        return not faulty

    def refuse(self, refused: ValidationError) -> None:
        """Show why an act was refused at the field it is about."""
        code = str(getattr(refused, "code", ""))
        if self.heading is not None and code == "regulation.title_taken":
            self.heading.add_error("title", refused)
        else:
            self.version.add_error("file" if code.startswith("file.") else None, refused)

    @property
    def status(self) -> int:
        """The status of a page with these forms."""
        return 422 if any(form.is_bound and not form.is_valid() for form in self.everything) else 200


@opens_to(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a regulation with its first version."""
    associations = queries.associations_for_new_regulations(request.user, request.arrived_at)
    forms = _forms(request, None)
    bound = {"data": request.POST} if _is_sent(request) else {"initial": request.POST.dict()}
    forms.heading = NewRegulationForm(associations=associations, **bound)
    if forms.are_sound(request) and forms.heading is not None:
        try:
            made = _enter(request, forms)
        except ValidationError as refused:
            forms.refuse(refused)
        else:
            return redirect("regulations:regulation", made.regulation_id)
    return _page(request, forms, {})


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def heading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct the title or the issuers."""
    found = queries.regulation_kept_by(request.user, pk, request.arrived_at)
    form = HeadingForm(request.POST) if request.method == "POST" else heading_showing(found)
    if form.is_bound and form.is_valid():
        try:
            actions.rename(pk, form.heading(), actor=request.user, at=request.arrived_at)
        except ValidationError as refused:
            form.add_error("title", refused)
        else:
            return redirect("regulations:regulation", pk)
    page = {"regulation": found, "form": form}
    return render(request, "regulations/heading.html", page, status=422 if form.errors else 200)


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the next version, beginning with what the last one says."""
    found = queries.regulation_kept_by(request.user, pk, request.arrived_at)
    forms = _forms(request, queries.versions_of(found).first())
    if forms.are_sound(request):
        try:
            text = text_from(forms.version, forms.groups, _file_id(request, forms, found))
        except ValidationError as refused:
            forms.refuse(refused)
        else:
            actions.add_version(pk, text, actor=request.user, at=request.arrived_at)
            messages.success(request, _("已登记新版本。采用旧版的草稿会提示核对。"))
            return redirect("regulations:regulation", pk)
    return _page(request, forms, {"regulation": found})


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a version that nothing refers to yet."""
    found = queries.version_kept_by(request.user, pk, request.arrived_at)
    forms = _forms(request, found)
    if forms.are_sound(request):
        try:
            file_id = _file_id(request, forms, found.regulation) or found.file_id
            text = text_from(forms.version, forms.groups, file_id, found.in_force_until)
            actions.correct_version(pk, text, actor=request.user, at=request.arrived_at)
        except ValidationError as refused:
            forms.refuse(refused)
        else:
            return redirect("regulations:regulation", found.regulation_id)
    return _page(request, forms, {"regulation": found.regulation, "version": found})


@opens_to(OFFICER, scope=SCOPE)
@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say until when a version is in force."""
    found = queries.version_kept_by(request.user, pk, request.arrived_at)
    form = EndForm(request.POST)
    faults = [fault for faults in form.errors.values() for fault in faults]
    if form.is_valid():
        try:
            actions.end_version(pk, form.cleaned_data["last_day"], actor=request.user, at=request.arrived_at)
        except ValidationError as refused:
            faults = refused.messages
    for fault in faults:
        messages.error(request, fault)
    return redirect("regulations:regulation", found.regulation_id)


def _is_sent(request: HttpRequest) -> bool:
    """Are the forms to be saved? More empty groups are given without judging what was typed so far."""
    return request.method == "POST" and MORE not in request.POST


def _forms(request: HttpRequest, shown: Version | None) -> VersionForms:
    if _is_sent(request):
        return VersionForms(
            VersionForm(request.POST, request.FILES), KindFormSet(request.POST, prefix=GROUPS)
        )
    if request.method == "POST":
        typed = VersionForm(initial=request.POST.dict())
        return VersionForms(typed, groups_with(typed_groups(request.POST)))
    filled = VersionForm.showing(shown) if shown else VersionForm()
    return VersionForms(filled, groups_with(shown.by_kind if shown else []))


def _enter(request: HttpRequest, forms: VersionForms) -> Version:
    heading = forms.heading
    association = heading.cleaned_data["association"]  # type: ignore[union-attr]
    file_id = None
    if forms.version.has_file:
        stored = forms.version.store(actor=request.user, association_id=association.pk, at=request.arrived_at)
        file_id = stored.pk
    text = text_from(forms.version, forms.groups, file_id)
    return actions.add_regulation(
        association.pk,
        heading.heading(),
        text,
        actor=request.user,
        at=request.arrived_at,  # type: ignore[union-attr]
    )


def _file_id(request: HttpRequest, forms: VersionForms, found: Regulation) -> UUID | None:
    if not forms.version.has_file:
        return None
    at, association_id = request.arrived_at, found.association_id
    return forms.version.store(actor=request.user, association_id=association_id, at=at).pk


def _page(request: HttpRequest, forms: VersionForms, about: dict[str, Any]) -> HttpResponse:
    page = {**about, "forms": forms, "kinds": PAPERS_IN_WORDS, "more": MORE}
    return render(request, "regulations/version.html", page, status=forms.status)
