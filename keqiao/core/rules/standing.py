"""What is asked in every category and is no rule of the list: applicants, beneficiaries, limits, days, debarment."""

from collections.abc import Iterator
from datetime import date

from keqiao.core.findings import Source, Weight
from keqiao.core.programme import Effective
from keqiao.core.programme.rules.limits import Sanction
from keqiao.core.programme.rules.who import Hosting
from keqiao.core.rules.answers import When
from keqiao.core.rules.asking import APPLICANT, Asking, At, Change, Frame, Saying, called
from keqiao.core.rules.engine.tree import (
    FAILS,
    HOLDS,
    Attest,
    Compare,
    Condition,
    Fact,
    all_of,
    any_of,
    equals,
)
from keqiao.core.rules.evaluators.bodies import of_kinds
from keqiao.core.rules.evaluators.limits import bundle_check, one_more
from keqiao.core.rules.evaluators.records import not_debarred
from keqiao.core.rules.evaluators.registers import is_by_supervisor
from keqiao.core.rules.judging import About, Judge, judge
from keqiao.core.rules.kinds import read_members
from keqiao.core.rules.quotas import limits_of

Known = dict[tuple[object, ...], Judge]
"""Judges made already for other categories of the call, by what their asking depends on."""


def standing(found: Effective, frame: Frame, known: Known) -> Iterator[Judge]:
    """The judges of a category beside those of its rules."""
    holds = (frame.own_subjects, tuple(proxy.id for proxy in frame.proxies), frame.setting.decided_elsewhere)
    for about, asking in _askings(found, frame):
        alone = (found.path,) if about.rule in ("debarment", "bundle") else ()
        key = (about.rule, about.path, about.source, repr(asking.wrong), *holds, *alone)
        if key not in known:
            known[key] = judge(about, asking, When.BEFORE)
        yield known[key]


Standing = Iterator[tuple[About, Asking]]


def _askings(found: Effective, frame: Frame) -> Standing:
    yield _openness(found, frame)
    yield from _days(found)
    yield _applicants(found, frame)
    yield from _beneficiary(found, frame)
    yield from _limits(found, frame)
    yield _debarment(found, frame)
    yield from _bundle(found, frame)


def _about(rule: str, path: tuple[str, ...], source: Source | None) -> About:
    return About(rule, rule, Weight.REFUSE, path, source)


def _openness(found: Effective, frame: Frame) -> tuple[About, Asking]:
    condition = HOLDS if found.open_to_applicants else FAILS
    return (
        _about("open_to_applicants", found.path, _closing_source(found) or frame.source),
        Asking(condition, Saying("eligibility.not_open", {"undertaken_by": ""})),
    )


def _closing_source(found: Effective) -> Source | None:
    """The clause of the hosting rule that keeps an item for the association."""
    hosting = [rule.fact for rule in found.rules if isinstance(rule.fact, Hosting)]
    return next((rule.source for rule in hosting if rule.open_to_applicants is False), None)


def _days(found: Effective) -> Standing:
    """The opening day and the last day, as far as the call states them; both count."""
    on = Fact(("on",))
    if found.opens is not None:
        day = found.opens.fact.on
        asking = Asking(Compare(on, ">=", day) if isinstance(day, date) else None, _on("not_yet_open", day))
        yield (_about("opens", found.opens.path, found.opens.fact.source), _settled_day(asking, day, "opens"))
    if found.deadline is not None:
        day = found.deadline.fact.on
        asking = Asking(Compare(on, "<=", day) if isinstance(day, date) else None, _on("closed", day))
        about = _about("deadline", found.deadline.path, found.deadline.fact.source)
        yield (about, _settled_day(asking, day, "deadline"))


def _on(code: str, day: date | str) -> Saying:
    return Saying(f"eligibility.{code}", {"date": str(day)})


def _settled_day(asking: Asking, day: date | str, rule: str) -> Asking:
    """A day that the call leaves unfilled is for a person."""
    return asking if asking.condition else Asking(Attest(rule, name="date"), doubt=_on("date_unsettled", day))


