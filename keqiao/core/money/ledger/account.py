"""How a grant stands: what its entries add up to. All amounts in fen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from keqiao.core.money.ledger.entries import Lines


@dataclass(frozen=True, slots=True)
class Instalment:
    """A planned payment; ``voucher`` is that of its payment, "" while it is not paid."""

    amount_fen: int
    is_met: bool
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt; ``admitted_fen`` is None until somebody has judged it."""

    line: str
    claimed_fen: int
    admitted_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A grant as its entries leave it. ``lines`` is the budget in force, None before it is approved.

    ``waived_fen`` is what of the rest need not be paid back. ``vouchers`` are the numbers of all payments, both ways:
    none comes twice. ``changes`` are asked and not decided.
    """

    lines: Lines | None = None
    instalments: Mapping[str, Instalment] = field(default_factory=dict)
    receipts: Mapping[str, Receipt] = field(default_factory=dict)
    changes: Mapping[str, Lines] = field(default_factory=dict)
    decided: frozenset[str] = frozenset()
    vouchers: frozenset[str] = frozenset()
    returned_fen: int = 0
    waived_fen: int = 0
    is_closed: bool = False

    @property
    def approved_fen(self) -> int:
        """The grant: the sum of its budget."""
        return sum((self.lines or {}).values())

    @property
    def planned_fen(self) -> int:
        """All instalments, paid or not."""
        return sum(each.amount_fen for each in self.instalments.values())

    @property
    def paid_fen(self) -> int:
        """What was paid and did not come back from the bank."""
        return sum(each.amount_fen for each in self.instalments.values() if each.voucher)

    @property
    def admitted_fen(self) -> int:
        """What of the receipts is admitted."""
        return sum(each.admitted_fen or 0 for each in self.receipts.values())

    @property
    def in_hand_fen(self) -> int:
        """What the unit holds: paid, not admitted as spent, given back or waived. Below 0: it laid money out."""
        return self.paid_fen - self.settled_fen

    @property
    def gone_back_fen(self) -> int:
        """What of the paid money is no rest any more without having been spent: given back, or waived."""
        return self.returned_fen + self.waived_fen

    @property
    def settled_fen(self) -> int:
        """What of the money is accounted for: admitted as spent, given back, or waived."""
        return self.admitted_fen + self.gone_back_fen

    def admitted_on(self, line: str) -> int:
        """What of the receipts of a line is admitted."""
        return sum(each.admitted_fen or 0 for each in self.receipts.values() if each.line == line)

    def left_on(self, line: str) -> int:
        """What of a line is left to be admitted."""
        return (self.lines or {}).get(line, 0) - self.admitted_on(line)
