"""What the answers of the units that join mean for an application: may it be submitted, may it be forwarded?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from keqiao.core.findings import Finding, Source, Weight
from keqiao.core.lifecycle.joining import JoiningState
from keqiao.core.programme.inheritance import Effective
from keqiao.core.programme.rules.who import Joint

Moment = Literal["submitting", "forwarding"]


class _Order(IntEnum):
    submitting = 1
    forwarding = 2


@dataclass(frozen=True, slots=True)
class Confirmation:
    """By when the units that join have to accept, and where the call says so."""

    before: Moment
    source: Source | None


@dataclass(frozen=True, slots=True)
class Partner:
    """A unit that joins: its name, and what it answered; None: nobody has asked it yet."""

    name: str
    state: JoiningState | None


def confirmation_of(effective: Effective) -> Confirmation | None:
    """Return when a call wants the answers of the units that join; the earliest of several, None where it says none."""
    stated = [
        Confirmation(each.fact.confirmed_before, each.fact.source)
        for each in effective.rules
        if isinstance(each.fact, Joint) and each.fact.confirmed_before is not None
    ]
    return min(stated, key=lambda each: _Order[each.before], default=None)


def check_partners(
    partners: Iterable[Partner], wanted: Confirmation | None, moment: Moment
) -> Iterator[Finding]:
    """What their answers say at ``moment``.

    One that declined refuses until the application names it no more. One that has not answered refuses where the call
    wants the answer by now, and is a warning else.
    """
    due = wanted if wanted is not None and _Order[wanted.before] <= _Order[moment] else None
    for each in partners:
        if each.state is JoiningState.DECLINED:
            yield Finding("joining.declined", Weight.REFUSE, {"name": each.name})
        elif each.state is not JoiningState.ACCEPTED:
            code = "not_asked" if each.state in (None, JoiningState.LAPSED) else "not_answered"
            weight = Weight.REFUSE if due else Weight.WARN
            yield Finding(f"joining.{code}", weight, {"name": each.name}, due.source if due else None)
