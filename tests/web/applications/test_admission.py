"""A full house: a place in the queue, and the arrival of the first try in a signed token."""

from collections import Counter
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from keqiao.web.applications.admission import (
    LONGEST_WAIT,
    TAKEN_A_SECOND,
    House,
    Ticket,
    Waiting,
    ticket_for,
    wait_of,
)
from tests.web.applications.makers import NOW

PK, OTHER = UUID(int=1), UUID(int=2)
ACCOUNT, SOMEBODY = SimpleNamespace(pk=UUID(int=3)), SimpleNamespace(pk=UUID(int=4))


def ticket(key: str, seconds: int = 0) -> Ticket:
    return Ticket(PK, key, ACCOUNT.pk, NOW + timedelta(seconds=seconds))


def enter(house: House, key: str, arrived: int = 0, at: int = 0) -> int:
    """0 where one is in, else the place in the queue."""
    try:
        house.enter(ticket(key, arrived), NOW + timedelta(seconds=at), 2)
    except Waiting as waiting:
        return waiting.position
    return 0


def test_as_many_as_there_is_room_go_in_and_the_others_get_their_place():
    house = House()

    assert [enter(house, key, place) for place, key in enumerate("abcd")] == [0, 0, 1, 2]


def test_who_was_asked_to_come_by_now_goes_before_those_who_came_later():
    house = House()
    for place, key in enumerate("abc"):
        enter(house, key, place)
    house.leave()

    assert enter(house, "d", arrived=5, at=5) == 2
    assert enter(house, "c", arrived=2, at=5) == 0


def test_a_place_is_not_kept_for_ever_for_somebody_who_does_not_come():
    house = House()
    for place, key in enumerate("abc"):
        enter(house, key, place)
    house.leave()

    assert enter(house, "d", arrived=60, at=60) == 0


def test_the_back_of_a_long_queue_does_not_come_again_in_one_second():
    in_time = LONGEST_WAIT * TAKEN_A_SECOND - 1
    come = Counter(wait_of(position) for position in range(in_time + 1, in_time + 1 + 16 * TAKEN_A_SECOND))

    assert come == dict.fromkeys(range(15, 31), TAKEN_A_SECOND)
    assert [wait_of(position) for position in (1, TAKEN_A_SECOND, in_time)] == [1, 2, LONGEST_WAIT]


def test_the_token_proves_the_first_arrival():
    token = ticket("a").token()
    later = NOW + timedelta(minutes=5)

    assert ticket_for(PK, "a", ACCOUNT, later, token).arrived_at == NOW


@pytest.mark.parametrize(
    ("pk", "key", "account", "after"),
    [
        (OTHER, "a", ACCOUNT, timedelta(minutes=5)),
        (PK, "b", ACCOUNT, timedelta(minutes=5)),
        (PK, "a", SOMEBODY, timedelta(minutes=5)),
        (PK, "a", ACCOUNT, timedelta(days=2)),
        (PK, "a", ACCOUNT, -timedelta(seconds=1)),
    ],
)
def test_a_token_of_another_form_or_person_or_of_long_ago_proves_nothing(pk, key, account, after):
    at = NOW + after

    assert ticket_for(pk, key, account, at, ticket("a").token()).arrived_at == at


def test_a_token_that_was_altered_proves_nothing():
    assert ticket_for(PK, "a", ACCOUNT, NOW, ticket("a", -60).token()[:-2] + "xx").arrived_at == NOW
