"""Random entries in any order, and an oracle that says from the bare list which of them fit. It shares no code."""

import random
from collections.abc import Iterable, Iterator, Sequence

from keqiao.core.money import ledger
from keqiao.core.money.ledger import Entry

LINES, INSTALMENTS, RECEIPTS, CHANGES = (
    ("a", "b", "c"),
    ("i1", "i2", "i3"),
    ("r1", "r2", "r3", "r4", "r5"),
    ("x1", "x2"),
)
LENGTH = 40
"""Entries that are tried on one grant."""


def random_entry(chance: random.Random, account: ledger.Account) -> Entry:
    """One entry, which fits or not; mostly about what the account knows."""
    amount = chance.choice((-1, 0, *[chance.randint(1, 60)] * 8))
    voucher = chance.choice(("", *[f"v{chance.randint(1, 30)}"] * 9))
    unpaid = [key for key, each in account.instalments.items() if not each.voucher]
    kind = chance.choices(range(13), (1, 6, 1, 4, 10, 2, 8, 12, 3, 4, 6, 2, 1))[0]
    return (
        lambda: ledger.Approve(_lines(chance)),
        lambda: ledger.Plan(chance.choice(INSTALMENTS), amount, chance.choice(("", "report"))),
        lambda: ledger.Drop(_pick(chance, account.instalments, INSTALMENTS)),
        lambda: ledger.Meet(_pick(chance, unpaid, INSTALMENTS)),
        lambda: ledger.Pay(_pick(chance, unpaid, INSTALMENTS), voucher),
        lambda: ledger.Bounce(_pick(chance, sorted(account.vouchers), (voucher,))),
        lambda: ledger.Claim(chance.choice(RECEIPTS), chance.choice((*LINES, "other")), amount),
        lambda: ledger.Admit(_pick(chance, account.receipts, RECEIPTS), amount),
        lambda: ledger.AskChange(chance.choice(CHANGES), _lines(chance)),
        lambda: ledger.DecideChange(_pick(chance, account.changes, CHANGES), chance.random() < 0.7),
        lambda: ledger.Return(chance.choice((amount, max(1, account.in_hand_fen))), voucher),
        lambda: ledger.Waive(chance.choice((amount, max(1, account.in_hand_fen)))),
        ledger.Close,
    )[kind]()


def _pick(chance: random.Random, known: Iterable[str], others: Sequence[str]) -> str:
    known = list(known)
    return chance.choice(known) if known and chance.random() < 0.85 else chance.choice(others)


def _lines(chance: random.Random) -> dict[str, int]:
    return {
        line: chance.choice((0, 10, 20, 40, 60, -1 if chance.random() < 0.05 else 30))
        for line in LINES[: chance.randint(1, 3)]
    }


def faults_in(chance: random.Random, told: list[str]) -> Iterator[str]:
    """Try entries on one grant; whatever the ledger answers otherwise than the oracle, or leaves unbalanced.

    ``told`` gets a word for each entry: its name where it went, ``refused`` else.
    """
    account, entries = ledger.Account(), []
    for _ in range(LENGTH):
        entry = (
            ledger.Approve({"a": 60, "b": 40})
            if not entries and chance.random() < 0.8
            else random_entry(chance, account)
        )
        should = fits(entries, entry)
        try:
            account, went = ledger.book(account, entry), True
        except ledger.NotBooked:
            went = False
        told.append(type(entry).__name__ if went else "refused")
        if went != should:
            yield f"{entry} {'went' if went else 'was refused'} after {entries}"
            return
        if went:
            entries.append(entry)
        yield from unbalanced(account, entries)
        if of(entries, ledger.Close) and chance.random() < 0.3:
            return  # a few are tried on a closed grant


def unbalanced(account: ledger.Account, entries: list[Entry]) -> Iterator[str]:
    """What the account does not agree about with the bare list."""
    if broken := ledger.broken_identities(entries):
        yield f"{', '.join(broken)} after {entries}"
    gone = account.returned_fen + account.waived_fen
    if (account.paid_fen, gone, account.admitted_fen) != sums(entries):
        yield f"sums differ after {entries}"
    if account.waived_fen != sum(each.amount_fen for each in of(entries, ledger.Waive)):
        yield f"waived differs after {entries}"
    if min(sums(entries)) < 0 or account.approved_fen < account.admitted_fen + gone:
        yield f"below zero after {entries}"


def of(entries: list[Entry], kind: type) -> list:
    """The entries of a kind."""
    return [each for each in entries if isinstance(each, kind)]


def sums(entries: list[Entry]) -> tuple[int, int, int]:
    """Paid, gone back (returned or waived), admitted."""
    planned = plans(entries)
    paid = sum(planned[name][0] for name, voucher in payments(entries).items() if voucher)
    last = {each.receipt: each.admitted_fen for each in of(entries, ledger.Admit)}
    gone = [each.amount_fen for each in entries if isinstance(each, ledger.Return | ledger.Waive)]
    return paid, sum(gone), sum(last.values())


def plans(entries: list[Entry]) -> dict[str, tuple[int, bool]]:
    """Standing instalments with amount and whether the condition is met."""
    found = {}
    for each in entries:
        if isinstance(each, ledger.Plan):
            found[each.instalment] = (each.amount_fen, each.condition == "")
        if isinstance(each, ledger.Meet):
            found[each.instalment] = (found[each.instalment][0], True)
        if isinstance(each, ledger.Drop):
            del found[each.instalment]
    return found


