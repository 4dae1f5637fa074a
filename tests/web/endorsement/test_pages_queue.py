"""The pages of an endorser: its queues, one of them in order, moving by every way, deciding several, who is missing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from keqiao.web.accounts.roles import Role
from keqiao.web.endorsement.models import Passage
from keqiao.web.endorsement.views.queues import moved
from tests.web import make
from tests.web.applications.pages import words_of
from tests.web.endorsement import makers
from tests.web.endorsement.makers import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """渑池县, with people of its association."""
    return Place()


@pytest.fixture
def endorser(client: Client, place) -> Client:
    """The browser of somebody who endorses for the county."""
    client.force_login(place.endorser)
    return client


def page_of(client, name, pk):
    return client.get(reverse(f"endorsement:{name}", args=[pk]))


def order_on(page) -> list[str]:
    """The ids of the lines of a queue in the order of the page."""
    return [
        row.get("data-line") for row in html.fromstring(page.content.decode()).iterfind(".//tr[@data-line]")
    ]


def ranked(*passages) -> list[str]:
    rows = Passage.objects.filter(pk__in=[each.pk for each in passages], place__isnull=False)
    return [str(pk) for pk in rows.order_by("place").values_list("pk", flat=True)]


def test_the_list_of_queues_counts_each_state_and_leads_to_the_queue(endorser, place):
    call = place.call(makers.chain(per_endorser_max=3))
    passage = place.recommended(call)
    place.submitted(call)

    page = endorser.get(reverse("endorsement:queues"))

    (row,) = page.context["rows"]
    assert (row.quota, row.waiting, row.recommended, row.taker) == (3, 1, 1, "渑池县科学技术协会")
    assert reverse("endorsement:queue", args=[passage.queue_id]) in page.content.decode()


def test_a_queue_shows_quota_received_and_lines_with_the_quota_between_them(endorser, place):
    call = place.call(makers.chain(per_endorser_max=2))
    passages = [place.recommended(call) for _ in range(3)]
    waiting = place.submitted(call)

    page = page_of(endorser, "queue", passages[0].queue_id)

    lines = page.context["lines"]
    assert [str(row.pk) for row in lines.above] == [str(each.pk) for each in passages[:2]]
    assert [str(row.pk) for row in lines.below] == [str(passages[2].pk), str(waiting.pk)]
    assert lines.line == "名额线：以上 2 项在名额内"
    assert order_on(page) == [str(each.pk) for each in (*passages, waiting)]
    assert "拟推荐 3 项，名额 2 项" in words_of(page)


def test_what_the_quota_still_takes_is_said_on_its_line(endorser, place):
    passage = place.recommended(place.call(makers.chain(per_endorser_max=2)))

    assert page_of(endorser, "queue", passage.queue_id).context["lines"].line == "名额线：还可推荐 1 项"


def test_a_queue_without_a_quota_has_no_line(endorser, place):
    passage = place.recommended(place.call())

    assert "名额线" not in words_of(page_of(endorser, "queue", passage.queue_id))


@pytest.mark.parametrize(
    ("move", "after"),
    [
        ("up:{2}", (0, 2, 1)),
        ("down:{0}", (1, 0, 2)),
        ("up:{0}", (0, 1, 2)),
        ("down:{2}", (0, 1, 2)),
        ("before:{2}:{0}", (2, 0, 1)),
        ("after:{0}:{2}", (1, 2, 0)),
        ("sideways:{0}", (0, 1, 2)),
        ("up:nobody", (0, 1, 2)),
        ("", (0, 1, 2)),
    ],
)
def test_a_line_moves_by_button_key_and_drag(endorser, place, move, after):
    call = place.call()
    passages = [place.recommended(call) for _ in range(3)]
    address = reverse("endorsement:rank", args=[passages[0].queue_id])

    answer = endorser.post(address, {"move": ["", move.format(*(each.pk for each in passages))]})

    assert answer.status_code == 302
    assert ranked(*passages) == [str(passages[at].pk) for at in after]


def test_a_move_beside_itself_changes_nothing():
    assert moved(["a", "b"], "before:a:a") == ["a", "b"]


def test_several_are_recommended_together_with_one_opinion_asked_for_on_its_own_page(endorser, place):
    call = place.call()
    one, two = place.submitted(call), place.submitted(call)
    address = reverse("endorsement:decide", args=[one.queue_id])
    ticked = {"act": "recommend", "row": [str(one.pk), str(two.pk)]}

    asked = endorser.post(address, ticked)
    empty = endorser.post(address, {**ticked, "words": " "})
    done = endorser.post(address, {**ticked, "words": "同意推荐"})

    assert (asked.status_code, empty.status_code, done.status_code) == (200, 422, 302)
    assert "推荐 2 项" in words_of(asked)
    assert {makers.fresh(each).state for each in (one, two)} == {"recommended"}


def test_several_are_declined_together_with_one_reason(endorser, place):
    call = place.call()
    one, two = place.submitted(call), place.submitted(call)
    ticked = {"act": "decline", "row": [str(one.pk), str(two.pk)], "words": "名额所限"}

    endorser.post(reverse("endorsement:decide", args=[one.queue_id]), ticked)

    page = page_of(endorser, "queue", one.queue_id)
    assert {makers.fresh(each).state for each in (one, two)} == {"declined"}
    assert [row.said for row in page.context["lines"].below] == ["名额所限", "名额所限"]


def test_what_is_decided_already_is_left_out_of_what_is_decided_together(endorser, place):
    call = place.call()
    done, waiting = place.recommended(call), place.submitted(call)
    ticked = {"act": "decline", "row": [str(waiting.pk), str(done.pk)]}

    asked = endorser.post(reverse("endorsement:decide", args=[done.queue_id]), ticked)
    endorser.post(reverse("endorsement:decide", args=[done.queue_id]), {**ticked, "words": "名额所限"})

    assert [row.pk for row in asked.context["rows"]] == [waiting.pk]
    assert (makers.fresh(waiting).state, makers.fresh(done).state) == ("declined", "recommended")


def test_without_anything_ticked_one_is_told_to_tick(endorser, place):
    passage = place.submitted(place.call())

    answer = endorser.post(
        reverse("endorsement:decide", args=[passage.queue_id]), {"act": "recommend"}, follow=True
    )

    assert "请先勾选要办理的申报。" in words_of(answer)


def test_decisions_are_taken_back_together(endorser, place):
    call = place.call()
    one, two = place.recommended(call), place.recommended(call)
    ticked = {"act": "reconsider", "row": [str(one.pk), str(two.pk)]}

    endorser.post(reverse("endorsement:decide", args=[one.queue_id]), ticked)

    assert {makers.fresh(each).state for each in (one, two)} == {"waiting"}


@pytest.mark.parametrize("name", ["queue", "missing", "forward"])
def test_strangers_find_no_queue(client, place, name):
    passage = place.submitted(place.call())
    client.force_login(place.endorser)
    assert page_of(client, name, passage.queue_id).status_code == 200

    client.force_login(make.holder(Role.ENDORSER, make.organisation(kind="association")))

    assert page_of(client, name, passage.queue_id).status_code == 404


def test_the_office_reads_a_queue_and_changes_nothing_in_it(client, place):
    passage = place.recommended(place.call())
    client.force_login(place.officer)

    page = page_of(client, "queue", passage.queue_id)

    assert (page.status_code, page.context["may_act"]) == (200, False)
    assert 'name="move"' not in page.content.decode()
    assert client.post(reverse("endorsement:rank", args=[passage.queue_id])).status_code == 404


def test_who_is_missing_is_told_by_name_and_nothing_of_the_draft(endorser, place):
    call = place.call(deadline={"on": make.LATER.isoformat()})
    passage = place.submitted(call)
    drafting, idle = place.unit("渑池县林学会"), place.unit("渑池县农学会")
    makers.applying.draft(call, makers.applying.applicant(drafting), project="机密的草稿")

    page = page_of(endorser, "missing", passage.queue_id)

    groups = [[row.name for row in rows] for _title, rows, _none in page.context["groups"]]
    assert groups == [[drafting.name], [idle.name]]
    assert "机密的草稿" not in page.content.decode()


def counted(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["queues", "queue"])
def test_pages_ask_the_same_number_of_times_for_one_and_for_three(endorser, place, name):
    call = place.call(makers.chain(per_endorser_max=2))
    passage = place.recommended(call)
    address = reverse(f"endorsement:{name}", args=[] if name == "queues" else [passage.queue_id])
    counted(endorser, address)
    one = counted(endorser, address)

    place.recommended(call)
    place.submitted(call)

    assert counted(endorser, address) == one
