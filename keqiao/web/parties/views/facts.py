"""State, correct and end facts and ties of units and people."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from keqiao.web.access import opens_to
from keqiao.web.parties import actions, queries
from keqiao.web.parties.forms.organisations import CorrectionForm, EndForm, FactForm, TieForm
from keqiao.web.parties.models import FactKind, OrganisationFact, Region
from keqiao.web.parties.permissions import OFFICER
from keqiao.web.parties.views.acting import FormPage, evidence_of, form_page, sent
from keqiao.web.parties.views.organisations import FORM, OF_THE_AREA, by, page_of


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def state(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """State a fact of a unit; the one that held before ends."""
    if kind not in FactKind.values:
        raise Http404
    found = queries.organisation_kept_by(request.user, pk, request.arrived_at)
    chosen, day = FactKind(kind), queries.local_day(request.arrived_at)
    form = FactForm(**sent(request), kind=chosen, day=day, initial={"valid_from": day})
    page = page_of(found, chosen.label, _("已登记，原情况保留为历史。"))

    def act() -> None:
        actions.state_fact(form.wanted(found, evidence_of(request, form)), **by(request))

    return form_page(request, form, page, act)


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right a value that was written down wrongly."""
    fact = queries.fact_kept_by(request.user, pk, request.arrived_at)
    day = queries.local_day(request.arrived_at)
    form = CorrectionForm(
        request.POST or None, kind=FactKind(fact.kind), day=day, initial={"value": _written(fact)}
    )
    page = page_of(fact.organisation, _("更正"), _("已更正，原记录写入办理记录。"))

    def act() -> None:
        actions.correct_fact(fact, actions.Correction(**form.cleaned_data), **by(request))

    return form_page(request, form, page, act)


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a fact of a unit."""
    fact = queries.fact_kept_by(request.user, pk, request.arrived_at)
    page = page_of(fact.organisation, _("结束"), _("已结束，记录保留为历史。"), is_final=True)
    return end_page(request, page, lambda day: actions.end_fact(fact, day, **by(request)))


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def add_tie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what a unit is to another."""
    found = queries.organisation_kept_by(request.user, pk, request.arrived_at)
    return tie_page(request, found, of_person=False)


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def end_tie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a tie."""
    tie = queries.tie_kept_by(request.user, pk, request.arrived_at)
    about = f"{tie.party} · {tie.get_kind_display()} · {tie.organisation}"
    back = queries.as_it_is(tie.party).get_absolute_url()
    page = FormPage(_("结束关系"), about, back, _("已结束，记录保留为历史。"), is_final=True)
    return end_page(request, page, lambda day: actions.end_tie(tie, day, **by(request)))


def tie_page(request: HttpRequest, party: Any, *, of_person: bool) -> HttpResponse:
    """Answer with the form of a tie of ``party``, or tie it."""
    day = queries.local_day(request.arrived_at)
    form = TieForm(request.POST or None, day=day, of_person=of_person, initial={"valid_from": day})
    page = page_of(party, _("登记关系"), _("关系已登记。"))
    return form_page(request, form, page, lambda: actions.tie(form.wanted(party), **by(request)))


def end_page(request: HttpRequest, page: FormPage, end: Any) -> HttpResponse:
    """Answer with the form that asks for the last day, or end it."""
    day = queries.local_day(request.arrived_at)
    form: forms.Form = EndForm(request.POST or None, initial={"last_day": day})
    return form_page(request, form, page, lambda: end(form.cleaned_data["last_day"]))


def _written(fact: OrganisationFact) -> Any:
    if fact.kind != FactKind.REGION.value:
        return fact.value
    return Region.objects.filter(code=fact.value).order_by("-valid_from").first() or fact.value
