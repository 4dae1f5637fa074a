"""Fill a form in as an applicant of a chosen kind before the call opens. Nothing is stored, and nobody is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from keqiao.core.forms.case import Register, case_of
from keqiao.core.forms.checking import faults
from keqiao.core.forms.prefilling import prefilled
from keqiao.core.forms.specification import Specification, specification_for
from keqiao.core.forms.stating import stated
from keqiao.core.programme import Path, Programme, effective, leaves
from keqiao.core.rules.answers import CategoryAnswer, Judged, Verdict, When
from keqiao.core.rules.category import compile_call
from keqiao.core.rules.facts import UNKNOWN, Case, Unit
from keqiao.core.rules.regions import Region
from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.readers.rule_words import rule_words
from keqiao.web.access import opens_to
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.names import ROWS, blank_name
from keqiao.web.applications.filling.posted import Typing, answers_from
from keqiao.web.applications.filling.shown import Page, Situation, parts_of_page
from keqiao.web.applications.queries import regions_offered
from keqiao.web.parties.facts import areas_on
from keqiao.web.parties.queries import local_day, region_round
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.queries import call_kept_by, draft_of

OFFICER = "officer"
INVENTED = "（试填单位）"
FIRST_KIND = "society"


@dataclass(frozen=True, slots=True)
class Trial:
    """A form of a draft as an invented unit of one kind fills it in."""

    call: Any
    programme: Programme
    path: Path
    specification: Specification
    kind: str

    def unit(self) -> Unit:
        """The invented unit: of that kind, registered where the association of the call is."""
        level, areas = region_round(self.call.association.organisation_id)
        return Unit(
            "",
            INVENTED,
            kind=self.kind,
            level=level or UNKNOWN,  # type: ignore[arg-type]
            areas=areas or UNKNOWN,
            legal_person=True,
        )

    def _open_day(self, today: date) -> date:
        """The day to ask for: today, or the nearest day on which the category takes applications."""
        holds = effective(self.programme, self.path)
        opens, ends = (each.fact.on if each else None for each in (holds.opens, holds.deadline))
        if isinstance(ends, date) and today > ends:
            return ends
        return opens if isinstance(opens, date) and today < opens else today

    def answer(self, answers: Mapping[str, Any], at: Any) -> CategoryAnswer:
        """What the rules of the category say of the unit with these answers."""
        unit = self.unit()
        areas = unit.areas if isinstance(unit.areas, tuple) else ()
        region = Region(areas[-1], str(unit.level), areas[:-1]) if areas else None
        said = stated(self.specification, answers)
        day, words = self._open_day(local_day(at)), rule_words()
        register = Register(areas=areas_on(local_day(at), said.codes) if said.codes else {})
        case = case_of(Case(day, unit), said, register, words)
        return compile_call(self.programme, words, region=region).answer(self.path, case, When.FORM)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form with what was typed on this page, its faults and what the rules say; all of it is gone afterwards."""
    found = _trial(request, pk)
    at = request.arrived_at  # type: ignore[attr-defined]
    do, _colon, what = request.POST.get("do", "").partition(":")
    situation = Situation(regions=regions_offered(at), rows=_rows(request.POST, do, what))
    answers = prefilled(found.specification, _profile(found))
    if request.method == "POST":
        answers = _without_row(_typed(request, found, answers), do, what)
    situation = replace(
        situation, faults=faults(found.specification, answers), is_checked=do in ("check", "add", "remove")
    )
    page = Page(found.specification, answers, situation)
    shown = {
        "trial": found,
        "page": page,
        "parts": parts_of_page(page, made),
        "checked": situation.faults if do == "check" else (),
        "answer": found.answer(answers, at),
        "doubts": _doubts(found.answer(answers, at)),
        "kinds": [(code, kind.label("zh")) for code, kind in organisation_kinds().items()],
        "categories": [(each.id, each.name) for _path, each in leaves(found.programme)],
        "was_checked": do == "check",
    }
    return render(request, "applications/trial.html", shown)


def _trial(request: HttpRequest, pk: UUID) -> Trial:
    at = request.arrived_at  # type: ignore[attr-defined]
    call = call_kept_by(request.user, pk, at)  # type: ignore[arg-type]
    draft = draft_of(call)
    if draft is None:
        raise Http404
    programme = programme_of(draft.definition)
    wanted = request.GET.get("category", "")
    for path, category in leaves(programme):
        specification = specification_for(programme, path)
        if specification is not None and wanted in ("", category.id):
            kind = request.GET.get("kind", FIRST_KIND)
            if kind not in organisation_kinds():
                raise Http404
            return Trial(call, programme, path, specification, kind)
    raise Http404


def _profile(found: Trial) -> dict[str, Any]:
    names = found.specification.names
    return {"unit": {"name": INVENTED}, "category": {"name": names[-1] if names else ""}}


def _typed(request: HttpRequest, found: Trial, before: Mapping[str, Any]) -> dict[str, Any]:
    by: Any = request.user
    typing = Typing(by.display_name, local_day(request.arrived_at))  # type: ignore[attr-defined]
    return answers_from(found.specification, request.POST, before, typing)


def _rows(posted: QueryDict, do: str, field: str) -> dict[str, int]:
    """One row more of the table whose button was pressed."""
    shown = posted.get(blank_name(field, ROWS), "0")
    return {field: min(int(shown), 200) + 1} if do == "add" and shown.isdecimal() and len(shown) < 5 else {}


def _without_row(answers: dict[str, Any], do: str, what: str) -> dict[str, Any]:
    """Take the row away whose button was pressed: ``f.<field>.<number>``."""
    field, _dot, number = what.removeprefix("f.").rpartition(".")
    rows = answers.get(field)
    if do != "remove" or not isinstance(rows, list) or not number.isdecimal():
        return answers
    return {**answers, field: [row for place, row in enumerate(rows) if place != int(number)]}


def _doubts(answer: CategoryAnswer) -> list[Judged]:
    """What stands against applying first, then what a person would have to look at."""
    order = [Verdict.FAILS, Verdict.PERSON]
    found = [each for each in answer.judged if each.verdict in order and each.findings]
    return sorted(found, key=lambda each: order.index(each.verdict))
