"""Read event chains."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Max, QuerySet

from keqiao.web.audit.chains import Chain, chain_of
from keqiao.web.audit.models import Event


def timeline(case: models.Model | Chain) -> QuerySet[Event]:
    """Return the events of ``case``, oldest first, each with its reason.

    Whoever calls has already decided that the viewer may see the case.
    """
    chain = chain_of(case)
    events = Event.objects.filter(chain_kind=chain.kind, chain_id=chain.id)
    return events.select_related("reason").order_by("sequence")


def events_of_act(act: str) -> QuerySet[Event]:
    """Return the events of one act on all cases, newest first, each with its reason."""
    return Event.objects.filter(act=act).select_related("reason").order_by("-at", "-pk")


def last_acts(kind: str, acts: Iterable[str]) -> dict[str, str]:
    """Return, by case id (as text), the last event of each case of ``kind`` that is one of ``acts``."""
    among = Event.objects.filter(chain_kind=kind, act__in=list(acts))
    last = dict(among.values_list("chain_id").annotate(last=Max("sequence")))
    rows = among.values_list("chain_id", "sequence", "act").iterator()
    return {case: act for case, sequence, act in rows if last[case] == sequence}


def events_of_kind(kind: str) -> Iterator[Event]:
    """Return the events of all cases of ``kind``, chain by chain, oldest first; for checks."""
    return Event.objects.filter(chain_kind=kind).order_by("chain_id", "sequence").iterator()
