"""The calendar of a year, local days off or worked, and the calculator."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.workdays import YearNotPublished
from keqiao.web.access import opens_to
from keqiao.web.calendars import actions, queries
from keqiao.web.calendars.counting import Answer, answer_between, answer_term
from keqiao.web.calendars.forms import BetweenForm, CountForm, OverrideForm, TakeBackForm, TermForm
from keqiao.web.calendars.months import MARKS, MEANINGS, holidays_of, months_of, swapped_of
from keqiao.web.calendars.permissions import KEEP_CALENDARS
from keqiao.web.files.kinds import PAPERS_IN_WORDS
from keqiao.web.parties.queries import local_day

SCOPE = "the association"


@opens_to(*KEEP_CALENDARS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to this year's calendar of the viewer's (first) association."""
    association = queries.associations_of(request.user, request.arrived_at).first()
    if association is None:
        raise Http404
    return redirect("calendars:year", association.pk, local_day(request.arrived_at).year)


@opens_to(*KEEP_CALENDARS, scope=SCOPE)
@require_safe
def year(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Twelve months; or, where the year is not announced, who has to do what."""
    association = queries.association_for(request.user, pk, request.arrived_at)
    today = local_day(request.arrived_at)
    known = queries.known_years()
    if not min(known) <= number <= max(*known, today.year) + 1:
        raise Http404
    overrides = queries.overrides_for(request.user, request.arrived_at)
    page = {
        **_frame(request, association),
        "year": number,
        "known": known.get(number),
        "before": number - 1 if number > min(known) else None,
        "after": number + 1 if number <= max(*known, today.year) else None,
        "overrides": overrides.filter(queries.in_year(number), association_id=pk),
        "legend": [(kind, MARKS.get(kind, ""), words) for kind, words in MEANINGS.items()],
    }
    calendar = queries.told_calendar_for(pk)
    try:
        months = months_of(number, calendar, today)
    except YearNotPublished as unknown:
        page["question"] = unknown.finding
    else:
        page |= {"months": months, "working": sum(month.working for month in months)}
        page |= {"holidays": holidays_of(number, calendar), "swapped": swapped_of(number, calendar)}
    return render(request, "calendars/year.html", page)


@opens_to(*KEEP_CALENDARS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a local day off, or one that is worked."""
    association = queries.association_for(request.user, pk, request.arrived_at)
    form = OverrideForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _enter(request, association, form)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("已登记。之后的工作日计算按此安排。"))
            return redirect("calendars:year", pk, made.first.year)
    page = {"association": association, "form": form, "kinds": PAPERS_IN_WORDS}
    return render(request, "calendars/add.html", page, status=422 if form.errors else 200)


@opens_to(*KEEP_CALENDARS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def override(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One override with who entered it and why; here it is taken back."""
    found = queries.override_for(request.user, pk, request.arrived_at)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back(pk, form.cleaned_data["reason"], actor=request.user, at=request.arrived_at)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("已撤回。这些日期恢复为国家放假安排。"))
            return redirect("calendars:year", found.association_id, found.first.year)
    page = {"override": found, "form": form}
    return render(request, "calendars/override.html", page, status=422 if form.errors else 200)


@opens_to(*KEEP_CALENDARS, scope=SCOPE)
@require_safe
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From a day on: when is a number of days over?"""
    form = TermForm(request.GET if "start" in request.GET else None)

    def answer() -> Answer:
        start, term = form.cleaned_data["start"], form.term()
        return answer_term(start, term, queries.told_calendar_for(pk), form.suspensions())

    return _calculator(request, pk, form, answer)


@opens_to(*KEEP_CALENDARS, scope=SCOPE)
@require_safe
def between(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many days count between two days?"""
    form = BetweenForm(request.GET if "first" in request.GET else None)

    def answer() -> Answer:
        return answer_between(form.period(), form.term(), queries.told_calendar_for(pk), form.suspensions())

    return _calculator(request, pk, form, answer)


def _calculator(request: HttpRequest, pk: UUID, form: CountForm, answer: Any) -> HttpResponse:
    association = queries.association_for(request.user, pk, request.arrived_at)
    page = {**_frame(request, association), "form": form}
    if form.is_bound and form.is_valid():
        page["answer"] = answer()
    return render(request, "calendars/count.html", page, status=422 if form.errors else 200)


def _enter(request: HttpRequest, association: Any, form: OverrideForm) -> Any:
    at = request.arrived_at
    file_id = None
    if form.has_file:
        file_id = form.store(actor=request.user, association_id=association.pk, at=at).pk
    return actions.add_override(association.pk, form.wanted(file_id), actor=request.user, at=at)


def _frame(request: HttpRequest, association: Any) -> dict[str, Any]:
    """What stands round all pages of a calendar: whose it is, and the viewer's other associations."""
    others = queries.associations_of(request.user, request.arrived_at)
    return {"association": association, "associations": others, "today": local_day(request.arrived_at)}
