"""A county's association collects, decides, ranks and forwards within its quota (Sanmenxia, 附件1·二（二）3)."""

import pytest

from keqiao.core.lifecycle.endorsement import STATE_AFTER
from keqiao.web.accounts.roles import Role
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.models import Event
from keqiao.web.audit.verification import check_chains
from keqiao.web.endorsement import actions, queries
from keqiao.web.endorsement.models import Batch, Passage, Queue, Seat
from tests.web import make
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """渑池县, with people of its association."""
    return Place()


def codes(refused):
    return [finding.code for finding in refused.value.findings]


def test_a_unit_of_the_county_comes_to_its_association_and_others_file_directly(place):
    call = place.call()

    of_county = place.submitted(call)
    of_city = place.submitted(call, level="prefecture")

    assert (of_county.state, of_county.manner, of_county.queue.taker) == (
        "waiting",
        "queue",
        place.county_body,
    )
    assert of_city is None


def test_what_is_recommended_is_ranked_forwarded_and_filed(place):
    call = place.call()
    first, second = place.recommended(call), place.recommended(call)
    queue = makers.queue_of(first)

    actions.rank(queue.pk, [second.pk, first.pk], actor=place.endorser, at=NOW)
    batch = actions.forward(queue.pk, actor=place.endorser, at=makers.later(days=1))

    assert [(line.passage_id, line.rank, line.stands) for line in batch.lines.all()] == [
        (second.pk, 1, True),
        (first.pk, 2, True),
    ]
    assert (batch.state, makers.fresh(first).state, makers.fresh(second).state) == (
        "forwarded",
        "filed",
        "filed",
    )
    actions.receive([first.pk, second.pk], actor=place.officer, at=makers.later(days=2))
    assert makers.fresh(first).state == "received"
    assert check_chains().faults == ()


def test_more_than_the_quota_cannot_be_forwarded_and_a_declined_one_makes_room(place):
    call = place.call(makers.chain(per_endorser_max=2))
    passages = [place.recommended(call) for _ in range(3)]
    queue = makers.queue_of(passages[0])

    with pytest.raises(Refused) as refused:
        actions.forward(queue.pk, actor=place.endorser, at=NOW)
    assert codes(refused) == ["endorsement.over_quota"]
    assert not Batch.objects.exists()

    actions.reconsider(passages[1].pk, actor=place.endorser, at=NOW)
    actions.decline(passages[1].pk, "名额所限", actor=place.endorser, at=NOW)
    assert queries.state_shown(makers.fresh(passages[1])) == "waiting"  # not told yet
    actions.forward(queue.pk, actor=place.endorser, at=NOW)

    assert [makers.fresh(each).state for each in passages] == ["filed", "declined", "filed"]
    assert queries.state_shown(makers.fresh(passages[1])) == "declined"
    assert Seat.objects.filter(queue=queue, line__isnull=False).count() == 2


def test_a_forwarded_list_is_recalled_until_the_office_has_received_it(place):
    call = place.call(makers.chain(per_endorser_max=2))
    first, second = place.recommended(call), place.recommended(call)
    queue = makers.queue_of(first)
    batch = actions.forward(queue.pk, actor=place.endorser, at=NOW)

    actions.recall(batch.pk, "漏报一项", actor=place.endorser, at=NOW)

    assert [(makers.fresh(each).state, makers.fresh(each).place) for each in (first, second)] == [
        ("recommended", 1),
        ("recommended", 2),
    ]
    assert not Seat.objects.filter(queue=queue, line__isnull=False).exists()
    again = actions.forward(queue.pk, actor=place.endorser, at=NOW)
    actions.receive([first.pk], actor=place.officer, at=NOW)
    with pytest.raises(Refused) as refused:
        actions.recall(again.pk, "再改", actor=place.endorser, at=NOW)
    assert codes(refused) == ["endorsement.already_acted"]


