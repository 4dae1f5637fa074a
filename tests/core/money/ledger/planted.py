"""Faults to plant in the ledger: where, and what stands there instead."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from keqiao.core.money.ledger import booking, identities
from keqiao.core.money.ledger.account import Account
from keqiao.core.money.ledger.entries import Pay, Return, Waive


def _pays_twice(account: Account, entry: Pay, right: Any = booking._pay) -> Account:
    free = {key: replace(each, voucher="") for key, each in account.instalments.items()}
    return right(replace(account, instalments=free), entry)


def _books(kind: type, instead: Any) -> tuple[Any, str, Any]:
    return booking, "_BOOKS", {**booking._BOOKS, kind: instead}


FAULTS: Mapping[str, tuple[Any, str, Any]] = {
    "paid-twice": _books(Pay, _pays_twice),
    "bounced-money-counts": (Account, "paid_fen", property(lambda account: account.planned_fen)),
    "more-back-than-in-hand": _books(
        Return,
        lambda account, entry: replace(account, returned_fen=account.returned_fen + entry.amount_fen),
    ),
    "more-waived-than-in-hand": _books(
        Waive,
        lambda account, entry: replace(account, waived_fen=account.waived_fen + entry.amount_fen),
    ),
    "waived-money-stays-out": _books(Waive, lambda account, _entry: account),
    "vouchers-come-again": (
        booking,
        "_with_voucher",
        lambda account, voucher: replace(account, vouchers=account.vouchers | {voucher}),
    ),
    "lines-have-no-bound": (Account, "left_on", lambda account, _line: account.approved_fen),
    "changes-go-unlooked-at": (booking, "_require_change", lambda _account, _lines: None),
    "the-grant-is-not-looked-at": (identities, "_within_grant", lambda _entries: False),
}


@contextmanager
def planted(fault: tuple[Any, str, Any] | None) -> Iterator[None]:
    """Work with the fault in place; take it out again."""
    if fault is None:
        yield
        return
    where, name, wrong = fault
    right = vars(where)[name]
    setattr(where, name, wrong)
    try:
        yield
    finally:
        setattr(where, name, right)
