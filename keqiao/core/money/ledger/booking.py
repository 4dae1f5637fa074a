"""Adding an entry: it fits the account and gives the next one, or it is refused and nothing changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.money.amounts import exact_amount
from keqiao.core.money.ledger.account import Account, Instalment, Receipt
from keqiao.core.money.ledger.entries import (
    Admit,
    Approve,
    AskChange,
    Bounce,
    Claim,
    Close,
    DecideChange,
    Drop,
    Entry,
    Lines,
    Meet,
    Pay,
    Plan,
    Return,
    Waive,
)


class NotBooked(Exception):
    """The entry does not fit the account; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.code}: {dict(finding.values)}")
        self.finding = finding


def booked(entries: Iterable[Entry]) -> Account:
    """The account after these entries.

    Raises:
        NotBooked: one of them does not fit.
    """
    account = Account()
    for entry in entries:
        account = book(account, entry)
    return account


def book(account: Account, entry: Entry) -> Account:
    """The account after one more entry.

    Raises:
        NotBooked: it does not fit; the account stays as it is.
    """
    _require(not account.is_closed, "closed")
    _require((account.lines is None) == isinstance(entry, Approve), "not_in_turn")
    return _BOOKS[type(entry)](account, entry)


def _require(holds: bool, code: str, /, **values: Value) -> None:  # noqa: FBT001
    if not holds:
        raise NotBooked(Finding(f"ledger.{code}", Weight.REFUSE, values))


def _require_amount(*amounts_fen: int) -> None:
    _require(all(type(each) is int and each > 0 for each in amounts_fen), "no_amount")


def _require_budget(lines: Lines) -> None:
    _require(bool(lines) and all(type(each) is int and each >= 0 for each in lines.values()), "no_amount")
    _require(sum(lines.values()) > 0, "no_amount")


def _approve(account: Account, entry: Approve) -> Account:
    _require_budget(entry.lines)
    return replace(account, lines=dict(entry.lines))


def _plan(account: Account, entry: Plan) -> Account:
    _require_amount(entry.amount_fen)
    _require(entry.instalment not in account.instalments, "twice", what=entry.instalment)
    after = account.planned_fen + entry.amount_fen
    _require(after <= account.approved_fen, "above_grant", **_in_words(sum=after, grant=account.approved_fen))
    return _with_instalment(
        account, entry.instalment, Instalment(entry.amount_fen, is_met=not entry.condition)
    )


def _drop(account: Account, entry: Drop) -> Account:
    _unpaid(account, entry.instalment)
    left = {key: each for key, each in account.instalments.items() if key != entry.instalment}
    return replace(account, instalments=left)


def _meet(account: Account, entry: Meet) -> Account:
    return _with_instalment(
        account, entry.instalment, replace(_unpaid(account, entry.instalment), is_met=True)
    )


def _pay(account: Account, entry: Pay) -> Account:
    instalment = _unpaid(account, entry.instalment)
    _require(instalment.is_met, "condition_not_met", what=entry.instalment)
    account = _with_voucher(account, entry.voucher)
    return _with_instalment(account, entry.instalment, replace(instalment, voucher=entry.voucher))


def _bounce(account: Account, entry: Bounce) -> Account:
    found = next(
        (key for key, each in account.instalments.items() if each.voucher == entry.voucher != ""), None
    )
    if found is None:
        raise NotBooked(Finding("ledger.not_there", Weight.REFUSE, {"what": entry.voucher}))
    instalment = account.instalments[found]
    left = account.paid_fen - instalment.amount_fen
    _require(left >= account.gone_back_fen, "returned_already", **_in_words(sum=account.gone_back_fen))
    return _with_instalment(account, found, replace(instalment, voucher=""))


def _claim(account: Account, entry: Claim) -> Account:
    _require_amount(entry.claimed_fen)
    _require(entry.receipt not in account.receipts, "twice", what=entry.receipt)
    _require(entry.line in (account.lines or {}), "not_there", what=entry.line)
    return _with_receipt(account, entry.receipt, Receipt(entry.line, entry.claimed_fen))


