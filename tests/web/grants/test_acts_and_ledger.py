"""Whatever acts are tried in whatever order: rows and ledger agree, identities hold, refused acts change nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.money.ledger import book, booked
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.acts import NotExecuted
from keqiao.web.grants.actions import changes, instalments, receipts, settling
from keqiao.web.grants.actions.changes import Wanted
from keqiao.web.grants.asking import ask
from keqiao.web.grants.ledger import entries_of
from keqiao.web.grants.models import ChangeRequest, Receipt, Settlement
from keqiao.web.grants.verification import check_ledgers, check_settlements, check_states
from tests.web.grants.makers import DAY, Place, later

Act = Callable[[Place, int], Any]
LINES = ("场地费", "讲师费")


def _instalment(place: Place, number: int) -> Any:
    return place.instalment(number % 2 + 1).pk


def _paid(place: Place, number: int) -> None:
    place.agreed(ask("grants.pay", _instalment(place, number), "", **place.by("officer")), "finance")
    instalments.pay(_instalment(place, number), f"B{number}", DAY, **place.by("finance"))


def _cancelled(place: Place, number: int) -> None:
    place.agreed(ask("grants.cancel", _instalment(place, number), "不拨", **place.by("officer")), "leader")


def _admitted(place: Place, number: int) -> None:
    row = Receipt.objects.order_by("number").first()
    if row is not None:
        receipts.admit(row.pk, number * 70_000, "核减", **place.by("officer"))


def _changed(place: Place, number: int) -> None:
    lines = {"场地费": number * 100_000, "讲师费": 3_000_000 - number * 100_000}
    row = changes.write(place.pk, Wanted(lines=lines), "调剂", **place.by("applicant"))
    changes.submit(row.pk, **place.by("applicant"))
    if number % 3:
        place.agreed(ask("grants.change", row.pk, "", **place.by("officer")), "leader")


def _withdrawn(place: Place, _number: int) -> None:
    row = ChangeRequest.objects.first()
    if row is not None:
        changes.withdraw(row.pk, **place.by("applicant"))


def _settled(place: Place, number: int) -> None:
    row = settling.open_settlement(place.pk, **place.by("applicant"))
    settling.submit(row.pk, "", **place.by("applicant"))
    place.agreed(ask("grants.admit", row.pk, "", **place.by("officer")), "finance")
    if number % 2:
        settling.demand(row.pk, later(), **place.by("finance"))


def _over(place: Place, number: int) -> None:
    row = Settlement.objects.first()
    if row is not None and number % 2:
        settling.receive(row.pk, f"R{number}", **place.by("finance"))
    elif row is not None:
        settling.close(row.pk, **place.by("finance"))


ACTS: dict[str, Act] = {
    "pay": _paid,
    "meet": lambda place, number: instalments.meet(_instalment(place, number), **place.by("officer")),
    "bounce": lambda place, number: instalments.bounce(
        _instalment(place, number), "退", **place.by("finance")
    ),
    "hold": lambda place, number: instalments.hold(_instalment(place, number), "缓", **place.by("officer")),
    "release": lambda place, number: instalments.release(
        _instalment(place, number), "放", **place.by("officer")
    ),
    "cancel": _cancelled,
    "claim": lambda place, number: place.receipt(f"F{number}", LINES[number % 2], (number + 1) * 90_000),
    "admit": _admitted,
    "change": _changed,
    "withdraw": _withdrawn,
    "settle": _settled,
    "over": _over,
}
REFUSED = (Refused, NotExecuted, NotAllowed, ObjectDoesNotExist)


@pytest.mark.django_db
class ActsAndLedger(TestCase):
    """Steps drawn at random, on one signed grant in two instalments."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 9)), min_size=5, max_size=14))
    def test_rows_and_ledger_agree_after_every_order_of_acts(self, steps: list[tuple[str, int]]) -> None:
        place = Place((60, 40)).signed()
        known = entries_of(place.grant)
        for name, number in steps:
            try:
                with transaction.atomic():
                    ACTS[name](place, number)
            except REFUSED:
                assert entries_of(place.grant) == known
                continue
            entries = entries_of(place.grant)
            assert entries[: len(known)] == known
            account = booked(known)
            for each in entries[len(known) :]:
                account = book(account, each)
            known = entries
        outcomes = (check_ledgers(), check_states(), check_settlements())
        assert [fault for outcome in outcomes for fault in outcome.faults] == []
