"""Rules that look up what a body is: its legal status and its recognitions."""

from collections.abc import Iterable

from keqiao.core.programme.rules.who import LegalStatus, Recognition
from keqiao.core.rules.answers import When
from keqiao.core.rules.asking import (
    APPLICANT,
    RECORD,
    Asking,
    At,
    Change,
    Frame,
    Saying,
    Values,
    called,
    is_named,
)
from keqiao.core.rules.engine.tree import (
    HOLDS,
    Among,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    Span,
    all_of,
    any_of,
    equals,
    kept,
)
from keqiao.core.rules.kinds import read_members
from keqiao.core.rules.regions import names_of_association
from keqiao.core.rules.settled import settled

ON = Fact(("on",))
QUOTES = str.maketrans("", "", '“”"‘’《》 ')


def legal_status(rule: LegalStatus, frame: Frame) -> Asking:
    """Facts of registration of the body in whose name the application is made, or of the rule's subject."""
    at = frame.body(rule.subject)
    if at == APPLICANT and frame.proxies:
        at = RECORD
    parts: list[Condition] = []
    if rule.legal_person is not None:
        parts.append(_legal_person(rule, frame, at))
    if rule.registered_in is not None:
        parts.append(Among(Fact((*at, "areas")), (rule.registered_in,)))
    if rule.bank_account is not None:
        states = frame.words.account_states.get(rule.bank_account, (rule.bank_account,))
        parts.append(Among(Fact((*at, "account_state")), states))
    if rule.registered_years_min is not None:
        since = Span(Fact((*at, "registered_on")), ON)
        parts.append(Compare(since, ">=", rule.registered_years_min))
    return Asking(
        all_of(*parts),
        Saying("eligibility.legal_status", {"summary": rule.summary}),
        change=Change("eligibility.change.facts", {"summary": rule.summary}),
        when=frame.when_about(rule.subject, When.BEFORE),
    )


def _legal_person(rule: LegalStatus, frame: Frame, at: At) -> Condition:
    """Legal personality; where the call lets the supervising body stand in, one that has such a body will do."""
    has_it = equals(Fact((*at, "legal_person")), value=rule.legal_person)
    stand_ins = {
        member.text
        for proxy in frame.proxies
        if is_by_supervisor(proxy.in_name_of, frame)
        for member in read_members(proxy.kinds, frame.setting)
    }
    if rule.subject not in stand_ins:
        return has_it
    return any_of(has_it, Not(equals(Fact((*at, "supervisor", "id")), None)), name="stand_in")


def is_by_supervisor(in_name_of: Iterable[str], frame: Frame) -> bool:
    """Do these words name the supervising body rather than the host?"""
    return any(word in name for name in in_name_of for word in frame.words.supervisor)


def recognition(rule: Recognition, frame: Frame) -> Asking:
    """The subject is on a register on the day of asking, or (``negate``) has never been put on it."""
    names = register_names(rule.register_name, frame)
    values: Values = {
        "register": rule.register_name,
        "subject": called(rule.subject),
        "grade": rule.grade or "",
    }
    if frame.is_person(rule.subject):
        condition = _people_hold(rule, frame, names)
    else:
        condition = _holds(rule, frame, names, frame.body(rule.subject))
    code = "negated" if rule.negate else "graded" if rule.grade else "unregistered"
    return Asking(
        condition,
        Saying(f"eligibility.recognition_{code}", values),
        change=None if rule.negate else _to_be_recognised(rule, values),
        when=frame.when_about(rule.subject, When.BEFORE),
    )


def _to_be_recognised(rule: Recognition, values: Values) -> Change:
    """By whom, where the call says so; what had to be recognised by a day that is over cannot be any more."""
    still = None if rule.before is None else Compare(ON, "<=", rule.before)
    if rule.by:
        return Change("eligibility.change.recognition_by", {**values, "by": rule.by}, still)
    return Change("eligibility.change.recognition", values, still)


def register_names(name: str, frame: Frame) -> tuple[str, ...]:
    """How an association may have named the register: with or without quotation marks and its own name."""
    region = frame.setting.region.name if frame.setting.region else ""
    plain = name.translate(QUOTES)
    without = plain.removeprefix(region) if region else plain
    return tuple(dict.fromkeys((name, plain, without, region + without)))


