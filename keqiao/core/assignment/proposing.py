"""A balanced proposal: as many places filled as can be, the work spread evenly, then fields matched where that is free.

In this order. The first two are exact; the third is improved by exchanges as long as one helps, and the optimum over
all three is another matter. The same input gives the same proposal.
"""

from collections.abc import Iterator, Sequence

from keqiao.core.assignment.board import Board, Step, bits
from keqiao.core.assignment.telling import told
from keqiao.core.assignment.values import Given, Judge, Limits, Proposal, Wanted


def propose(judges: Sequence[Judge], wanted: Sequence[Wanted], limits: Limits | None = None) -> Proposal:
    """Return who should judge what, never across a conflict, and what cannot be filled and why.

    Filled is as much as any assignment could fill. Of those, the sum of the squared loads is least: no other spreads
    the work more evenly, and loads differ by at most one wherever that is possible. Fixed pairs stay; one that is a
    conflict is left out and told.

    Raises:
        ValueError: an id is given twice, or a fixed pair names somebody or something that is not there.
    """
    limits = limits or Limits()
    board = Board(sorted(judges, key=_turn), sorted(wanted, key=_turn), limits)
    _place_fixed(board, limits)
    _fill(board)
    _spread(board)
    _match(board)
    return Proposal(
        tuple(_given(board)),
        {judge.id: board.load[n] for n, judge in enumerate(board.judges)},
        told(board, limits),
    )


def _turn(each: Judge | Wanted) -> tuple[str, str]:
    return each.turn, each.id


def _place_fixed(board: Board, limits: Limits) -> None:
    experts = {judge.id: n for n, judge in enumerate(board.judges)}
    applications = {each.id: n for n, each in enumerate(board.wanted)}
    if len(experts) != len(board.judges) or len(applications) != len(board.wanted):
        raise ValueError("an id is given twice")
    for pair in sorted(limits.fixed):
        expert, application = pair
        if expert not in experts or application not in applications:
            raise ValueError(f"{pair} is fixed and not there")
        if pair not in limits.barred:
            board.give(experts[expert], applications[application])
            board.fixed[applications[application]] |= 1 << experts[expert]


def _fill(board: Board) -> None:
    """Place by place: those with the fewest experts to choose from first, to whoever has least; then by passing on."""
    order = sorted(range(len(board.wanted)), key=lambda a: (board.allowed[a].bit_count(), a))
    for _round in range(max((each.experts for each in board.wanted), default=0)):
        for application in order:
            if board.missing(application):
                _give_best(board, application)
    for application in order:
        while board.missing(application):
            way, _seen = board.way(board.from_application(application), board.has_room)
            if not way:
                break
            board.pass_on(way)


def _give_best(board: Board, application: int) -> None:
    free = [expert for expert in bits(board.open_to(application)) if board.has_room(expert)]
    if free:
        matching = board.matching[application]
        board.give(min(free, key=lambda e: (board.load[e], not matching >> e & 1, e)), application)


def _spread(board: Board) -> None:
    """Take work from those who have most to those who have two less, or fewer, until no way leads there."""
    while way := _lighter(board):
        board.pass_on(way)


def _lighter(board: Board) -> list[Step]:
    for expert in sorted(range(len(board.judges)), key=lambda e: (-board.load[e], e)):
        low = board.load[expert] - 2
        light = {n for n in range(len(board.judges)) if board.load[n] <= low and board.has_room(n)}
        if light:
            way, _seen = board.way(board.from_expert(expert), light.__contains__, 1 << expert)
            if way:
                return way
    return []


def _match(board: Board) -> None:
    """Exchange experts between applications as long as more fields agree; nobody's number of tasks changes."""
    improved = True
    while improved:
        changed = [_exchange(board, application, expert) for application, expert in _without_match(board)]
        improved = any(changed)


def _without_match(board: Board) -> list[tuple[int, int]]:
    return [
        (application, expert)
        for application in range(len(board.wanted))
        for expert in bits(
            board.given[application] & ~board.matching[application] & ~board.fixed[application]
        )
    ]


def _exchange(board: Board, application: int, expert: int) -> bool:
    """Find an expert of the field who judges something that this one may judge as well, and let the two change."""
    if not board.given[application] >> expert & 1:
        return False
    for other in bits(board.open_to(application, expert) & board.matching[application]):
        for its in sorted(board.tasks[other]):
            loses = board.matching[its] >> other & 1 > board.matching[its] >> expert & 1
            if loses or board.fixed[its] >> other & 1 or not board.open_to(its, other) >> expert & 1:
                continue
            board.take(expert, application)
            board.take(other, its)
            board.give(other, application)
            board.give(expert, its)
            return True
    return False


def _given(board: Board) -> Iterator[Given]:
    for application, each in enumerate(board.wanted):
        for expert in bits(board.given[application]):
            yield Given(
                board.judges[expert].id,
                each.id,
                bool(board.matching[application] >> expert & 1),
                bool(board.fixed[application] >> expert & 1),
            )
