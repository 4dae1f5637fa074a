"""Relations of experts: what an expert declares on the own page, and what the office writes down."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.web.access import opens_to
from keqiao.web.review.actions.relations import declare, end_relation, state_whole
from keqiao.web.review.experts_shown import field_names, state_words
from keqiao.web.review.forms_of_experts import ReasonForm, RelationForm
from keqiao.web.review.permissions import EXPERT, OFFICER
from keqiao.web.review.queries import experts as queries
from keqiao.web.review.views.acting import Asked, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])
LEAD = gettext_lazy(
    "只用于安排评审时回避，仅本人和科协经办人可见。亲属、师生、近五年合著、近三年同一课题组、其他利害关系均须申报。"
)


@opens_to(EXPERT, scope="the viewer's own")
@require_safe
def own(request: Any) -> HttpResponse:
    """What an expert is in the registers of associations, with everything that was declared."""
    rows = [
        (each, field_names(each), state_words(each.state), queries.relations_of(each))
        for each in queries.experts_of_viewer(request.user)
    ]
    return render(request, "review/own_relations.html", {"rows": rows, "lead": LEAD})


@opens_to(EXPERT, scope="the viewer's own")
@FORM
def add_own(request: Any, pk: UUID) -> HttpResponse:
    """Declare a relation."""
    found = queries.own_expert(request.user, pk)
    return _add(request, found, reverse("review:own_relations"))


@opens_to(OFFICER, scope="the associations of the viewer")
@FORM
def add(request: Any, pk: UUID) -> HttpResponse:
    """Write a relation down for an expert."""
    mine = request.user.organisations_as(OFFICER, request.arrived_at)
    rows = queries.experts_for(request.user, request.arrived_at).filter(association_id__in=mine)
    found = get_object_or_404(rows, pk=pk)
    return _add(request, found, reverse("review:expert", args=[found.pk]))


def _add(request: Any, found: Any, back: str) -> HttpResponse:
    form = RelationForm(request.POST or None)
    asked = Asked(_("申报回避关系"), found.person.name, back, _("已申报。"), LEAD)
    return form_page(
        request,
        form,
        asked,
        lambda: declare(found.pk, form.declared(), actor=request.user, at=request.arrived_at),
    )


@opens_to(EXPERT, OFFICER, scope="the own, or those of the viewer's office")
@FORM
def end(request: Any, pk: UUID) -> HttpResponse:
    """Take a relation back, for a reason."""
    found = queries.relation_for(request.user, pk, request.arrived_at)
    is_own = found.expert.person_id == request.user.person_id
    back = reverse("review:own_relations") if is_own else reverse("review:expert", args=[found.expert_id])
    form = ReasonForm(request.POST or None)
    asked = Asked(_("撤销申报"), f"{found.get_kind_display()} · {found.name}", back, _("已撤销，记录保留。"))
    return form_page(
        request,
        form,
        asked,
        lambda: end_relation(
            found.pk, form.cleaned_data["reason"], actor=request.user, at=request.arrived_at
        ),
    )


@opens_to(EXPERT, scope="the viewer's own")
@require_POST
def whole(request: Any, pk: UUID) -> HttpResponse:
    """Say that what is declared is all there is."""
    found = queries.own_expert(request.user, pk)
    state_whole(found.pk, actor=request.user, at=request.arrived_at)
    messages.success(request, _("已确认申报完整。情况有变时请随时补充。"))
    return redirect("review:own_relations")
