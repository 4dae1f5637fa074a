"""What the tables say: the state of every case of an association, the events, the money, a digest of all rows."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Max, Model

from keqiao.web.acceptance.models import Acceptance, CreditEntry
from keqiao.web.activities.models import Activity
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.applications.models import Application
from keqiao.web.approvals.models import Approval
from keqiao.web.audit.models import Event
from keqiao.web.grants.models import ChangeRequest, Grant, Instalment, LedgerEntry, Receipt, Settlement
from keqiao.web.programmes.models import Call
from keqiao.web.public_notice.models import Award, Notice, Objection
from keqiao.web.registers.models import Debarment
from keqiao.web.review.models import FormalCheck, Round, Task

TABLES: Mapping[str, type[Model]] = {
    "call": Call,
    "application": Application,
    "formal_check": FormalCheck,
    "review_round": Round,
    "review_task": Task,
    "decision": Decision,
    "selection": Selection,
    "public_notice": Notice,
    "objection": Objection,
    "award": Award,
    "grant": Grant,
    "instalment": Instalment,
    "receipt": Receipt,
    "change_request": ChangeRequest,
    "settlement": Settlement,
    "activity": Activity,
    "acceptance": Acceptance,
    "credit": CreditEntry,
    "debarment": Debarment,
    "approval": Approval,
}
KIND_OF = {model._meta.label_lower: kind for kind, model in TABLES.items()}
STATED_BY = {"decision": "approved_at", "award": "issued_at", "receipt": "admitted_fen"}
"""Tables without a column for the state: it is told by whether this one is filled."""
STATED = {"decision": ("open", "approved"), "award": ("drafted", "issued"), "receipt": ("claimed", "judged")}
ROOMS = (
    *("programmes", "applications", "review", "allocation", "public_notice", "grants", "acceptance"),
    *("activities", "registers", "approvals", "duties", "filing", "files", "notifications", "indicators"),
)


Question = tuple[str, tuple[Any, ...]]
"""A query as the database gets it."""


def states(association_id: UUID) -> dict[str, dict[UUID, str]]:
    """The state of every case of an association, by kind."""
    return {kind: dict(_states(kind, asked)) for kind, asked in _standing(association_id).items()}


def _states(kind: str, asked: Question) -> Iterator[tuple[UUID, str]]:
    for pk, value in _answers(asked):
        yield UUID(str(pk)), value if kind not in STATED else STATED[kind][value is not None]


@lru_cache(maxsize=4)
def _standing(association_id: UUID) -> dict[str, Question]:
    """Worded once: these are asked after every act."""
    found = {}
    for kind, model in TABLES.items():
        rows = model._default_manager.filter(association_id=association_id)
        found[kind] = rows.values_list("pk", STATED_BY.get(kind, "state")).query.sql_with_params()
    return found


def _answers(asked: Question) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def row(kind: str, pk: UUID) -> Any:
    """One row as it stands."""
    return TABLES[kind]._default_manager.get(pk=pk)


def last_event() -> int:
    """The number of the last event that was written at all."""
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0


def events_since(number: int) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """What was written since about cases of the tables above: event and role, by kind and case, in order."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    rows = Event.objects.filter(pk__gt=number, chain_kind__in=KIND_OF).order_by("pk")
    for label, case, event, role in rows.values_list("chain_kind", "chain_id", "act", "role"):
        found[KIND_OF[label], case].append((event, role))
    return found


def digest(association_id: UUID) -> str:
    """The digest of all rows of an association in all rooms, and of how far the events have come."""
    said = hashlib.sha256(str(last_event()).encode())
    for asked in _reading(association_id):
        said.update(repr(_answers(asked)).encode())
    return said.hexdigest()


@lru_cache(maxsize=4)
def _reading(association_id: UUID) -> tuple[Question, ...]:
    found = []
    for model in _models():
        rows = model._default_manager.filter(association_id=association_id).order_by("pk")
        found.append(rows.values_list().query.sql_with_params())
    return tuple(found)


def _models() -> Iterator[type[Model]]:
    for config in apps.get_app_configs():
        if config.name.removeprefix("keqiao.web.") in ROOMS:
            for model in config.get_models():
                if any(field.name == "association" for field in model._meta.get_fields()):
                    yield model


