"""Two people changed the same draft: their changes are joined, and what both changed is named."""

from dataclasses import dataclass
from typing import Any

from keqiao.core.forms.answers import Answers


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed the same thing, to different values. ``at`` is its place, as that of a fault.

    ``base`` is what it was, ``mine`` and ``theirs`` what it became; None: nothing stands there. The merged answers hold
    ``mine``; nothing is lost, as both are named.
    """

    at: tuple[str | int, ...]
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined answers, and what a person has to decide."""

    answers: dict[str, Any]
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Answers, mine: Answers, theirs: Answers) -> Merged:
    """Join two sets of changes to ``base``: by field, by part of a block, by row of a list, by paragraph of a text."""
    answers = dict(base)
    conflicts: list[Conflict] = []
    for key in {**base, **mine, **theirs}:
        was, here, there = (each.get(key) for each in (base, mine, theirs))
        kept = there if here == was else here
        if here not in (was, there) and there != was:
            conflicts.append(Conflict((key,), was, here, there))
        answers[key] = kept
    return Merged({key: value for key, value in answers.items() if value is not None}, tuple(conflicts))
