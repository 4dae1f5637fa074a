"""Organisations: the list, one of them with its facts, names and ties, and the acts of officers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.audit.log import Chain
from keqiao.web.audit.queries import timeline
from keqiao.web.parties import actions, queries, showing
from keqiao.web.parties.about_units import pages_about
from keqiao.web.parties.forms.organisations import DetailsForm, RegisterForm, RenameForm, kind_choices
from keqiao.web.parties.models import FactKind, NameKind, Organisation, RegionLevel
from keqiao.web.parties.permissions import OFFICER, SEE_ALL_ORGANISATIONS
from keqiao.web.parties.views.acting import FormPage, form_page
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

FORM = require_http_methods(["GET", "HEAD", "POST"])
OF_THE_AREA = "the area of the association"


ORGANISATION_KEYS = (
    Key(
        Field("region", ("所在区域", "区域", "地区", "Region"), optional=True),
        column_condition("region__name"),
    ),
    Key(
        Field("credit_code", ("统一社会信用代码", "代码", "Code"), optional=True),
        column_condition("credit_code"),
    ),
    Key(
        Field("since", ("登记日期", "登记", "Since"), Kind.DAY, optional=True),
        column_condition("registered_on"),
    ),
)


def organisation_list() -> ListKind:
    """Return what the list offers, its kinds in the language of the page."""
    return ListKind(
        columns=(
            Column("name", _("名称"), ("name",), value=lambda unit: unit.name),
            Column("kind", _("单位类别"), ("kind", "name"), value=lambda unit: showing.kind_label(unit.kind)),
            Column("level", _("级别"), value=lambda unit: unit.get_level_display()),
            Column(
                "region", _("所在区域"), ("region__code", "name"), value=lambda unit: str(unit.region or "")
            ),
            Column("code", _("统一社会信用代码"), ("credit_code",), value=lambda unit: unit.credit_code),
        ),
        default_sort="name",
        search=queries.named,
        filters=(
            Filter("kind", _("单位类别"), kind_choices(), queries.of_kind),
            Filter("level", _("级别"), RegionLevel.choices, queries.of_level),
        ),
        keys=ORGANISATION_KEYS,
        hint=_("名称、简称、曾用名或代码"),
        code="parties.organisations",
        file_name=_("单位"),
    )


@opens_to(*SEE_ALL_ORGANISATIONS)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations the viewer may see."""
    viewer, now = request.user, request.arrived_at
    rows = queries.organisations_for(viewer, now).filter(merged_into__isnull=True)
    shown = list_page(rows, organisation_list(), request.GET)
    if answer := exported(shown, request):
        return answer
    page = {"list": shown, "associations": queries.associations_seen_by(viewer, now)}
    return render(
        request, "parties/organisations.html", page | {"is_officer": OFFICER in viewer.roles_at(now)}
    )


@opens_to(SIGNED_IN, scope="those the viewer may see")
@require_safe
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One organisation: its facts, all its names, its ties. A merged one leads to the one kept."""
    viewer, now = request.user, request.arrived_at
    found = queries.organisation_for(viewer, pk, now)
    if found.merged_into_id is not None:
        return redirect("parties:organisation", found.merged_into_id)
    may_edit = queries.organisations_kept_by(viewer, now).filter(pk=found.pk).exists()
    people = queries.people_for(viewer, now)
    page = {
        "organisation": found,
        "today": queries.local_day(now),
        "names": queries.names_of_all_rows(found),
        "facts": showing.facts_of(found, queries.local_day(now)),
        "fact_kinds": FactKind,
        "ties": queries.ties_of(found, viewer, now),
        "people": queries.ties_towards(found).filter(party__in=people.values("pk")),
        "units": queries.ties_towards(found).filter(party__organisation__isnull=False),
        "shows_evidence": queries.with_evidence_for(viewer, now).filter(pk=found.pk).exists(),
        "may_edit": may_edit,
        "pages": list(pages_about(found.pk, viewer, now)),
        "merges": showing.merges_of(found) if may_edit else (),
        "events": showing.events_of(timeline(Chain("parties.party", str(found.pk)))) if may_edit else (),
    }
    return render(request, "parties/organisation.html", page)


@opens_to(OFFICER)
@FORM
def register(request: HttpRequest) -> HttpResponse:
    """Register a unit. One of the same name is shown first, so that no unit is registered twice unseen."""
    form = RegisterForm(request.POST or None, day=queries.local_day(request.arrived_at))
    page = FormPage(_("登记单位"), "", reverse("parties:list"), _("单位已登记。"))

    def act() -> Organisation:
        return actions.register_organisation(form.wanted(), **by(request))

    return form_page(request, form, page, act)


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def describe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what the papers of a unit say of it."""
    found = queries.organisation_kept_by(request.user, pk, request.arrived_at)
    short = found.names.filter(kind=NameKind.SHORT, valid_until__isnull=True).first()
    known = {
        "credit_code": found.credit_code,
        "short_name": short.text if short else "",
        "registered_on": found.registered_on,
        "bank_name": found.bank_name,
        "address": found.address,
        "postcode": found.postcode,
    }
    form = DetailsForm(request.POST or None, initial=known)
    page = page_of(found, _("修改单位信息"), _("单位信息已保存。"))
    return form_page(
        request,
        form,
        page,
        lambda: actions.describe_organisation(found, form.wanted(), **by(request)),
    )


@opens_to(OFFICER, scope=OF_THE_AREA)
@FORM
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a unit a new full name."""
    found = queries.organisation_kept_by(request.user, pk, request.arrived_at)
    form = RenameForm(request.POST or None)
    page = page_of(found, _("单位更名"), _("已更名，原名称保留为曾用名。"))
    return form_page(
        request, form, page, lambda: actions.rename(found, form.cleaned_data["name"], **by(request))
    )


def page_of(party: Any, title: Any, done: Any, *, is_final: bool = False) -> FormPage:
    """Return what stands around a form about ``party``."""
    return FormPage(title, party, party.get_absolute_url(), done, is_final=is_final)


def by(request: HttpRequest) -> dict[str, Any]:
    """Return who acts, in what role, when."""
    return {"actor": request.user, "role": OFFICER, "at": request.arrived_at}