def test_what_is_returned_comes_back_to_its_place(place):
    call = place.call()
    first, second, third = (place.recommended(call) for _ in range(3))
    queue = makers.queue_of(first)
    correction = makers.applying.correction()

    actions.give_back(second.pk, correction, actor=place.endorser, at=NOW)
    assert makers.fresh(second).state == "returned"
    actions.rank(queue.pk, [third.pk, first.pk], actor=place.endorser, at=NOW)
    makers.applying.save(second.application, summary="面向六个乡镇开展六场巡展。")
    makers.applying.submit(second.application)
    assert makers.fresh(second).state == "waiting"
    actions.recommend(second.pk, "已改，同意推荐", actor=place.endorser, at=NOW)

    lines = queries.lines_of(queue)
    assert [(line.passage.pk, line.rank) for line in lines] == [(third.pk, 1), (second.pk, 2), (first.pk, 3)]


def test_withdrawing_frees_the_seat_and_coming_again_begins_anew(place):
    call = place.call(makers.chain(per_endorser_max=1))
    passage = place.recommended(call)
    queue = makers.queue_of(passage)
    actions.forward(queue.pk, actor=place.endorser, at=NOW)

    makers.applying.withdraw(passage.application)
    assert makers.fresh(passage).state == "withdrawn"
    assert Seat.objects.filter(queue=queue, line__isnull=True).count() == 1
    makers.applying.take_up_again(passage.application)
    makers.applying.submit(passage.application)

    assert makers.fresh(passage).state == "waiting"
    actions.recommend(passage.pk, "同意推荐", actor=place.endorser, at=NOW)
    actions.forward(queue.pk, actor=place.endorser, at=NOW)
    assert makers.fresh(passage).state == "filed"


def test_after_its_own_time_nothing_is_forwarded_until_the_office_gives_more(place):
    steps = [{**step, "deadline": "2026-06-20"} for step in makers.COUNTY["steps"]]
    passage = place.recommended(place.call(makers.chain(steps=steps)))
    queue, late = makers.queue_of(passage), makers.later(days=25)

    with pytest.raises(Refused) as refused:
        actions.forward(queue.pk, actor=place.endorser, at=late)
    assert codes(refused) == ["endorsement.late"]
    settled = actions.Settled(None, makers.later(days=30), "县科协换届，申请延期")
    actions.settle_queue(queue.pk, settled, actor=place.officer, at=late)
    actions.forward(queue.pk, actor=place.endorser, at=late)

    assert makers.fresh(passage).state == "filed"


def test_strangers_find_nothing(place):
    passage = place.submitted(place.call())
    queue = makers.queue_of(passage)
    stranger = make.holder(Role.ENDORSER, make.organisation(kind="association"))

    assert queries.queue_for(place.endorser, queue.pk, NOW) == queue
    for act in (
        lambda: actions.recommend(passage.pk, "同意", actor=stranger, at=NOW),
        lambda: actions.give_back(passage.pk, makers.applying.correction(), actor=stranger, at=NOW),
        lambda: actions.sign_on_paper(passage.pk, actions.Paper("看过"), actor=stranger, at=NOW),
    ):
        with pytest.raises(Passage.DoesNotExist):
            act()
    for act in (actions.forward, actions.propose):
        with pytest.raises(Queue.DoesNotExist):
            act(queue.pk, actor=stranger, at=NOW)


def test_the_events_say_what_the_columns_say(place):
    call = place.call()
    first, second = place.recommended(call), place.submitted(call)
    actions.decline(second.pk, "不符合条件", actor=place.endorser, at=NOW)
    actions.forward(makers.queue_of(first).pk, actor=place.endorser, at=NOW)

    for passage in (first, second):
        acts = (
            Event.objects.filter(chain_id=str(passage.pk)).order_by("sequence").values_list("act", flat=True)
        )
        assert STATE_AFTER[list(acts)[-1]] == makers.fresh(passage).state
