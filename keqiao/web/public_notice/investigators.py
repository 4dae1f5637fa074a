"""Who may look into an objection, or decide it: nobody with a part in the application (``core.conflicts``)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from keqiao.core.conflicts.facts import Application, Body, Expert, Part, Person, Post, Round, Who
from keqiao.core.conflicts.matrix import Asked, conflicts
from keqiao.core.findings import Finding, Verdict, Weight
from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.readers.conflict_rules import conflict_rules
from keqiao.web.accounts.queries import holders_of
from keqiao.web.accounts.roles import OF_A_UNIT
from keqiao.web.endorsement.queries.endorsed import endorsed_by
from keqiao.web.parties.finding import people_in
from keqiao.web.parties.queries import local_day
from keqiao.web.review.queries.judged import accounts_that_checked, experts_asked
from keqiao.web.scope import crossing

ASKED = ("leader", "unit", "partner", "endorsing_unit", "endorsing_person")
"""The rules of recusal that hold here; those about experts of a round do not."""
WHY = "who has a part in an application is asked whoever keeps the facts; only whether is told"


def against(account: Any, application: Any, at: datetime) -> tuple[Finding, ...]:
    """Return everything that keeps an account from looking into or deciding an objection to an application."""
    with crossing(WHY):
        return (*_conflicts(account, application, at), *_judged(account, application))


def candidates(association_id: Any, at: datetime) -> list[Any]:
    """Return the officers and leaders of an association, each once."""
    people = [*holders_of(OFFICER, association_id, at), *holders_of(LEADER, association_id, at)]
    return list({person.pk: person for person in people}.values())


def _conflicts(account: Any, application: Any, at: datetime) -> Iterator[Finding]:
    """One account is asked twice: as itself, for what it did, and as its person."""
    policy = {code: rule for code, rule in conflict_rules().items() if code in ASKED}
    day = local_day(at)
    posts = tuple(_posts(account, application, at))
    experts = [Expert("account", Who(str(account), str(account.pk)), posts)]
    if account.person_id:
        experts.append(Expert("person", Who(str(account), str(account.person_id)), posts))
    found = conflicts(experts, [_as_judged(application)], Asked(policy, Round(day, day.year)))
    told = {(each.rule, each.verdict): each for reasons in found.pairs.values() for each in reasons}
    for conflict in told.values():
        sure = conflict.verdict is Verdict.FAILS
        values = {"rule": f"word.conflict.{conflict.rule}", "who": str(account)}
        yield Finding("objection.has_a_part" if sure else "objection.may_have_a_part", Weight.REFUSE, values)


def _as_judged(application: Any) -> Application:
    units, accounts = endorsed_by(application.pk)
    partners = application.partners.select_related("unit")
    leader = application.leader
    people = (Person(Who(leader.name, str(leader.pk)), Part.LEADER),) if leader else ()
    return Application(
        id=str(application.pk),
        call=str(application.call_id),
        category=application.node,
        unit=Body(application.unit.name, str(application.unit_id)),
        partners=tuple(Body(each.unit.name, str(each.unit_id)) for each in partners),
        people=people,
        endorsers=tuple(Body(name, str(pk)) for pk, name in units.items()),
        endorsing=tuple(Who("", str(pk)) for pk in accounts),
    )


def _posts(account: Any, application: Any, at: datetime) -> Iterator[Post]:
    """Where the account works: units that it acts for, and those of the application that its person is tied to."""
    for grant in account.own_grants_at(at):
        if grant.role in OF_A_UNIT and grant.organisation_id:
            yield Post(Body("", str(grant.organisation_id)))
    if not account.person_id:
        return
    units = [application.unit_id, *application.partners.values_list("unit_id", flat=True)]
    for unit in units:
        if account.person_id in people_in(unit).values():
            yield Post(Body("", str(unit)))


def _judged(account: Any, application: Any) -> Iterator[Finding]:
    judged = account.person_id in experts_asked(application.pk)
    if judged or account.pk in accounts_that_checked(application.pk):
        yield Finding("objection.judged_it", Weight.REFUSE, {"who": str(account)})
