"""What the office sees and assigns, and whom an endorsing unit still waits for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.applications.models import Application
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement import actions, queries
from keqiao.web.endorsement.models import Passage
from keqiao.web.endorsement.personal import TABLES
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place
from tests.web.registers import makers as registering

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """渑池县, with people of its association."""
    return Place()


def open_chain(place, call):
    """An application of a unit whose level nobody has stated: either chain of Sanmenxia may hold."""
    passage = place.submitted(call, level="")
    assert (passage.chain, passage.manner, passage.queue) == ("", "unassigned", None)
    return passage


def page_of(client, place, passage, **said):
    client.force_login(place.officer)
    address = reverse("endorsement:assign", args=[passage.pk])
    return client.post(address, said) if said else client.get(address)


def test_the_page_says_that_the_level_is_unknown_and_the_officer_has_to_choose_the_chain(client, place):
    passage = open_chain(place, place.call())

    shown = page_of(client, place, passage)
    unsaid = page_of(client, place, passage, organisation=place.county_body.name)

    assert [each.code for each in shown.context["findings"]] == ["endorsement.level_unknown"]
    assert [name for name, _words in shown.context["form"].fields["chain"].choices] == ["county", "others"]
    assert (unsaid.status_code, list(unsaid.context["form"].errors)) == (422, ["chain"])
    assert makers.fresh(passage).manner == "unassigned"
    with pytest.raises(Refused) as refused:
        actions.assign(passage.pk, actions.Assigned(place.county_body.pk), actor=place.officer, at=NOW)
    assert [each.code for each in refused.value.findings] == ["endorsement.no_such_chain"]


@pytest.mark.parametrize(
    ("chain", "expected"),
    [("county", ("waiting", "queue", "county")), ("others", ("filed", "unassigned", "others"))],
)
def test_the_chain_that_the_officer_chooses_holds(client, place, chain, expected):
    passage = open_chain(place, place.call())

    answer = page_of(client, place, passage, chain=chain)
    stands = makers.fresh(passage)

    assert answer.status_code == 302
    assert (stands.state, stands.manner, stands.chain) == expected
    assert stands.taker == (place.county_body if chain == "county" else None)


def test_the_office_sees_every_queue_what_nobody_took_what_is_on_paper_and_what_arrived(place):
    call = place.call(makers.chain(per_endorser_max=2))
    first, second = place.recommended(call), place.recommended(call)
    actions.forward(makers.queue_of(first).pk, actor=place.endorser, at=NOW)
    third = place.submitted(call)
    elsewhere = make.organisation(kind="society", level="county")
    nobody = makers.passage_of(applying.submitted(call, applying.applicant(elsewhere)))
    paper = place.submitted(call)
    unstaffed = make.organisation("灵宝市科学技术协会", kind="association", level="county")
    actions.assign(paper.pk, actions.Assigned(unstaffed.pk), actor=place.officer, at=NOW)

    seen = queries.office_overview(place.officer, call.pk, NOW)

    (queue,) = seen.queues
    assert (queue.queue.taker, queue.unfinished, queue.is_late) == (place.county_body, 1, False)
    assert [each.passage.pk for each in seen.unassigned] == [nobody.pk]
    assert [(each.passage.pk, each.passage.taker) for each in seen.on_paper] == [(paper.pk, unstaffed)]
    assert {row.pk for row in seen.filed} == {first.pk, second.pk}
    assert makers.fresh(third).queue == queue.queue
    other = queries.office_overview(make.officer(make.association()), call.pk, NOW)
    assert (other.queues, other.unassigned, other.on_paper, other.filed) == ((), (), (), ())


def test_a_queue_is_late_once_its_time_is_over_and_something_lies_in_it(place):
    steps = [{**step, "deadline": "2026-06-20"} for step in makers.COUNTY["steps"]]
    call = place.call(makers.chain(steps=steps))
    passage, late = place.recommended(call), makers.later(days=25)

    def is_late(at):
        (queue,) = queries.office_overview(place.officer, call.pk, at).queues
        return queue.is_late

    assert (is_late(NOW), is_late(late)) == (False, True)
    actions.forward(passage.queue_id, actor=place.endorser, at=NOW)
    assert is_late(late) is False


def test_units_of_the_county_that_have_only_drafts_or_nothing_are_missing_and_no_others(place):
    call = place.call()
    queue = makers.queue_of(place.submitted(call, "已提交的学会"))
    drafting, idle = place.unit("有草稿的学会"), place.unit("未开始的学会")
    applying.draft(call, applying.applicant(drafting))
    place.unit("市属学会", level="prefecture")  # files directly
    make.organisation("外县的学会", kind="society", level="county")

    found = queries.missing_of(queue, NOW)

    assert [unit.name for unit in found.drafting] == [drafting.name]
    assert idle.name in {unit.name for unit in found.not_begun}
    named = {unit.name for unit in (*found.drafting, *found.not_begun)}
    assert not named & {"已提交的学会", "市属学会", "外县的学会"}


def test_ones_own_data_hold_opinions_only_once_they_have_been_told(place):
    table = next(each for each in TABLES if each.label == "endorsement.endorsement")
    passage = place.recommended(place.call())
    person, account = registering.person(), make.user()
    Application.objects.filter(pk=passage.application_id).update(leader=person)
    account.person_id = person.pk
    account.save(update_fields=["person_id"])

    assert list(table.own(account)) == []
    actions.forward(passage.queue_id, actor=place.endorser, at=NOW)

    assert [row.words for row in table.own(account)] == ["同意推荐"]
    assert list(table.own(make.user())) == []
    assert Passage.objects.get(pk=passage.pk).state == "filed"


def test_the_office_asks_as_much_for_two_that_nobody_took_as_for_six_and_names_the_bodies_of_each(place):
    call, other = place.call(), make.region("411224", "卢氏县", "county", parent=place.city)
    city = make.organisation("三门峡市科协", kind="association", level="prefecture", region=place.city)
    there = make.organisation("卢氏县科协", kind="association", level="county", region=other)

    def unassigned(name, region):
        unit = make.organisation(name, kind="society", level="", region=region)
        return makers.passage_of(applying.submitted(call, applying.applicant(unit))).pk

    def asked():
        with CaptureQueriesContext(connection) as found:
            return queries.office_overview(place.officer, call.pk, NOW), len(found)

    expected = {unassigned("渑池学会", place.county): [place.county_body, city]}
    expected |= {unassigned("卢氏学会", other): [there, city]}
    queries.office_overview(place.officer, call.pk, NOW)  # what revisions state is kept in memory from now on
    _seen, two = asked()
    expected |= {unassigned("市直学会", place.city): [city], unassigned("无属地学会", None): []}
    expected |= {unassigned(f"卢氏学会{n}", other): [there, city] for n in range(2)}
    seen, six = asked()

    assert {each.passage.pk: list(each.candidates) for each in seen.unassigned} == expected
    assert two == six
