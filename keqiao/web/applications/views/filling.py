"""Fill an application in: read what was typed, save it, show everything with its faults."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.findings import Finding
from keqiao.core.forms.migrating import LEFT_OVER
from keqiao.core.forms.targets import target_rows
from keqiao.core.programme.forms.fields import TargetsField
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.actions import Edit, Saved
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.names import ROWS, blank_name
from keqiao.web.applications.filling.posted import answers_from
from keqiao.web.applications.filling.shown import Page, parts_of_page
from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.profiles import parts_picked
from keqiao.web.applications.refusals import Conflict, Refused
from keqiao.web.applications.views.beside import beside
from keqiao.web.applications.views.merging import merge_page
from keqiao.web.applications.views.pages import Asked, form_of, is_editable, page_of, typing_of
from keqiao.web.parties.queries import local_day

MOST_ROWS_SHOWN = 200


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form. It saves whatever was typed, whichever button was pressed, and then does what the button says."""
    application = queries.own_application(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    if request.method == "POST":
        return _save(request, application)
    if not is_editable(application):
        return redirect("applications:detail", pk)
    asked = Asked(
        is_checked="checked" in request.GET and _stands_checked(application),
        rows=_rows_asked(request),
        findings=queries.findings_of(application),
    )
    page = page_of(request, application, queries.answers_of(application), asked)
    return filled_page(request, application, page)


def _stands_checked(application: Application) -> bool:
    """Was the version that stands checked? What was saved while typing was not."""
    prepared = queries.prepared_of(application)
    return prepared is not None and prepared.version == application.version


def filled_page(
    request: HttpRequest, application: Application, page: Page, *, refused: tuple[Finding, ...] = ()
) -> HttpResponse:
    """Show the form as ``page`` has it; ``refused`` is why it was not saved."""
    parts = parts_of_page(page, made)
    context = {
        "application": application,
        "page": page,
        "parts": parts,
        "refused": refused,
        "was_checked": "checked" in request.GET,
        **beside(request, application, page),
    }
    return render(request, "applications/fill.html", context, status=409 if refused else 200)


def typed_answers(request: HttpRequest, application: Application) -> tuple[Page, dict[str, Any], int]:
    """Return the page that was shown, the answers as they were typed on it, and the version it began with.

    The page may be older than the last revision of the call: its blanks are those of the form it was made from.
    """
    base = _version(request, application)
    kept = application.versions.filter(number=base).first()
    before = queries.answers_of(application, base if kept else None)
    page = page_of(request, application, before, Asked())
    typing = typing_of(request, page)
    shown = (queries.specification_at(application, kept) if kept else None) or page.specification
    return page, answers_from(shown, request.POST, before, typing), base


def _version(request: HttpRequest, application: Application) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 9 else application.version


def _save(request: HttpRequest, application: Application) -> HttpResponse:
    _page, answers, base = typed_answers(request, application)
    do, _colon, what = request.POST.get("do", "save").partition(":")
    before_saving, after = ACTS.get(do, ACTS["save"])
    answers = before_saving(request, application, answers, what)
    try:
        saved = actions.save(
            Edit(application.pk, base, answers),
            actor=request.user,  # type: ignore[arg-type]
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Conflict as conflict:
        return merge_page(request, application, conflict)
    except Refused as refused:
        shown = page_of(request, application, answers, Asked())
        return filled_page(request, application, shown, refused=refused.findings)
    _tell(request, saved)
    return after(request, application, what)


def _tell(request: HttpRequest, saved: Saved) -> None:
    """Say what was brought together with what others saved, and what a revision of the call moved."""
    if saved.merged:
        labels = {each.id: each.label for each in form_of(saved.application).fields}
        names = "、".join(labels.get(each, each) for each in saved.merged)
        messages.info(request, _("已与他人刚保存的内容合并：%(fields)s。") % {"fields": names})
    if saved.moves:
        messages.warning(request, _("通知已修订，申报书已转入现行表格，变动的栏目列在表格上方，请核对。"))


# what the buttons do: before saving, to the answers; after it, where to go on


def _as_typed(_request: Any, _application: Any, answers: dict[str, Any], _what: str) -> dict[str, Any]:
    return answers


def _without_row(
    _request: Any, application: Application, answers: dict[str, Any], what: str
) -> dict[str, Any]:
    """Take one row out of a table, or one file out of a slot: ``f.<field>.<number>``."""
    field, _dot, number = what.removeprefix("f.").rpartition(".")
    rows = answers.get(field)
    specification = form_of(application)
    each = next((one for one in specification.fields if one.id == field), None)
    if isinstance(each, TargetsField):
        rows = list(target_rows(specification, rows))
    if isinstance(rows, list) and number.isdecimal() and int(number) < len(rows):
        answers[field] = [row for place, row in enumerate(rows) if place != int(number)]
    return answers


def _without_left_over(
    _request: Any, _application: Application, answers: dict[str, Any], what: str
) -> dict[str, Any]:
    """Take away one of the entries that a revision of the call left over."""
    left = answers.get(LEFT_OVER)
    if isinstance(left, list) and what.isdecimal() and int(what) < len(left):
        answers[LEFT_OVER] = [each for place, each in enumerate(left) if place != int(what)]
    return answers


def _with_picked(
    request: Any, application: Application, answers: dict[str, Any], what: str
) -> dict[str, Any]:
    """Fill a block with what the register knows of whoever was picked; what it does not know stays as typed."""
    each = next((one for one in form_of(application).fields if one.id == what), None)
    wanted = request.POST.get(blank_name(what, "id"), "")
    people = queries.people_of(request.user, application.unit_id, request.arrived_at)
    found = {str(one.pk): one for one in (*people, application.unit)}.get(wanted)
    if each is not None and found is not None and what in request.POST.getlist("asked"):
        kept = {name: value for name, value in (answers.get(what) or {}).items() if name not in _OF_A_PERSON}
        known = parts_picked(each, found, application.unit, local_day(request.arrived_at))
        answers[what] = kept | {name: known[name] for name in known if name in _asked_parts(each)}
    return answers


_OF_A_PERSON = ("id", "name", "phone", "birth_date", "gender", "email", "id_number")
"""Parts that are one person's own: of somebody else they are wrong."""


def _asked_parts(each: Any) -> tuple[str, ...]:
    return (*getattr(each, "parts", ()), "id")


def _again(_request: HttpRequest, application: Application, what: str, **query: Any) -> HttpResponse:
    address = reverse("applications:fill", args=[application.pk])
    query_words = f"?{urlencode(query)}" if query else ""
    return redirect(f"{address}{query_words}#{what}" if what else f"{address}{query_words}")


def _saved(request: HttpRequest, application: Application, _what: str) -> HttpResponse:
    messages.success(request, _("已保存。"))
    return _again(request, application, "")


def _moved(request: HttpRequest, application: Application, _what: str) -> HttpResponse:
    messages.success(request, _("已保存，并转入现行表格。"))
    return _again(request, application, "")


def _one_row_more(request: HttpRequest, application: Application, what: str) -> HttpResponse:
    shown = request.POST.get(blank_name(what, ROWS), "0")
    number = min(int(shown), MOST_ROWS_SHOWN) if shown.isdecimal() and len(shown) < 5 else 0
    return _again(request, application, blank_name(what), rows=f"{what}:{number + 1}")


def _at_row(request: HttpRequest, application: Application, what: str) -> HttpResponse:
    return _again(request, application, what.rpartition(".")[0])


def _at_field(request: HttpRequest, application: Application, what: str) -> HttpResponse:
    return _again(request, application, blank_name(what))


def _checked(request: HttpRequest, application: Application, _what: str) -> HttpResponse:
    """Saving has checked the form and the rules already; limits and days are asked by the page."""
    return _again(request, application, "", checked=1)


def _to(page: str) -> Callable[[HttpRequest, Application, str], HttpResponse]:
    def go(_request: HttpRequest, application: Application, what: str) -> HttpResponse:
        return redirect(page, *([application.pk, what] if what else [application.pk]))

    return go


Before = Callable[[Any, Application, dict[str, Any], str], dict[str, Any]]
After = Callable[[HttpRequest, Application, str], HttpResponse]

ACTS: Mapping[str, tuple[Before, After]] = {
    "save": (_as_typed, _saved),
    "add": (_as_typed, _one_row_more),
    "remove": (_without_row, _at_row),
    "pick": (_with_picked, _at_field),
    "check": (_as_typed, _checked),
    "move": (_as_typed, _moved),
    "forget": (_without_left_over, _saved),
    "files": (_as_typed, _to("applications:files")),
    "preview": (_as_typed, _to("applications:preview")),
    "word": (_as_typed, _to("applications:word")),
    "submit": (_as_typed, _to("applications:submitting")),
}


def _rows_asked(request: HttpRequest) -> dict[str, int]:
    """How many rows a table is to show at least: ``?rows=team:3``."""
    field, _colon, number = request.GET.get("rows", "").rpartition(":")
    return (
        {field: min(int(number), MOST_ROWS_SHOWN)} if field and number.isdecimal() and len(number) < 5 else {}
    )
