"""The words that rules are read with, handed in as values: what calls call a unit, an office, a platform.

The lists stand in ``keqiao/data/vocabulary``; no code knows a word of a call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class KindWord:
    """What a word for a kind of unit means.

    ``kinds`` are surely meant; a body of one of the ``perhaps`` is one if a confirmed trait says so. ``any_kind``:
    the word says nothing about the kind. ``level_matters``: a level word gives the rank of the body (全省学会),
    otherwise the place where it is (全市高校). ``trait`` has to be confirmed besides. ``level`` is the rank that the
    word itself gives. ``hosted_by`` are the kinds of the bodies in whose name such a one applies.
    ``is_anywhere``: it need not be in the region of the call.
    """

    kinds: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    any_kind: bool = False
    level_matters: bool = False
    level: str = ""
    trait: str = ""
    hosted_by: tuple[str, ...] = ()
    is_anywhere: bool = False


@dataclass(frozen=True, slots=True)
class LevelWord:
    """A level word: the levels it may mean (none: any), and the ending of a region's name that makes it that region."""

    word: str
    levels: tuple[str, ...]
    own: str = ""


@dataclass(frozen=True, slots=True)
class ApplicantWords:
    """The words in which calls name applicants, partners and beneficiaries (``applicant_words.yaml``).

    ``levels`` stand with the longest word first; ``regions`` are endings of names of regions with their levels,
    longest first; ``hosted`` are the kinds of unit that have no code of their own, ``through_host`` those of
    them that apply in the name of a host (高校科协), not of a supervising body.
    """

    kinds: Mapping[str, KindWord]
    levels: tuple[LevelWord, ...]
    regions: tuple[tuple[str, tuple[str, ...]], ...]
    municipalities: frozenset[str]
    means_nothing: tuple[str, ...]
    not_sure_who: tuple[str, ...]
    open_endings: tuple[str, ...]
    belongs_to: str
    associations: tuple[str, ...]
    with_legal_person: frozenset[str]
    without_legal_person: frozenset[str]
    applicant: frozenset[str]
    territories: tuple[str, ...]
    hosted: frozenset[str] = frozenset()
    through_host: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """All words the evaluators need.

    ``offices`` are the offices of a society by rank, the lowest first, several names to a rank; ``titles`` are the
    professional titles in the same way. ``graded`` are certificates that have levels. ``leaders`` are the roles of
    whoever leads a project; ``roles`` are the words in which rules name the roles of a form, by role. ``platforms`` are
    outside platforms, each by all its names, the one of the register first.
    ``recurring`` events come again and again (换届): the latest counts. ``this_kind`` words stand for the category
    itself (该类项目), ``supervisor`` words for the body that answers for another. ``in_term`` are states that mean: on
    this day. ``account_states`` are the states of a register by the words of a call. ``all_scopes`` are scopes of a
    debarment that bar everything.
    """

    applicants: ApplicantWords
    offices: tuple[tuple[str, ...], ...] = ()
    graded: frozenset[str] = frozenset()
    titles: tuple[tuple[str, ...], ...] = ()
    leaders: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    platforms: tuple[tuple[str, ...], ...] = ()
    recurring: frozenset[str] = frozenset()
    this_kind: frozenset[str] = frozenset()
    supervisor: tuple[str, ...] = ()
    in_term: frozenset[str] = frozenset()
    account_states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all_scopes: frozenset[str] = frozenset()

    def titles_below(self, wanted: tuple[str, ...]) -> frozenset[str]:
        """The titles that rank lower than every one of ``wanted``; none where none of those has a rank."""
        ranks = [rank for rank, names in enumerate(self.titles) if set(names) & set(wanted)]
        return frozenset(name for names in self.titles[: min(ranks, default=0)] for name in names)
