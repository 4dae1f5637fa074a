"""The register of experts: the list, one of them, entering and changing, account, conflicts looked up."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.expert import ExpertState
from keqiao.core.query import Field
from keqiao.web.access import opens_to
from keqiao.web.applications.queries import office_applications
from keqiao.web.audit.queries import timeline
from keqiao.web.parties.actions import register_person
from keqiao.web.parties.queries import associations_kept_by, people_for
from keqiao.web.review.actions.expert_accounts import give_account
from keqiao.web.review.actions.experts import describe_expert, enter_expert, move_expert
from keqiao.web.review.experts_shown import (
    MARKS,
    field_names,
    looked_up,
    state_choices,
    state_words,
    steps_of,
)
from keqiao.web.review.finding_experts import person_in, token_for
from keqiao.web.review.forms_of_experts import (
    AccountForm,
    ConfirmForm,
    DetailsForm,
    EnterForm,
    FindForm,
    LookUpForm,
    NewPersonForm,
    ReasonForm,
    fields_offered,
    numbered,
)
from keqiao.web.review.permissions import IN_CHARGE, OFFICER, is_officer
from keqiao.web.review.queries import experts as queries
from keqiao.web.review.views.acting import Asked, form_page
from keqiao.web.ui.faults import add_faults
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition, list_page

FORM = require_http_methods(["GET", "HEAD", "POST"])
OWN_OFFICE = "the associations of the viewer"
ACCOUNT = (("yes", _("有账号")), ("no", _("没有账号")))
MOVES = {
    "rest": (_("暂停"), _("已暂停，恢复之前不再派送评审。"), ReasonForm),
    "leave": (_("出库"), _("已出库，以往的评审记录保留。"), ReasonForm),
    "come_back": (_("恢复"), _("已恢复，可以派送评审。"), ConfirmForm),
}


def _all_fields() -> list[tuple[str, str]]:
    return [each for _group, fields in fields_offered() for each in fields]


LIST = ListKind(
    columns=(
        Column("name", _("专家"), ("person__name",)),
        Column("title", _("职称"), ("title",)),
        Column("fields", _("专业领域")),
        Column("unit", _("单位")),
        Column("state", _("状态"), ("state",)),
        Column("most", _("最多评审份数"), ("most",), number=True),
    ),
    default_sort="name",
    search=queries.called,
    filters=(
        Filter("state", _("状态"), lazy(state_choices, list)(), queries.in_state),
        Filter("field", _("专业领域"), lazy(_all_fields, list)(), lambda field: queries.working_in([field])),
        Filter("account", _("账号"), ACCOUNT, lambda said: queries.with_account(said == "yes")),
    ),
    keys=(
        Key(Field("unit", ("单位", "Unit")), any_of(queries.of_unit)),
        Key(Field("title", ("职称", "Title"), optional=True), column_condition("title")),
    ),
    code="review.experts",
    hint=_("姓名或完整手机号码"),
)


@opens_to(*IN_CHARGE, scope=OWN_OFFICE)
@require_safe
def experts(request: Any) -> HttpResponse:
    """The experts of the viewer's associations."""
    viewer, at = request.user, request.arrived_at
    shown = list_page(queries.experts_for(viewer, at), LIST, request.GET)
    posts = queries.posts_shown(shown.page, at)
    rows = [
        (
            row,
            field_names(row),
            posts.get(row.person_id, ()),
            MARKS[ExpertState(row.state)],
            state_words(row.state),
        )
        for row in shown.page
    ]
    page = {"list": shown, "rows": rows, "may_act": bool(viewer.organisations_as(OFFICER, at))}
    return render(request, "review/experts.html", page)


@opens_to(*IN_CHARGE, scope=OWN_OFFICE)
@require_safe
def expert(request: Any, pk: UUID) -> HttpResponse:
    """One expert: what the register says, what was declared, what was done; conflicts with one application."""
    viewer, at = request.user, request.arrived_at
    found = queries.expert_for(viewer, pk, at)
    form = LookUpForm(request.GET or None)
    page = {
        "expert": found,
        "fields": field_names(found),
        "posts": queries.posts_shown([found], at).get(found.person_id, ()),
        "mark": MARKS[ExpertState(found.state)],
        "state": state_words(found.state),
        "relations": queries.relations_of(found),
        "invitation": queries.invited(found, at),
        "may_act": is_officer(viewer, found.association_id, at),
        "sees_person": people_for(viewer, at).filter(pk=found.person_id).exists(),
        "steps": steps_of(timeline(found)),
        "form": form,
        "looked_up": _looked_up(request, found, form),
    }
    return render(request, "review/expert.html", page)


