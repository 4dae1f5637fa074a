"""What the answers say of the application itself: its title, who leads it, which units join it; and the rules' case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from keqiao.core.forms.specification import Specification
from keqiao.core.forms.stating import Stated, stated
from keqiao.core.rules.facts import UNKNOWN, Case, Human
from keqiao.web.applications.models import Application, Partner
from keqiao.web.parties.facts import humans_on, units_on
from keqiao.web.parties.finding import people_known
from keqiao.web.parties.queries import all_organisations

TITLES = ("title", "name", "project", "topic")
"""Ids of the field that names the project, as the ready-made forms have them; the first that is there."""
LEADS = ("leader", "supported", "applicant")
"""Roles of the person who leads an application, the first that is there."""
WORDS = {"leader": "项目负责人", "supported": "被托举人", "mentor": "导师", "team": "团队成员"}
"""Roles as calls word them, for the rules."""
LONGEST_TITLE = 200


def described(
    application: Application, specification: Specification | None, answers: Mapping[str, Any]
) -> None:
    """Have an application say what its answers say of title, leader and partners. The caller saves the row."""
    if specification is None:
        return
    named = next((answers[key] for key in TITLES if isinstance(answers.get(key), str)), "")
    application.title = named[:LONGEST_TITLE]
    said = stated(specification, answers)
    leads = _ids(_first(said.people, LEADS))
    known = people_known(leads)
    application.leader_id = next((pk for pk in leads if pk in known), None)
    _join(application, _ids(said.units.get("partner", ())))


def _first(blocks: Mapping[str, Any], roles: Iterable[str]) -> Iterable[Mapping[str, Any]]:
    return next((blocks[role] for role in roles if blocks.get(role)), ())


def _ids(blocks: Iterable[Mapping[str, Any]]) -> list[UUID]:
    """The ids in blocks that were picked from the register; what somebody made up is left out."""
    found: list[UUID] = []
    for block in blocks:
        try:
            found.append(UUID(str(block.get("id"))))
        except ValueError:
            continue
    return found


def _join(application: Application, units: list[UUID]) -> None:
    wanted = [unit for unit in dict.fromkeys(units) if unit != application.unit_id]
    if list(application.partners.values_list("unit_id", flat=True)) == wanted:
        return
    known = set(all_organisations().filter(pk__in=wanted).values_list("pk", flat=True))
    application.partners.all().delete()
    Partner.objects.bulk_create(
        Partner(
            association_id=application.association_id, application=application, unit_id=unit, position=place
        )
        for place, unit in enumerate(each for each in wanted if each in known)
    )


def case_with(case: Case, application: Application, said: Stated) -> Case:
    """Return the case of the unit with everything that the form states of people, partners and answers."""
    joined = units_on(case.on, list(application.partners.values_list("unit_id", flat=True)))
    people = {
        WORDS[role]: tuple(_humans(case.on, blocks)) for role, blocks in said.people.items() if role in WORDS
    }
    return replace(
        case,
        partners=tuple(joined.values()),
        people={**case.people, **people},
        answers={**case.answers, **said.answers},
    )


def _humans(day: date, blocks: Iterable[Mapping[str, Any]]) -> Iterator[Human]:
    """Those from the register as it knows them; others as the form says."""
    blocks = list(blocks)
    known = humans_on(day, _ids(blocks))
    for block in blocks:
        found = [known[pk] for pk in _ids([block]) if pk in known]
        yield (
            found[0]
            if found
            else Human("", str(block.get("name", "")), birth_date=_day(block.get("birth_date")))
        )


def _day(text: Any) -> Any:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return UNKNOWN
