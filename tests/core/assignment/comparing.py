"""Small random cases, every assignment tried; and faults to plant. Shares nothing with the core but its values."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations, product
from typing import Any

from keqiao.core.assignment import board, proposing
from keqiao.core.assignment.proposing import propose
from keqiao.core.assignment.values import Judge, Limits, Proposal, Wanted

FAULTS: dict[str, tuple[Any, str, Any]] = {
    "places-are-not-passed-on": (board.Board, "from_expert", lambda *_: iter(())),
    "conflicts-are-forgotten": (board.Board, "_allowed", lambda self, *_: (1 << len(self.judges)) - 1),
    "bodies-are-forgotten": (board.Board, "_full_bodies", lambda *_: 0),
    "nobody-is-ever-full": (board.Board, "has_room", lambda *_: True),
    "work-is-not-spread": (proposing, "_spread", lambda *_: None),
    "turns-are-forgotten": (proposing, "_turn", lambda each: ("", each.id)),
    "an-exchange-makes-work": (
        board.Board,
        "take",
        lambda self, expert, application: self.given.__setitem__(
            application, self.given[application] & ~(1 << expert)
        ),
    ),
}


@contextmanager
def planted(fault: str | None) -> Iterator[None]:
    """Work with the fault in place; take it out again."""
    if fault is None:
        yield
        return
    where, name, wrong = FAULTS[fault]
    right = where.__dict__[name]
    setattr(where, name, wrong)
    try:
        yield
    finally:
        setattr(where, name, right)


def random_case(chance: random.Random) -> tuple[list[Judge], list[Wanted], Limits]:
    """Up to four experts and four applications; barred pairs, fixed pairs, bodies, limits."""
    fields = ("物理", "化学")
    judges = [
        Judge(
            f"e{n}",
            most=chance.choice((None, 1, 2, 3)),
            has=chance.choice((0, 0, 0, 1)),
            fields=frozenset({chance.choice(fields)}),
            body=chance.choice(("", "甲", "乙")),
        )
        for n in range(chance.randint(1, 4))
    ]
    wanted = [
        Wanted(f"a{n}", chance.randint(0, 3), frozenset({chance.choice(fields)}))
        for n in range(chance.randint(1, 4))
    ]
    pairs = [(judge.id, each.id) for judge in judges for each in wanted]
    barred = {pair: ("unit",) for pair in pairs if chance.random() < 0.35}
    fixed = frozenset(pair for pair in pairs if chance.random() < 0.06)
    return judges, wanted, Limits(barred, fixed, chance.choice((None, None, 1, 2)))


def choices(judges: list[Judge], each: Wanted, limits: Limits) -> Iterator[tuple[str, ...]]:
    """Every set of experts that an application may have, its fixed ones among them."""
    stays = {expert for expert, application in limits.fixed if application == each.id} - {
        expert for expert, application in limits.barred if application == each.id
    }
    free = [judge for judge in judges if judge.id not in stays and (judge.id, each.id) not in limits.barred]
    body = {judge.id: judge.body for judge in judges}
    most = len(judges) if limits.of_one_body is None else limits.of_one_body
    for count in range(max(0, each.experts - len(stays)) + 1):
        for more in combinations(free, count):
            chosen = (*sorted(stays), *(judge.id for judge in more))
            members = [body[expert] for expert in chosen if body[expert]]
            crowded = [
                name for name in {judge.body for judge in more if judge.body} if members.count(name) > most
            ]
            if not crowded:
                yield chosen


def best(judges: list[Judge], wanted: list[Wanted], limits: Limits) -> tuple[int, int]:
    """The most places that can be filled and, of all that fill so many, the least sum of squared loads."""
    standing = [pair for pair in limits.fixed if pair not in limits.barred]
    found = (-1, 0)
    for chosen in product(*(list(choices(judges, each, limits)) for each in wanted)):
        loads = {judge.id: judge.has for judge in judges}
        for expert in (expert for experts in chosen for expert in experts):
            loads[expert] += 1
        held = {judge.id: judge.has + sum(expert == judge.id for expert, _ in standing) for judge in judges}
        if any(
            judge.most is not None and loads[judge.id] > max(judge.most, held[judge.id]) for judge in judges
        ):
            continue
        filled = sum(len(experts) for experts in chosen)
        found = max(found, (filled, -sum(load * load for load in loads.values())))
    return found[0], -found[1]


def faults_of(chance: random.Random) -> Iterator[str]:
    """What is wrong with the proposal for one case."""
    judges, wanted, limits = random_case(chance)
    proposal = propose(judges, wanted, limits)
    yield from broken(judges, wanted, limits, proposal)
    filled, squares = best(judges, wanted, limits)
    if len(proposal.given) != filled:
        yield f"filled {len(proposal.given)}, not {filled}"
    elif sum(load * load for load in proposal.loads.values()) != squares:
        yield f"loads {sorted(proposal.loads.values())}, squares should be {squares}"
    missing = sum(
        max(0, each.experts - sum(g.application == each.id for g in proposal.given)) for each in wanted
    )
    said = [each.values["missing"] for each in proposal.findings if each.code == "assignment.shortage"]
    if said != ([missing] if missing else []):
        yield f"told {said}, missing {missing}"
    turned = propose(judges[::-1], wanted[::-1], limits)
    if turned != proposal:
        yield "another order of the input gives another proposal"
    if pairs_under_other_ids(judges, wanted, limits) != [(g.expert, g.application) for g in proposal.given]:
        yield "the same turns under other ids give another proposal"


def pairs_under_other_ids(judges: list[Judge], wanted: list[Wanted], limits: Limits) -> list[tuple[str, str]]:
    """The pairs proposed where ids run the other way and turns go as the ids went; told by the old ids."""
    olds = [each.id for each in (*judges, *wanted)]
    new = {old: f"{len(olds) - place}" for place, old in enumerate(olds)}
    named = {of: old for old, of in new.items()}
    turned = propose(
        [replace(each, id=new[each.id], turn=each.id) for each in judges],
        [replace(each, id=new[each.id], turn=each.id) for each in wanted],
        Limits(
            {(new[expert], new[application]): why for (expert, application), why in limits.barred.items()},
            frozenset((new[expert], new[application]) for expert, application in limits.fixed),
            limits.of_one_body,
        ),
    )
    return [(named[each.expert], named[each.application]) for each in turned.given]


def broken(judges: list[Judge], wanted: list[Wanted], limits: Limits, proposal: Proposal) -> Iterator[str]:
    """What a proposal must never do."""
    pairs = [(each.expert, each.application) for each in proposal.given]
    if len(set(pairs)) != len(pairs):
        yield "an expert twice on one application"
    if set(pairs) & set(limits.barred):
        yield "a conflict"
    if {pair for pair in limits.fixed if pair not in limits.barred} - set(pairs):
        yield "a fixed pair was moved"
    yield from overloaded(judges, limits, proposal)
    for each in wanted:
        experts = [expert for expert, application in pairs if application == each.id]
        new = [expert for expert in experts if (expert, each.id) not in limits.fixed]
        bodies = [judge.body for judge in judges if judge.id in experts and judge.body]
        mine = {judge.body for judge in judges if judge.id in new and judge.body}
        if limits.of_one_body is not None and any(bodies.count(body) > limits.of_one_body for body in mine):
            yield "too many of one body"
        if new and len(experts) > each.experts:
            yield "more than an application needs"


def overloaded(judges: list[Judge], limits: Limits, proposal: Proposal) -> Iterator[str]:
    """Whether loads are told as they are and kept within what experts take."""
    for judge in judges:
        mine = [(each.expert, each.application) for each in proposal.given if each.expert == judge.id]
        if proposal.loads[judge.id] != judge.has + len(mine):
            yield "a load that is not so"
        if set(mine) - limits.fixed and judge.most is not None and proposal.loads[judge.id] > judge.most:
            yield "more than an expert takes"
