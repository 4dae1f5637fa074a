"""The conclusion on a project as a file."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from keqiao.web.acceptance import queries
from keqiao.web.acceptance.conclusion_paper import FORMS, SAID, TITLE, content_of
from keqiao.web.acceptance.permissions import WHO
from keqiao.web.access import opens_to
from keqiao.web.files.kinds import media_type
from keqiao.web.files.names import named_after
from keqiao.web.files.serving import NEVER_SHOWN

SCOPE = "the unit of the grant, the association of the call, the finance bureau that supervises it"


@opens_to(*WHO, scope=SCOPE)
@require_safe
def conclusion_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The conclusion as Word or PDF, once there is one."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.acceptance_for(request.user, pk, at)  # type: ignore[arg-type]
    if form not in FORMS or found.state not in SAID:
        raise Http404
    name = named_after(f"{found.grant.number} {TITLE}", form)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {**NEVER_SHOWN, "Content-Disposition": disposition or "", "Cache-Control": "private, no-store"}
    return HttpResponse(content_of(found, form), content_type=media_type(form), headers=headers)
