"""Who decides whether publishing needs a second person."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.parties.actions import require_second_person
from tests.web import make

pytestmark = pytest.mark.django_db


def choose(client, association, wanted):
    return client.post(reverse("parties:second_person", args=[association.pk]), {"wanted": wanted})


def is_required(association):
    association.refresh_from_db()
    return association.second_person_publishes


def leader_of(association):
    return make.holder(Role.LEADER, association.organisation)


def test_an_officer_asks_for_more_care_and_only_a_leader_for_less(client):
    association = make.association()
    client.force_login(make.officer(association))
    choose(client, association, "yes")
    assert is_required(association)
    page = client.get(reverse("parties:association", args=[association.pk])).content.decode()
    assert "只有科协领导可以取消这项要求" in page

    assert choose(client, association, "no").status_code == 403
    assert is_required(association)

    client.force_login(leader_of(association))
    choose(client, association, "no")
    assert not is_required(association)
    acts = [(event.act, event.role) for event in timeline(association)][1:]
    assert acts == [("second_person_required", "officer"), ("second_person_lifted", "leader")]


def test_choosing_what_holds_already_is_no_event():
    association = make.association()
    before = timeline(association).count()
    require_second_person(association, wanted=False, actor=leader_of(association), at=make.LONG_AGO)

    assert timeline(association).count() == before


def test_nobody_elsewhere_decides(client):
    association, stranger = make.association(), leader_of(make.association())
    with pytest.raises(PermissionDenied):
        require_second_person(association, wanted=True, actor=stranger, at=make.LONG_AGO)

    client.force_login(stranger)
    assert choose(client, association, "yes").status_code == 404
    assert not is_required(association)


def test_a_leader_sees_the_association_and_changes_nothing_else(client):
    association = make.association()
    profile = reverse("parties:profile", args=[association.pk])
    client.force_login(make.officer(association))
    assert profile in client.get(reverse("parties:association", args=[association.pk])).content.decode()

    client.force_login(leader_of(association))
    page = client.get(reverse("parties:association", args=[association.pk])).content.decode()
    assert ("发布审批" in page, profile in page) == (True, False)
    assert client.post(profile, {"site_name": "新名"}).status_code == 404
