"""Does to a case what a sentence of change tells: one way for each ``eligibility.change.*``, by its values alone.

A way gives the cases that somebody who follows the sentence may come to. Where the sentence names a value, there is
one; where it says that registered facts may be wrong, there is one for each set of facts that anybody has.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from keqiao.core.findings import Value
from keqiao.core.programme.tree import path_of, walk
from keqiao.core.programme.types import Programme
from keqiao.core.rules.answers import Judged
from keqiao.core.rules.facts import UNKNOWN, Case, Entry, Holding, Human, Platform, Post, Stage, Unit

LONG_AGO = date(1990, 1, 1)
REGISTERED = ("kind", "level", "areas", "affiliations", "traits", "legal_person", "host", "supervisor")
APPLICANT = "word.eligibility_applicant"


@dataclass(frozen=True)
class Telling:
    """A sentence of change as told: the rule it was told for, its values, and who could be meant by it."""

    programme: Programme
    judged: Judged
    values: Mapping[str, Value]
    units: tuple[Unit, ...]
    people: tuple[Human, ...]

    def words(self, name: str) -> tuple[str, ...]:
        value = self.values[name]
        return value if isinstance(value, tuple) else (str(value),)

    def answer(self, case: Case, value: Any) -> Case:
        return replace(case, answers={**case.answers, self.judged.rule: value})


Way = Callable[[Telling, Case], Iterator[Case]]


def as_registered(tells: Telling, case: Case) -> Iterator[Case]:
    """The body turns out to be what somebody else is, and to have the quality that was asked for."""
    subject = str(tells.values["subject"])
    asked = {str(found.values["trait"]): True for found in tells.judged.missing if "trait" in found.values}
    for one in tells.units:
        facts = {name: getattr(one, name) for name in REGISTERED}
        facts["traits"] = {**one.traits, **asked}
        if subject == APPLICANT:
            yield replace(case, applicant=replace(case.applicant, **facts))
        else:
            body = case.subjects.get(subject, Unit(subject, subject))
            yield replace(case, subjects={**case.subjects, subject: replace(body, **facts)})


def with_facts(tells: Telling, case: Case) -> Iterator[Case]:
    """All bodies have everything that one needs to be registered; a host that nobody has stated is stated."""
    if case.applicant.host is UNKNOWN:
        case = replace(case, applicant=replace(case.applicant, host=Unit("host", "依托单位")))
    for one in tells.units:
        facts = {"legal_person": True, "account_state": one.account_state, "registered_on": LONG_AGO}
        right = _made(facts | {"areas": one.areas})
        subjects = {role: right(body) for role, body in case.subjects.items()}
        yield replace(case, applicant=right(case.applicant), subjects=subjects)


def _made(facts: Mapping[str, Any]) -> Callable[[Unit], Unit]:
    def made(unit: Unit) -> Unit:
        others = {
            name: made(other)
            for name in ("host", "supervisor")
            if isinstance(other := getattr(unit, name), Unit)
        }
        return replace(unit, **facts, **others)

    return made


def named(tells: Telling, case: Case) -> tuple[tuple[str, ...], Case]:
    """The holders that the sentence is about, by id or name; where nobody has named the body yet, it is named."""
    subject = str(tells.values["subject"])
    if subject == APPLICANT:
        return (case.applicant.id,), case
    if subject in case.people:
        return tuple(human.id for human in case.people[subject]), case
    if subject in case.subjects:
        return (case.subjects[subject].id,), case
    if subject in {found.values.get("name") for found in tells.judged.missing}:
        body, person = Unit(subject, subject), Human(subject, subject)
        subjects, people = {**case.subjects, subject: body}, {**case.people, subject: (person,)}
        return (subject,), replace(case, subjects=subjects, people=people)
    assert case.applicant.areas is not UNKNOWN, "a territory that nobody knows"
    return case.applicant.areas[-1:], case


def on_the_register(tells: Telling, case: Case) -> Iterator[Case]:
    holders, case = named(tells, case)
    entry = Entry(
        str(tells.values["register"]),
        "",
        since=case.on,
        grade=str(tells.values["grade"]) or UNKNOWN,
        by=tells.words("by")[0] if "by" in tells.values else "",
    )
    given = tuple(replace(entry, holder=holder) for holder in holders)
    yield replace(case, records=replace(case.records, entries=(*case.records.entries, *given)))


def on_the_platform(tells: Telling, case: Case, **facts: int) -> Iterator[Case]:
    holders, case = named(tells, case)
    account = Platform("", str(tells.values["platform"]), since=case.on, **facts)
    given = tuple(replace(account, holder=holder) for holder in holders)
    yield replace(case, records=replace(case.records, platforms=(*case.records.platforms, *given)))


def fed_on_the_platform(tells: Telling, case: Case) -> Iterator[Case]:
    yield from on_the_platform(tells, case, uploads=1)


def led_by_another(tells: Telling, case: Case) -> Iterator[Case]:
    """Somebody else of those known, an ordinary member or officer of the applicant."""
    for human in tells.people:
        posts = human.posts if human.posts is UNKNOWN else tuple(_at_home(case, held) for held in human.posts)
        one = replace(human, posts=posts)
        yield replace(case, people={**case.people, str(tells.values["role"]): (one,)})


def _at_home(case: Case, held: Post) -> Post:
    return replace(held, unit=case.applicant.id)


def stated_otherwise(tells: Telling, case: Case) -> Iterator[Case]:
    yield tells.answer(case, True)


def with_host(_tells: Telling, case: Case) -> Iterator[Case]:
    yield replace(case, applicant=replace(case.applicant, host=Unit("host", "依托单位")))


def with_supervisor(_tells: Telling, case: Case) -> Iterator[Case]:
    above = Unit("above", "主管单位")
    subjects = {role: replace(body, supervisor=above) for role, body in case.subjects.items()}
    yield replace(case, applicant=replace(case.applicant, supervisor=above), subjects=subjects)


def with_role_taken(tells: Telling, case: Case) -> Iterator[Case]:
    yield tells.answer(case, tells.words("bodies"))


def together(tells: Telling, case: Case) -> Iterator[Case]:
    for one in tells.units:
        for other in tells.units:
            joined = replace(case, partners=(one, other))
            for lead in (case.applicant, one):
                yield tells.answer(joined, lead.id)


def so_many(tells: Telling, case: Case) -> Iterator[Case]:
    step = {"word.op.above": 1, "word.op.below": -1}.get(str(tells.values["op"]), 0)
    yield tells.answer(case, int(str(tells.values["value"])) + step)


def chosen(tells: Telling, case: Case) -> Iterator[Case]:
    least, most = int(str(tells.values["least"])), int(str(tells.values["most"]))
    for number in {max(least, 1), most}:
        yield tells.answer(case, tells.words("options")[:number])


def there(tells: Telling, case: Case) -> Iterator[Case]:
    yield tells.answer(case, (str(tells.values["where"]),))


def least_asked(tells: Telling, case: Case) -> Iterator[Case]:
    yield tells.answer(case, int(str(tells.values["least"])))


def short_enough(tells: Telling, case: Case) -> Iterator[Case]:
    yield tells.answer(case, "字" * int(str(tells.values["value"])))


def unbarred(_tells: Telling, case: Case) -> Iterator[Case]:
    yield replace(case, records=replace(case.records, debarments=()))


def approved(tells: Telling, case: Case) -> Iterator[Case]:
    relaxing = [
        rule.id
        for node in (tells.programme, *(category for _path, category in walk(tells.programme)))
        for rule in node.rules
        if getattr(rule, "exception_for", None) == tells.judged.rule
    ]
    yield replace(case, approved=case.approved | {*relaxing})


def applied_for_as_well(tells: Telling, case: Case) -> Iterator[Case]:
    """Each child that has nothing filed yet is filed; of several of one kind, one is marked for the pilot."""
    call, pilot = tells.programme, tells.judged.path[-1]
    holdings = list(case.records.holdings)
    for name, category in _children(call, tells.judged.path).items():
        if name not in tells.words("children"):
            continue
        mine = [
            each
            for each in holdings
            if (each.lead or each.unit) == case.applicant.id and category in each.path
        ]
        if not mine:
            path = path_of(call, category)
            mine = [Holding(name, case.applicant.id, call.id, path, case.on.year, Stage.APPLIED)]
        others = [each for each in holdings if each not in mine]
        holdings = [*others, replace(mine[0], mark=pilot), *(replace(each, mark="") for each in mine[1:])]
    yield replace(case, records=replace(case.records, holdings=tuple(holdings)))


def _children(programme: Programme, path: tuple[str, ...]) -> dict[str, str]:
    """The categories of the children by the names that the bundle at ``path`` gives them."""
    bundle = next(category.bundle for at, category in walk(programme) if at == path)
    assert bundle is not None
    return {child.name: child.category for child in bundle.children if child.category is not None}


WAYS: Mapping[str, Way] = {
    "kind": as_registered,
    "facts": with_facts,
    "recognition": on_the_register,
    "host": with_host,
    "supervisor": with_supervisor,
    "recognition_by": on_the_register,
    "platform": on_the_platform,
    "platform_upload": fed_on_the_platform,
    "person": led_by_another,
    "declared": stated_otherwise,
    "co_actor": with_role_taken,
    "joint": together,
    "count": so_many,
    "choice": chosen,
    "place": there,
    "split": least_asked,
    "material": least_asked,
    "text_limit": short_enough,
    "debarred": unbarred,
    "exception": approved,
    "bundle": applied_for_as_well,
}
