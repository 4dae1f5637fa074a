"""The versions of an application: who saved what and when, what changed, and back to an earlier one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.forms.migrating import LEFT_OVER
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.written import written
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.views.pages import form_of, is_editable
from keqiao.web.applications.views.standing import not_done

WORDS = {
    "started": gettext_lazy("开始填报"),
    "typed": gettext_lazy("保存"),
    "autosaved": gettext_lazy("自动保存"),
    "merged": gettext_lazy("合并保存"),
    "undone": gettext_lazy("撤销"),
    "redone": gettext_lazy("重做"),
    "restored": gettext_lazy("恢复旧版"),
    "migrated": gettext_lazy("转入修订后的表格"),
    "read_from_word": gettext_lazy("从 Word 读入"),
    "read_from_mail": gettext_lazy("从邮件读入"),
    "taken_from_last_year": gettext_lazy("带入上次申报"),
    "attached": gettext_lazy("添加附件"),
}
MOST_SHOWN = 200


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_safe
def versions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All versions, the last first."""
    application = _own(request, pk)
    labels = {each.id: each.label for each in form_of(application).fields} | {
        LEFT_OVER: _("修订后不再需要的内容")
    }
    rows = [
        (version, WORDS.get(version.act, version.act), [labels.get(key, key) for key in version.changed])
        for version in queries.versions_of(application)[:MOST_SHOWN]
    ]
    return render(request, "applications/versions.html", {"application": application, "rows": rows})


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_safe
def version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One version: what it changed, and what would change if it were brought back."""
    application = _own(request, pk)
    try:
        shown = queries.version_of(application, number)
    except Version.DoesNotExist as nothing:
        raise Http404 from nothing
    earlier = application.versions.filter(number__lt=number).order_by("-number").first()
    specification = form_of(application)
    said = queries.answers_of(application, number)
    before = queries.answers_of(application, earlier.number) if earlier else {}
    page = {
        "application": application,
        "version": shown,
        "word": WORDS.get(shown.act, shown.act),
        "changes": differences(specification, before, said),
        "back": differences(specification, queries.answers_of(application), said),
        "is_editable": is_editable(application),
    }
    return render(request, "applications/version.html", page)


def differences(
    specification: Specification, before: dict[str, Any], after: dict[str, Any]
) -> list[tuple[str, str, str]]:
    """Return the label of each field that differs, with what it said before and after."""
    return [
        (each.label, _said(each, before.get(each.id)), _said(each, after.get(each.id)))
        for each in specification.fields
        if before.get(each.id) != after.get(each.id)
    ]


def _said(each: Any, value: Any) -> str:
    return "" if value is None else written(each, value)


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_POST
def step(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Undo, redo, or bring a version back: each is a new version, so that it can be undone itself."""
    application = _own(request, pk)
    standing = _number(request, "version") or application.version
    who: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    try:
        if act == "undo":
            actions.undo(pk, standing, **who)
        elif act == "redo":
            actions.redo(pk, standing, **who)
        else:
            actions.restore(pk, standing, _number(request, "wanted"), **who)
    except Refused as refused:
        return not_done(request, application, refused)
    messages.success(request, _("已恢复，可再次撤销。"))
    return redirect("applications:fill", pk)


def _number(request: HttpRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def _own(request: HttpRequest, pk: UUID) -> Application:
    return queries.own_application(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
