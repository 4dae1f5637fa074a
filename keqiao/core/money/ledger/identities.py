"""What must hold of the entries of a grant, whoever entered them: counted from the entries alone.

``keqiao verify`` asks here; booking refuses what would break one of them. The two share no code on purpose.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

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
    Pay,
    Plan,
    Return,
    Waive,
)


def broken_identities(entries: Sequence[Entry]) -> list[str]:
    """Name each identity that the entries break; empty: all hold.

    ``payment``: an instalment is paid once, whole, and only if it is planned. ``voucher``: no voucher comes twice.
    ``grant``: what is planned, and what is admitted, returned and waived, does not pass the grant. ``claim``: nothing
    is admitted above its claim. ``line``: nothing is admitted above its line of the budget in force. ``back``: no more
    comes back or is waived than was paid. ``negative``: no amount is negative. ``closed``: paid is admitted, returned
    and waived, and nothing follows.
    """
    found = (
        ("payment", _pays_once(entries)),
        ("voucher", _vouchers_once(entries)),
        ("grant", _within_grant(entries)),
        ("claim", _within_claims(entries)),
        ("line", _within_lines(entries)),
        ("back", _gone_back(entries) <= _paid(entries)),
        ("negative", all(amount >= 0 for amount in _amounts(entries))),
        ("closed", _closed_in_balance(entries)),
    )
    return [name for name, holds in found if not holds]


def _budget(entries: Sequence[Entry]) -> Lines:
    asked = {each.change: each.lines for each in entries if isinstance(each, AskChange)}
    granted = [each.change for each in entries if isinstance(each, DecideChange) and each.granted]
    approved = [each.lines for each in entries if isinstance(each, Approve)]
    return asked[granted[-1]] if granted else (approved[0] if approved else {})


def _plans(entries: Sequence[Entry]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in entries:
        if isinstance(each, Plan):
            found[each.instalment] = each.amount_fen
        elif isinstance(each, Drop):
            found.pop(each.instalment, None)
    return found


def _payments(entries: Sequence[Entry]) -> list[str]:
    """The instalments that were paid, without those that came back from the bank."""
    back = {each.voucher for each in entries if isinstance(each, Bounce)}
    return [each.instalment for each in entries if isinstance(each, Pay) and each.voucher not in back]


def _paid(entries: Sequence[Entry]) -> int:
    plans = _plans(entries)
    return sum(plans.get(each, 0) for each in _payments(entries))


def _gone_back(entries: Sequence[Entry]) -> int:
    """What came back from the unit, and what of its rest it keeps by a decision."""
    return sum(each.amount_fen for each in entries if isinstance(each, Return | Waive))


def _admitted(entries: Sequence[Entry]) -> dict[str, int]:
    """The last word on each receipt."""
    return {each.receipt: each.admitted_fen for each in entries if isinstance(each, Admit)}


def _pays_once(entries: Sequence[Entry]) -> bool:
    counted = Counter(_payments(entries))
    return max(counted.values(), default=0) <= 1 and counted.keys() <= _plans(entries).keys()


def _vouchers_once(entries: Sequence[Entry]) -> bool:
    used = Counter(each.voucher for each in entries if isinstance(each, Pay | Return))
    return max(used.values(), default=0) <= 1


def _within_grant(entries: Sequence[Entry]) -> bool:
    grant = sum(_budget(entries).values())
    spent = sum(_admitted(entries).values()) + _gone_back(entries)
    return sum(_plans(entries).values()) <= grant and spent <= grant


def _within_claims(entries: Sequence[Entry]) -> bool:
    claimed = {each.receipt: each.claimed_fen for each in entries if isinstance(each, Claim)}
    return all(amount <= claimed.get(receipt, 0) for receipt, amount in _admitted(entries).items())


def _within_lines(entries: Sequence[Entry]) -> bool:
    lines, spent = _budget(entries), Counter[str]()
    line_of = {each.receipt: each.line for each in entries if isinstance(each, Claim)}
    for receipt, amount in _admitted(entries).items():
        spent[line_of.get(receipt, "")] += amount
    return all(amount <= lines.get(line, 0) for line, amount in spent.items())


def _closed_in_balance(entries: Sequence[Entry]) -> bool:
    closed = [number for number, each in enumerate(entries) if isinstance(each, Close)]
    if not closed:
        return True
    settled = sum(_admitted(entries).values()) + _gone_back(entries)
    return closed == [len(entries) - 1] and _paid(entries) == settled


def _amounts(entries: Sequence[Entry]) -> Iterator[int]:
    for each in entries:
        for name in ("amount_fen", "claimed_fen", "admitted_fen"):
            if (amount := getattr(each, name, None)) is not None:
                yield amount
        yield from getattr(each, "lines", {}).values()
