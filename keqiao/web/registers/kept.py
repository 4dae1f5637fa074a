"""Which registers count as full on a day, in the words that rules ask for (``core.rules.facts.Records.kept``)."""

from collections.abc import Iterable, Iterator
from datetime import date

from keqiao.web.registers.models import KeptRegister
from keqiao.web.registers.models.history import AffairKind
from keqiao.web.registers.models.keeping import RegisterKind

RESULTS = RegisterKind.RESULTS.value
AFFAIR_WORDS = {
    AffairKind.ELECTION.value: "换届",
    AffairKind.INSPECTION.value: "年度检查",
    AffairKind.PARTY_BRANCH.value: "党组织建设",
}
"""The affairs in the words of calls; they stand among the results."""

STANDING = frozenset({RegisterKind.DEBARMENTS.value, RegisterKind.PLATFORMS.value})
"""Registers that are asked what holds now; the others are asked what has been."""


def kept_words(statements: Iterable[KeptRegister], day: date) -> frozenset[str]:
    """Return the words for what is full on ``day``, of statements in force (each read with its scheme).

    A register that is asked what holds now is full from its first day on. One that is looked back on is full as a
    whole only where it is full from the beginning; else each whole year since then is (``results:2022``), and for a
    part of it ``results:<part>:2022``.
    """
    return frozenset(word for statement in statements for word in _words(statement, day))


def _words(statement: KeptRegister, day: date) -> Iterator[str]:
    if statement.since is not None and statement.since > day:
        return
    if statement.scheme is not None:
        yield statement.scheme.name
    elif statement.register == RegisterKind.AFFAIRS:
        parts = [statement.part] if statement.part else AFFAIR_WORDS.values()
        yield from (f"{RESULTS}:{part}" for part in parts)
    else:
        yield from _words_of_kind(statement, day)


def _words_of_kind(statement: KeptRegister, day: date) -> Iterator[str]:
    word = f"{statement.register}:{statement.part}" if statement.part else statement.register
    if statement.since is None or statement.register in STANDING:
        yield word
    else:
        yield from (f"{word}:{year}" for year in range(_first_full_year(statement.since), day.year + 1))


def _first_full_year(since: date) -> int:
    return since.year if (since.month, since.day) == (1, 1) else since.year + 1
