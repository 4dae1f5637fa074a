"""What a page about one part of a draft begins with: the call, the draft, the part, the words picked out for it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from keqiao.web.programmes import parts, queries
from keqiao.web.programmes.forms.statements import statement_of
from keqiao.web.programmes.library import choosing_address
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.parts import NEW, Part
from keqiao.web.programmes.proofreading.addresses import page_of, part_address, removal_address
from keqiao.web.programmes.proofreading.selections import NoSuchWords, Selection, proposal_of, selection_at
from keqiao.web.programmes.wording.parts import PartWords

RULES = "rules"
FIELDS = "fields"
FORMS = "forms"
OF_EVERY_RULE = ("summary", "hedge", "source")


@dataclass(frozen=True, slots=True)
class Work:
    """What a request is about."""

    call: Call
    draft: Draft
    part: Part
    words: Selection | None

    @property
    def standing(self) -> Any:
        """What the part says in the draft as it stands; None where it says nothing or is not there."""
        try:
            return None if self.part.entry == NEW else parts.value_at(self.draft.definition, self.part)
        except parts.NotThere:
            return None

    @property
    def form_title(self) -> str:
        """The title of the form that the part belongs to, "" where it belongs to none."""
        forms = self.draft.definition.get("forms", ())
        return next((str(form["title"]) for form in forms if form["id"] == self.part.node), "")

    def back(self, at: Part) -> str:
        """Return where a part of this draft is seen among all others."""
        return page_of(self.call.pk, self.draft.definition, at)

    def proposed(self, rule_type: str) -> dict[str, Any]:
        """Return what the words that were picked out say, and the type of rule, or kind of field, that was chosen."""
        found: dict[str, Any] = {}
        if self.words is not None:
            source = queries.source_of(self.call)
            found = dict(proposal_of(self.words, self.part.slot, source).values)
        if self.part.slot == FIELDS and rule_type:
            return {**found, "kind": rule_type}
        if self.part.slot != RULES or not rule_type:
            return found
        if found.get("type") != rule_type:
            found = {name: found[name] for name in OF_EVERY_RULE if name in found}
        return {**found, "type": rule_type}


def work_on(request: HttpRequest, pk: UUID, at: Part) -> Work:
    """Return what the request is about; 404 where the viewer may not change it, or there is no such part."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    draft = queries.draft_of(call)
    if draft is None:
        raise Http404
    try:
        statement_of(at, draft.definition)
    except KeyError as unknown:
        raise Http404 from unknown
    except parts.NotThere as gone:
        if request.method != "POST":  # what was typed for a category that is gone is shown again
            raise Http404 from gone
    return Work(call, draft, at, _picked_out(request, call))


def part_asked_for(request: HttpRequest, slot: str) -> Part:
    """Return the part that an address names."""
    return Part(request.GET.get("node", ""), slot, request.GET.get("entry", ""))


def page_about(work: Work) -> dict[str, Any]:
    """Return what every page about a part shows."""
    at = work.part if work.part.entry != NEW else replace(work.part, entry="")
    standing = work.standing
    return {
        "call": work.call,
        "draft": work.draft,
        "part": work.part,
        "version": work.draft.version,
        "title": PartWords(work.draft.definition).title(at),
        "is_new": work.part.entry == NEW,
        "is_stated": standing is not None,
        "tied": work.words.tied() if work.words else work.draft.words.get(work.part.key),
        "form_page": part_address(work.call.pk, work.part),
        "removal": removal_address(work.call.pk, work.part),
        "library": choosing_address(work.call.pk, work.part.slot, standing),
        "back": work.back(at),
        "form_title": work.form_title,
    }


def _picked_out(request: HttpRequest, call: Call) -> Selection | None:
    address = request.GET.get("words", "")
    if not address:
        return None
    source = queries.source_of(call, whole=True)
    if source is None:
        raise Http404
    try:
        return selection_at(source, address)
    except NoSuchWords as gone:
        raise Http404 from gone
