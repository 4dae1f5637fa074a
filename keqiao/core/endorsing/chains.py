"""Which chain an applicant goes through where a category states several (县级及以下单位, 其他单位直接提交)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.endorsement import EndorsementChain
from keqiao.core.programme.inheritance import Effective, Stated
from keqiao.core.rules.answers import Verdict
from keqiao.core.rules.engine.compiled import compile_rule
from keqiao.core.rules.facts import UNKNOWN, Case, Unit
from keqiao.core.rules.kinds import Setting, kind_condition, read_members
from keqiao.core.rules.regions import LEVELS


@dataclass(frozen=True, slots=True)
class ChainWords:
    """``others`` stand for applicants that no other chain names; ``and_below`` takes in the levels below."""

    others: frozenset[str]
    and_below: str


@dataclass(frozen=True, slots=True)
class Held:
    """The answer: the chain that holds (None: none does), or that a person has to say which of ``among``."""

    chain: Stated[EndorsementChain] | None = None
    among: tuple[Stated[EndorsementChain], ...] = ()

    @property
    def needs_person(self) -> bool:
        """Do the facts leave it open?"""
        return bool(self.among)


def chain_for(effective: Effective, case: Case, setting: Setting, words: ChainWords) -> Held:
    """Return the chain that holds for the applicant of ``case`` in a category.

    The nearest node that states chains overrules those above it, as single statements do: a call that has a general
    way and a special one for a category means the special one there. A chain for the others holds where none of the
    rest does. More than one, or facts that are not known: a person has to say.
    """
    stated = _nearest(effective.endorsement)
    named = [each for each in stated if not _is_for_others(each.fact, words)]
    verdicts = [(each, fits(each.fact, case, setting, words)) for each in named]
    sure = [each for each, verdict in verdicts if verdict is Verdict.PASSES]
    doubtful = [each for each, verdict in verdicts if verdict is Verdict.PERSON]
    rest = [] if sure else [each for each in stated if each not in named]
    possible = (*sure, *doubtful, *rest)
    if len(possible) > 1 or doubtful:
        return Held(among=possible)
    return Held(possible[0] if possible else None)


def doubt(held: Held, unit: Unit) -> Finding:
    """Return why a person has to say which chain holds for ``unit``, with the clause of the first one in question."""
    source = next((each.fact.source for each in held.among), None)
    code = "endorsement.level_unknown" if unit.level is UNKNOWN else "endorsement.chain_unsure"
    return Finding(code, Weight.ASK, {"unit": unit.name, "chains": len(held.among)}, source)


def fits(chain: EndorsementChain, case: Case, setting: Setting, words: ChainWords) -> Verdict:
    """Does the chain hold for the applicant of ``case``? A chain that names nobody holds for all."""
    if not chain.applies_to:
        return Verdict.PASSES
    verdicts = [_fits_wording(each, case, setting, words) for each in chain.applies_to]
    return reduce(_either, verdicts)


def _nearest(stated: Sequence[Stated[EndorsementChain]]) -> tuple[Stated[EndorsementChain], ...]:
    deepest = max((len(each.path) for each in stated), default=0)
    return tuple(each for each in stated if len(each.path) == deepest)


def _is_for_others(chain: EndorsementChain, words: ChainWords) -> bool:
    return bool(chain.applies_to) and all(each in words.others for each in chain.applies_to)


def _fits_wording(wording: str, case: Case, setting: Setting, words: ChainWords) -> Verdict:
    if words.and_below in wording:
        return _fits_levels(wording, case.applicant, setting, words)
    condition = kind_condition(
        read_members((wording,), setting), setting, ("applicant",), judge=f"chain:{wording}"
    )
    truth = compile_rule(condition).truth(case)
    if truth is UNKNOWN:
        return Verdict.PERSON
    return Verdict.PASSES if truth is True else Verdict.FAILS


def _fits_levels(wording: str, unit: Unit, setting: Setting, words: ChainWords) -> Verdict:
    """县（市、区）级及以下单位: the level that the words before name, and every one below it."""
    head = wording.partition(words.and_below)[0]
    level = next((each for each in setting.words.levels if head.startswith(each.word) and each.levels), None)
    if level is None or unit.level is UNKNOWN:
        return Verdict.PERSON
    reaches = LEVELS[LEVELS.index(level.levels[0]) :]
    return Verdict.PASSES if unit.level in reaches else Verdict.FAILS


def _either(one: Verdict, other: Verdict) -> Verdict:
    if Verdict.PASSES in (one, other):
        return Verdict.PASSES
    return Verdict.PERSON if Verdict.PERSON in (one, other) else Verdict.FAILS