class Money:
    """The money of a grant, counted from the bare entries of its ledger: one method for each kind of entry."""

    def __init__(self) -> None:
        self.lines: dict[str, int] | None = None
        self.planned: dict[str, int] = {}
        self.paid: dict[str, int] = {}
        self.vouchers: dict[str, str] = {}
        self.receipts: dict[str, tuple[str, int, int]] = {}
        self.asked: dict[str, dict[str, int]] = {}
        self.back, self.waived, self.closed = 0, 0, False

    def approve(self, said: Any) -> None:
        """The budget."""
        self.lines = dict(said["lines"])

    def plan(self, said: Any) -> None:
        """An instalment."""
        self.planned[said["instalment"]] = said["amount_fen"]

    def drop(self, said: Any) -> None:
        """It is planned no more."""
        del self.planned[said["instalment"]]

    def meet(self, said: Any) -> None:
        """Its condition holds: no money moves."""
        assert said["instalment"] in self.planned, "what is met was planned"

    def pay(self, said: Any) -> None:
        """Paid."""
        self.paid[said["instalment"]] = self.planned[said["instalment"]]
        self.vouchers[said["voucher"]] = said["instalment"]

    def bounce(self, said: Any) -> None:
        """The bank sent it back."""
        del self.paid[self.vouchers[said["voucher"]]]

    def claim(self, said: Any) -> None:
        """A receipt."""
        self.receipts[said["receipt"]] = (said["line"], said["claimed_fen"], 0)

    def admit(self, said: Any) -> None:
        """So much of it counts."""
        line, claimed, _before = self.receipts[said["receipt"]]
        assert said["admitted_fen"] <= claimed, "no more is admitted than was claimed"
        self.receipts[said["receipt"]] = (line, claimed, said["admitted_fen"])

    def askchange(self, said: Any) -> None:
        """Another budget is asked for."""
        self.asked[said["change"]] = dict(said["lines"])

    def decidechange(self, said: Any) -> None:
        """It is granted or not."""
        wanted = self.asked.pop(said["change"])
        self.lines = wanted if said["granted"] else self.lines

    def give_back(self, said: Any) -> None:
        """Money comes back."""
        self.back += said["amount_fen"]

    def waive(self, said: Any) -> None:
        """So much need not come back."""
        self.waived += said["amount_fen"]

    def __getitem__(self, name: str) -> Any:
        """A sum by its name."""
        return getattr(self, name)

    def close(self, _said: Any) -> None:
        """Nothing is entered any more."""
        self.closed = True

    @property
    def admitted(self) -> dict[str, int]:
        """What is admitted, by line."""
        found: dict[str, int] = defaultdict(int)
        for line, _claimed, fen in self.receipts.values():
            found[line] += fen
        return dict(found)

    @property
    def in_hand(self) -> int:
        """What the unit holds."""
        return sum(self.paid.values()) - sum(self.admitted.values()) - self.back - self.waived

    def require_sound(self) -> None:
        """Raises AssertionError: it does not add up."""
        lines, admitted = self.lines or {}, self.admitted
        whole = sum(lines.values())
        assert sum(self.planned.values()) <= whole, "no more is planned than the grant"
        assert sum(self.paid.values()) <= whole, "no more is paid than the grant"
        assert all(fen <= lines.get(line, 0) for line, fen in admitted.items()), "no line is overdrawn"
        accounted = sum(admitted.values()) + self.back + self.waived
        assert accounted <= whole, "no more is spent, given back and waived than the grant"
        assert not self.closed or self.in_hand == 0, "what is closed adds up to nothing"


def money(grant_id: UUID) -> Money:
    """How the money of a grant stands. Raises AssertionError: it does not add up."""
    found = Money()
    for kind, said in (
        LedgerEntry.objects.filter(grant_id=grant_id).order_by("sequence").values_list("kind", "values")
    ):
        assert not found.closed, "nothing is entered in a ledger that is closed"
        getattr(found, "give_back" if kind == "Return" else kind.lower())(said)
    found.require_sound()
    return found