def _looked_up(request: Any, found: Any, form: LookUpForm) -> Any:
    if not form.is_valid():
        return None
    own = office_applications(request.user, request.arrived_at).filter(association_id=found.association_id)
    try:
        application = numbered(form, own)
    except ValidationError as wrong:
        add_faults(form, wrong)
        return None
    return looked_up(found, application, request.arrived_at)


@opens_to(OFFICER, scope=OWN_OFFICE)
@FORM
def find(request: Any) -> HttpResponse:
    """Find the person who is to become an expert: by name, mobile or identity number."""
    form = FindForm(request.POST or None)
    found = form.found() if request.method == "POST" and form.is_valid() else None
    posts = queries.posts_of_people(found or (), request.arrived_at)
    viewer = request.user
    people = None
    if found is not None:
        people = [(each, posts.get(each.pk, ()), token_for(each, viewer)) for each in found]
    return render(request, "review/find_expert.html", {"form": form, "people": people})


@opens_to(OFFICER, scope=OWN_OFFICE)
@FORM
def new_person(request: Any) -> HttpResponse:
    """Register somebody who is not in the register of people, to become an expert then."""
    form = NewPersonForm(request.POST or None)

    def act() -> str:
        by = {"actor": request.user, "role": OFFICER, "at": request.arrived_at}
        made = register_person(form.wanted(), **by)
        return reverse("review:enter_expert", args=[token_for(made, request.user)])

    asked = Asked(_("登记新的人"), "", reverse("review:find_expert"), _("人员已登记，请填写专家情况。"))
    return form_page(request, form, asked, act)


@opens_to(OFFICER, scope=OWN_OFFICE)
@FORM
def enter(request: Any, token: str) -> HttpResponse:
    """Enter a person whom the viewer has just found as an expert."""
    viewer, at = request.user, request.arrived_at
    found = get_object_or_404(queries.people_to_enter(), pk=person_in(token, viewer))
    associations = [(str(each.pk), each.site_name) for each in associations_kept_by(viewer, at)]
    form = EnterForm(request.POST or None, associations=associations)

    def act() -> str:
        said = form.cleaned_data
        made = enter_expert(
            UUID(said["association"]), found.pk, form.details(), said["source"], by=(viewer, at)
        )
        return reverse("review:expert", args=[made.pk])

    asked = Asked(_("登记为专家"), found.name, reverse("review:experts"), _("已登记为专家。"))
    return form_page(request, form, asked, act)


@opens_to(OFFICER, scope=OWN_OFFICE)
@FORM
def change(request: Any, pk: UUID) -> HttpResponse:
    """Change what the register says of an expert."""
    found = _found(request, pk)
    known = {"title": found.title, "fields_of_work": found.fields, "most": found.most}
    form = DetailsForm(request.POST or None, initial=known)
    asked = Asked(_("修改专家情况"), found.person.name, _page(found), _("已保存。"))
    return form_page(
        request,
        form,
        asked,
        lambda: describe_expert(found.pk, form.details(), actor=request.user, at=request.arrived_at),
    )


@opens_to(OFFICER, scope=OWN_OFFICE)
@FORM
def move(request: Any, pk: UUID, act: str) -> HttpResponse:
    """Let an expert rest, take them out, or back in."""
    found = _found(request, pk)
    title, done, kind = MOVES[act]
    form = kind(request.POST if request.method == "POST" else None)

    def do() -> None:
        reason = form.cleaned_data.get("reason", "")
        move_expert(found.pk, act, reason, actor=request.user, at=request.arrived_at)

    return form_page(request, form, Asked(title, found.person.name, _page(found), done), do)


@opens_to(OFFICER, scope=OWN_OFFICE)
@FORM
def account(request: Any, pk: UUID) -> HttpResponse:
    """Let an expert work here: the role for the account that is known, an invitation otherwise."""
    found = _found(request, pk)
    kind = ConfirmForm if found.has_account else AccountForm
    form = kind(request.POST if request.method == "POST" else None)
    done = _("已授予专家角色。") if found.has_account else _("邀请已发出。")

    def do() -> None:
        email = form.cleaned_data.get("email", "")
        give_account(found.pk, email, actor=request.user, at=request.arrived_at)

    return form_page(request, form, Asked(_("开通账号"), found.person.name, _page(found), done), do)


def _found(request: Any, pk: UUID) -> Any:
    """The expert, for an officer of the association; otherwise 404."""
    rows = queries.experts_for(request.user, request.arrived_at)
    return get_object_or_404(
        rows, pk=pk, association_id__in=request.user.organisations_as(OFFICER, request.arrived_at)
    )


def _page(found: Any) -> str:
    return reverse("review:expert", args=[found.pk])