def payments(entries: list[Entry]) -> dict[str, str]:
    """The voucher by which each instalment is paid, "" where it bounced."""
    found = {}
    for each in entries:
        if isinstance(each, ledger.Pay):
            found[each.instalment] = each.voucher
        if isinstance(each, ledger.Bounce):
            found = {name: "" if voucher == each.voucher else voucher for name, voucher in found.items()}
    return found


def budget(entries: list[Entry]) -> dict[str, int]:
    """The budget in force."""
    found = {}
    for each in entries:
        if isinstance(each, ledger.Approve):
            found = each.lines
        if isinstance(each, ledger.DecideChange) and each.granted:
            found = next(
                asked.lines for asked in of(entries, ledger.AskChange) if asked.change == each.change
            )
    return found


def admitted(entries: list[Entry]) -> dict[str, int]:
    """What is admitted on each line."""
    last = {each.receipt: each.admitted_fen for each in of(entries, ledger.Admit)}
    found: dict[str, int] = {}
    for each in of(entries, ledger.Claim):
        found[each.line] = found.get(each.line, 0) + last.get(each.receipt, 0)
    return found


def is_a_budget(lines: dict[str, int]) -> bool:
    """No line below zero, and something in it."""
    return min(lines.values(), default=-1) >= 0 and sum(lines.values()) > 0


def holds(entries: list[Entry], lines: dict[str, int]) -> bool:
    """Does a budget hold what was entered?"""
    _paid, returned, spent = sums(entries)
    whole, planned = sum(lines.values()), sum(amount for amount, _met in plans(entries).values())
    enough = all(lines.get(line, -1) >= amount for line, amount in admitted(entries).items())
    return max(planned, spent + returned) <= whole <= sum(budget(entries).values()) and enough


def fits(entries: list[Entry], entry: Entry) -> bool:
    """May the entry follow these?"""
    if of(entries, ledger.Close):
        return False
    if isinstance(entry, ledger.Approve) or not entries:
        return isinstance(entry, ledger.Approve) and not entries and is_a_budget(entry.lines)
    return _FITS[type(entry)](entries, entry)


def _plan(entries, entry):
    planned = plans(entries)
    total = sum(amount for amount, _met in planned.values()) + entry.amount_fen
    return entry.amount_fen > 0 and entry.instalment not in planned and total <= sum(budget(entries).values())


def _unpaid(entries, entry):
    return entry.instalment in plans(entries) and not payments(entries).get(entry.instalment)


def _pay(entries, entry):
    return _unpaid(entries, entry) and plans(entries)[entry.instalment][1] and _new_voucher(entries, entry)


def _new_voucher(entries, entry):
    return entry.voucher not in {
        "",
        *(each.voucher for each in entries if isinstance(each, ledger.Pay | ledger.Return)),
    }


def _bounce(entries, entry):
    names = [name for name, voucher in payments(entries).items() if voucher and voucher == entry.voucher]
    paid, returned, _spent = sums(entries)
    return bool(names) and paid - plans(entries)[names[0]][0] >= returned


def _claim(entries, entry):
    known = {each.receipt for each in of(entries, ledger.Claim)}
    return entry.claimed_fen > 0 and entry.receipt not in known and entry.line in budget(entries)


def _admit(entries, entry):
    claims = [each for each in of(entries, ledger.Claim) if each.receipt == entry.receipt]
    if not claims or not 0 <= entry.admitted_fen <= claims[0].claimed_fen:
        return False
    after = [*entries, entry]
    _paid, returned, spent = sums(after)
    lines = budget(entries)
    return admitted(after)[claims[0].line] <= lines[claims[0].line] and spent + returned <= sum(
        lines.values()
    )


def _ask_change(entries, entry):
    known = {each.change for each in of(entries, ledger.AskChange)}
    return is_a_budget(entry.lines) and entry.change not in known and holds(entries, entry.lines)


def _decide_change(entries, entry):
    asked = [each.lines for each in of(entries, ledger.AskChange) if each.change == entry.change]
    decided = {each.change for each in of(entries, ledger.DecideChange)}
    return bool(asked) and entry.change not in decided and (not entry.granted or holds(entries, asked[0]))


def _return(entries, entry):
    paid, returned, spent = sums(entries)
    return 0 < entry.amount_fen <= paid - returned - spent and _new_voucher(entries, entry)


def _waive(entries, entry):
    paid, returned, spent = sums(entries)
    return 0 < entry.amount_fen <= paid - returned - spent


def _close(entries, _entry):
    paid, returned, spent = sums(entries)
    judged = {each.receipt for each in of(entries, ledger.Admit)}
    waiting = {each.receipt for each in of(entries, ledger.Claim)} - judged
    decided = {each.change for each in of(entries, ledger.DecideChange)}
    return (
        not waiting
        and {each.change for each in of(entries, ledger.AskChange)} <= decided
        and paid == returned + spent
    )


_FITS = {
    ledger.Plan: _plan,
    ledger.Drop: _unpaid,
    ledger.Meet: _unpaid,
    ledger.Pay: _pay,
    ledger.Bounce: _bounce,
    ledger.Claim: _claim,
    ledger.Admit: _admit,
    ledger.AskChange: _ask_change,
    ledger.DecideChange: _decide_change,
    ledger.Return: _return,
    ledger.Waive: _waive,
    ledger.Close: _close,
}
