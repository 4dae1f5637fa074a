"""An account is tied to a person of the register: proposed by whoever keeps the people, agreed by its holder."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from keqiao.web.accounts.models import Pairing, User
from keqiao.web.accounts.people import pairings
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.notifications.models import Message
from keqiao.web.parties.actions import NewTie, PersonDetails, register_person, tie
from keqiao.web.parties.models import Person, TieKind
from tests.web import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BY = {"actor": None, "role": "tests", "at": make.LONG_AGO}


def member_of(unit, name: str = "李农") -> Person:
    person = register_person(PersonDetails(name), **BY)
    tie(NewTie(person, unit, TieKind.MEMBER, date(2020, 1, 1), "名册"), **BY)
    return person


@pytest.fixture
def unit():
    return make.organisation("三门峡市农学会")


@pytest.fixture
def keeper(unit):
    return make.holder(Role.UNIT_ADMIN, unit)


@pytest.fixture
def grant(unit):
    return make.role_of(make.user("农学会申报"), Role.APPLICANT, unit)


@pytest.fixture
def person(unit):
    return member_of(unit)


def propose(client, keeper, grant, person):
    client.force_login(keeper)
    return client.post(reverse("accounts:pair", args=[grant.pk]), {"person": person.pk})


def answer(client, grant, word, pairing=None):
    client.force_login(grant.user)
    found = pairing or Pairing.objects.get()
    return client.post(reverse("accounts:answer_pairing", args=[found.pk]), {"answer": word})


def person_of(grant):
    return User.objects.values_list("person_id", flat=True).get(pk=grant.user_id)


def test_the_holder_agrees_and_sees_their_own_record(client, keeper, grant, person):
    assert propose(client, keeper, grant, person).status_code == 302
    assert person_of(grant) is None
    client.force_login(grant.user)
    assert person.name in client.get(reverse("accounts:me")).content.decode()

    answer(client, grant, "accept")

    assert person_of(grant) == person.pk
    assert client.get(reverse("parties:person", args=[person.pk])).status_code == 200
    assert [event.act for event in timeline(Pairing.objects.get())] == [
        "pairing_proposed",
        "pairing_accepted",
    ]


def test_the_holder_is_told_that_an_answer_is_wanted(client, keeper, grant, person):
    propose(client, keeper, grant, person)

    assert list(Message.objects.values_list("recipient_id", flat=True).distinct()) == [grant.user_id]


def test_who_says_that_it_is_somebody_else_is_not_tied(client, keeper, grant, person):
    propose(client, keeper, grant, person)

    answer(client, grant, "decline")

    assert (person_of(grant), Pairing.objects.get().declined_at is not None) == (None, True)


def test_nobody_answers_for_another(client, keeper, grant, person):
    propose(client, keeper, grant, person)
    client.force_login(keeper)

    refused = client.post(
        reverse("accounts:answer_pairing", args=[Pairing.objects.get().pk]), {"answer": "accept"}
    )

    assert (refused.status_code, person_of(grant)) == (404, None)


def test_nobody_proposes_for_their_own_account(client, unit, keeper, person):
    own = keeper.grants.get()

    assert propose(client, keeper, own, person).status_code == 422
    assert not Pairing.objects.exists()
    with pytest.raises(IntegrityError):
        Pairing.objects.create(
            user=keeper, person=person, organisation=unit, proposed_by=keeper, proposed_at=NOW
        )


def test_only_people_of_the_unit_without_an_account_are_offered(client, unit, keeper, grant, person):
    member_of(make.organisation("别的学会"), "外人")
    taken = member_of(unit, "有账号的人")
    User.objects.filter(pk=keeper.pk).update(person=taken)

    assert [found.name for found in pairings.people_to_pair(keeper, unit.pk, NOW)] == ["李农"]
    assert propose(client, keeper, grant, taken).status_code == 422


def test_the_keeper_of_another_unit_finds_nothing(client, grant, person):
    other = make.holder(Role.UNIT_ADMIN, make.organisation())

    assert propose(client, other, grant, person).status_code == 404


def test_of_two_proposals_the_second_waits_for_the_answer(client, keeper, grant, person, unit):
    propose(client, keeper, grant, person)

    with pytest.raises(ValidationError) as refused:
        pairings.propose_pairing(grant, member_of(unit, "王农"), actor=keeper, at=NOW)

    assert refused.value.code == "pairing.taken"


def test_a_proposal_that_is_taken_back_cannot_be_agreed_to(client, keeper, grant, person):
    propose(client, keeper, grant, person)
    made = Pairing.objects.get()
    client.post(reverse("accounts:withdraw_pairing", args=[made.pk]))

    answer(client, grant, "accept", made)

    assert (person_of(grant), Pairing.objects.get().withdrawn_at is not None) == (None, True)


def test_of_two_accounts_one_is_tied_to_a_person(client, keeper, grant, person, unit):
    second = make.role_of(make.user(), Role.APPLICANT, unit)
    for held in (grant, second):
        pairings.propose_pairing(held, person, actor=keeper, at=NOW)
    first, other = (Pairing.objects.get(user=held.user) for held in (grant, second))

    answer(client, grant, "accept", first)
    answer(client, second, "accept", other)

    assert (person_of(grant), person_of(second)) == (person.pk, None)


def test_the_holder_ends_it_and_the_keeper_may_propose_another(client, keeper, grant, person):
    propose(client, keeper, grant, person)
    answer(client, grant, "accept")

    client.post(reverse("accounts:part_person"))

    assert person_of(grant) is None
    assert timeline(grant.user).last().act == "person_parted"
    assert propose(client, keeper, grant, person).status_code == 302
