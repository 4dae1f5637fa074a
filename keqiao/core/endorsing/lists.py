"""The list of an endorsing unit: its order, its quota, and all that stands against forwarding it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from keqiao.core.findings import Finding, Source, Weight
from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import PassageState as S

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One passage in a queue: its state, its place in the order (None: it has none), and the title for findings.

    ``opinion_fits``: the opinion was given on the content that stands now.
    """

    id: str
    state: S
    place: int | None = None
    title: str = ""
    opinion_fits: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a queue. ``quota`` is None where the call sets none; ``taken`` are places forwarded already.

    ``deadline`` is the last moment. ``agreed`` is the digest that the co-signer agreed to, None where nobody has to.
    """

    quota: int | None = None
    taken: int = 0
    deadline: datetime | None = None
    needs_co_signer: bool = False
    source: Source | None = None

    @property
    def free(self) -> int | None:
        """Places that are left; None: as many as one likes."""
        return None if self.quota is None else max(0, self.quota - self.taken)


def ranked(lines: Iterable[Line]) -> list[Line]:
    """Return the recommended lines in their order; those without a place last, as they came."""
    recommended = [line for line in lines if line.state is S.RECOMMENDED]
    return sorted(recommended, key=lambda line: (line.place is None, line.place or 0))


def ranks(lines: Iterable[Line]) -> dict[str, int]:
    """Return the rank of each recommended line: 1, 2, 3 … without gaps, whatever places returned lines keep."""
    return {line.id: rank for rank, line in enumerate(ranked(lines), 1)}


def reordered(placed: Sequence[T], order: Sequence[T]) -> list[T]:
    """Return all that have a place in their new order, where ``order`` is that of some of them.

    Whoever is not named keeps its place: a returned application comes back where it stood.

    Raises:
        ValueError: ``order`` names something twice, or something that has no place.
    """
    named = set(order)
    if len(named) != len(order) or not named <= set(placed):
        raise ValueError("an order names each of those that are ranked once")
    following = iter(order)
    return [next(following) if each in named else each for each in placed]


def forward_findings(
    lines: Iterable[Line], terms: Terms, batch: BatchState | None, at: datetime
) -> list[Finding]:
    """Return all that stands against forwarding the recommended lines at ``at``; a refusal stops it.

    ``batch`` is the state of the list that was proposed to a co-signer as it stands, None where there is none.
    """
    return [*list_findings(lines, terms, at), *_co_signing(terms, batch)]


def list_findings(lines: Iterable[Line], terms: Terms, at: datetime) -> list[Finding]:
    """Return what stands against a list, but for the co-signer: it can be proposed where nothing refuses."""
    lines = list(lines)
    going = ranked(lines)
    found = [*_late(terms, at), *_over(len(going), terms), *_nothing(lines)]
    stale = tuple(line.title for line in going if not line.opinion_fits)
    if stale:
        found.append(Finding("endorsement.opinion_outdated", Weight.REFUSE, {"titles": stale}))
    for state, code in ((S.WAITING, "endorsement.still_waiting"), (S.RETURNED, "endorsement.still_returned")):
        count = sum(line.state is state for line in lines)
        if count:
            found.append(Finding(code, Weight.WARN, {"count": count}))
    return found


def _late(terms: Terms, at: datetime) -> list[Finding]:
    if terms.deadline is None or at <= terms.deadline:
        return []
    values = {"deadline": terms.deadline.isoformat()}
    return [Finding("endorsement.late", Weight.REFUSE, values, terms.source)]


def _over(going: int, terms: Terms) -> list[Finding]:
    if terms.quota is None or terms.free is None or going <= terms.free:
        return []
    values = {"quota": terms.quota, "taken": terms.taken, "going": going, "over": going - terms.free}
    return [Finding("endorsement.over_quota", Weight.REFUSE, values, terms.source)]


def _nothing(lines: Sequence[Line]) -> list[Finding]:
    if any(line.state in (S.RECOMMENDED, S.DECLINED) for line in lines):
        return []
    return [Finding("endorsement.nothing_to_forward", Weight.REFUSE)]


def _co_signing(terms: Terms, batch: BatchState | None) -> list[Finding]:
    if not terms.needs_co_signer or batch is BatchState.AGREED:
        return []
    asked = batch is BatchState.PROPOSED
    code = "endorsement.co_signer_waits" if asked else "endorsement.co_signer_not_asked"
    return [Finding(code, Weight.REFUSE, {}, terms.source)]


def digest_of_list(lines: Iterable[tuple[str, str, int, str]]) -> str:
    """Return the SHA-256 of a list in hexadecimal digits: what a co-signer agrees to, and what is stamped.

    Each line is the id of the application, the digest of its content, its rank, and the id of the opinion on it: a
    list with another order, content or opinion is another list.
    """
    said = [list(line) for line in lines]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
