"""Answers move to a form that has changed meanwhile. Nothing that was typed is lost; what moved is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.forms.answers import Answers, is_empty
from keqiao.core.forms.checking import faults
from keqiao.core.forms.refitting import Left, refit
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.typed import read
from keqiao.core.forms.written import written
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import ComputedField, HeadingField

LEFT_OVER = "left over"
"""The key of what has no place any more: a list of ``{"field", "label", "text", "value"}``, shown until removed.

No field can have this id: it has a space.
"""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The answers for the new form, and what moved: findings of weight ``warn`` for the page to show."""

    answers: dict[str, Any]
    moves: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Moving:
    """What has been moved so far."""

    answers: dict[str, Any] = field(default_factory=dict)
    left: list[dict[str, Any]] = field(default_factory=list)
    moves: list[Finding] = field(default_factory=list)

    def tell(self, code: str, at: str, **values: Value) -> None:
        """Say what moved."""
        self.moves.append(Finding(code, Weight.WARN, values, at=(at,)))

    def leave(self, old: AnyField, left: Left) -> None:
        """Keep what has no place any more."""
        label = f"{old.label}·{left.part}" if left.part else old.label
        self.left.append({"field": old.id, "label": label, "text": left.text, "value": left.value})


def migrate(old: Specification, new: Specification, answers: Answers) -> Migrated:
    """Bring ``answers`` to ``old`` over to ``new``.

    A field with the same id keeps its answer, fitted to its new columns, options and precision; of another kind it
    takes what it can read. One that is gone hands its answer to a new one with its label and kind. What has no place
    any more is kept under ``LEFT_OVER`` as it was written, and comes back when its field does.
    ``migrate(old, old, answers)`` changes nothing.
    """
    if old == new:
        return Migrated(dict(answers))
    fields = {each.id: each for each in new.fields}
    heirs = heirs_of(old, new)
    moving = _Moving()
    for each in old.fields:
        if each.id in answers:
            _move(moving, each, fields.get(each.id) or heirs.get(each.id), new, answers[each.id])
    known = {each.id for each in old.fields}
    moving.answers |= {
        key: value
        for key, value in answers.items()
        if key not in known and key != LEFT_OVER and key not in moving.answers
    }
    _restore(moving, fields, answers.get(LEFT_OVER))
    _tell_of_new(moving, old, new, heirs)
    _tell_of_tightened(moving, old, new, answers)
    if moving.left:
        moving.answers[LEFT_OVER] = moving.left
    return Migrated(moving.answers, tuple(moving.moves))


def heirs_of(old: Specification, new: Specification) -> dict[str, AnyField]:
    """Return for each field that is gone, by id, the new one with its label and kind, where there is one for each."""
    ids = {each.id for each in old.fields}, {each.id for each in new.fields}
    added = {(each.label, each.kind): each for each in new.fields if each.id not in ids[0]}
    gone = [each for each in old.fields if each.id not in ids[1]]
    found = ((each.id, added.pop((each.label, each.kind), None)) for each in gone)
    return {key: heir for key, heir in found if heir is not None}


def left_over(answers: Answers) -> tuple[Finding, ...]:
    """What has no place any more, to be shown to whoever fills the form: the label it stood at, and the words."""
    entries = answers.get(LEFT_OVER)
    return tuple(
        Finding(
            "form.left_over",
            Weight.WARN,
            {"label": str(each.get("label", "")), "text": str(each.get("text", ""))},
            at=(LEFT_OVER, number),
        )
        for number, each in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(each, Mapping)
    )


def _move(moving: _Moving, old: AnyField, now: AnyField | None, new: Specification, value: Any) -> None:
    if is_empty(value):
        return
    if now is None:
        moving.leave(old, Left(written(old, value), value))
        moving.tell("form.moved_removed", old.id, label=old.label)
        return
    fitted = refit(old, now, new, value)
    if not is_empty(fitted.value):
        moving.answers[now.id] = fitted.value
    if now.id != old.id:
        moving.tell("form.moved_renamed", now.id, old=old.label, new=now.label)
    for part in fitted.left:
        moving.leave(old, part)
    moving.moves += fitted.moves


def _restore(moving: _Moving, fields: Mapping[str, AnyField], left: Any) -> None:
    """Bring back what was left over, where its field is there again and empty; keep the rest."""
    for entry in left if isinstance(left, list) else ():
        now = (
            fields.get(entry["field"])
            if isinstance(entry, Mapping) and isinstance(entry.get("field"), str)
            else None
        )
        found = read(now, entry.get("value")) if now is not None and now.id not in moving.answers else None
        if now is not None and found is not None and found.value is not None and not found.faults:
            moving.answers[now.id] = found.value
        else:
            moving.left.append(entry)


def _tell_of_new(
    moving: _Moving, old: Specification, new: Specification, heirs: Mapping[str, AnyField]
) -> None:
    known = {each.id for each in old.fields} | {each.id for each in heirs.values()} | moving.answers.keys()
    for each in new.fields:
        if (
            each.id not in known
            and not each.office_only
            and not isinstance(each, HeadingField | ComputedField)
        ):
            moving.tell("form.moved_added", each.id, label=each.label)


def _tell_of_tightened(moving: _Moving, old: Specification, new: Specification, answers: Answers) -> None:
    """Fields whose answer moved as it was and is a fault only now."""
    before = {each.at[0] for each in faults(old, answers) if each.at}
    told = {move.at[0] for move in moving.moves}
    labels = {each.id: each.label for each in new.fields}
    tightened = dict.fromkeys(str(each.at[0]) for each in faults(new, moving.answers) if each.at)
    for key in tightened:
        if key not in before and key not in told and key in moving.answers:
            moving.tell("form.moved_tightened", key, label=labels.get(key, key))
