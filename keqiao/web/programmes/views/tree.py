"""Pages on which the tree of a draft is changed; dragging and keys send the same forms."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries, tree_edits
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms import RemoveForm
from keqiao.web.programmes.forms.tree import (
    CopyForm,
    CopyPartForm,
    MoveForm,
    NewCategoryForm,
    NewTrackForm,
    OrderForm,
    names_of,
)
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.parts import NotThere, Part, node_at, value_at
from keqiao.web.programmes.proofreading.addresses import anchor_of
from keqiao.web.programmes.references import places_naming
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.views.refusing import refused_page
from keqiao.web.programmes.views.saving import conflicting
from keqiao.web.programmes.wording.labels import is_slot
from keqiao.web.programmes.wording.parts import PartWords

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Seen:
    """The draft that a page is about, the part of it that the address names, and that part's words."""

    call: Call
    draft: Draft
    part: Part
    words: PartWords

    @property
    def values(self) -> Values:
        """What the draft says."""
        return self.draft.definition

    @property
    def node(self) -> Values:
        """What the node says; 404 where it is gone."""
        return _there(lambda: node_at(self.values, self.part.node))

    def asks(self, form_class: Callable[..., Any], request: HttpRequest, **known: Any) -> Any:
        """Return the form of the page, filled in by a POST."""
        initial = {"version": self.draft.version, **known.pop("initial", {})}
        return form_class(request.POST or None, initial=initial, **known)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def category_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a category."""
    seen = _seen(request, pk)
    initial = {"place": f"{seen.part.node}|"}
    form = seen.asks(NewCategoryForm, request, values=seen.values, initial=initial)
    title = _("增加类别")

    def act(said: dict[str, Any], who: dict[str, Any]) -> Part:
        new = actions.NewNode(said["version"], form.head(), said["place"])
        return Part(actions.add_node(seen.call.pk, new, **who)[1])

    return _answer(request, seen, form, act, title=title, verb=_("增加"))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def track_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a track: a part of the call that is filed on its own."""
    seen = _seen(request, pk)
    form = seen.asks(NewTrackForm, request)

    def act(said: dict[str, Any], who: dict[str, Any]) -> Part:
        return Part(actions.add_node(seen.call.pk, actions.NewNode(said["version"], form.head()), **who)[1])

    return _answer(request, seen, form, act, title=_("增加板块"), verb=_("增加"))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def category_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a category; its id stays."""
    seen = _seen(request, pk)
    place = _there(lambda: tree_edits.place_of(seen.values, seen.part.node))
    initial = {"place": f"{place.parent}|{place.before}"}
    form = seen.asks(MoveForm, request, values=seen.values, node=seen.node, initial=initial)

    def act(said: dict[str, Any], who: dict[str, Any]) -> Part:
        move = actions.NodeAct(said["version"], seen.part.node, said["place"])
        actions.move_node(seen.call.pk, move, **who)
        return seen.part

    title = _("移动“%(name)s”") % {"name": seen.node["name"]}
    return _answer(request, seen, form, act, title=title, verb=_("移动"))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def category_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Copy a category with all below it."""
    seen = _seen(request, pk)
    place = _there(lambda: tree_edits.place_of(seen.values, seen.part.node))
    initial = {"name": seen.node["name"], "place": f"{place.parent}|{place.before}"}
    form = seen.asks(CopyForm, request, values=seen.values, initial=initial)

    def act(said: dict[str, Any], who: dict[str, Any]) -> Part:
        copy = actions.NodeAct(said["version"], seen.part.node, said["place"], said["name"].strip())
        return Part(actions.copy_node(seen.call.pk, copy, **who)[1])

    title = _("复制“%(name)s”") % {"name": seen.node["name"]}
    return _answer(request, seen, form, act, title=title, verb=_("复制"))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def category_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a category with all below it, or a track, away, after what goes with it has been shown."""
    seen = _seen(request, pk)
    if not seen.part.node:  # the whole call is no category
        raise Http404
    form = seen.asks(RemoveForm, request)
    gone = tree_edits.ids_in(seen.node)
    naming = [part for part in places_naming(seen.values, gone) if part.node not in gone]

    def act(said: dict[str, Any], who: dict[str, Any]) -> Part:
        removal = actions.NodeRemoval(said["version"], seen.part.node, said["reason"])
        actions.remove_node(seen.call.pk, removal, **who)
        return Part()

    told = {"going": len(gone), "naming": [seen.words.title(part) for part in naming]}
    title = _("删除“%(name)s”") % {"name": seen.node["name"]}
    return _answer(request, seen, form, act, title=title, verb=_("删除"), **told)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def copy_part(request: HttpRequest, pk: UUID, slot: str) -> HttpResponse:
    """Copy a statement, or an entry of a list, to the siblings of its category."""
    seen = _seen(request, pk, slot)
    if _there(lambda: value_at(seen.values, seen.part)) is None:
        raise Http404
    ids = _there(lambda: tree_edits.siblings_of(seen.values, seen.part.node))
    form = seen.asks(CopyPartForm, request, siblings=names_of(seen.values, ids), initial={"to": ids})

    def act(said: dict[str, Any], who: dict[str, Any]) -> Part:
        copy = actions.PartCopy(said["version"], seen.part, tuple(said["to"]))
        _draft, alike = actions.copy_part(seen.call.pk, copy, **who)
        if alike:
            named = "、".join(name for _node, name in names_of(seen.values, alike))
            messages.info(request, _("%(named)s原来就有相同的内容，没有重复增加。") % {"named": named})
        return seen.part

    title = _("把“%(part)s”复制到同级类别") % {"part": seen.words.title(seen.part)}
    return _answer(
        request, seen, form, act, title=title, verb=_("复制"), rows=seen.words.rows(seen.part), alone=not ids
    )


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def reorder(request: HttpRequest, pk: UUID, slot: str) -> HttpResponse:
    """Put the entries of a list into another order."""
    seen = _seen(request, pk, slot)
    entries = _entries(seen)
    form = seen.asks(OrderForm, request, entries=entries)

    def act(said: dict[str, Any], who: dict[str, Any]) -> Part:
        actions.reorder(seen.call.pk, actions.Order(said["version"], seen.part, form.keys()), **who)
        return Part(seen.part.node)

    title = _("“%(part)s”的次序") % {"part": seen.words.title(seen.part)}
    return _answer(request, seen, form, act, title=title, verb=_("保存"))


def _seen(request: HttpRequest, pk: UUID, slot: str = "") -> Seen:
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    draft = queries.draft_of(call)
    if draft is None or (slot and not is_slot(slot)):
        raise Http404
    asked = request.GET
    part = Part(asked.get("node", ""), slot, asked.get("entry", ""))
    _there(lambda: node_at(draft.definition, part.node))
    return Seen(call, draft, part, PartWords(draft.definition))


def _entries(seen: Seen) -> list[tuple[str, str]]:
    """The entries of the list that the address names, each with its name; 404 unless there are several."""
    stated = value_at(seen.values, seen.part)
    if not isinstance(stated, list) or len(stated) < 2 or not all(isinstance(e, dict) for e in stated):
        raise Http404
    keys = [tree_edits.key_of(entry, number) for number, entry in enumerate(stated)]
    return [(key, seen.words.name(replace(seen.part, entry=key))) for key in keys]


def _there(find: Callable[[], Any]) -> Any:
    try:
        return find()
    except NotThere as gone:
        raise Http404 from gone


def _answer(
    request: HttpRequest, seen: Seen, form: Form, act: Callable[..., Part], **shown: Any
) -> HttpResponse:
    """Show the page, or act and go back to the part that ``act`` gives."""
    if request.method == "POST" and form.is_valid():
        try:
            part = act(form.cleaned_data, {"actor": request.user, "at": request.arrived_at})
        except StaleDraft as stale:
            return conflicting(request, seen.call, stale)
        except Refused as refused:
            return refused_page(request, seen.call, refused)
        messages.success(request, _("已保存。"))
        return redirect(f"{redirect('programmes:draft', seen.call.pk).url}#{anchor_of(part)}")
    page = {"call": seen.call, "form": form, **shown, "back": anchor_of(Part(seen.part.node))}
    return render(request, "programmes/tree_form.html", page, status=422 if form.errors else 200)
