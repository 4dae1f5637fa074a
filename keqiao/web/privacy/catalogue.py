"""What personal data the installation keeps, for what, on what basis, how long, and who may see it whole.

Rooms say it in a module ``personal`` with ``TABLES``: one :class:`PersonalTable` per table that holds such data, and
``EXCUSED``: columns that only look personal, with the reason. They are found by walking the installed rooms. A test
compares this with all tables: a column that looks personal and is neither declared nor excused fails it. What people
read about their data, the export of it and the act of revealing all come from here.

Sources: Personal Information Protection Law (PIPL) art. 6, 13, 17, 19, 28-30, 45-47.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.web.audit.log import Actor, Chain
from keqiao.web.privacy.fields import BlindIndex, EncryptedText

Words = str | Promise
Row = Any


class Viewer(Protocol):
    """An account; this room stands below the accounts and only hands it on."""

    pk: Any
    is_authenticated: bool

    def roles_at(self, moment: datetime) -> frozenset[str]: ...


class Basis(StrEnum):
    """On what ground of PIPL art. 13 something is kept."""

    CONSENT = "consent"
    CONTRACT = "contract"
    DUTY = "duty"
    PUBLIC = "public"


BASES: Mapping[Basis, Words] = {
    Basis.CONSENT: _("取得个人同意"),
    Basis.CONTRACT: _("订立、履行合同所必需"),
    Basis.DUTY: _("履行法定职责或者法定义务所必需"),
    Basis.PUBLIC: _("本人自行公开或者其他已经合法公开"),
}


class Sensitivity(StrEnum):
    """How much harm a leak does. Sensitive values (PIPL art. 28) stand locked and are shown masked."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"


SENSITIVITIES: Mapping[Sensitivity, Words] = {
    Sensitivity.ORDINARY: _("一般个人信息"),
    Sensitivity.SENSITIVE: _("敏感个人信息"),
}


class Correction(StrEnum):
    """How the person puts a value right."""

    DIRECT = "direct"
    REQUEST = "request"
    NEVER = "never"


CORRECTIONS: Mapping[Correction, Words] = {
    Correction.DIRECT: _("本人可直接修改"),
    Correction.REQUEST: _("本人提出，核对后更正"),
    Correction.NEVER: _("系统记录，不能改动"),
}


@dataclass(frozen=True)
class Term:
    """When a value has served: ``ended(moment)`` picks the rows whose purpose was over before ``moment``; ``kept`` is
    how long after that the value stays. ``retention`` of the column says the same to people.
    """

    ended: Callable[[datetime], Q]
    kept: timedelta


@dataclass(frozen=True)
class PersonalField:
    """One column. ``held`` says why it may not be erased on request; empty: it may.

    ``term`` None: the data do not tell when the purpose ends. Such a value never falls due; people decide. But with
    ``cleared_by_room`` the room of the table erases it itself when its time is over.
    """

    name: str
    purpose: Words
    basis: Basis
    retention: Words
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    correction: Correction = Correction.REQUEST
    held: Words = ""
    term: Term | None = None
    cleared_by_room: bool = False


def _own_chain(row: Row) -> Chain:
    return Chain(row._meta.label_lower, str(row.pk))


@dataclass(frozen=True)
class Eraser:
    """Who lets values be erased whose time is over, in which role, and when. No actor: the clock."""

    actor: Actor | None
    role: str
    at: datetime


@dataclass(frozen=True)
class PersonalTable:
    """The personal columns of one table.

    ``whose`` says in words whose data it is. ``own(account)`` gives the rows about the holder of an account, for copy
    and correction; None: rows there cannot be traced to an account. ``revealable(viewer, at)`` picks the rows whose
    locked values a viewer may open with a reason; None: nobody. ``case`` gives the chain on which that is recorded,
    ``address`` the page of the row. ``erase(row, by)`` erases where columns are not simply overwritten.
    """

    model: type[models.Model]
    whose: Words
    fields: tuple[PersonalField, ...]
    own: Callable[[Viewer], models.QuerySet] | None = None  # type: ignore[type-arg]
    revealable: Callable[[Viewer, datetime], Q] | None = None
    case: Callable[[Row], Chain] = _own_chain
    address: Callable[[Row], str] | None = None
    erase: Callable[[Row, "Eraser"], object] | None = None

    @property
    def label(self) -> str:
        """Return the name of the table in addresses and events: ``parties.person``."""
        return self.model._meta.label_lower

    def field(self, name: str) -> PersonalField | None:
        """Return the declaration of a column, or nothing."""
        return next((field for field in self.fields if field.name == name), None)

    def title_of(self, field: PersonalField) -> Words:
        """Return what people call the column."""
        return self.model._meta.get_field(field.name).verbose_name


@cache
def tables() -> tuple[PersonalTable, ...]:
    """Return what all installed rooms declare, in the order of the rooms.

    Raises:
        ImproperlyConfigured: a table is declared twice, or a declared column does not exist or has no purpose.
    """
    found = tuple(table for module in _modules() for table in module.TABLES)
    labels = [table.label for table in found]
    if twice := {label for label in labels if labels.count(label) > 1}:
        raise ImproperlyConfigured(f"personal data declared twice: {', '.join(sorted(twice))}")
    for table in found:
        for field in table.fields:
            table.model._meta.get_field(field.name)
            if not (field.purpose and field.retention):
                raise ImproperlyConfigured(f"{table.label}.{field.name}: no purpose or no retention")
    return found


def table_called(label: str) -> PersonalTable | None:
    """Return the declaration of a table, or nothing."""
    return next((table for table in tables() if table.label == label), None)


@cache
def excused() -> Mapping[str, str]:
    """Return the columns that only look personal (``app.model.column``, in small letters), each with the reason."""
    return {name: reason for module in _modules() for name, reason in module.EXCUSED.items()}


def _modules() -> Iterator[Any]:
    for app in apps.get_app_configs():
        name = f"{app.name}.personal"
        if app.name.startswith("keqiao.") and find_spec(name):
            yield import_module(name)


PERSONAL_WORDS = frozenset(
    {
        "name",
        "phone",
        "phones",
        "mobile",
        "tel",
        "telephone",
        "mail",
        "email",
        "birth",
        "birthday",
        "identity",
        "passport",
        "bank",
        "account",
        "address",
        "postcode",
        "agent",
        "sender",
        "complaints",
        "gender",
        "sex",
        "nation",
    }
)
PERSONAL_KINDS = (models.EmailField, models.GenericIPAddressField, EncryptedText, BlindIndex)
TEXT_KINDS = (models.CharField, models.TextField, models.DateField, models.JSONField)


def looks_personal(field: Any) -> bool:
    """Does a column look as if it said something about a person, by its kind or by a word of its name?"""
    if isinstance(field, PERSONAL_KINDS):
        return True
    if not isinstance(field, TEXT_KINDS) or isinstance(field, models.DateTimeField) or field.choices:
        return False
    return not PERSONAL_WORDS.isdisjoint(field.name.split("_"))


def undeclared() -> Iterator[str]:
    """Yield the columns of all tables that look personal and are neither declared nor excused."""
    declared = {f"{table.label}.{field.name}" for table in tables() for field in table.fields}
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            name = f"{model._meta.label_lower}.{field.name}"
            if looks_personal(field) and name not in declared and name not in excused():
                yield name
