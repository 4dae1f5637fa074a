"""The one way to write a draft: each version that is saved stays as a step, for undo, history and merging."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from keqiao.web.programmes.models import Call, Draft, Step
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.permissions import Viewer

UNDONE, REDONE = "undone", "redone"
BRINGING_AGAIN = frozenset({UNDONE, REDONE})
BASE = "base"
"""The act of a step written afterwards, for a draft that stood before its versions were kept."""


@dataclass(frozen=True, slots=True)
class Saving:
    """Who saves a version and when, by which act, and which part of the draft it touches.

    ``actor`` is None when the program does it by itself.
    """

    act: str
    actor: Viewer | None
    at: datetime
    part: Part = field(default_factory=Part)

    @property
    def actor_id(self) -> Any:
        """The id of the account, None for the program."""
        return self.actor.pk if self.actor is not None else None


@dataclass(frozen=True, slots=True)
class Links:
    """The version that "undo" brings again after this one, and the one that "redo" does."""

    back: int | None
    forth: int | None = None


def begin(call: Call, content: dict[str, Any], saving: Saving) -> Draft:
    """Write the first version of the draft of a call: ``content`` holds ``definition`` and may hold ``words``.

    A draft that is there already (a reading that was broken off and ran again) gets another version.
    """
    draft = Draft.objects.select_for_update().filter(call=call).first()
    if draft is not None:
        for name, value in content.items():
            setattr(draft, name, value)
        return store(draft, saving)
    who = {"edited_by_id": saving.actor_id, "edited_at": saving.at}
    draft = Draft.objects.create(call=call, association_id=call.association_id, **content, **who)
    _keep(draft, saving, Links(None))
    return draft


def store(draft: Draft, saving: Saving, links: Links | None = None) -> Draft:
    """Write a changed draft under its next version and keep that version as a step.

    Without ``links`` "undo" leads to the version before. Whoever calls holds the lock of the draft.
    """
    _keep_what_stands(draft)
    links = links or Links(draft.version)
    draft.version, draft.edited_by_id, draft.edited_at = draft.version + 1, saving.actor_id, saving.at
    draft.save(update_fields=["definition", "words", "answers", "version", "edited_by", "edited_at"])
    _keep(draft, saving, links)
    return draft


def step_of(draft_id: UUID, version: int | None) -> Step | None:
    """Return one version of a draft as it was saved; None where it was not kept."""
    return Step.objects.filter(draft_id=draft_id, version=version).first() if version else None


def step_that_stands(draft: Draft) -> Step:
    """Return the step of the version that stands, which is made where there is none yet."""
    _keep_what_stands(draft)
    return Step.objects.get(draft=draft, version=draft.version)


def origin(step: Step) -> Step:
    """Return the step whose act first made what ``step`` holds: undo and redo bring again what others made."""
    older = {s.version: s for s in _light(step)} if step.act in BRINGING_AGAIN else {}
    while step.act in BRINGING_AGAIN:
        left = older[step.forth if step.act == UNDONE else step.back]
        step = older[left.back if step.act == UNDONE else left.forth]
    return step


def _light(step: Step) -> QuerySet[Step]:
    steps = Step.objects.filter(draft=step.draft_id, version__lt=step.version)
    return steps.only("version", "act", "part", "back", "forth", "draft_id")


def _keep_what_stands(draft: Draft) -> None:
    """Keep the version in the table, for a draft that stood before its versions were kept."""
    if Step.objects.filter(draft=draft, version=draft.version).exists():
        return
    standing = Draft.objects.get(pk=draft.pk)
    _keep(standing, Saving(BASE, standing.edited_by, standing.edited_at), Links(None))


def _keep(draft: Draft, saving: Saving, links: Links) -> None:
    Step.objects.create(
        association_id=draft.association_id,
        draft=draft,
        version=draft.version,
        act=saving.act,
        part=saving.part.as_list(),
        definition=draft.definition,
        words=draft.words,
        answers=draft.answers,
        back=links.back,
        forth=links.forth,
        saved_by_id=saving.actor_id,
        saved_at=saving.at,
    )
