"""Rooms above are told what became of an application, inside the act; and open it to those before whom it lies."""

from types import SimpleNamespace

import pytest
from django.db.models import Q

from keqiao.core.lifecycle.application import ENDORSER
from keqiao.web.applications import actions, followers, readers
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries.applications import applications_laid_before
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.models import Event
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """What a room above hears."""
    heard = []
    monkeypatch.setattr(followers, "_followers", lambda: (heard.append,))
    return heard


def test_every_act_on_an_application_is_told_once_with_who_did_it(told):
    application = makers.submitted(makers.call())
    officer = makers.returned(application)
    makers.save(application, summary="面向六个乡镇开展六场巡展。")
    makers.submit(application)
    makers.withdraw(application)
    makers.take_up_again(application)
    actions.discard(application.pk, actor=application.created_by, at=makers.NOW)

    by_unit = application.created_by
    assert [(each.act, each.actor, each.role) for each in told] == [
        ("submitted", by_unit, "applicant"),
        ("returned", officer, "officer"),
        ("corrected", by_unit, "applicant"),
        ("withdrawn", by_unit, "applicant"),
        ("taken_up_again", by_unit, "applicant"),
        ("discarded", by_unit, "applicant"),
    ]
    assert {(each.application_id, each.unit_id, each.node) for each in told} == {
        (application.pk, application.unit_id, "c1")
    }


def test_what_a_follower_refuses_is_not_done(monkeypatch):
    application = makers.draft(makers.call())

    def refuse(_change):
        raise ZeroDivisionError

    monkeypatch.setattr(followers, "_followers", lambda: (refuse,))
    with pytest.raises(ZeroDivisionError):
        makers.submit(application)

    assert makers.fresh(application).state == "draft"


def test_whoever_endorses_it_reads_it_once_submitted_and_returns_it(monkeypatch):
    application, endorser = makers.draft(makers.call()), make.user()
    room = SimpleNamespace(
        readable=lambda viewer, _at: Q(pk=application.pk) if viewer == endorser else Q(pk__in=[]),
        roles_towards=lambda viewer, pk, _at: (
            frozenset({ENDORSER}) if (viewer, pk) == (endorser, application.pk) else frozenset()
        ),
    )
    monkeypatch.setattr(readers, "_rooms", lambda: (room,))
    laid = applications_laid_before(endorser, makers.NOW)
    assert list(laid) == []  # a draft
    makers.submit(application)
    assert [row.pk for row in laid.all()] == [application.pk]

    with pytest.raises(Application.DoesNotExist):
        actions.return_for_correction(application.pk, makers.correction(), actor=make.user(), at=makers.NOW)
    actions.return_for_correction(application.pk, makers.correction(), actor=endorser, at=makers.NOW)

    event = Event.objects.get(chain_id=str(application.pk), act="returned")
    assert (event.actor_id, event.role) == (endorser.pk, "endorser")
    actions.let_stand(application.pk, actor=endorser, at=makers.NOW)
    assert makers.fresh(application).state == "submitted"


def test_a_submission_that_was_returned_and_stands_is_not_returned_again():
    application = makers.submitted(makers.call())
    officer = makers.returned(application)
    actions.let_stand(application.pk, actor=officer, at=makers.NOW)

    with pytest.raises(Refused) as refused:
        actions.return_for_correction(application.pk, makers.correction(), actor=officer, at=makers.NOW)

    assert [finding.code for finding in refused.value.findings] == ["application.returned_before"]
