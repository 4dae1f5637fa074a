"""What holds in each category and is looked at while its rules are made ready: deadline, stand-ins, exceptions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from keqiao.core.programme import Effective, Programme, effective, lineage, walk
from keqiao.core.programme.rules import AnyOf, AnyRule
from keqiao.core.programme.rules.limits import Sanction
from keqiao.core.programme.rules.persons import Person
from keqiao.core.programme.rules.who import Proxy, Recognition
from keqiao.core.rules.asking import Frame
from keqiao.core.rules.kinds import Setting, read_members
from keqiao.core.rules.regions import Region
from keqiao.core.rules.words import Words

_YEAR = re.compile(r"^\d{4}年(度)?")
_QUOTES = str.maketrans("", "", '“”"‘’《》 ')


@dataclass(frozen=True, slots=True)
class Call:
    """A programme with what is the same for all its categories."""

    programme: Programme
    words: Words
    region: Region | None
    roles: frozenset[str]
    scopes: tuple[tuple[tuple[str, ...], str], ...]

    @classmethod
    def of(cls, programme: Programme, words: Words, region: Region | None) -> "Call":
        """Read the programme once: the roles that its rules name, and what a debarment may call its parts."""
        rules = tuple(_all_rules(programme))
        roles = frozenset(rule.role for _path, rule in rules if isinstance(rule, Person))
        return cls(programme, words, region, roles, tuple(_scopes(programme, rules)))

    def frame(self, found: Effective) -> Frame:
        """The frame of a category."""
        rules = tuple(stated.fact for stated in found.rules)
        deadline = found.deadline.fact.on if found.deadline else None
        own = {name for path, name in self.scopes if path == found.path[: len(path)]}
        setting = Setting(self.words.applicants, self.region, tuple(_decided_elsewhere(rules)))
        return Frame(
            words=self.words,
            setting=setting,
            call=self.programme.id,
            year=self.programme.year,
            path=found.path,
            names=found.names,
            source=lineage(self.programme, found.path)[-1][1].source,
            deadline=deadline if isinstance(deadline, date) else None,
            proxies=tuple(rule for rule in rules if isinstance(rule, Proxy)),
            exceptions=exceptions_in(rules),
            roles=self.roles,
            own_subjects=frozenset(_own_subjects(found, setting)),
            own_scopes=frozenset(own),
            other_scopes=frozenset(name for _path, name in self.scopes),
        )


def _all_rules(programme: Programme) -> Iterator[tuple[tuple[str, ...], AnyRule]]:
    nodes = (((), programme), *walk(programme), *(((), track) for track in programme.tracks))
    for path, node in nodes:
        for rule in node.rules:
            yield from ((path, part) for part in (rule.of if isinstance(rule, AnyOf) else (rule,)))


def _scopes(
    programme: Programme, rules: Iterable[tuple[tuple[str, ...], AnyRule]]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a debarment may name as barred, with the node below which it holds: what sanctions say, and names."""
    for path, rule in rules:
        if isinstance(rule, Sanction) and rule.what is not None:
            yield path, rule.what
    for path, category in walk(programme):
        for name in (category.id, category.name, _YEAR.sub("", category.name).translate(_QUOTES)):
            yield path, name
    yield (), programme.id
    yield (), programme.title


def _decided_elsewhere(rules: Iterable[AnyRule]) -> Iterator[str]:
    """Registers that a rule looks up, and the grades in them: applicants are not asked for them a second time."""
    for rule in rules:
        if isinstance(rule, Recognition) and not rule.negate:
            yield rule.register_name
            yield from (rule.grade,) if rule.grade is not None else ()


def exceptions_in(rules: Iterable[AnyRule]) -> dict[str, Person]:
    """Rules on people that relax a stricter one on the same role and quality, by the id of the stricter one."""
    people = [rule for rule in rules if isinstance(rule, Person)]
    relaxed = {(rule.role, rule.attr): rule for rule in people if rule.exception_for is not None}
    return {
        rule.id: relaxed[rule.role, rule.attr]
        for rule in people
        if rule.exception_for is None and (rule.role, rule.attr) in relaxed
    }


def _own_subjects(found: Effective, setting: Setting) -> Iterator[str]:
    """Subjects that are the applicant itself: the call names the same bodies as applicants and as beneficiaries."""
    if found.applicants is None or found.beneficiary is None:
        return
    if found.applicants.fact.kinds != found.beneficiary.fact.kinds:
        return
    named = {member.text for member in read_members(found.beneficiary.fact.kinds, setting)}
    yield from sorted(
        {stated.fact.subject for stated in found.rules if stated.fact.subject in named} - {None}
    )


def resolved(programme: Programme) -> Iterator[Effective]:
    """Everything that holds, for the call itself and for each category, in document order."""
    yield effective(programme, ())
    for path, _category in walk(programme):
        yield effective(programme, path)