def _admit(account: Account, entry: Admit) -> Account:
    receipt = _there(account.receipts, entry.receipt)
    admitted = entry.admitted_fen
    _require(type(admitted) is int and admitted >= 0, "no_amount")
    claimed = _in_words(sum=admitted, claimed=receipt.claimed_fen)
    _require(admitted <= receipt.claimed_fen, "above_claim", **claimed)
    more = admitted - (receipt.admitted_fen or 0)
    left = account.left_on(receipt.line)
    _require(more <= max(0, left), "above_line", line=receipt.line, **_in_words(sum=admitted, left=left))
    room = account.approved_fen - account.settled_fen
    _require(more <= max(0, room), "above_grant", **_in_words(sum=admitted, grant=room))
    return _with_receipt(account, entry.receipt, replace(receipt, admitted_fen=admitted))


def _ask_change(account: Account, entry: AskChange) -> Account:
    _require_budget(entry.lines)
    _require(entry.change not in account.changes.keys() | account.decided, "twice", what=entry.change)
    _require_change(account, entry.lines)
    return replace(account, changes={**account.changes, entry.change: dict(entry.lines)})


def _decide_change(account: Account, entry: DecideChange) -> Account:
    lines = _there(account.changes, entry.change)
    left = {key: each for key, each in account.changes.items() if key != entry.change}
    account = replace(account, changes=left, decided=account.decided | {entry.change})
    if not entry.granted:
        return account
    _require_change(account, lines)
    return replace(account, lines=lines)


def _require_change(account: Account, lines: Lines) -> None:
    """A changed budget is no greater than the grant and leaves room for everything that was entered."""
    after = sum(lines.values())
    _require(after <= account.approved_fen, "above_grant", **_in_words(sum=after, grant=account.approved_fen))
    taken = max(account.planned_fen, account.settled_fen)
    _require(after >= taken, "below_entered", **_in_words(sum=after, entered=taken))
    for line in {each.line for each in account.receipts.values()}:
        admitted = account.admitted_on(line)
        fits = line in lines and lines[line] >= admitted
        _require(
            fits, "line_below_admitted", line=line, **_in_words(sum=lines.get(line, 0), entered=admitted)
        )


def _require_in_hand(account: Account, amount_fen: int) -> None:
    _require_amount(amount_fen)
    in_hand = max(0, account.in_hand_fen)
    _require(amount_fen <= in_hand, "more_than_in_hand", **_in_words(sum=amount_fen, left=in_hand))


def _return(account: Account, entry: Return) -> Account:
    _require_in_hand(account, entry.amount_fen)
    account = _with_voucher(account, entry.voucher)
    return replace(account, returned_fen=account.returned_fen + entry.amount_fen)


def _waive(account: Account, entry: Waive) -> Account:
    _require_in_hand(account, entry.amount_fen)
    return replace(account, waived_fen=account.waived_fen + entry.amount_fen)


def _close(account: Account, _entry: Close) -> Account:
    waiting = [key for key, each in account.receipts.items() if each.admitted_fen is None]
    _require(not waiting and not account.changes, "not_judged", what=(*waiting, *account.changes))
    sums = _in_words(paid=account.paid_fen, sum=account.settled_fen)
    _require(account.in_hand_fen == 0, "not_settled", **sums)
    return replace(account, is_closed=True)


def _there(known: Mapping[str, Any], key: str) -> Any:
    _require(key in known, "not_there", what=key)
    return known[key]


def _unpaid(account: Account, key: str) -> Instalment:
    instalment: Instalment = _there(account.instalments, key)
    _require(not instalment.voucher, "paid_already", what=key)
    return instalment


def _with_voucher(account: Account, voucher: str) -> Account:
    _require(bool(voucher) and voucher not in account.vouchers, "twice", what=voucher)
    return replace(account, vouchers=account.vouchers | {voucher})


def _with_instalment(account: Account, key: str, instalment: Instalment) -> Account:
    return replace(account, instalments={**account.instalments, key: instalment})


def _with_receipt(account: Account, key: str, receipt: Receipt) -> Account:
    return replace(account, receipts={**account.receipts, key: receipt})


def _in_words(**amounts_fen: int) -> dict[str, Value]:
    return {name: exact_amount(fen) for name, fen in amounts_fen.items()}


_BOOKS: Mapping[type, Callable[[Account, Any], Account]] = {
    Approve: _approve,
    Plan: _plan,
    Drop: _drop,
    Meet: _meet,
    Pay: _pay,
    Bounce: _bounce,
    Claim: _claim,
    Admit: _admit,
    AskChange: _ask_change,
    DecideChange: _decide_change,
    Return: _return,
    Waive: _waive,
    Close: _close,
}
