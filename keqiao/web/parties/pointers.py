"""Which columns of all rooms point to parties: what a merge has to turn.

Every foreign key to a party, organisation or person is found by itself, so no room can forget one. A room that
wants something else says so in a module ``merging``::

    STAYS = {"parties.partyname.party": "why these rows keep pointing to the party that is gone"}
    CLASHES = {"parties.tie.party": clash}   # clash(row, other): is ``row`` a double of ``other`` of the one kept?

Both are optional. The modules are found by walking the installed rooms, as those of ``keqiao verify`` are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet

from keqiao.web.parties.models import Organisation, Party, Person

PARTIES = (Party, Organisation, Person)
Clash = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Pointer:
    """A column that points to parties. ``key`` names it (``parties.tie.party``)."""

    key: str
    model: type[Model]
    column: str
    clashes: Clash | None = None

    def rows_of(self, party_id: Any) -> QuerySet[Any]:
        """Return the rows that point to this party."""
        return self.model._base_manager.filter(**{self.column: party_id})


@cache
def pointers() -> tuple[Pointer, ...]:
    """Return the columns that a merge turns, by key."""
    stays, clashes = _told("STAYS"), _told("CLASHES")
    found = (
        Pointer(key, model, field.attname, clashes.get(key))
        for key, model, field in foreign_keys()
        if key not in stays
    )
    return tuple(sorted(found, key=lambda pointer: pointer.key))


def foreign_keys() -> list[tuple[str, type[Model], Any]]:
    """Return every column of the installed rooms that points to parties, but the links of the tables of parties."""
    return [
        (f"{model._meta.label_lower}.{field.name}", model, field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey)
        and field.related_model in PARTIES
        and not field.remote_field.parent_link
    ]


def _told(name: str) -> dict[str, Any]:
    modules = (f"{app.name}.merging" for app in apps.get_app_configs() if app.name.startswith("keqiao."))
    told: dict[str, Any] = {}
    for module in modules:
        if find_spec(module):
            told |= getattr(import_module(module), name, {})
    return told
