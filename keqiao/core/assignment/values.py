"""What is to be assigned, to whom, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from keqiao.core.findings import Finding

Pair = tuple[str, str]
"""The id of an expert and that of an application."""


@dataclass(frozen=True, slots=True)
class Judge:
    """An expert: takes ``most`` tasks (None: any number) and has ``has`` of them already, besides those proposed here.

    ``body`` is the organisation that counts for panels, empty where it is not known. Of equals the least ``turn`` comes
    first, then the least id: with turns that people know, the same round is proposed the same wherever it is kept.
    """

    id: str
    most: int | None = None
    has: int = 0
    fields: frozenset[str] = frozenset()
    body: str = ""
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An application that needs so many ``experts``, best of its ``fields``; ``turn`` as with ``Judge``."""

    id: str
    experts: int
    fields: frozenset[str] = frozenset()
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a proposal has to keep.

    ``barred``: pairs that must not be, with the rules that say so; what a person has still to settle is among them.
    ``fixed``: pairs that stand already (assigned by hand, accepted). ``of_one_body``: how many experts of one body an
    application may have, None: any number.
    """

    barred: Mapping[Pair, tuple[str, ...]] = field(default_factory=dict)
    fixed: frozenset[Pair] = frozenset()
    of_one_body: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """One expert for one application; ``matches``: they share a field; ``fixed``: it stood before."""

    expert: str
    application: str
    matches: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who judges what, sorted by application; the tasks of each expert, those it had among them; what is left open."""

    given: tuple[Given, ...]
    loads: Mapping[str, int]
    findings: tuple[Finding, ...]
