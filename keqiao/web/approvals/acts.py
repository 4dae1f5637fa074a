"""Which acts need a second person. Rooms above say it in a module ``second_person`` with ``ACTS``.

They are found by walking the installed rooms, as the checks of ``keqiao verify`` are.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from keqiao.web.approvals.frozen import Change, Plain

Words = str | Promise
Arguments = Mapping[str, Any]


class Viewer(Protocol):
    """An account; this room stands below the accounts and only hands it on."""

    pk: Any
    is_authenticated: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """The case an act is about, as values: its kind, its id, the association it belongs to."""

    kind: str
    id: str
    association_id: UUID


@dataclass(frozen=True, slots=True)
class Description:
    """What an act would do, for people: what it is about, and each value before and after."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Who lets an act be done, and when. ``proposed_by_id`` is the first person, ``approved_by`` the second."""

    proposed_by_id: UUID
    approved_by: Viewer
    at: datetime


class NotExecuted(Exception):
    """The act's own rules refuse it at the moment of approval; ``words`` say why. Nothing is written."""

    def __init__(self, *words: Words) -> None:
        super().__init__(*words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of act that needs a second person.

    ``may_propose`` and ``may_approve`` give the associations in which a viewer may do so at a moment;
    ``approvers`` gives the accounts to be told, and is narrowed by ``may_approve``. ``approver_roles`` are the roles
    that give the right to approve, held for the association of the subject: for them the decision is a duty.

    ``current(subject, arguments)`` gives the named facts that the act rests on. It runs inside the
    transaction of the act and locks the rows it reads: what it gave at the proposal must still hold when
    somebody approves. ``describe`` is asked once, at the proposal.

    ``execute(subject, arguments, done)`` does the act in the transaction of the approval, records its own
    event, and returns ids, codes, whole numbers and digests of what came of it. It raises
    :class:`NotExecuted` where its rules refuse.

    ``names_people``: what describes it may name a person, and is not repeated outside the approval.

    ``labels`` are words for the names of facts and changes; ``address`` leads to the subject's page.
    """

    code: str
    label: Words
    may_propose: Callable[[Viewer, datetime], Collection[UUID]]
    may_approve: Callable[[Viewer, datetime], Collection[UUID]]
    approvers: Callable[[UUID, datetime], Iterable[Viewer]]
    current: Callable[[Subject, Arguments], Mapping[str, Plain]]
    describe: Callable[[Subject, Arguments], Description]
    execute: Callable[[Subject, Arguments, Done], Mapping[str, Any]]
    valid_for: timedelta
    approver_roles: tuple[str, ...]
    labels: Mapping[str, Words] = field(default_factory=dict)
    names_people: bool = False
    address: Callable[[Subject], str] | None = None


_acts: dict[str, Act] = {}


def register(act: Act) -> None:
    """Make an act known.

    Raises:
        ImproperlyConfigured: another act has this code, or it leaves no time to decide.
    """
    if act.valid_for <= timedelta(0):
        raise ImproperlyConfigured(f"{act.code}: leaves no time to decide")
    if _acts.setdefault(act.code, act) is not act:
        raise ImproperlyConfigured(f"two acts are called {act.code}")


def act_called(code: str) -> Act | None:
    """Return a registered act, or nothing."""
    _find_acts_of_rooms()
    return _acts.get(code)


def all_acts() -> list[Act]:
    """Return the registered acts."""
    _find_acts_of_rooms()
    return list(_acts.values())


@cache
def _find_acts_of_rooms() -> None:
    modules = (
        f"{app.name}.second_person" for app in apps.get_app_configs() if app.name.startswith("keqiao.")
    )
    for name in modules:
        if find_spec(name):
            for act in import_module(name).ACTS:
                register(act)
