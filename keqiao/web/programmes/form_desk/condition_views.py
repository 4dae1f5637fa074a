"""Pages on which officers say when a field applies, when a file is needed, and what has to agree in a form."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.call import OFFICER
from keqiao.core.programme.forms import Condition, Form
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.form_desk.condition_words import ConditionWords
from keqiao.web.programmes.form_desk.conditions import ALL, Rows, rows_of
from keqiao.web.programmes.form_desk.forms import CheckForm, ConditionForm
from keqiao.web.programmes.form_desk.views import answered, drafted
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.parts import NotThere, Part, value_at
from keqiao.web.programmes.proofreading.addresses import form_address

PAGE = ["GET", "HEAD", "POST"]
NAMES = {
    ("fields", "shown_if"): _("何时填写"),
    ("fields", "required_if"): _("何时必须上传"),
    ("checks", "holds"): _("应当符合"),
    ("checks", "when"): _("适用情形"),
}
"""By list and name: the conditions that entries of a form have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The condition that an address names: of which entry of which form, and what it says now."""

    call: Call
    draft: Draft
    form: Form
    part: Part
    name: str
    entry: Values
    standing: Condition | None

    @property
    def words(self) -> str:
        """What the condition says now, "" where there is none."""
        fields = {each.id: each for each in self.form.fields}
        return ConditionWords(fields).of(self.standing) if self.standing else ""

    @property
    def rows(self) -> Rows | None:
        """The same as rows; None where it is built deeper."""
        return rows_of(self.standing, {each.id: each for each in self.form.fields})

    @property
    def back(self) -> str:
        """The place of the entry in the editor."""
        return f"{form_address(self.call.pk, self.form.id)}#{self.part.slot}-{self.part.entry}"


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(PAGE)
def condition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """When a field applies, when a file is needed, what a check demands: in rows, one level deep."""
    asked = _asked(request, pk)
    standing = asked.rows or Rows(ALL, ())
    form = ConditionForm(request.POST or None, asked.form, standing, asked.draft.version)
    if request.method == "POST" and form.is_valid():
        if form.condition is not None or asked.name != "holds":
            return _saved(request, asked, form)
        form.add_error(None, _("请至少填写一行。"))
    page = {
        "call": asked.call,
        "asked": asked,
        "form": form,
        "title": NAMES[asked.part.slot, asked.name],
        "about": asked.entry.get("label") or asked.entry.get("says"),
        "is_deeper": asked.rows is None,
    }
    return render(request, "programmes/form_desk/condition.html", page, status=422 if form.errors else 200)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(PAGE)
def check_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new check: what is said where it does not hold, and what has to hold."""
    call, draft = drafted(request, pk)
    form = _form_of(draft, request.GET.get("node", ""))
    check = CheckForm(request.POST or None, form)
    rows = ConditionForm(request.POST or None, form, Rows(ALL, ()), draft.version)
    is_sound = request.method == "POST" and all([check.is_valid(), rows.is_valid()])
    if is_sound and rows.condition is None:
        rows.add_error(None, _("请至少填写一行。"))
    elif is_sound:
        part = Part(form.id, "checks")
        value = {**check.cleaned_data, "holds": rows.condition}

        def act(**who: Any) -> str:
            entry = actions.NewEntry(rows.cleaned_data["version"], part, value)
            _draft, made = actions.add_entry(call.pk, entry, **who)
            return f"{form_address(call.pk, form.id)}#checks-{made.entry}"

        return answered(request, call, act)
    page = {"call": call, "check": check, "form": rows, "of": form}
    faulty = check.errors or rows.errors
    return render(request, "programmes/form_desk/check_new.html", page, status=422 if faulty else 200)


def _saved(request: HttpRequest, asked: Asked, form: ConditionForm) -> HttpResponse:
    value = {name: each for name, each in asked.entry.items() if name != asked.name}
    if form.condition is not None:
        value[asked.name] = form.condition

    def act(**who: Any) -> str:
        change = actions.PartChange(form.cleaned_data["version"], asked.part, value)
        actions.change_part(asked.call.pk, change, **who)
        return asked.back

    return answered(request, asked.call, act)


def _asked(request: HttpRequest, pk: UUID) -> Asked:
    call, draft = drafted(request, pk)
    said = request.GET
    part, name = Part(said.get("node", ""), said.get("slot", ""), said.get("entry", "")), said.get("name", "")
    form = _form_of(draft, part.node)
    entries = form.fields if part.slot == "fields" else form.checks
    entry = next((each for each in entries if each.id == part.entry), None)
    if (part.slot, name) not in NAMES or entry is None or not hasattr(entry, name):
        raise Http404
    return Asked(call, draft, form, part, name, value_at(draft.definition, part), getattr(entry, name))


def _form_of(draft: Draft, identifier: str) -> Form:
    try:
        return Form.model_validate(value_at(draft.definition, Part("", "forms", identifier)))
    except NotThere as gone:
        raise Http404 from gone