def _people_hold(rule: Recognition, frame: Frame, names: tuple[str, ...]) -> Condition:
    """Everybody in the role is on the register, and there is somebody."""
    people = Fact(("people", rule.subject or ""))
    has_it = _holds(rule, frame, names, ("person",))
    return all_of(
        HowMany("person", people, has_it, least=1, name="person"),
        HowMany("person", people, Not(has_it), most=0, name="person"),
    )


def _holds(rule: Recognition, frame: Frame, names: tuple[str, ...], at: At) -> Condition:
    holders = (Fact((*at, "id")), Fact((*at, "name")))
    entries = Fact(("records", "entries"))
    mine = all_of(
        Among(Fact(("entry", "register")), names),
        any_of(*(Compare(Fact(("entry", "holder")), "==", holder) for holder in holders)),
        Compare(Fact(("entry", "since")), "<=", ON),
        *_given_by(rule, frame),
    )
    complete = all_of(any_of(*(kept(name) for name in names)), is_named(at))
    if rule.negate:
        ended = all_of(
            Not(equals(Fact(("entry", "until")), None)), Compare(Fact(("entry", "until")), "<", ON)
        )
        lapsed = any_of(ended, equals(Fact(("entry", "state")), "expired"))
        counts = any_of(Not(lapsed), Not(settled(rule.id, "ended")))
        given = all_of(mine, Not(equals(Fact(("entry", "state")), "revoked")), counts)
        return HowMany("entry", entries, given, most=0, complete=complete, name="entries")
    return HowMany(
        "entry", entries, all_of(mine, *_stands(rule, frame)), least=1, complete=complete, name="entries"
    )


def _given_by(rule: Recognition, frame: Frame) -> tuple[Condition, ...]:
    """Recognised by one of the bodies named, under its full or short name; one whose giver is not written is asked."""
    if not rule.by:
        return ()
    names = tuple(dict.fromkeys(name for by in rule.by for name in association_names(by, frame)))
    by = Fact(("entry", "by"))
    return (any_of(Among(by, names), all_of(equals(by, ""), settled(rule.id, "by"))),)


def association_names(called: str, frame: Frame) -> tuple[str, ...]:
    """All names of a body that the call calls so: 省科协, 河南省科协, 河南省科学技术协会."""
    endings = frame.setting.words.associations
    head = next((called.removesuffix(ending) for ending in endings if called.endswith(ending)), called)
    spelt = tuple(head + ending for ending in endings) if head != called else ()
    return (called, *spelt, *names_of_association(called, frame.setting.region, frame.setting.words))


def _stands(rule: Recognition, frame: Frame) -> tuple[Condition, ...]:
    """It holds on the day (one under rectification is asked), has the grade, and was given early enough.

    A state that says more than that it holds (聘任期内) has to be judged.
    """
    until, state = Fact(("entry", "until")), Fact(("entry", "state"))
    parts: list[Condition] = [
        any_of(equals(until, None), Compare(until, ">=", ON)),
        any_of(equals(state, "valid"), all_of(equals(state, "rectifying"), settled(rule.id, "rectifying"))),
    ]
    if rule.grade is not None:
        parts.append(equals(Fact(("entry", "grade")), rule.grade))
        parts.append(Not(_later_entry()))
    if rule.state is not None and rule.state not in frame.words.in_term:
        parts.append(settled(rule.id, "state"))
    if rule.before is not None:
        parts.append(Compare(Fact(("entry", "since")), "<=", rule.before))
    return tuple(parts)


def _later_entry() -> Condition:
    """A later assessment of the same holder takes the place of an earlier one."""
    same = all_of(
        Compare(Fact(("later", "register")), "==", Fact(("entry", "register"))),
        Compare(Fact(("later", "holder")), "==", Fact(("entry", "holder"))),
        Compare(Fact(("later", "since")), ">", Fact(("entry", "since"))),
        Compare(Fact(("later", "since")), "<=", ON),
    )
    return HowMany("later", Fact(("records", "entries")), same, least=1, complete=HOLDS)
