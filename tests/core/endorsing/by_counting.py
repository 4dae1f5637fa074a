"""The same answers by trying out and counting: slow, plain, and without a line of what it is compared with.

Plain tuples and texts come in and go out, so that nothing of the core is needed to say what is right.
"""

from collections.abc import Sequence
from itertools import permutations

PAPER = ("government", "party_committee", "deputy_leader", "main_leader")
NOT_BEFORE_FILING = ("applicant", "association")
Step = tuple[str, str | None]
"""What is done, and by whom."""


def taker(step: Step, lexicon: dict[str, str]) -> str | None:
    """Try every cut of the text, the longest first."""
    words, by = step
    ends, beginnings = range(len(by or "")), range(len(words), 0, -1)
    for cut in [by[start:] for start in ends] if by else [words[:end] for end in beginnings]:
        if cut in lexicon:
            return lexicon[cut]
    return None


def stages(steps: Sequence[Step], lexicon: dict[str, str]) -> list[tuple[str | None, list[str], bool]]:
    """Lay the steps down one by one: on the last pile where the same hand takes them, else on a new one."""
    piles: list[tuple[str | None, str, list[str]]] = []
    for words, by in steps:
        found = taker((words, by), lexicon)
        if found is None and by is None and piles:
            piles[-1][2].append(words)
            continue
        hand = (
            "a sheet of paper" if found in PAPER else f"known {found}" if found else f"unknown {by or words}"
        )
        if piles and piles[-1][1] == hand:
            piles[-1][2].append(words)
        else:
            piles.append((found, hand, [words]))
    return [(found, words, found not in NOT_BEFORE_FILING) for found, _hand, words in piles]


def which_chain(named: Sequence[tuple[str, str]], for_others: Sequence[str]) -> tuple[str | None, list[str]]:
    """The one chain that holds in every world, or all that hold in some world.

    ``named`` are chains with the answer whether they fit: yes, no, or maybe, which is yes in one world and no in the
    next. In a world in which none of them fits, those for the others hold.
    """
    maybe = [name for name, answer in named if answer == "maybe"]
    possible: list[str] = []
    for world in range(2 ** len(maybe)):
        fits = [name for name, answer in named if answer == "yes" or _is_so(name, maybe, world)]
        possible += [name for name in (fits or for_others) if name not in possible]
    if maybe or len(possible) > 1:
        return None, sorted(possible)
    return (possible[0] if possible else None), []


def _is_so(name: str, maybe: list[str], world: int) -> bool:
    return name in maybe and bool(world >> maybe.index(name) & 1)


def ranks(lines: Sequence[tuple[str, str, int | None]]) -> dict[str, int]:
    """Count, for each recommended line, how many stand before it: by a lower place, or earlier in the list."""
    recommended = [
        (name, place, number) for number, (name, state, place) in enumerate(lines) if state == "recommended"
    ]
    return {
        name: 1 + sum(_is_before(other, (name, place, number)) for other in recommended)
        for name, place, number in recommended
    }


def _is_before(one: tuple[str, int | None, int], other: tuple[str, int | None, int]) -> bool:
    if (one[1] is None) != (other[1] is None):
        return other[1] is None
    if one[1] != other[1]:
        return (one[1] or 0) < (other[1] or 0)
    return one[2] < other[2]


def reordered(placed: Sequence[str], order: Sequence[str]) -> list[str] | None:
    """Try every order of all of them; None: no order fits, or the wish is none.

    What is not named stands where it stood, and those that are named stand in the order wished for.
    """
    for tried in permutations(placed):
        stay = all(tried[at] == name for at, name in enumerate(placed) if name not in order)
        if stay and [name for name in tried if name in order] == list(order):
            return list(tried)
    return None


def against(
    lines: Sequence[tuple[str, bool]],
    quota: tuple[int | None, int],
    when: tuple[int | None, int],
    signed: str,
) -> list[str]:
    """What stands against a list. ``lines``: states, and whether the opinion fits; ``quota``: how many, how many gone;
    ``when``: deadline and now; ``signed``: "not needed", or how far the co-signer is.
    """
    states = [state for state, _fits in lines]
    seats = (len(states) if quota[0] is None else max(quota[0] - quota[1], 0)) - states.count("recommended")
    asked = {
        "late": when[0] is not None and when[1] > when[0],
        "over_quota": seats < 0,
        "nothing_to_forward": not {"recommended", "declined"} & set(states),
        "opinion_outdated": ("recommended", False) in lines,
        "still_waiting": "waiting" in states,
        "still_returned": "returned" in states,
        "co_signer_waits": signed == "proposed",
        "co_signer_not_asked": signed not in ("not needed", "agreed", "proposed"),
    }
    return [what for what, is_so in asked.items() if is_so]
