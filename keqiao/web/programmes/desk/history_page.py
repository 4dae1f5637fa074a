"""The history of a draft as pages show it: what can be undone, and what each saved version changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from keqiao.web.programmes.changes.grouped import changes_of
from keqiao.web.programmes.changes.lines import Changes
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.models import Draft, Step
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.queries import contents_of, steps_of
from keqiao.web.programmes.versions import origin
from keqiao.web.programmes.wording.acts import act_words
from keqiao.web.programmes.wording.parts import PartWords


@dataclass(frozen=True, slots=True)
class Undoable:
    """What "undo" and "redo" would do, in words; "" where there is nothing to do."""

    version: int
    undo: str = ""
    redo: str = ""


@dataclass(frozen=True, slots=True)
class StepShown:
    """One saved version: what was done in words, and what it changed; ``changes`` None: nothing to compare."""

    step: Step
    words: str
    changes: Changes | None
    stands: bool


def undoable(draft: Draft) -> Undoable:
    """Return what can be undone and brought again in the draft as it stands."""
    standing = steps_of(draft).filter(version=draft.version).first()
    if standing is None:
        return Undoable(draft.version)
    names = PartWords(draft.definition)
    return Undoable(
        draft.version,
        _said(origin(standing), names) if standing.back else "",
        _said(origin(_step(draft, standing.forth)), names) if standing.forth else "",
    )


def steps_shown(draft: Draft, steps: Iterable[Step]) -> list[StepShown]:
    """Return these steps (newest first) with what each changed in the version before it.

    The contents of all of them are loaded at once: give it a page of steps, not all.
    """
    steps = list(steps)
    wanted = {version for step in steps for version in (step.version, step.version - 1)}
    programmes = {v: programme_of(values) for v, values in contents_of(draft, wanted).items()}
    names = PartWords(draft.definition)
    shown = []
    for step in steps:
        before, after = programmes.get(step.version - 1), programmes[step.version]
        changes = changes_of(before, after) if before else None
        shown.append(StepShown(step, _said(step, names), changes, step.version == draft.version))
    return shown


def _step(draft: Draft, version: int) -> Step:
    return steps_of(draft).get(version=version)


def _said(step: Step, names: PartWords) -> str:
    part = Part(*step.part)
    if part == Part():
        return act_words(step.act)
    return _("%(act)s“%(part)s”") % {"act": act_words(step.act), "part": names.title(part)}
