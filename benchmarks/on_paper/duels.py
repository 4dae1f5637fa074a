"""Measures two ways of the same work in turns, by the processor seconds of everybody who takes part."""

import os
import resource
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import line
from keqiao import standing

ROUNDS = 5
Work = Callable[[], object]


def seconds() -> float:
    """Processor seconds of this process, of the children that it waited for, and of those that stand ready."""
    own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    ended = own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime
    return ended + sum(map(seconds_of_process, standing.standing()))


def seconds_of_process(process: int) -> float:
    """Processor seconds of a process, all its threads, in hundredths."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def taken(work: Work) -> float:
    """What one piece of work takes."""
    begun = seconds()
    work()
    return seconds() - begun


@dataclass(frozen=True, slots=True)
class Duel:
    """Ours and the peer's seconds for each round."""

    ours: list[float]
    peer: list[float]

    @property
    def ratio(self) -> float:
        """The median of the ratios of the rounds."""
        return statistics.median(theirs / mine for mine, theirs in zip(self.ours, self.peer, strict=True))

    def shown(self, name: str, each: float, about: str) -> str:
        """The line: documents (or pages) in a second; ``each`` is how many there are in a round."""
        ours, peer = (each / statistics.median(side) for side in (self.ours, self.peer))
        ratios = [theirs / mine for mine, theirs in zip(self.ours, self.peer, strict=True)]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        return line(
            name,
            ours=f"{ours:.1f}/s",
            peer=f"{peer:.1f}/s",
            ratio=self.ratio,
            about=f"{about}; ratios {spread}",
        )


def duel(pairs: Callable[[int], Iterable[tuple[Work, Work]]]) -> Duel:
    """Let both do each document in turn, A B A B, in all rounds after one that does not count."""
    ours: list[float] = []
    peer: list[float] = []
    for number in range(ROUNDS + 1):
        times = [(taken(mine), taken(theirs)) for mine, theirs in pairs(number)]
        if number:
            ours.append(sum(mine for mine, _ in times))
            peer.append(sum(theirs for _, theirs in times))
    return Duel(ours, peer)
