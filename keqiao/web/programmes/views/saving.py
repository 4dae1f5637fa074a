"""How pages answer a change of a draft: saved, merged with others', in conflict, or refused; with or without a
button pressed (autosave).
"""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from keqiao.core.programme.merging import Field, fields
from keqiao.web.programmes import queries
from keqiao.web.programmes.desk.merge_page import fields_shown
from keqiao.web.programmes.forms.merging import MergeForm
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.refusals import Conflict, Meanwhile, StaleDraft
from keqiao.web.programmes.wording.parts import PartWords


def is_autosave(request: HttpRequest) -> bool:
    """Was this sent by the page itself, and not by a button?"""
    return request.POST.get("autosave") == "1"


def saved(request: HttpRequest, draft: Draft, seen: int, to: str) -> HttpResponse:
    """Answer a change made on the version ``seen`` and saved as that of ``draft``; ``to`` is the next page."""
    others = queries.merged_with(draft, seen, request.user)
    if is_autosave(request):
        return _fragment(request, 200, draft=draft, at=request.arrived_at, others=_names(others))
    if others:
        said = {"who": _names(others)}
        messages.success(request, _("已保存，并与%(who)s同时的修改合并。") % said)
    else:
        messages.success(request, _("已保存。"))
    return redirect(to)


def unfit(request: HttpRequest, faults: Iterable[str]) -> HttpResponse:
    """Answer an autosave whose contents cannot be saved yet: what is wrong; what was typed stays in the form."""
    return _fragment(request, 422, faults=list(dict.fromkeys(faults)))


def conflicting(request: HttpRequest, call: Call, conflict: StaleDraft) -> HttpResponse:
    """Answer a change of what somebody else changed: the merge view, or a line for an autosave."""
    if is_autosave(request):
        return _fragment(request, 409, others=_names(conflict.changes))
    if not isinstance(conflict, Conflict):
        return passed_by(request, call, conflict)
    shown = fields(conflict.sides.base, conflict.sides.theirs, conflict.sides.mine)
    return merge_page(request, call, conflict, MergeForm.of(conflict), shown)


def merge_page(
    request: HttpRequest, call: Call, conflict: Conflict, form: MergeForm, found: Iterable[Field]
) -> HttpResponse:
    """Show both sides of a conflict, field by field; 422 if choices were missing, else 409."""
    draft = queries.draft_of(call)
    seen = queries.contents_of(draft, [conflict.seen])[conflict.seen]
    changes = [each for each in conflict.changes if each.part.node == conflict.sides.part.node]
    page = {
        "call": call,
        "form": form,
        "sides": conflict.sides,
        "title": PartWords(seen).title(conflict.sides.part),
        "fields": fields_shown(conflict.sides, seen),
        "changes": changes,
        "others": _names(changes),
        "waiting": [field.key for field in found] if form.is_bound else [],
    }
    return render(request, "programmes/merge.html", page, status=422 if form.is_bound else 409)


def passed_by(request: HttpRequest, call: Call, stale: StaleDraft) -> HttpResponse:
    """Say who changed meanwhile what an act was about; nothing was done."""
    draft = queries.draft_of(call)
    words = PartWords(draft.definition)
    changes = [(each, words.title(each.part)) for each in stale.changes]
    return render(request, "programmes/passed_by.html", {"call": call, "changes": changes}, status=409)


def _names(others: Iterable[Meanwhile]) -> str:
    return "、".join(dict.fromkeys(other.who or _("系统") for other in others))


def _fragment(request: HttpRequest, status: int, **said: object) -> HttpResponse:
    return render(request, "programmes/saved.html", said, status=status)
