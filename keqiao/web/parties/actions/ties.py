"""Write down ties between parties, and end them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.audit import log
from keqiao.web.parties.actions.writing import chain_of, locked_party, refuse_merged, save_new
from keqiao.web.parties.models import HELD_ALONE_BY, Organisation, Party, Person, Tie, TieKind
from keqiao.web.parties.periods import reaching
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.sentences import at_field

OF_UNITS = frozenset(
    {TieKind.BRANCH, TieKind.HOST, TieKind.SUPERVISOR, TieKind.AFFILIATION, TieKind.RECOMMENDER}
)
"""Ties whose first side is a unit; a member may be either, all others are people."""
OF_BOTH = frozenset({TieKind.MEMBER, TieKind.VOLUNTEER})


@dataclass(frozen=True)
class NewTie:
    """What ``party`` is to ``organisation``, from when until when, and who says so."""

    party: Party
    organisation: Organisation
    kind: TieKind
    valid_from: date
    source: str
    post: str = ""
    valid_until: date | None = None


@transaction.atomic
def tie(wanted: NewTie, *, actor: log.Actor | None, role: str, at: datetime) -> Tie:
    """Write down a dated role of one party towards an organisation.

    Raises:
        ValidationError: it joins a party to itself, ends before it begins, stands there already, is not for such a
            party, or there is another host, supervisor or legal representative at that time.
    """
    locked_party(wanted.party.pk)
    refuse_merged(wanted.organisation)
    _check(wanted)
    made = Tie(
        party_id=wanted.party.pk,
        organisation_id=wanted.organisation.pk,
        kind=wanted.kind.value,
        post=wanted.post,
        source=wanted.source,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
    )
    save_new(made)
    data = {"tie": str(made.pk), "kind": made.kind, "organisation": str(made.organisation_id)}
    log.record("tied", chain_of(wanted.party), actor=actor, role=role, at=at, data=data)
    return made


@transaction.atomic
def end_tie(made: Tie, last_day: date, *, actor: log.Actor | None, role: str, at: datetime) -> None:
    """End a tie with ``last_day``, the last day on which it holds.

    Raises:
        ValidationError: it has ended already, or would end before it begins.
    """
    made = Tie.objects.select_for_update().get(pk=made.pk)
    if made.valid_until is not None and made.valid_until < local_day(at):
        raise ValidationError(_("该关系已经结束。"), code="tie.ended")
    made.valid_until = last_day
    made.full_clean()
    made.save(update_fields=["valid_until"])
    data = {"tie": str(made.pk), "until": last_day.isoformat()}
    log.record("tie_ended", chain_of(made.party), actor=actor, role=role, at=at, data=data)


def _check(wanted: NewTie) -> None:
    is_person = Person.objects.filter(pk=wanted.party.pk).exists()
    if wanted.kind not in OF_BOTH and is_person == (wanted.kind in OF_UNITS):
        raise at_field("kind", _("这种关系不适用于该主体。"), "tie.wrong_party")
    side = HELD_ALONE_BY.get(wanted.kind)
    if side is None:
        return
    others = Tie.objects.filter(kind=wanted.kind.value, **{f"{side}_id": getattr(wanted, side).pk})
    at_that_time = others.filter(reaching(wanted.valid_from))
    if wanted.valid_until is not None:
        at_that_time = at_that_time.filter(valid_from__lte=wanted.valid_until)
    if at_that_time.exists():
        raise ValidationError(
            _("同一时间已有“%(kind)s”，请先结束原来的关系。"),
            code="tie.another_holds",
            params={"kind": wanted.kind.label},
        )
