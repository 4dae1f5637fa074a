"""Send a file for a slot of the form; a broken line resumes, and without scripts the file comes with the page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.programme.forms.fields import FileField
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.models import Application
from keqiao.web.applications.papers import PURPOSE
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.refusals import Conflict, Refused
from keqiao.web.applications.views.pages import form_of, is_editable
from keqiao.web.files.forms import UploadForm
from keqiao.web.files.kinds import in_words
from keqiao.web.ui.faults import add_faults
from keqiao.web.ui.templatetags.shell import say


class PaperForm(UploadForm):
    """A file of an application."""

    purpose = PURPOSE


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, pk: UUID, field: str) -> HttpResponse:
    """Send one file for one slot; it stands in the form at once."""
    application = queries.own_application(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    slot = next((each for each in form_of(application).fields if each.id == field), None)
    if not isinstance(slot, FileField) or not is_editable(application):
        raise Http404
    form = PaperForm(request.POST or None, request.FILES or None)
    form.most_mb = slot.most_mb
    if request.method == "POST" and form.is_valid() and _attached(request, application, slot, form):
        return redirect(f"{reverse('applications:fill', args=[pk])}#f.{field}")
    page = {
        "application": application,
        "slot": slot,
        "form": form,
        "kinds": in_words(*slot.accepts),
        "limit": _("不超过 %(mb)s MB") % {"mb": slot.most_mb},
    }
    return render(request, "applications/attach.html", page, status=422 if form.is_bound else 200)


def _attached(request: HttpRequest, application: Application, slot: FileField, form: PaperForm) -> bool:
    """Store the file, attach it and name it in the answers; what is wrong stands in the form."""
    who: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    try:
        file = form.store(association_id=application.association_id, **who)
        actions.name_in(application, slot, file, **who)
    except ValidationError as wrong:
        add_faults(form, wrong)
    except Refused as refused:
        for finding in refused.findings:
            form.add_error(None, say(finding))
    except Conflict:
        form.add_error(None, _("其他人刚刚改动了此处，请再试一次。"))
    else:
        messages.success(request, _("已上传“%(name)s”。") % {"name": file.name})
        return True
    return False
