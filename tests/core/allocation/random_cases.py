"""Random small cases: trees of places and sums, scores with ties, limits, scopes in parts."""

import random
from fractions import Fraction

from keqiao.core.allocation import Bar, BarKind, Candidate, Cap, Case, Lift, Node, Policy, Sharing
from keqiao.core.findings import Weight
from keqiao.core.money import Bounds


def random_case(chance: random.Random) -> Case:
    """One case of up to eight candidates in a tree of up to six nodes."""
    nodes = [_node(chance, "top", None)]
    for number in range(chance.randint(1, 3)):
        nodes.append(_node(chance, f"n{number}", "top"))
        nodes += [
            _node(chance, f"n{number}{leaf}", f"n{number}") for leaf in "ab"[: chance.choice((0, 0, 1, 2))]
        ]
    parents = {node.above for node in nodes}
    leaves = [node for node in nodes if node.id not in parents]
    shared = {leaf.id: chance.choice(("", leaf.above or "")) for leaf in leaves}
    by_rank = {each for each in sorted({*shared.values(), *shared}) if chance.random() < 0.15}
    candidates = tuple(
        _candidate(chance, f"c{number}", chance.choice(leaves), shared, by_rank)
        for number in range(chance.randint(1, 8))
    )
    points = {Lift.PRIORITY: Fraction(3, 2)} if chance.random() < 0.5 and not by_rank else {}
    policy = Policy(chance.choice((1, 10)), chance.choice(list(Sharing)), points)
    return Case(tuple(nodes), candidates, tuple(_caps(chance, candidates)), policy=policy)


def _node(chance: random.Random, name: str, above: str | None) -> Node:
    deep = len(name) == 3 and name != "top"
    most = chance.choice((None, None, 1, 2, 3) if deep else (None, None, 2, 3, 5))
    least = chance.randint(0, most or 2) if chance.random() < 0.5 else 0
    low = chance.choice((0, 10, 20, 20, 25))
    amount = Bounds(low, low + chance.choice((0, 10, 30, 35)))
    states_money = name == "top" or chance.random() < 0.3
    return Node(
        name,
        above,
        places=Bounds(least, most) if most is not None or least else None,
        amount_fen=amount if states_money else None,
        total_fen=chance.choice((None, None, 55, 80, 100, 150)),
        scope={"p": chance.randint(2, 9), **({"q": 3} if chance.random() < 0.3 else {})}
        if chance.random() < 0.12
        else {},
        pass_mark=Fraction(2) if chance.random() < 0.1 else None,
    )


def _candidate(
    chance: random.Random, name: str, leaf: Node, shared: dict[str, str], by_rank: set[str]
) -> Candidate:
    ranking = shared[leaf.id]
    ranked = (ranking or leaf.id) in by_rank
    return Candidate(
        name,
        leaf.id,
        score=None if chance.random() < 0.03 else Fraction(chance.randint(1, 9), chance.choice((1, 1, 2))),
        rank=chance.randint(1, 5) if ranked and chance.random() < 0.95 else None,
        ranking=ranking,
        requested_fen=chance.choice((None, None, 15, 20, 30, 45, 60)),
        scope=_scope(chance),
        lifts=frozenset(lift for lift in Lift if chance.random() < 0.12),
        bars=(Bar(chance.choice(list(BarKind)), chance.choice((True, False, None))),)
        if chance.random() < 0.1
        else (),
    )


def _scope(chance: random.Random) -> dict[str, int]:
    parts = {"p": chance.randint(1, 5), "q": chance.randint(0, 3)}
    return {} if chance.random() < 0.3 else parts


def _caps(chance: random.Random, candidates: tuple[Candidate, ...]) -> list[Cap]:
    found = []
    for number in range(chance.choice((0, 1, 1, 2))):
        mine = frozenset(each.id for each in candidates if chance.random() < 0.4)
        weight = chance.choice((Weight.REFUSE, Weight.REFUSE, Weight.WARN))
        held = chance.choice((0, 0, 1, None))
        found.append(Cap(f"cap{number}", mine, chance.randint(1, 2), held, chance.choice((0, 0, 1)), weight))
    return found
