"""What must always hold of the registers: states are what the steps and the events say, and nothing was removed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model

from keqiao.core.lifecycle import debarment, recognition
from keqiao.readers.platforms import outside_platforms
from keqiao.web.audit.queries import events_of_kind
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states, compare_triggers
from keqiao.web.registers.models import (
    Debarment,
    DebarmentStep,
    Holding,
    Incident,
    KeptRegister,
    PlatformAccount,
    PlatformCount,
    Recognition,
    RecognitionScheme,
    RecognitionStep,
    SocietyAffair,
    TrackRecord,
)

LINES: tuple[type[Model], ...] = (
    RecognitionScheme,
    Recognition,
    Debarment,
    TrackRecord,
    Holding,
    SocietyAffair,
    Incident,
    PlatformAccount,
    PlatformCount,
    KeptRegister,
)
"""Tables whose rows each have a chain of events."""

STEPS: tuple[type[Model], ...] = (RecognitionStep, DebarmentStep)
_DECIDED = (Recognition, RecognitionStep, Debarment, DebarmentStep, PlatformCount, KeptRegister)
TRIGGERS = frozenset(
    {
        *(f"{table._meta.model_name}_is_not_deleted" for table in (*LINES, *STEPS)),
        *(f"{table._meta.model_name}_keeps_what_was_decided" for table in _DECIDED),
    }
)
"""On both engines; made by migration 0002."""


def check_recognitions() -> Outcome:
    """Check that the state of each recognition is what its events say."""
    states = Recognition.objects.values_list("pk", "state").iterator()
    return compare_states(Recognition._meta.label_lower, states, recognition.STATE_AFTER)


def check_debarments() -> Outcome:
    """Check that the state of each debarment is what its events say."""
    states = Debarment.objects.values_list("pk", "state").iterator()
    return compare_states(Debarment._meta.label_lower, states, debarment.STATE_AFTER)


def check_steps() -> Outcome:
    """Check that the steps of each line are without a gap, in the order of their days, and end in its state."""
    tables: tuple[tuple[type[Model], str, type[Model]], ...] = (
        (RecognitionStep, "recognition_id", Recognition),
        (DebarmentStep, "debarment_id", Debarment),
    )
    count, faults = 0, []
    for steps, owner, lines in tables:
        taken = _taken(steps, owner)
        count += sum(map(len, taken.values()))
        states = dict(lines.objects.values_list("pk", "state"))  # type: ignore[attr-defined]
        faults.extend(_step_faults(lines._meta.label_lower, states, taken))
    return Outcome(count, tuple(faults))


def _taken(steps: type[Model], owner: str) -> Mapping[Any, list[tuple[int, str, Any]]]:
    found: dict[Any, list[tuple[int, str, Any]]] = {}
    rows = steps.objects.order_by(owner, "number")  # type: ignore[attr-defined]
    for line, *step in rows.values_list(owner, "number", "state", "on").iterator():
        found.setdefault(line, []).append(tuple(step))
    return found


def _step_faults(kind: str, states: Mapping[Any, str], taken: Mapping[Any, list[Any]]) -> Iterator[Fault]:
    for line, state in states.items():
        steps = taken.get(line, [])
        numbers, days = [step[0] for step in steps], [step[2] for step in steps]
        if numbers != list(range(1, len(steps) + 1)) or not steps:
            yield Fault("line.step_missing", f"{kind} {line}")
        elif steps[-1][1] != state:
            yield Fault("line.state_differs", f"{kind} {line}: {state}, steps say {steps[-1][1]}")
        if days != sorted(days):
            yield Fault("line.steps_out_of_order", f"{kind} {line}")


def check_lines() -> Outcome:
    """Check that each line that events speak of is still there, and that none came in past the log."""
    count, faults = 0, []
    for table in LINES:
        kind = table._meta.label_lower
        known = {event.chain_id for event in events_of_kind(kind)}
        there = {str(pk) for pk in table.objects.values_list("pk", flat=True)}  # type: ignore[attr-defined]
        count += len(there)
        faults.extend(_differences(kind, known, there))
    return Outcome(count, tuple(faults))


def _differences(kind: str, known: Iterable[str], there: Iterable[str]) -> Iterator[Fault]:
    known, there = set(known), set(there)
    yield from (Fault("line.removed", f"{kind} {pk}") for pk in sorted(known - there))
    yield from (Fault("line.without_events", f"{kind} {pk}") for pk in sorted(there - known))


def check_owners() -> Outcome:
    """Check that each line belongs to the association of its register, and names a platform that is known."""
    strays = [
        Fault("recognition.other_association", str(row.pk))
        for row in Recognition.objects.select_related("scheme").iterator()
        if row.association_id != row.scheme.association_id
    ]
    known = outside_platforms()
    accounts = list(PlatformAccount.objects.values_list("pk", "platform"))
    unknown = [Fault("platform.unknown", f"{pk} {code}") for pk, code in accounts if code not in known]
    return Outcome(Recognition.objects.count() + len(accounts), (*strays, *unknown))


def check_triggers() -> Outcome:
    """Check that the database still refuses to remove lines and to rewrite what was decided."""
    return compare_triggers(TRIGGERS)


CHECKS: list[tuple[str, Check]] = [
    ("recognitions", check_recognitions),
    ("debarments", check_debarments),
    ("steps of registers", check_steps),
    ("lines of registers", check_lines),
    ("owners of register lines", check_owners),
    ("triggers of registers", check_triggers),
]
