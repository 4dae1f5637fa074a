"""``keqiao verify`` finds what does not fit together in applications."""

import pytest
from django.db import connection

from keqiao.web.applications import verification
from keqiao.web.applications.models import Application, Submission
from keqiao.web.registers.models import Holding
from tests.web.append_only import triggers_off
from tests.web.applications import makers

pytestmark = pytest.mark.django_db


def faults() -> set[str]:
    return {fault.code for _name, check in verification.CHECKS for fault in check().faults}


def test_what_the_actions_write_holds():
    call = makers.call(limit=5)
    withdrawn = makers.submitted(call)
    makers.withdraw(withdrawn)
    makers.returned(makers.submitted(call))
    makers.submitted(call)

    assert faults() == set()


def test_a_content_that_was_altered_is_found():
    makers.submitted(makers.call())
    with triggers_off():
        Submission.objects.update(content="{}")

    assert faults() == {"submission.altered"}


def test_a_place_that_is_missing_and_a_state_that_no_event_says_are_found():
    application = makers.submitted(makers.call())
    Holding.objects.update(ended_on=makers.NOW.date())
    assert faults() == {"application.place_missing"}

    Application.objects.filter(pk=application.pk).update(state="withdrawn")
    assert faults() == {"case.state_differs"}


@pytest.mark.parametrize("change", ["DELETE FROM {table}", "UPDATE {table} SET number = 'x'"])
def test_the_database_refuses_to_remove_or_rewrite_a_submission(change):
    makers.submitted(makers.call())

    with pytest.raises(Exception, match="submission"), connection.cursor() as cursor:
        cursor.execute(change.format(table=Submission._meta.db_table))
