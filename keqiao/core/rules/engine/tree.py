"""The rule tree: a condition as plain data, built from six kinds of condition; it compares facts and totals.

It speaks of one world: the case of somebody who asks (``worlds.CASE``), or the fields of a form.

Truth has three values (Kleene): ``True``, ``False`` and ``UNKNOWN``. An unknown fact makes a comparison unknown, and a
condition is unknown only where the unknown part could still turn it. ``None`` is a known value: "it has none".
A tree is data and nothing else: it is never written by users as code, and compiling it evaluates no text.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from keqiao.core.programme.facts import Comparator
from keqiao.core.rules.facts import Known

Truth = Known[bool]
Scalar = bool | int | Decimal | date | str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, by its path: ``("applicant", "kind")``, ``("answers", "ikepu.r2")``, in a form ``("total_fen",)``.

    The first step is a field of the world or the name that a list gives to its item; the next ones are fields, or keys
    of a mapping. A key that is not there is unknown; what belongs to a ``None`` is ``None``. A path that nothing in
    the world can have is refused when the tree is compiled. ``name`` is what explanations call it.
    """

    path: tuple[str, ...]
    name: str = ""

    @property
    def label(self) -> str:
        """Its name, or its path with points."""
        return self.name or ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole years (周岁) or months from ``since`` to ``until``, neither rounded; negative where it has not begun.

    The anniversary itself counts; who was born on 29 February has it on 1 March of other years.
    """

    since: Fact
    until: Fact | date
    unit: Literal["years", "months"] = "years"
    name: str = ""

    @property
    def label(self) -> str:
        """Its name, or that of the fact it counts from."""
        return self.name or self.since.label


@dataclass(frozen=True, slots=True)
class Total:
    """What ``value`` adds up to over the items of the list ``of`` that fulfil ``where``; one left empty adds nothing.

    ``each`` is the name under which both speak of an item (``Fact(("line", "amount_fen"))``); they speak of nothing
    else. An item of which nobody knows whether it counts makes the total unknown. One with a ``name`` is told among the
    values seen.
    """

    each: str
    of: Fact
    value: "Term"
    where: "Condition | None" = None
    name: str = ""

    @property
    def label(self) -> str:
        """Its name, or that of the list."""
        return self.name or self.of.label


Term = Fact | Span | Total | Scalar


def label_of(term: Term) -> str:
    """What messages and explanations call a term."""
    return term.label if isinstance(term, Fact | Span | Total) else str(term)


@dataclass(frozen=True, slots=True)
class Compare:
    """``left op right``. Numbers with numbers, dates with dates; ``==`` also takes texts.

    What is ``None`` is equal to ``None`` only, and neither above nor below anything. ``~`` (左右) takes what lies
    within ``tolerance`` (a share of ``right``: ``Decimal("0.1")``); as long as nobody has set one, equal passes and
    the rest is unknown. Raises TypeError on evaluation where the two cannot be compared.
    """

    left: Term
    op: Comparator
    right: Term
    tolerance: Decimal | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Among:
    """How many of ``values`` the fact has: at least ``least`` and at most ``most`` (None: any number).

    A fact that is one value counts as a list of one; ``None`` is in a list of values only where it is named there.
    """

    fact: Fact
    values: tuple[Term, ...]
    least: int = 1
    most: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class HowMany:
    """How many items of the list ``of`` fulfil ``where``: at least ``least`` and at most ``most`` (None: any number).

    ``each`` is the name under which ``where`` speaks of an item (``Fact(("entry", "since"))``). ``complete`` says
    when the list is all there is; where it does not hold, there may be more than are listed, and what is not listed
    is unknown (a register counts as complete only where ``records.kept`` names it, see ``kept``). A table of a form
    needs none.
    """

    each: str
    of: Fact
    where: "Condition"
    least: int = 0
    most: int | None = None
    complete: "Condition | None" = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``n`` of ``parts`` hold. ``all_of`` and ``any_of`` build the two common ones."""

    n: int
    parts: tuple["Condition", ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Not:
    """``part`` does not hold; unknown stays unknown."""

    part: "Condition"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attest:
    """A person judges it: true where ``approved`` of the world holds ``key``, unknown as long as it does not."""

    key: str
    name: str = ""


Leaf = Compare | Among | HowMany | Attest
"""A condition that looks at facts itself."""

Condition = Leaf | AtLeast | Not

HOLDS = AtLeast(0, ())
"""Always true."""

FAILS = AtLeast(1, ())
"""Never true."""


def all_of(*parts: Condition, name: str = "") -> Condition:
    """Every part holds; true where there is none."""
    return AtLeast(len(parts), parts, name)


def any_of(*parts: Condition, name: str = "") -> Condition:
    """One part is enough; false where there is none."""
    return AtLeast(1, parts, name)


def if_case(case: Condition, then: Condition, name: str = "") -> Condition:
    """``then`` has to hold in the ``case``; outside it the rule is met."""
    return any_of(Not(case), then, name=name)


def equals(fact: Fact, value: Term, name: str = "") -> Condition:
    """The fact has this value (or, being a list, holds it)."""
    return Among(fact, (value,), name=name)


def kept(*registers: str) -> Condition:
    """All these registers are kept in full; none named: what is listed is all there is."""
    return Among(Fact(("records", "kept")), registers, least=len(registers))
