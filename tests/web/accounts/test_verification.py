"""``keqiao verify`` finds registrations and invitations that were changed past the program."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from keqiao.web.accounts import actions
from keqiao.web.accounts.models import Grant, Registration
from keqiao.web.accounts.people.invitations import Invited, accept_invitation, invite
from keqiao.web.accounts.registration.actions import Verdict, verify_registration
from keqiao.web.accounts.roles import Role
from keqiao.web.accounts.verification import check_invitations, check_registrations
from tests.web import make
from tests.web.accounts.registering import registered

pytestmark = pytest.mark.django_db


def test_a_registration_stands_where_its_events_say():
    cache.clear()
    association = make.association()
    registration = registered(association)
    officer = make.officer(association)
    verify_registration(registration.pk, Verdict(), actor=officer, at=registration.submitted_at)
    assert (check_registrations().checked, check_registrations().faults) == (1, ())
    Registration.objects.update(state="refused")
    assert len(check_registrations().faults) == 1


def test_an_accepted_invitation_gave_its_role():
    unit, at = make.organisation(), datetime.now(UTC)
    wanted = Invited("new@example.org", actions.Terms(Role.APPLICANT, unit.pk))
    invitation = invite(wanted, actor=make.holder(Role.UNIT_ADMIN, unit), at=at, reason="新同事")
    accept_invitation(invitation.pk, user=None, name="李明", at=at)
    assert (check_invitations().checked, check_invitations().faults) == (1, ())
    Grant.objects.filter(role="applicant").update(role="endorser")
    assert [fault.code for fault in check_invitations().faults] == ["invitation.grant_differs"]
