"""What can be entered in the ledger of a grant. Amounts are fen; ids are those of the caller."""

from collections.abc import Mapping
from dataclasses import dataclass

Lines = Mapping[str, int]
"""A budget: fen by the id of its line."""


@dataclass(frozen=True, slots=True)
class Approve:
    """The grant is approved with its budget. The first entry, and the only one of its kind."""

    lines: Lines


@dataclass(frozen=True, slots=True)
class Plan:
    """An instalment is to be paid once its condition is met; ``condition`` names it, "" for none."""

    instalment: str
    amount_fen: int
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """An instalment that is not paid is given up."""

    instalment: str


@dataclass(frozen=True, slots=True)
class Meet:
    """The condition of an instalment is met."""

    instalment: str


@dataclass(frozen=True, slots=True)
class Pay:
    """An instalment is paid, whole. ``voucher`` is the bank's number of the payment."""

    instalment: str
    voucher: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """A payment came back from the bank: the instalment is unpaid again."""

    voucher: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The unit hands in a receipt for a line of the budget. ``receipt`` is its number: it is handed in once."""

    receipt: str
    line: str
    claimed_fen: int


@dataclass(frozen=True, slots=True)
class Admit:
    """So much of a receipt is admitted, at most what was claimed. A later word takes the place of this one."""

    receipt: str
    admitted_fen: int


@dataclass(frozen=True, slots=True)
class AskChange:
    """The unit asks for another budget. Its sum is that of the grant, or less."""

    change: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class DecideChange:
    """The asked change is granted or not."""

    change: str
    granted: bool


@dataclass(frozen=True, slots=True)
class Return:
    """The unit pays unspent money back. ``voucher`` is the bank's number."""

    amount_fen: int
    voucher: str


@dataclass(frozen=True, slots=True)
class Waive:
    """Unspent money need not be paid back: somebody who may has decided so. It leaves what the unit holds."""

    amount_fen: int


@dataclass(frozen=True, slots=True)
class Close:
    """Everything is settled: nothing can be entered any more."""


Entry = (
    Approve
    | Plan
    | Drop
    | Meet
    | Pay
    | Bounce
    | Claim
    | Admit
    | AskChange
    | DecideChange
    | Return
    | Waive
    | Close
)
