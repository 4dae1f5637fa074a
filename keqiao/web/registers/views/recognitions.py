"""One recognition: what it says, what became of it, and the acts that its state allows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.recognition import LED_ON, MOVES, OFFICER, RecognitionState, recognition_on
from keqiao.web.access import opens_to
from keqiao.web.parties.queries import local_day
from keqiao.web.registers import permissions
from keqiao.web.registers.actions import recognitions as actions
from keqiao.web.registers.actions.writing import Decision
from keqiao.web.registers.forms.recognitions import PROPOSE, FollowForm, MergeForm, RecognitionForm, StepForm
from keqiao.web.registers.models import Recognition
from keqiao.web.registers.models.recognitions import STATE_WORDS
from keqiao.web.registers.permissions import READ_REGISTERS
from keqiao.web.registers.queries import lines
from keqiao.web.registers.step_words import steps_of
from keqiao.web.registers.views.filling import about, by_viewer, done, file_of, form_page, sent

SCOPE = "the association of the register"
FOLLOWING = {"renew": actions.renew, "transfer": actions.transfer}


def _acts(state: RecognitionState, *, following: bool) -> list[str]:
    """The acts that a state allows: those that end in another line, or the others."""
    return [move.act for move in MOVES if state in move.sources and (move.target in LED_ON) == following]


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_recognition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a line into a register."""
    scheme = lines.scheme_written(request.user, pk, request.arrived_at)
    told = {**about(request, scheme.association_id), "scheme": scheme}
    form = RecognitionForm(**sent(request), **told, initial={"holder": request.GET.get("party", "")})
    made = done(form, lambda: _enter(request, scheme, form))
    if made:
        messages.success(request, _("已登记。"))
        return redirect("registers:recognition", made.pk)
    return form_page(request, form, **_frame(scheme, _("登记认定"), reverse("registers:scheme", args=[pk])))


@opens_to(*READ_REGISTERS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def recognition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One recognition with its steps; its officer writes down the next."""
    found = lines.recognition_for(request.user, pk, request.arrived_at)
    writes = permissions.writes(request.user, found.association_id, request.arrived_at)
    if request.method == "POST" and not writes:
        raise Http404
    told = about(request, found.association_id)
    day = told["today"]
    state = recognition_on(RecognitionState(found.state), found.valid_until, day)
    form = StepForm(**sent(request), **told, acts=_acts(RecognitionState(found.state), following=False))
    if done(form, lambda: actions.decide(pk, form.decision(), by=by_viewer(request))):
        messages.success(request, _("已办理。"))
        return redirect("registers:recognition", pk)
    page = {
        "row": found,
        "state": state,
        "state_words": STATE_WORDS[state],
        "steps": steps_of(found),
        "before": found.follows.select_related("party", "region"),
        "writes": writes,
        "form": form,
        "following": _acts(state, following=True),
        "today": day,
    }
    return render(request, "registers/recognition.html", page, status=422 if form.errors else 200)


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Renew a recognition or hand it on: the line that follows is entered."""
    if act not in FOLLOWING:
        raise Http404
    row = lines.recognition_written(request.user, pk, request.arrived_at)
    told = {**about(request, row.association_id), "scheme": row.scheme}
    beginning = FollowForm.beginning(row, same_holder=act == "renew")
    form = FollowForm(**sent(request), **told, initial=beginning)
    made = done(form, lambda: _follow(request, row, act, form))
    if made:
        messages.success(request, _("已办理，原登记指向这一条。"))
        return redirect("registers:recognition", made.pk)
    title = _("续期") if act == "renew" else _("变更持有者")
    return form_page(request, form, **_frame(row.scheme, title, reverse("registers:recognition", args=[pk])))


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Merge a recognition into another line of its register."""
    row = lines.recognition_written(request.user, pk, request.arrived_at)
    initial = {"on": local_day(request.arrived_at)}
    form = MergeForm(**sent(request), **about(request, row.association_id), row=row, initial=initial)

    def act() -> Recognition:
        said = form.cleaned_data
        decision = Decision("merge", said["on"], said["reason"])
        return actions.merge(pk, said["into"].pk, decision, by=by_viewer(request))

    if done(form, act):
        messages.success(request, _("已并入。查原编号会指向新编号。"))
        return redirect("registers:recognition", pk)
    return form_page(
        request, form, **_frame(row.scheme, _("并入"), reverse("registers:recognition", args=[pk]))
    )


def _enter(request: HttpRequest, scheme: Any, form: RecognitionForm) -> Recognition:
    wanted = form.wanted(file_of(request, form, scheme.association_id))
    act = actions.propose if form.cleaned_data["stage"] == PROPOSE else actions.grant
    return act(scheme.pk, wanted, by=by_viewer(request))


def _follow(request: HttpRequest, row: Recognition, act: str, form: FollowForm) -> Recognition:
    wanted = form.wanted(file_of(request, form, row.association_id))
    return FOLLOWING[act](row.pk, wanted, reason=form.cleaned_data["reason"], by=by_viewer(request))


def _frame(scheme: Any, title: str, back: str) -> dict[str, Any]:
    crumbs = [
        (_("登记与名录"), reverse("registers:overview", args=[scheme.association_id])),
        (str(scheme), reverse("registers:scheme", args=[scheme.pk])),
    ]
    return {"title": title, "lead": str(scheme), "back": back, "submit": _("保存"), "crumbs": crumbs}
