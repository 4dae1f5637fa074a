"""The stages of a chain: consecutive steps that one body takes, and who takes them.

A call says who takes a step in its own words (县（市、区）科协, 原推荐单位, 分管领导); a lexicon says what they mean
(``keqiao/data/vocabulary/endorsing.yaml``), and a step may state it besides (``taker``). Words that no lexicon knows
are for a person to settle.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from keqiao.core.programme.endorsement import EndorsementChain, EndorsementStep
from keqiao.core.programme.facts import is_placeholder


class Taker(StrEnum):
    """Who takes a step, as far as all calls mean the same by it."""

    APPLICANT = "applicant"
    ORIGINAL_RECOMMENDER = "original_recommender"
    COUNTY_ASSOCIATION = "county_association"
    CITY_ASSOCIATION = "city_association"
    PROVINCE_ASSOCIATION = "province_association"
    ASSOCIATION = "association"
    FINANCE_BUREAU = "finance_bureau"
    GOVERNMENT = "government"
    PARTY_COMMITTEE = "party_committee"
    DEPUTY_LEADER = "deputy_leader"
    MAIN_LEADER = "main_leader"
    HOST = "host"
    DEPARTMENT_IN_CHARGE = "department_in_charge"


LEADERS = frozenset({Taker.GOVERNMENT, Taker.PARTY_COMMITTEE, Taker.DEPUTY_LEADER, Taker.MAIN_LEADER})
"""Takers without people in the system: they sign and stamp paper. One sheet goes through their hands."""

TakerWords = tuple[tuple[str, Taker], ...]
"""Endings of words, the longest first, and who is meant."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Consecutive steps of one taker. ``position`` counts from 1 over the whole chain.

    ``taker`` is None where the words tell nobody. ``holds_filing``: the application reaches the association only
    after it; the applicant's own steps come before, those of the association that runs the call afterwards.
    ``deadline`` is the earliest day that one of the steps states.
    """

    position: int
    taker: Taker | None
    steps: tuple[EndorsementStep, ...]
    holds_filing: bool

    @property
    def words(self) -> tuple[str, ...]:
        """What is done, step by step, in the words of the call."""
        return tuple(step.words for step in self.steps)

    @property
    def by(self) -> str:
        """Who takes it, in the words of the call; "" where the call does not say."""
        return next((step.by for step in self.steps if step.by), "")

    @property
    def seals(self) -> tuple[str, ...]:
        """The seals that are set, each once."""
        return tuple(dict.fromkeys(step.seal for step in self.steps if step.seal))

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that are written, each once."""
        return tuple(dict.fromkeys(step.letter for step in self.steps if step.letter))

    @property
    def together_with(self) -> tuple[str, ...]:
        """Who has to agree to the list, in the words of the call."""
        return tuple(dict.fromkeys(words for step in self.steps for words in step.together_with))

    @property
    def deadline(self) -> date | None:
        """The day by which it is to be done; None: the call states none."""
        days = [step.deadline for step in self.steps if step.deadline and not is_placeholder(step.deadline)]
        return min((day for day in days if isinstance(day, date)), default=None)

    @property
    def may_return(self) -> bool:
        """May whoever takes it send the application back?"""
        return all(step.may_return for step in self.steps)

    @property
    def is_on_paper(self) -> bool:
        """Is it always taken on paper, because nobody who takes it has an account?"""
        return self.taker in LEADERS


def taker_of(step: EndorsementStep, words: TakerWords) -> Taker | None:
    """Return who takes a step: whom it states, else the longest ending of its ``by`` that the lexicon knows.

    A step that does not say who takes it names the body in its own words (原推荐单位审核盖章): then the longest word
    of the lexicon that they begin with counts. None: nobody knows.
    """
    if step.taker:
        return Taker(step.taker)
    if step.by:
        return next((taker for word, taker in words if step.by.endswith(word)), None)
    return next((taker for word, taker in words if step.words.startswith(word)), None)


def stages_of(chain: EndorsementChain, words: TakerWords) -> tuple[Stage, ...]:
    """Return the stages of a chain in their order.

    The steps of leaders and the government follow each other on one sheet of paper and are one stage. A step that
    does not say who takes it belongs to the stage before (审核、盖章、统一报送).
    """
    return tuple(_stages(chain, words))


def endorsing_stages(chain: EndorsementChain, words: TakerWords) -> tuple[Stage, ...]:
    """Return the stages that an application goes through before it is filed; none: it is filed directly."""
    return tuple(stage for stage in stages_of(chain, words) if stage.holds_filing)


def _stages(chain: EndorsementChain, words: TakerWords) -> Iterator[Stage]:
    taken = groupby(_takers(chain, words), key=lambda each: "paper" if each[1] in LEADERS else each[2])
    for position, (_who, group) in enumerate(taken, 1):
        steps = tuple(group)
        taker = steps[0][1]
        yield Stage(position, taker, tuple(step for step, _taker, _who in steps), _holds_filing(taker))


def _takers(
    chain: EndorsementChain, words: TakerWords
) -> Iterator[tuple[EndorsementStep, Taker | None, str]]:
    """Each step with its taker, and what tells takers apart: two bodies whom nobody knows are not the same."""
    taker, who = None, ""
    for step in chain.steps:
        found = taker_of(step, words)
        if found is not None or step.by is not None or not who:
            taker, who = found, found.value if found else step.by or step.words
        yield step, taker, who


def _holds_filing(taker: Taker | None) -> bool:
    return taker not in (Taker.APPLICANT, Taker.ASSOCIATION)
