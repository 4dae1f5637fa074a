"""What kinds of duties there are. Each room says its own in a module ``owed`` with ``KINDS``.

They are found by walking the installed rooms, as the checks of ``keqiao verify`` are. Kinds about rooms that stand
below this one (approvals) are this room's own (``duties.owed``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

Words = str | Promise
About = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has to do something: a person, or whoever holds one of ``roles`` for an organisation."""

    account_id: UUID | None = None
    roles: tuple[str, ...] = ()
    organisation_id: UUID | None = None


def for_person(account_id: UUID) -> Holder:
    """A duty of one person, by account."""
    return Holder(account_id=account_id)


def for_role(role: str, organisation_id: UUID) -> Holder:
    """A duty of whoever holds ``role`` for an organisation (``scope.INSTALLATION`` for the three administrators)."""
    return for_roles((role,), organisation_id)


def for_roles(roles: tuple[str, ...], organisation_id: UUID) -> Holder:
    """A duty of whoever holds one of ``roles`` for an organisation; one of them doing it is enough."""
    return Holder(roles=roles, organisation_id=organisation_id)


@dataclass(frozen=True)
class Owed:
    """One duty as a rule makes it.

    ``key`` names the occasion, at most 160 characters: while a duty with it is open, no second one is made. ``about``
    is (kind, id) of the case, ``within_id`` the id of the larger case it lies in, mostly the call. ``due_at`` is the
    last moment to do it (for a day: ``core.workdays.last_moment``), or None. ``begins_at`` where it is to be done from
    a later moment only. ``variables`` fill the words of the kind: one line each, no values about people.
    ``except_id`` is the account that must not do it.
    """

    kind: str
    key: str
    about: About
    holder: Holder
    association_id: UUID
    at: datetime
    due_at: datetime | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    within_id: str = ""
    begins_at: datetime | None = None
    except_id: UUID | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of duty: its words, where it is done, and what is owed by the facts.

    ``title`` says what is to be done about what, ``otherwise`` what happens if nobody does it; both with the names of
    variables in braces, given to ``str.format``. ``act`` is the word of the button, ``many`` heads a group of them.
    ``link`` leads from the id it is about to the very act; ``list_link``, where there is one, to the list of all.

    ``owed_now`` gives every duty of the kind that is owed by the facts, for ``keqiao verify`` and ``keqiao duties
    rebuild``; in narrow, few queries. A kind that ``lapses`` is over with its date: the phase is closed, nothing can be
    done any more, and nobody is told that it is overdue. ``reminds`` false: nobody is written to about it.
    ``facts`` are words for the facts that close it; others read as done.
    """

    code: str
    title: Words
    otherwise: Words
    act: Words
    many: Words
    link: Callable[[str], str]
    owed_now: Callable[[], Iterable[Owed]]
    list_link: Callable[[], str] | None = None
    lapses: bool = False
    reminds: bool = True
    variables: frozenset[str] = frozenset()
    facts: Mapping[str, Words] = field(default_factory=dict)


def kind_called(code: str) -> Kind:
    """Return a kind.

    Raises:
        LookupError: no installed room names it.
    """
    try:
        return all_kinds()[code]
    except KeyError as unknown:
        raise LookupError(f"{code}: no such kind of duty; a room lists its kinds in owed.KINDS") from unknown


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Return the kinds of the installed rooms by code.

    Raises:
        ImproperlyConfigured: two kinds have one code.
    """
    found: dict[str, Kind] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.owed"
        if app.name.startswith("keqiao.") and find_spec(name):
            module: Any = import_module(name)
            for kind in module.KINDS:
                if found.setdefault(kind.code, kind) is not kind:
                    raise ImproperlyConfigured(f"two kinds of duties are called {kind.code}")
    return found
