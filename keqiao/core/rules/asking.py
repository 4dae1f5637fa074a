"""What an evaluator makes of a rule: a condition with what to say about it; and what it may look at meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from keqiao.core.findings import Source, Value
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.persons import Person
from keqiao.core.programme.rules.who import Proxy
from keqiao.core.rules.answers import When
from keqiao.core.rules.checking import Check
from keqiao.core.rules.engine.tree import Condition, Fact, Not, all_of, equals
from keqiao.core.rules.facts import Case
from keqiao.core.rules.kinds import Setting
from keqiao.core.rules.words import Words

At = tuple[str, ...]
"""Where a body stands in a case: ``("applicant",)`` or ``("subjects", "示范园")``."""

APPLICANT: At = ("applicant",)
RECORD: At = ("subjects", "applicant of record")
"""The body in whose name the application is made: the host of a hosted one, else the applicant itself."""

LEADERS: At = ("people", "leaders")
"""Those who lead the project, whatever the call calls them."""


def kept_since(years: int) -> str:
    """The word among the registers kept in full for incidents of every calendar year since so many years ago."""
    return f"incidents of {years} years"


def is_named(at: At) -> Condition:
    """The body or person is known at all: what a register does not hold of one that nobody has named, or that was typed
    and stands in no register (an empty id), is unknown.
    """
    return all_of() if at == APPLICANT else Not(equals(Fact((*at, "id")), ""))


def years_ago(years: int) -> tuple[str, str]:
    """The path of the day so many whole years before the day of asking (``prepared`` works it out)."""
    return ("answers", f"{years} years ago")


Values = dict[str, Value]
"""Values of a sentence."""


def called(subject: str | None) -> str:
    """Whom a rule is about, for its sentences."""
    return subject or "word.eligibility_applicant"


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of ``messages/eligibility.yaml`` and its values."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change(Saying):
    """What would make a rule hold, said where ``where`` holds (None: wherever the rule does not).

    It is true of the case: who does what it says is refused by this rule no longer (``tests/core/rules/doing.py``).
    """

    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A rule, ready to be compiled: a ``condition``, or a ``check`` with findings of its own; neither: it is a task.

    ``wrong`` is said where the condition fails, ``doubt`` where a person has to judge it, ``change`` and ``or_else``
    tell what would make it hold. ``notes`` look at a case that passes and say what to check all the same (the exact
    day of a birth date). ``when`` is when it can first be answered; None: as the table of types says. ``failing_when``
    is the same for a failure that is plain earlier than the rest (who may lead a joint application). Where ``outside``
    holds, the case is not one that the rule is for, and it is met. ``is_advice``: it never decides.
    """

    condition: Condition | None = None
    wrong: Saying = Saying("eligibility.not_met")
    doubt: Saying | None = None
    change: Change | None = None
    or_else: Change | None = None
    notes: Callable[[Case], tuple[Saying, ...]] | None = None
    when: When | None = None
    failing_when: Condition | None = None
    outside: Condition | None = None
    evidence: tuple[str, ...] = ()
    is_advice: bool = False
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds in the category in which a rule is asked.

    ``names`` are those of the category and what it stands below, ``source`` its clause; ``deadline`` the last day for
    applicants (None: none is stated, or only a placeholder). ``proxies`` are its rules on applying in another's name,
    ``exceptions`` its relaxations by the id of the rule that they relax. ``own_subjects`` are subjects that are the
    applicant itself, where the call names the same bodies as applicants and as beneficiaries. ``own_scopes`` are what
    a debarment may call something that this category stands below, ``other_scopes`` what it may call the rest.
    """

    words: Words
    setting: Setting
    call: str
    year: int | None
    path: tuple[str, ...]
    stated_at: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    source: Source | None = None
    deadline: date | None = None
    proxies: tuple[Proxy, ...] = ()
    exceptions: Mapping[str, Person] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    own_subjects: frozenset[str] = frozenset()
    own_scopes: frozenset[str] = frozenset()
    other_scopes: frozenset[str] = frozenset()

    def is_applicant(self, subject: str | None) -> bool:
        """Is the rule about the applicant itself?"""
        return subject is None or subject in self.setting.words.applicant

    def is_territory(self, subject: str | None) -> bool:
        """Is the rule about the region that the applicant stands for?"""
        return subject is not None and subject in self.setting.words.territories

    def is_person(self, subject: str | None) -> bool:
        """Is the rule about people in a role?"""
        return subject is not None and (subject in self.roles or subject in self.words.leaders)

    def body(self, subject: str | None) -> At:
        """Where the unit (or territory) that a rule is about stands in a case."""
        return APPLICANT if subject is None or self.is_applicant(subject) else ("subjects", subject)

    def when_about(self, subject: str | None, usual: When) -> When:
        """When it can first be answered: other bodies and people are known from the form on."""
        known = self.is_applicant(subject) or self.is_territory(subject) or subject in self.own_subjects
        return usual if known or usual is not When.BEFORE else When.FORM


Evaluator = Callable[[AnyRule, Frame], Asking]
"""Makes the asking of a rule of its type."""