def _applicants(found: Effective, frame: Frame) -> tuple[About, Asking]:
    """The kinds of the nearest statement; a call that names nobody leaves it to a person."""
    stated = found.applicants
    if stated is None:
        nobody = Asking(
            Attest("applicants", name="applicants"), doubt=Saying("eligibility.applicants_unstated")
        )
        return (_about("applicants", found.path, frame.source), nobody)
    kinds = stated.fact.kinds
    values = {"kinds": kinds}
    listed = of_kinds(kinds, frame, APPLICANT, "applicants", is_open=stated.fact.open)
    asking = Asking(
        any_of(listed, *_stand_ins(kinds, frame)),
        Saying("eligibility.kind", {**values, "subject": called(None)}),
        doubt=Saying("eligibility.kind_doubt", {**values, "subject": called(None)}),
        change=Change("eligibility.change.kind", {**values, "subject": called(None)}),
    )
    return (_about("applicants", stated.path, stated.fact.source), asking)


def _stand_ins(kinds: tuple[str, ...], frame: Frame) -> Iterator[Condition]:
    """Who supervises a body of the kinds that may not apply by itself, once that body has been named."""
    allowed = any(is_by_supervisor(proxy.in_name_of, frame) for proxy in frame.proxies)
    for subject in sorted(frame.own_subjects) if allowed else ():
        at: At = ("subjects", subject)
        yield all_of(
            equals(Fact(("cases", f"{subject} is named")), value=True),
            of_kinds(kinds, frame, at, "applicants"),
            Compare(Fact((*at, "supervisor", "id")), "==", Fact(("applicant", "id"))),
        )


def _beneficiary(found: Effective, frame: Frame) -> Standing:
    """Whom the application is for, where the call names it; which role it has is told by the rules about it."""
    stated = found.beneficiary
    if stated is None:
        return
    members = read_members(stated.fact.kinds, frame.setting)
    texts = tuple(member.text for member in members)
    subjects = {rule.fact.subject for rule in found.rules if rule.path == stated.path and rule.fact.subject}
    named = next((s for s in sorted(subjects) if any(text.endswith(s) for text in texts)), None)
    subject = named or (min(subjects) if len(subjects) == 1 else None)
    if subject is None:
        return
    kinds = stated.fact.kinds
    asking = Asking(
        of_kinds(kinds, frame, ("subjects", subject), "beneficiary"),
        Saying("eligibility.subject_kind", {"kinds": kinds, "subject": subject}),
        doubt=Saying("eligibility.kind_doubt", {"kinds": kinds, "subject": subject}),
        change=Change("eligibility.change.kind", {"kinds": kinds, "subject": subject}),
        when=frame.when_about(subject, When.BEFORE),
    )
    yield (_about("beneficiary", stated.path, stated.fact.source), asking)


def _limits(found: Effective, frame: Frame) -> Standing:
    paths = {limit.path[-1:]: limit.path for limit in found.per_unit_limits}
    for limit in limits_of(found):
        if limit.id == "per_unit_limit":
            about = _about("per_unit_limit", paths[limit.within], limit.source)
            yield (about, Asking(check=one_more(limit, frame)))


def _debarment(found: Effective, frame: Frame) -> tuple[About, Asking]:
    """The ban that the category itself threatens is the clause; another one has its own basis."""
    bans = [s for s in found.rules if isinstance(s.fact, Sanction) and s.fact.effect == "ban"]
    source = bans[-1].fact.source if bans else None
    return (_about("debarment", bans[-1].path if bans else found.path, source), not_debarred(frame))


def _bundle(found: Effective, frame: Frame) -> Standing:
    """All listed children are applied for as well, by the time the papers are handed in."""
    stated = found.bundle
    if stated is None or stated.path != found.path:
        return
    names = tuple(child.name for child in stated.fact.children)
    asking = Asking(
        check=bundle_check(stated.fact, frame),
        change=Change("eligibility.change.bundle", {"children": names}),
        when=When.FILING,
    )
    yield (_about("bundle", stated.path, stated.fact.source), asking)
