"""Make one of two parties that were registered for the same unit or person, and undo it while nothing has come since.

The row of the one that is gone stays and points to the one kept: its address leads on, its events stay true. What the
kept one has already (the same tie, a fact of the same days) stays with the row that is gone, where it can be seen.

Parties are shared: what all associations hold about them follows a merge, though whoever merges may see only the
rows of one. So the turning is the program's work, behind the wall between associations; none of these rows is shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.audit import log
from keqiao.web.audit.queries import timeline
from keqiao.web.parties.actions.facts import mirror
from keqiao.web.parties.actions.taking_over import give_back, take_over
from keqiao.web.parties.actions.writing import chain_of
from keqiao.web.parties.models import Association, DistinctPair, Merge, Organisation, Party, Person
from keqiao.web.parties.pointers import Pointer, pointers
from keqiao.web.scope import PROGRAM, working_as

ABSORBED = "absorbed"
TAKEN = "taken"


@dataclass(frozen=True)
class Sameness:
    """That ``gone`` is the same unit or person as ``kept``, and how that is known."""

    kept_id: UUID
    gone_id: UUID
    reason: str


@dataclass(frozen=True)
class Since:
    """What has come to the party kept since a merge: rows and acts. Nothing means that it can be undone."""

    rows: int
    acts: int

    def __bool__(self) -> bool:
        return bool(self.rows or self.acts)


@transaction.atomic
def merge(wanted: Sameness, *, actor: log.Actor | None, role: str, at: datetime) -> Merge:
    """Merge the one that is gone into the one kept.

    Raises:
        ValidationError: they are one row, one is merged already, they are of two sorts, ``gone`` runs calls, or their
            credit codes or identity numbers say that they are two.
    """
    kept, gone = _locked(wanted.kept_id, wanted.gone_id)
    _check(kept, gone)
    with working_as(PROGRAM):
        moved: dict[str, Any] = {pointer.key: _turn(pointer, kept.pk, gone.pk) for pointer in pointers()}
    moved[TAKEN] = take_over(kept, gone)
    moved[ABSORBED] = [str(pk) for pk in gone.absorbed.values_list("pk", flat=True)]
    gone.absorbed.update(merged_into=kept.pk)
    Party.objects.filter(pk=gone.pk).update(merged_into=kept.pk)
    _mirror(kept)
    done = Merge.objects.create(kept_id=kept.pk, gone_id=gone.pk, moved=moved, merged_at=at)
    told = {"merge": str(done.pk), "rows": sum(len(turned["moved"]) for turned in _turned(done))}
    by: Any = {"actor": actor, "role": role, "at": at}
    log.record("absorbed", chain_of(kept), data=told | {"other": str(gone.pk)}, **by)
    log.record("merged", chain_of(gone), data=told | {"into": str(kept.pk)}, reason=wanted.reason, **by)
    return done


@transaction.atomic
def undo_merge(merge_id: UUID, *, actor: log.Actor | None, role: str, at: datetime, reason: str) -> None:
    """Set both parties back as they were.

    Raises:
        ValidationError: undone already, or something has come to the party kept since (how much, is said).
    """
    done = Merge.objects.select_for_update().get(pk=merge_id)
    kept, gone = _locked(done.kept_id, done.gone_id)
    if done.undone_at is not None:
        raise ValidationError(_("这次合并已经撤销。"), code="merge.undone")
    if since := since_merge(done):
        raise ValidationError(
            _("合并后已新增 %(rows)d 条记录、办理 %(acts)d 次变更，不能撤销。"),
            code="merge.cannot_be_undone",
            params={"rows": since.rows, "acts": since.acts},
        )
    with working_as(PROGRAM):
        for pointer in pointers():
            ids = done.moved.get(pointer.key, {}).get("moved", [])
            pointer.model._base_manager.filter(pk__in=ids).update(**{pointer.column: gone.pk})
    Party.objects.filter(pk__in=done.moved[ABSORBED]).update(merged_into=gone.pk)
    Party.objects.filter(pk=gone.pk).update(merged_into=None)
    give_back(kept, gone, done.moved[TAKEN])
    _mirror(kept)
    done.undone_at = at
    done.save(update_fields=["undone_at"])
    told = {"merge": str(done.pk)}
    for party in (kept, gone):
        log.record("merge_undone", chain_of(party), actor=actor, role=role, at=at, data=told, reason=reason)


@transaction.atomic
def tell_apart(one_id: UUID, other_id: UUID, *, actor: log.Actor | None, role: str, at: datetime) -> None:
    """Write down that two parties that look alike are two. They are not proposed again."""
    first, second = sorted((one_id, other_id))
    pair, is_new = DistinctPair.objects.get_or_create(
        first_id=first, second_id=second, defaults={"said_at": at}
    )
    if is_new:
        chain, data = chain_of(pair.first), {"other": str(second)}
        log.record("told_apart", chain, actor=actor, role=role, at=at, data=data)


def since_merge(done: Merge) -> Since:
    """Return what has come to the party kept since ``done``: rows that point to it, and acts on it."""
    with working_as(PROGRAM):
        rows = sum(_rows_since(pointer, done) for pointer in pointers())
    chain = log.Chain("parties.party", str(done.kept_id))
    acts = [(event.act, event.data.get("merge")) for event in timeline(chain)]
    at_merge = acts.index(("absorbed", str(done.pk)))
    return Since(rows, len(acts) - at_merge - 1)


def _rows_since(pointer: Pointer, done: Merge) -> int:
    told = done.moved.get(pointer.key, {"had": 0, "moved": []})
    return abs(pointer.rows_of(done.kept_id).count() - told["had"] - len(told["moved"]))


def _locked(one: UUID, other: UUID) -> tuple[Any, Any]:
    """Both parties as organisations or persons. One order of locks for all: two merges cannot wait in a ring."""
    list(Party.objects.select_for_update().filter(pk__in=(one, other)).order_by("pk"))
    return _as_it_is(one), _as_it_is(other)


def _as_it_is(pk: UUID) -> Organisation | Person:
    return Organisation.objects.filter(pk=pk).first() or Person.objects.get(pk=pk)


def _check(kept: Any, gone: Any) -> None:
    if kept.pk == gone.pk or type(kept) is not type(gone):
        raise ValidationError(_("只能合并两个单位或两名人员。"), code="merge.not_alike")
    if kept.merged_into_id or gone.merged_into_id:
        raise ValidationError(_("其中一方已并入其他记录，请刷新后再试。"), code="merge.merged_already")
    if Association.objects.filter(pk=gone.pk).exists():
        raise ValidationError(
            _("发布通知的科协不能并入其他单位，请以它为保留的一方。"), code="merge.association"
        )
    if isinstance(kept, Organisation) and kept.credit_code and gone.credit_code:
        raise ValidationError(
            _("两个单位的统一社会信用代码不同，不是同一单位。如有一个写错，请先更正。"),
            code="merge.two_codes",
        )
    if isinstance(kept, Person) and kept.identity_key and gone.identity_key:
        raise ValidationError(
            _("两人的身份证号码不同，不是同一人。如有一个写错，请先更正。"), code="merge.two_people"
        )


def _turn(pointer: Pointer, kept: UUID, gone: UUID) -> dict[str, Any]:
    """Turn the rows of one column; those that ``kept`` has already, or that the table refuses, stay."""
    mine = list(pointer.rows_of(kept))
    turned: list[str] = []
    left = 0
    for row in pointer.rows_of(gone):
        if _clashes(pointer, row, mine, kept) or not _turn_row(pointer, row, kept):
            left += 1
        else:
            turned.append(str(row.pk))
    return {"had": len(mine), "moved": turned, "left": left}


def _clashes(pointer: Pointer, row: Any, mine: list[Any], kept: UUID) -> bool:
    if pointer.clashes is None:
        return False
    setattr(row, pointer.column, kept)  # as it would stand; the row itself is not saved
    return any(pointer.clashes(row, other) for other in mine)


def _turn_row(pointer: Pointer, row: Any, kept: UUID) -> bool:
    try:
        with transaction.atomic():
            pointer.model._base_manager.filter(pk=row.pk).update(**{pointer.column: kept})
    except IntegrityError:  # the table knows a reason, such as a tie of a unit to itself
        return False
    return True


def _mirror(party: Any) -> None:
    if isinstance(party, Organisation):
        mirror(party)


def _turned(done: Merge) -> list[dict[str, Any]]:
    return [told for key, told in done.moved.items() if key not in (ABSORBED, TAKEN)]
