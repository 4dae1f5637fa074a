"""What ``keqiao verify`` checks, and the checks of the event chains themselves.

A room that has something to verify has a module ``verification`` with ``CHECKS``: a list of pairs of a
name and a function without arguments that returns an ``Outcome``. The command finds them by walking the
installed rooms.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby

from django.apps import apps
from django.db import connection

from keqiao.web.audit.digests import digest_of, salted_digest
from keqiao.web.audit.models import ChainHead, Event, Reason
from keqiao.web.audit.queries import last_acts


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: a code and what it is about, so that somebody can look."""

    code: str
    about: str


@dataclass(frozen=True)
class Outcome:
    """How many things were looked at, and which of them are broken."""

    checked: int
    faults: tuple[Fault, ...] = field(default=())


Check = Callable[[], Outcome]

TRIGGERS = frozenset(
    {
        "event_is_not_changed",
        "event_is_not_deleted",
        "reason_is_not_changed",
        "chain_head_is_not_deleted",
        "chain_head_moves_by_one",
    }
)
"""On both engines; made by migration 0002."""


def checks() -> list[tuple[str, Check]]:
    """Return the checks of all installed rooms, in the order of the rooms, then of each room's list."""
    modules = (f"{app.name}.verification" for app in apps.get_app_configs() if app.name.startswith("keqiao."))
    return [pair for name in modules if find_spec(name) for pair in import_module(name).CHECKS]


def check_chains() -> Outcome:
    """Check that no event was altered, removed, slipped in or moved, and that each chain ends at its head."""
    heads = {(head.kind, head.case_id): head for head in ChainHead.objects.iterator()}
    faults: list[Fault] = []
    count = 0
    events = Event.objects.order_by("chain_kind", "chain_id", "sequence").iterator()
    for key, chain in groupby(events, key=lambda event: (event.chain_kind, event.chain_id)):
        links = 0
        last = ""
        for event in chain:
            links += 1
            faults.extend(_link_faults(event, links, last))
            last = event.digest
        count += links
        faults.extend(_end_faults(key, heads.pop(key, None), (links, last)))
    faults.extend(Fault("chain.lost", f"{kind} {case}") for kind, case in heads)
    return Outcome(count, tuple(faults))


def _link_faults(event: Event, place: int, previous: str) -> Iterator[Fault]:
    if event.sequence != place:
        yield Fault("event.out_of_sequence", str(event))
    if event.previous_digest != previous:
        yield Fault("event.link_broken", str(event))
    if event.digest != digest_of(event):
        yield Fault("event.altered", str(event))


def _end_faults(key: tuple[str, str], head: ChainHead | None, end: tuple[int, str]) -> Iterator[Fault]:
    about = " ".join(key)
    if head is None:
        yield Fault("chain.head_missing", about)
    elif (head.sequence, head.digest) != end:
        yield Fault("chain.end_differs", about)


def check_reasons() -> Outcome:
    """Check that each reason is the one given at the time, or was erased by a recorded act."""
    erased = {
        (event.chain_kind, event.chain_id, event.data.get("sequence"))
        for event in Event.objects.filter(act="reason_erased").iterator()
    }
    words = {reason.event_id: reason for reason in Reason.objects.iterator()}
    faults = []
    given = Event.objects.exclude(reason_digest="")
    count = 0
    for event in given.iterator():
        count += 1
        reason = words.pop(event.pk, None)
        if reason is None:
            if (event.chain_kind, event.chain_id, event.sequence) not in erased:
                faults.append(Fault("reason.lost", str(event)))
        elif salted_digest(reason.text, reason.salt) != event.reason_digest:
            faults.append(Fault("reason.altered", str(event)))
    faults.extend(Fault("reason.slipped_in", str(number)) for number in words)
    return Outcome(count, tuple(faults))


def compare_states(kind: str, states: Iterable[tuple[object, str]], after: Mapping[str, str]) -> Outcome:
    """Check that the state column of each case of ``kind`` is what its events say.

    ``states`` gives (id, state) of every case there is; ``after`` gives the state each act leads to. A case
    without any such event is a fault too: it came into being past the log.
    """
    acts = last_acts(kind, after)
    faults = []
    count = 0
    for case, state in states:
        count += 1
        act = acts.get(str(case))
        if act is None:
            faults.append(Fault("case.without_events", f"{kind} {case}"))
        elif after[act] != state:
            faults.append(Fault("case.state_differs", f"{kind} {case}: {state}, events say {after[act]}"))
    return Outcome(count, tuple(faults))


def check_triggers() -> Outcome:
    """Check that the database still refuses to change events."""
    return compare_triggers(TRIGGERS)


def compare_triggers(names: Collection[str]) -> Outcome:
    """Check that the database still has the triggers of these names: a rebuilt table loses its triggers."""
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        there = {name for (name,) in cursor.fetchall()}
    missing = sorted(set(names) - there)
    return Outcome(len(names), tuple(Fault("trigger.missing", name) for name in missing))


CHECKS: list[tuple[str, Check]] = [
    ("events", check_chains),
    ("reasons", check_reasons),
    ("triggers", check_triggers),
]
