"""Begin an application: what the rules say of the unit before anything is typed, and what can be taken over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.findings import Weight
from keqiao.core.forms.prefilling import prefilled
from keqiao.core.lifecycle.application import OFFICER
from keqiao.core.programme import effective
from keqiao.core.rules.answers import Verdict
from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.forms import StartForm
from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import own_units
from keqiao.web.applications.profiles import profile_of
from keqiao.web.eligibility.queries import OpenCategory, answer_for, offer_open
from keqiao.web.eligibility.shown import CHIPS, VERDICTS
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import public_offer, revisions_in_force


@opens_to(SIGNED_IN, scope="the units of the viewer; others are told who may apply")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, offer: int) -> HttpResponse:
    """Choose for whom, see what stands against it, begin."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    try:
        category = offer_open(offer, at)
    except Http404:
        return _not_taken(request, public_offer(offer))
    units = list(queries.units_to_apply_for(request.user, at).order_by("name"))  # type: ignore[arg-type]
    if not units:
        return _only_for_units(request, category)
    chosen = _chosen(request, units)
    form = StartForm(request.POST or None, units=units, initial={"unit": str(chosen.pk), "take_over": True})
    if request.method == "POST" and form.is_valid():
        return _start(request, category, chosen, form)
    asked = answer_for(chosen.pk, category, at)
    page = {
        "offer": category.offer,
        "units": units,
        "unit": chosen,
        "form": form,
        "word": VERDICTS[asked.answer.verdict],
        "chip": CHIPS[asked.answer.verdict],
        "is_refused": asked.answer.verdict is Verdict.FAILS,
        "findings": [
            finding
            for judged in asked.answer.judged
            if judged.verdict is not Verdict.PASSES
            for finding in (judged.findings or judged.missing)
            if judged.weight is Weight.REFUSE
        ],
        "drafts": queries.drafts_for(request.user, category.offer.call_id, category.offer.node, at),  # type: ignore[arg-type]
        "earlier": queries.earlier_application(request.user, chosen.pk, category.offer, at),  # type: ignore[arg-type]
    }
    return render(request, "applications/begin.html", page, status=422 if form.errors else 200)


def _not_taken(request: HttpRequest, offer: Any) -> HttpResponse:
    """The category takes nothing now: since when, and where to go. Public pages may be older than the last day."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    may_try = offer.call.association_id in request.user.organisations_as(OFFICER, at)  # type: ignore[union-attr]
    page = {
        "offer": offer,
        "is_over": offer.deadline_at is not None and offer.deadline_at < at,
        "applies": bool(own_units(request.user, at)),  # type: ignore[arg-type]
        "trial_of": offer.call_id if may_try else None,
    }
    return render(request, "applications/not_taken.html", page, status=409)


def _only_for_units(request: HttpRequest, category: OpenCategory) -> HttpResponse:
    """Somebody who applies for no unit: who may apply, and for staff of the association the dry run."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    call = category.offer.call
    stated = effective(category.call.programme, category.path).applicants
    may_try = call.association_id in request.user.organisations_as(OFFICER, at)  # type: ignore[union-attr]
    page = {
        "offer": category.offer,
        "kinds": stated.fact.kinds if stated is not None else (),
        "source": stated.fact.source if stated is not None else None,
        "trial_of": call.pk if may_try else None,
    }
    return render(request, "applications/only_units.html", page)


def _chosen(request: HttpRequest, units: list[Any]) -> Any:
    said = request.POST.get("unit") or request.GET.get("unit", "")
    return next((unit for unit in units if str(unit.pk) == said), units[0])


def _start(request: HttpRequest, category: Any, unit: Any, form: StartForm) -> HttpResponse:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    call = category.offer.call
    specification = asked_at(revisions_in_force([call.pk])[call.pk], category.offer.node).specification
    answers: dict[str, Any] = {}
    if specification is not None:
        draft = Application(call=call, unit=unit)
        profile = profile_of(draft, specification, request.user, local_day(at))
        earlier = queries.earlier_application(request.user, unit.pk, category.offer, at)  # type: ignore[arg-type]
        if earlier is not None and form.cleaned_data["take_over"]:
            profile["last"] = queries.answers_of(earlier)
            messages.info(request, _("已带入上次申报的内容，请逐项核对更新。"))
        answers = prefilled(specification, profile)
    application = actions.start(category.offer.pk, unit.pk, actor=request.user, at=at, answers=answers)  # type: ignore[arg-type]
    return redirect("applications:fill", application.pk)
