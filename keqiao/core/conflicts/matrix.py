"""All conflicts between experts and applications at once (回避), found by index and not by comparing pairs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from keqiao.core.conflicts.facts import Application, Body, Expert, Part, Person, Relation, Round, Who
from keqiao.core.conflicts.identity import (
    Index,
    body_tokens,
    counts,
    ended_within,
    person_tokens,
    same_body,
    same_person,
)
from keqiao.core.conflicts.policy import Policy, Rule
from keqiao.core.findings import Finding, Source, Value, Verdict, Weight

TEAM = frozenset({Part.LEADER, Part.MEMBER})
"""Those whose application it is; a mentor has none of its own by being one."""

Pair = tuple[str, str]
"""The id of an expert and that of an application."""

Said = tuple[str, str, str, str]
"""An expert, an application, a rule and what it is about: what a person has settled stays settled for just that."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why an expert may not judge an application. ``person``: the same name, and nobody knows whether it is the same.

    ``about`` is the fact: the id of a person, body or application, the name where there is none.
    """

    rule: str
    verdict: Verdict
    about: str
    source: Source | None = None

    def finding(self) -> Finding:
        """What is told to the office."""
        sure = self.verdict is Verdict.FAILS
        code = "conflict.sure" if sure else "conflict.unsure"
        values = {"rule": f"word.conflict.{self.rule}", "about": self.about}
        return Finding(code, Weight.REFUSE if sure else Weight.ASK, values, self.source)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What was found. A pair without conflicts is not listed."""

    pairs: Mapping[Pair, tuple[Conflict, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def between(self, expert: str, application: str) -> tuple[Conflict, ...]:
        """Every reason, the sure ones first."""
        return self.pairs.get((expert, application), ())

    def verdict(self, expert: str, application: str) -> Verdict:
        """May this expert judge this application? Only what passes may be assigned."""
        reasons = self.between(expert, application)
        return reasons[0].verdict if reasons else Verdict.PASSES


@dataclass(frozen=True, slots=True)
class Asked:
    """What it is asked by. ``settled``: what a person found out where only names agreed (True: it is the same)."""

    policy: Policy
    round: Round
    relations: tuple[Relation, ...] = ()
    settled: Mapping[Said, bool] = field(default_factory=dict)


def conflicts(experts: Sequence[Expert], applications: Sequence[Application], asked: Asked) -> Conflicts:
    """Return every conflict between ``experts`` and ``applications``. What is not known is never taken for no.

    A certain conflict cannot be settled away; an uncertain one is dropped or made certain by ``asked.settled``.
    """
    search = _Search(experts, applications, asked)
    found: dict[Pair, set[Conflict]] = {}
    for expert, application, conflict in search.all():
        kept = _settled(expert, application, conflict, asked)
        if kept is not None:
            found.setdefault((expert, application), set()).add(kept)
    pairs = {pair: tuple(sorted(each, key=_order)) for pair, each in sorted(found.items())}
    return Conflicts(pairs, tuple(_too_many(applications, asked.policy)))


def _order(conflict: Conflict) -> tuple[bool, str, str]:
    return conflict.verdict is not Verdict.FAILS, conflict.rule, conflict.about


def _settled(expert: str, application: str, found: Conflict, asked: Asked) -> Conflict | None:
    if found.verdict is Verdict.FAILS:
        return found
    answer = asked.settled.get((expert, application, found.rule, found.about))
    if answer is None:
        return found
    return Conflict(found.rule, Verdict.FAILS, found.about, found.source) if answer else None


def _too_many(applications: Iterable[Application], policy: Policy) -> Iterator[Finding]:
    rule = policy.get("unsuitable")
    if rule is None or rule.most is None:
        return
    for each in applications:
        if len(each.unsuitable) > rule.most:
            values: dict[str, Value] = {
                "application": each.id,
                "named": len(each.unsuitable),
                "most": rule.most,
            }
            yield Finding("conflict.too_many_unsuitable", Weight.WARN, values, rule.source)


@dataclass(frozen=True, slots=True)
class _Fact:
    """Something in an application that a mention may match: by which rule, and what it is told as."""

    application: str
    rule: str
    about: str


class _Search:
    """One run over one set of experts and applications."""

    def __init__(self, experts: Sequence[Expert], applications: Sequence[Application], asked: Asked) -> None:
        self.experts, self.applications = experts, applications
        self.policy, self.round, self.relations = asked.policy, asked.round, asked.relations
        self.people: Index[Who, _Fact] = Index(person_tokens, same_person)
        self.team: Index[Who, Application] = Index(person_tokens, same_person)
        self.bodies: Index[Body, _Fact] = Index(body_tokens, same_body)
        self.judges: Index[Who, Expert] = Index(person_tokens, same_person)
        self.parts: Index[Who, Application] = Index(person_tokens, same_person)
        self.bidders: Index[Body, str] = Index(body_tokens, same_body)
        self.alike: dict[tuple[str, ...], list[Application]] = {}
        for expert in experts:
            self.judges.add(expert.who, expert)
        for application in applications:
            self._enter(application)

    def _reach(self, application: Application) -> tuple[str, ...]:
        """What an application shares with those that its own people may not judge."""
        rule = self.policy.get("own_application")
        by_category = rule is not None and rule.scope == "category"
        return (application.call, application.category) if by_category else (application.call,)

    def _enter(self, application: Application) -> None:
        self.alike.setdefault(self._reach(application), []).append(application)
        for person in application.people:
            self._mention(application, person.part.value, person.who)
            self.parts.add(person.who, application)
            if person.part in TEAM:
                self.team.add(person.who, application)
            self._posts_of(application, person)
        for who in application.endorsing:
            self._mention(application, "endorsing_person", who)
        rule = self.policy.get("unsuitable")
        for who in application.unsuitable[: rule.most] if rule else ():
            self._mention(application, "unsuitable", who)
        hosts = (application.host,) if application.host else ()
        named = {"unit": (application.unit,), "host": hosts, "partner": application.partners}
        for body in (application.unit, *hosts, *application.partners):
            self.bidders.add(body, application.id)
        for code, bodies in {**named, "endorsing_unit": application.endorsers}.items():
            for body in bodies:
                self._body(application, code, body)

    def _mention(self, application: Application, code: str, who: Who) -> None:
        if code in self.policy:
            self.people.add(who, _Fact(application.id, code, told(who)))

    def _body(self, application: Application, code: str, body: Body) -> None:
        if code in self.policy:
            self.bodies.add(body, _Fact(application.id, code, body.id or body.name))

    def _posts_of(self, application: Application, person: Person) -> None:
        rule = self.policy.get("team_unit")
        for post in person.posts if rule else ():
            if rule and counts(post, rule.years, self.round.day):
                self._body(application, "team_unit", post.body)

    def all(self) -> Iterator[tuple[str, str, Conflict]]:
        """Every conflict, some of them more than once."""
        for expert in self.experts:
            yield from self._by_person(expert)
            yield from self._by_body(expert)
            yield from self._with_all(expert)
            for application in sorted(expert.declared & {each.id for each in self.applications}):
                yield from self._found(expert, application, "declared", told(expert.who))
        yield from self._by_relation()

    def _found(
        self, expert: Expert, application: str, code: str, about: str, *, sure: bool = True
    ) -> Iterator[tuple[str, str, Conflict]]:
        rule = self.policy.get(code)
        if rule is not None:
            verdict = Verdict.FAILS if sure else Verdict.PERSON
            yield expert.id, application, Conflict(code, verdict, about, rule.source)

    def _by_person(self, expert: Expert) -> Iterator[tuple[str, str, Conflict]]:
        for fact, sure in self.people.matches(expert.who):
            yield from self._found(expert, fact.application, fact.rule, fact.about, sure=sure)
        for own, sure in self.team.matches(expert.who) if "own_application" in self.policy else ():
            for other in self.alike[self._reach(own)]:
                if other.id != own.id:
                    yield from self._found(expert, other.id, "own_application", own.id, sure=sure)

    def _by_body(self, expert: Expert) -> Iterator[tuple[str, str, Conflict]]:
        for post in expert.posts:
            for fact, sure in self.bodies.matches(post.body):
                if counts(post, self.policy[fact.rule].years, self.round.day):
                    yield from self._found(expert, fact.application, fact.rule, fact.about, sure=sure)

    def _with_all(self, expert: Expert) -> Iterator[tuple[str, str, Conflict]]:
        """What keeps an expert from the whole call."""
        reasons = {*self._serves(expert, "office_staff", self.round.offices)}
        reasons |= {*self._serves(expert, "finance_supervisor", self.round.finance)}
        rule = self.policy.get("rotation")
        if rule is not None and rule.years:
            years = {self.round.year - count for count in range(1, rule.years + 1)}
            if years <= expert.served:
                reasons.add(("rotation", str(self.round.year - 1), True))
        for code, about, sure in sorted(reasons):
            for application in self.applications:
                yield from self._found(expert, application.id, code, about, sure=sure)

    def _serves(self, expert: Expert, code: str, bodies: Iterable[Body]) -> Iterator[tuple[str, str, bool]]:
        rule = self.policy.get(code)
        for body in bodies if rule else ():
            for post in expert.posts:
                same = same_body(post.body, body)
                if rule and same is not False and counts(post, rule.years, self.round.day):
                    yield code, body.id or body.name, same is True

    def _by_relation(self) -> Iterator[tuple[str, str, Conflict]]:
        rules = [rule for rule in self.policy.values() if rule.kinds]
        for relation in self.relations:
            for rule in rules:
                if relation.kind not in rule.kinds:
                    continue
                if not ended_within(relation.until, rule.years, self.round.day):
                    continue
                if isinstance(relation.other, Body):
                    yield from self._interested(rule, relation.one, relation.other)
                    continue
                yield from self._related(rule, relation.one, relation.other)
                yield from self._related(rule, relation.other, relation.one)

    def _related(self, rule: Rule, judge: Who, person: Who) -> Iterator[tuple[str, str, Conflict]]:
        applications = list(self.parts.matches(person))
        for expert, sure in self.judges.matches(judge) if applications else ():
            for application, also in applications:
                yield from self._found(expert, application.id, rule.code, told(person), sure=sure and also)

    def _interested(self, rule: Rule, judge: Who, body: Body) -> Iterator[tuple[str, str, Conflict]]:
        applications = list(self.bidders.matches(body))
        for expert, sure in self.judges.matches(judge) if applications else ():
            for application, also in applications:
                about = body.id or body.name
                yield from self._found(expert, application, rule.code, about, sure=sure and also)


def told(who: Who) -> str:
    """What a person is told as: the id, else the digest of the ID number, else the name."""
    return who.id or who.key or who.name
