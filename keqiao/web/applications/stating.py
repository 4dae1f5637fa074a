"""What the answers say of the application itself: its title, who leads it, which units join it; and the rules' case."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from keqiao.core.forms.case import PARTNER, case_of
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.stating import Stated, stated
from keqiao.core.lifecycle.application import ApplicationState
from keqiao.core.rules.facts import Case
from keqiao.core.rules.words import Words
from keqiao.web.applications.models import Application, Partner
from keqiao.web.applications.registered import ids_of, named_in, person_ids_of, register_of, with_records
from keqiao.web.parties.finding import people_known
from keqiao.web.parties.queries import all_organisations

TITLES = ("title", "name", "project", "topic")
"""Ids of the field that names the project, as the ready-made forms have them; the first that is there."""
LEADS = ("leader", "supported", "applicant")
"""Roles of the person who leads an application, the first that is there."""
LONGEST_TITLE = 200


def described(
    application: Application, specification: Specification | None, answers: Mapping[str, Any], day: date
) -> None:
    """Have an application say what its answers say of title, leader and partners. The caller saves the row.

    While it is corrected it keeps the title that was submitted: the office knows it under that name.
    """
    if specification is None:
        return
    if application.state != ApplicationState.RETURNED.value:
        application.title = title_in(answers)
    said = stated(specification, answers)
    named = named_in(said, day)
    leads = person_ids_of(_first(said.people, LEADS), named.people)
    known = people_known(leads)
    application.leader_id = next((pk for pk in leads if pk in known), None)
    _join(application, ids_of(said.units.get(PARTNER, ()), named.units))


def title_in(answers: Mapping[str, Any]) -> str:
    """Return the title that answers state, as long as the row takes it; "" without one."""
    titled = next((answers[key] for key in TITLES if isinstance(answers.get(key), str)), "")
    return titled[:LONGEST_TITLE]


def _first(blocks: Mapping[str, Any], roles: Iterable[str]) -> Iterable[Mapping[str, Any]]:
    return next((blocks[role] for role in roles if blocks.get(role)), ())


def _join(application: Application, units: list[UUID]) -> None:
    wanted = [unit for unit in units if unit != application.unit_id]
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


def case_with(case: Case, application: Application, said: Stated, words: Words) -> Case:
    """Return the case of the unit with everything that the form states, and all that is on record of whom it names."""
    register = register_of(case, said, named_in(said, case.on))
    known = with_records(case, application.association_id, register, said)
    return case_of(known, said, register, words)
