"""Make the version that stands ready to be submitted, while there is time: freeze it, check the form, ask the rules.

What the deadline and the limits say is left out: they are asked at the moment of submitting.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.case import not_in_register
from keqiao.core.forms.checking import Attached, faults
from keqiao.core.forms.stating import Stated, stated
from keqiao.core.rules.answers import Judged, Verdict, When
from keqiao.core.rules.facts import Case, Unit
from keqiao.core.rules.judging import is_due
from keqiao.web.applications.definitions import Asked, asked_of
from keqiao.web.applications.frozen import frozen_content
from keqiao.web.applications.kept_findings import to_values
from keqiao.web.applications.models import Application, Prepared, Version
from keqiao.web.applications.queries.contents import version_of, whole_answers
from keqiao.web.applications.receipts import digest_of_content
from keqiao.web.applications.registered import unsure_people
from keqiao.web.applications.stating import case_with
from keqiao.web.eligibility.cases import cases_on
from keqiao.web.files.kinds import family_of
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.queries.under_guard import debarments_against
from keqiao.web.scope import crossing

AT_SUBMITTING = frozenset({"opens", "deadline", "per_unit_limit", "quota"})
"""Rules (by id or type) that say nothing here: the arrival and the places are asked when it is submitted."""

WHY_ASKED = "whoever applies is judged by all that is on record of unit, leader and partners"


def prepare(application_id: UUID, at: datetime) -> tuple[Finding, ...]:
    """Make the version that stands ready and return everything that stands against it, limits and days left out.

    Works without holding the application; if another version was saved meanwhile, that one stays to be made ready.
    """
    application = Application.objects.select_related("unit", "leader").get(pk=application_id)
    asked, version = asked_of(application), version_of(application)
    with crossing(WHY_ASKED):
        case = case_of(application, asked, version, local_day(at))
        parties = _parties(application, case)
        debarred = debarments_against(parties, on=case.on)
    found = (
        *_form_faults(application, asked, version),
        *_doubts_about_people(application, asked, version, case.on),
        *_rule_findings(asked, case),
    )
    content = frozen_content(application, version, asked.form)
    _keep(
        application,
        {
            "association_id": application.association_id,
            "version": version.number,
            "saved": version,
            "saved_at": version.saved_at,
            "revision_id": application.revision_id,
            "specification": asked.form,
            "content": content,
            "digest": digest_of_content(content),
            "findings": to_values(found),
            "parties": [str(party) for party in parties],
            "debarred": sorted(debarred),
            "of_record_id": _of_record(asked, case),
            "asked_at": at,
        },
    )
    return found


@transaction.atomic
def _keep(application: Application, values: dict[str, Any]) -> None:
    standing = (
        Application.objects.select_for_update().values_list("version", "revision_id").get(pk=application.pk)
    )
    if standing == (values["version"], values["revision_id"]):
        Prepared.objects.update_or_create(application=application, defaults=values)


def case_of(application: Application, asked: Asked, version: Version, day: date) -> Case:
    """Return the case that the rules are asked about: what is on record on ``day``, and what this version states."""
    cases = cases_on(day, [application.unit_id], [application.association_id])
    said = stated(asked.specification, whole_answers(version)) if asked.specification else Stated()
    case = cases[application.association_id, application.unit_id]
    return case_with(case, application, said, asked.rules.prepare.words)


def _parties(application: Application, case: Case) -> list[UUID]:
    """Everybody whose debarment counts: the unit, those it stands for, the leader, the partners."""
    stand_ins = (case.applicant.host, case.applicant.supervisor)
    around = [UUID(unit.id) for unit in (*stand_ins, *case.partners) if isinstance(unit, Unit) and unit.id]
    leader = [application.leader_id] if application.leader_id else []
    return list(dict.fromkeys([application.unit_id, *leader, *around]))


def _of_record(asked: Asked, case: Case) -> UUID | None:
    """The body in whose name the unit applies in this category, where it is another."""
    body = asked.rules.body_of_record(asked.path, case.applicant)
    return UUID(body.id) if body is not None else None


def _form_faults(application: Application, asked: Asked, version: Version) -> tuple[Finding, ...]:
    if asked.specification is None:
        return ()
    files = application.attachments.select_related("file")
    attached = {
        str(row.file_id): Attached(
            kind=family_of(row.file.kind),
            size=row.file.size,
            digest=row.digest,
            is_whole=row.file.state == "stored",
        )
        for row in files
    }
    return faults(asked.specification, whole_answers(version), attachments=attached)


def _doubts_about_people(
    application: Application, asked: Asked, version: Version, day: date
) -> Iterator[Finding]:
    """Names that somebody has to look at: a debarment of a person is found by name and day of birth only."""
    if asked.specification is None:
        return
    said = stated(asked.specification, whole_answers(version))
    if names := unsure_people(said, application.unit_id, day):
        yield Finding("application.person_unsure", Weight.ASK, {"names": names})


def _rule_findings(asked: Asked, case: Case) -> Iterator[Finding]:
    """What the rules of the category say that are due by now: what refuses, warns, or has to be looked at."""
    if names := not_in_register(case):
        yield Finding("application.not_in_register", Weight.ASK, {"names": names})
    answer = asked.rules.answer(asked.path, case, When.FORM)
    due = (one for one in answer.judged if is_due(one.when, When.FORM) and not _is_asked_later(one))
    for judged in due:
        if judged.verdict is not Verdict.PASSES:
            yield from _of_rule(judged)


def _is_asked_later(judged: Judged) -> bool:
    return judged.rule in AT_SUBMITTING or judged.type in AT_SUBMITTING


def _of_rule(judged: Judged) -> Iterator[Finding]:
    """The findings of a rule, none heavier than its verdict: what a person has to look at stops nothing."""
    refuses = judged.verdict is Verdict.FAILS and judged.weight is Weight.REFUSE
    found: Iterable[Finding] = judged.findings or judged.missing
    for each in found:
        heavy = each.weight is Weight.REFUSE
        weight = Weight.ASK if heavy and not refuses else each.weight
        yield Finding(each.code, weight, each.values, each.source or judged.source, each.at)
