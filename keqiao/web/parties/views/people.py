"""People: the list, one of them, and the acts of officers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.core.query import Field, Kind, Missing
from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.audit.log import Chain
from keqiao.web.audit.queries import timeline
from keqiao.web.parties import actions, queries, showing
from keqiao.web.parties.forms.organisations import RenameForm
from keqiao.web.parties.forms.people import (
    PersonDetailsForm,
    PersonFactForm,
    PersonForm,
    QualificationForm,
)
from keqiao.web.parties.models import Person, PersonFactKind
from keqiao.web.parties.permissions import LEADER, OF_UNITS, OFFICER, SEE_ALL_ORGANISATIONS
from keqiao.web.parties.views.acting import FormPage, evidence_of, form_page, sent
from keqiao.web.parties.views.facts import end_page, tie_page
from keqiao.web.parties.views.organisations import FORM, OF_THE_AREA, by, page_of
from keqiao.web.ui.lists import Column, Key, Leaf, ListKind, any_of, column_condition, list_page


def people_list(viewer: Any, at: datetime) -> ListKind:
    """Return what the list of people offers ``viewer`` at ``at``.

    It cannot be had as a file: rolls of people leave by the importer, for one association and with an event. Numbers
    are asked whole or whether there are any; a part of a masked one must not be guessed at.
    """
    return ListKind(
        columns=(
            Column("name", _("姓名"), ("name",)),
            Column("posts", _("任职")),
            Column("born", _("出生日期"), ("birth_date", "name")),
            Column("phone", _("手机号码")),
        ),
        default_sort="name",
        search=queries.people_named,
        keys=(
            Key(
                Field("unit", ("任职单位", "单位", "Unit")),
                any_of(lambda word: queries.with_post_in(word, viewer, at)),
            ),
            Key(
                Field("born", ("出生日期", "出生", "Born"), Kind.DAY, optional=True),
                column_condition("birth_date"),
            ),
            Key(Field("phone", ("手机号码", "手机", "Phone"), optional=True), _with_whole_number),
        ),
        code="parties.people",
        hint=_("姓名或完整手机号码"),
    )


def _with_whole_number(leaf: Leaf) -> Q:
    return Q(phone="") if isinstance(leaf, Missing) else any_of(lambda number: Q(phone=number))(leaf)


@opens_to(OFFICER, LEADER, *OF_UNITS, scope="those the viewer may see")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people the viewer may see."""
    viewer, now = request.user, request.arrived_at
    rows = queries.people_for(viewer, now).filter(merged_into__isnull=True)
    page = {
        "list": list_page(queries.with_posts(rows, viewer, now), people_list(viewer, now), request.GET),
        "is_officer": OFFICER in viewer.roles_at(now),
        "sees_units": not viewer.roles_at(now).isdisjoint(SEE_ALL_ORGANISATIONS),
        "today": queries.local_day(now),
    }
    return render(request, "parties/people.html", page)


@opens_to(SIGNED_IN, scope="those the viewer may see")
@require_safe
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: facts, certificates, ties. A merged one leads to the one kept."""
    viewer, now = request.user, request.arrived_at
    found = queries.person_for(viewer, pk, now)
    if found.merged_into_id is not None:
        return redirect("parties:person", found.merged_into_id)
    may_edit = queries.people_kept_by(viewer, now).filter(pk=found.pk).exists()
    page = {
        "person": found,
        "today": queries.local_day(now),
        "names": queries.names_of_all_rows(found),
        "facts": showing.facts_of_person(found),
        "fact_kinds": PersonFactKind,
        "qualifications": found.qualifications.select_related("evidence").order_by("name", "-valid_from"),
        "ties": queries.ties_of(found, viewer, now),
        "shows_evidence": True,  # whoever sees a person
        "may_edit": may_edit,
        "merges": showing.merges_of(found) if may_edit else (),
        "events": showing.events_of(timeline(Chain("parties.party", str(found.pk)))) if may_edit else (),
    }
    return render(request, "parties/person.html", page)


@opens_to(OFFICER)
@FORM
def register(request: HttpRequest) -> HttpResponse:
    """Register a person."""
    form = PersonForm(request.POST or None)
    page = FormPage(_("登记人员"), "", reverse("parties:people"), _("人员已登记。"))

    def act() -> Person:
        return actions.register_person(form.wanted(), **by(request))

    return form_page(request, form, page, act)


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def describe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is known of a person."""
    found = queries.person_kept_by(request.user, pk, request.arrived_at)
    form = PersonDetailsForm(
        request.POST or None, initial={"birth_date": found.birth_date, "phone": found.phone}
    )
    page = page_of(found, _("修改人员信息"), _("人员信息已保存。"))
    return form_page(
        request,
        form,
        page,
        lambda: actions.describe_person(found, form.wanted_for(found), **by(request)),
    )


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a person a new name."""
    found = queries.person_kept_by(request.user, pk, request.arrived_at)
    form = RenameForm(request.POST or None)
    page = page_of(found, _("人员更名"), _("已更名，原名称保留为曾用名。"))
    return form_page(
        request, form, page, lambda: actions.rename(found, form.cleaned_data["name"], **by(request))
    )


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def state_fact(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """State a fact of a person."""
    if kind not in PersonFactKind.values:
        raise Http404
    found = queries.person_kept_by(request.user, pk, request.arrived_at)
    chosen, day = PersonFactKind(kind), queries.local_day(request.arrived_at)
    form = PersonFactForm(**sent(request), kind=chosen, day=day, initial={"valid_from": day})
    page = page_of(found, chosen.label, _("已登记，原情况保留为历史。"))

    def act() -> None:
        actions.state_person_fact(form.wanted(found, evidence_of(request, form)), **by(request))

    return form_page(request, form, page, act)


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def qualify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a certificate of a person."""
    found = queries.person_kept_by(request.user, pk, request.arrived_at)
    form = QualificationForm(**sent(request))
    page = page_of(found, _("登记资格证书"), _("证书已登记。"))

    def act() -> None:
        actions.add_qualification(form.wanted(found, evidence_of(request, form)), **by(request))

    return form_page(request, form, page, act)


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def end_row(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a fact or a certificate of a person."""
    row = queries.person_row_kept_by(request.user, pk, request.arrived_at)
    page = page_of(row.person, _("结束"), _("已结束，记录保留为历史。"), is_final=True)
    return end_page(request, page, lambda day: actions.end_person_row(row, day, **by(request)))


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def add_tie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what a person is in a unit."""
    return tie_page(request, queries.person_kept_by(request.user, pk, request.arrived_at), of_person=True)
