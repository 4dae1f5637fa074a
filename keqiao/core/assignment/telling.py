"""What a proposal leaves open, in findings: places that cannot be filled and why, fields that nobody knows."""

from collections import Counter
from collections.abc import Iterator

from keqiao.core.assignment.board import Board, bits
from keqiao.core.assignment.values import Limits
from keqiao.core.findings import Finding, Value, Weight


def told(board: Board, limits: Limits) -> tuple[Finding, ...]:
    """Return all that whoever assigns has to know; the board is filled as far as it can be."""
    short = [application for application in range(len(board.wanted)) if board.missing(application)]
    return (
        *_fixed_in_conflict(limits),
        *(_short(board, application, limits) for application in short),
        *_shortage(board, short),
        *_without_field(board),
    )


def _fixed_in_conflict(limits: Limits) -> Iterator[Finding]:
    for expert, application in sorted(limits.fixed & set(limits.barred)):
        rules = tuple(f"word.conflict.{rule}" for rule in limits.barred[expert, application])
        values: dict[str, Value] = {"expert": expert, "application": application, "rules": rules}
        yield Finding("assignment.fixed_in_conflict", Weight.REFUSE, values)


def _short(board: Board, application: int, limits: Limits) -> Finding:
    """One application: who may judge it, how many of them have all they take, and what bars the rest."""
    each = board.wanted[application]
    barred = Counter(
        rule for judge in board.judges for rule in set(limits.barred.get((judge.id, each.id), ()))
    )
    values: dict[str, Value] = {
        "application": each.id,
        "wanted": each.experts,
        "given": board.given[application].bit_count(),
        "allowed": board.allowed[application].bit_count(),
        "full": sum(not board.has_room(expert) for expert in bits(board.allowed[application])),
        "barred": len(board.judges) - board.allowed[application].bit_count(),
        "rules": tuple(f"word.conflict.{rule}" for rule in sorted(barred, key=lambda r: (-barred[r], r))),
    }
    return Finding("assignment.short", Weight.ASK, values)


def _shortage(board: Board, short: list[int]) -> Iterator[Finding]:
    """The whole knot: applications that compete for the same experts, who together have less room than is needed.

    Everybody who could be reached by passing places on is full; so no other assignment fills more (Hall's condition).
    """
    if not short:
        return
    reached = 0
    for application in short:
        _way, reached = board.way(board.from_application(application), lambda _expert: False, reached)
    applications = set(short) | {
        application for expert in bits(reached) for application in board.tasks[expert]
    }
    values: dict[str, Value] = {
        "applications": len(applications),
        "needed": sum(board.wanted[each].experts for each in applications),
        "possible": sum(board.given[each].bit_count() for each in applications),
        "experts": reached.bit_count(),
        "missing": sum(board.missing(each) for each in applications),
    }
    yield Finding("assignment.shortage", Weight.ASK, values)


def _without_field(board: Board) -> Iterator[Finding]:
    for application, each in enumerate(board.wanted):
        given = board.given[application]
        if each.fields and given and not given & board.matching[application]:
            values: dict[str, Value] = {"application": each.id, "fields": tuple(sorted(each.fields))}
            yield Finding("assignment.no_field", Weight.WARN, values)
