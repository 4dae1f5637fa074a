"""Who is told what of endorsing: applicants when their case arrives, units and offices when others have acted."""

import pytest

from keqiao.web.accounts.roles import Role
from keqiao.web.endorsement import actions
from keqiao.web.endorsement.models import Batch
from keqiao.web.notifications.models import Channel, Message
from keqiao.web.notifications.phases import why_over
from keqiao.web.parties.models import Organisation
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place

pytestmark = pytest.mark.django_db
TOGETHER = [makers.COUNTY["steps"][0], {**makers.COUNTY["steps"][1], "together_with": ["同级财政部门"]}]
TWO_STAGES = [
    makers.COUNTY["steps"][0],
    {"words": "市州科协审核", "by": "市州科协", "act": "check"},
    {"words": "向省科协申报", "by": "市州科协", "act": "forward"},
]
AT = [makers.later(hours=hours) for hours in range(12)]
"""One moment after another."""


@pytest.fixture
def place():
    """渑池县, with two people of its association; its finance bureau, with one."""
    place = Place()
    place.colleague = make.holder(Role.ENDORSER, place.county_body)
    bureau = make.organisation("渑池县财政局", kind="government_body", region=place.county)
    place.treasurer = make.holder(Role.FINANCE, bureau)
    return place


def letters(*people):
    """What each of these people has been told of endorsing, the first letter first."""
    rows = Message.objects.filter(template__startswith="endorsement.", channel=Channel.IN_APP)
    found = list(rows.order_by("queued_at", "template").values_list("recipient_id", "template"))
    return [[template.split(".")[1] for to, template in found if to == person.pk] for person in people]


def letter(template, person):
    """The one letter from this template to somebody."""
    return Message.objects.get(
        template=f"endorsement.{template}", recipient_id=person.pk, channel=Channel.IN_APP
    )


def applicant_of(passage):
    return passage.application.created_by


def forwarded(place, passage, at=AT[1]):
    return actions.forward(passage.queue_id, actor=place.endorser, at=at)


def two_stages(place):
    """A call whose applications go from the county to the city, then to the province; the city's person."""
    body = make.organisation(
        "三门峡市科协推荐单位", kind="association", level="prefecture", region=place.city
    )
    return place.call(makers.chain(steps=TWO_STAGES)), make.holder(Role.ENDORSER, body)


# ------------------------------------------------------------------------------------------ applicants


def test_whoever_applied_is_told_once_the_application_has_reached_the_association(place):
    passage = place.recommended(place.call())
    person = applicant_of(passage)
    assert letters(person) == [[]]  # what the county decided is held back

    forwarded(place, passage)

    assert letters(person) == [["filed"]]
    said = letter("filed", person).variables
    assert (said["number"], said["by"], said["to"]) == (
        passage.application.number,
        place.county_body.name,
        place.association.organisation.name,
    )
    about = letter("filed", person)
    assert (about.about_kind, about.about_id) == ("applications.application", str(passage.application_id))
    assert said["url"].endswith(f"/applications/{passage.application_id}/")
    mail = Message.objects.get(template="endorsement.filed", channel=Channel.MAIL)
    assert (mail.address, mail.association_id) == (person.email, place.association.pk)


def test_on_the_way_it_is_told_that_the_list_went_on_and_at_its_end_that_it_arrived(place):
    call, city = two_stages(place)
    passage = place.recommended(call)
    person = applicant_of(passage)

    forwarded(place, passage)
    assert (makers.fresh(passage).state, letters(person)) == ("waiting", [["forwarded"]])
    actions.recommend(passage.pk, "同意", actor=city, at=AT[2])
    assert letters(person) == [["forwarded"]]  # held back again
    actions.forward(makers.fresh(passage).queue_id, actor=city, at=AT[3])

    assert letters(person) == [["forwarded", "filed"]]


def test_what_is_not_recommended_is_told_with_the_list_and_never_as_filed(place):
    call = place.call()
    good, bad = place.recommended(call), place.submitted(call)
    actions.decline(bad.pk, "不符合条件", actor=place.endorser, at=NOW)
    assert letters(applicant_of(bad)) == [[]]

    forwarded(place, good)

    assert letters(applicant_of(good), applicant_of(bad)) == [["filed"], ["declined"]]


def test_where_the_last_page_is_stamped_on_paper_the_applicant_is_told_unless_it_brought_the_page(place):
    call = place.call()
    bodies = [make.organisation(kind="association", level="county") for _ in range(2)]
    noted, brought = place.submitted(call), place.submitted(call)
    for passage, body in zip((noted, brought), bodies, strict=True):
        actions.assign(passage.pk, actions.Assigned(body.pk), actor=place.officer, at=NOW)

    actions.sign_on_paper(noted.pk, actions.Paper("原件已收到"), actor=place.officer, at=AT[1])
    actions.sign_on_paper(brought.pk, actions.Paper("已盖章"), actor=applicant_of(brought), at=AT[1])

    assert [makers.fresh(each).state for each in (noted, brought)] == ["filed", "filed"]
    assert letters(applicant_of(noted), applicant_of(brought)) == [["arrived"], []]


def test_whoever_applied_is_told_that_the_association_received_it(place):
    call = place.call()
    first, second = place.recommended(call), place.recommended(call)
    forwarded(place, first)

    actions.receive([first.pk], actor=place.officer, at=AT[2])

    assert letters(applicant_of(first), applicant_of(second)) == [["filed", "received"], ["filed"]]
    assert letter("received", applicant_of(first)).variables["by"] == place.association.organisation.name


# ------------------------------------------------------------------------------------- endorsing units


def test_the_people_of_a_unit_are_told_when_something_first_comes_into_an_empty_queue(place):
    call = place.call()
    stranger = make.holder(Role.ENDORSER, make.organisation(kind="association", level="county"))

    first = applying.draft(call, applying.applicant(place.unit()))
    applying.submit(first, at=AT[0])
    second = applying.draft(call, applying.applicant(place.unit()))
    applying.submit(second, at=AT[1])
    told = letters(place.endorser, place.colleague, stranger)

    assert told == [["queue_begins"], ["queue_begins"], []]
    said = letter("queue_begins", place.endorser)
    queue = makers.queue_of(makers.passage_of(first))
    assert (said.about_kind, said.about_id) == ("endorsement.queue", str(queue.pk))
    assert (said.variables["call"], said.variables["taker"]) == (call.title, place.county_body.name)


def test_a_queue_that_was_worked_off_is_told_of_again_when_something_comes(place):
    call = place.call()
    forwarded(place, place.recommended(call))
    assert letters(place.colleague) == [["queue_begins"]]

    later = applying.draft(call, applying.applicant(place.unit()))
    applying.submit(later, at=AT[2])

    assert letters(place.colleague) == [["queue_begins", "queue_begins"]]


def test_what_was_corrected_comes_back_into_an_empty_queue(place):
    passage = place.submitted(place.call())
    actions.give_back(passage.pk, applying.correction(), actor=place.endorser, at=AT[1])
    assert letters(place.colleague) == [["queue_begins"]]

    applying.save(passage.application, summary="面向六个乡镇开展六场巡展。")
    applying.submit(passage.application, at=AT[2])

    assert (makers.fresh(passage).state, letters(place.colleague)) == (
        "waiting",
        [["queue_begins", "queue_begins"]],
    )


def test_the_next_unit_is_told_once_of_a_list_and_an_assigned_one_is_told_of_too(place):
    call, city = two_stages(place)
    first, second = place.recommended(call), place.recommended(call)

    forwarded(place, first)

    assert [makers.fresh(each).state for each in (first, second)] == ["waiting", "waiting"]
    assert letters(city, place.endorser) == [["queue_begins"], ["queue_begins"]]
    named = make.organisation("卢氏县科协", kind="association", level="county")
    theirs = make.holder(Role.ENDORSER, named)
    third = place.submitted(call)
    actions.assign(third.pk, actions.Assigned(named.pk), actor=place.officer, at=AT[2])
    assert letters(theirs) == [["queue_begins"]]


def test_whoever_acts_is_not_told_what_comes_before_it_by_its_own_act(place):
    call, city = two_stages(place)
    make.role_of(place.endorser, Role.ENDORSER, Organisation.objects.get(name="三门峡市科协推荐单位"))

    forwarded(place, place.recommended(call))

    assert letters(city, place.endorser) == [["queue_begins"], ["queue_begins"]]  # the second: of the county


def test_colleagues_are_told_of_a_recall_and_why_and_whoever_recalled_is_not(place):
    passage = place.recommended(place.call())
    batch = forwarded(place, passage)

    actions.recall(batch.pk, "漏报一项", actor=place.endorser, at=AT[2])

    assert letters(place.endorser, place.colleague) == [
        ["queue_begins"],
        ["queue_begins", "list_recalled"],
    ]
    said = letter("list_recalled", place.colleague).variables
    assert (said["ordinal"], said["reason"]) == ("1", "漏报一项")


def proposed(place, call):
    """A list that lies with the finance bureau, of two applications."""
    first, second = place.recommended(call), place.recommended(call)
    return first, second, actions.propose(first.queue_id, actor=place.endorser, at=NOW)


def test_a_list_that_its_co_signer_sends_back_is_told_to_the_unit_with_the_reason(place):
    _first, _second, batch = proposed(place, place.call(makers.chain(steps=TOGETHER)))

    actions.refuse(batch.pk, "经费来源\n未写明", actor=place.treasurer, at=AT[1])

    assert letters(place.endorser, place.colleague, place.treasurer) == [
        ["queue_begins", "list_refused"],
        ["queue_begins", "list_refused"],
        [],
    ]
    said = letter("list_refused", place.endorser).variables
    assert (said["by"], said["reason"]) == ("渑池县财政局", "经费来源 未写明")


def test_a_list_that_is_void_because_one_was_withdrawn_is_told_to_everybody_of_the_unit(place):
    first, _second, batch = proposed(place, place.call(makers.chain(steps=TOGETHER)))

    applying.withdraw(first.application, at=AT[1])

    assert Batch.objects.get(pk=batch.pk).state == "void"
    assert letters(place.endorser, place.colleague, applicant_of(first)) == [
        ["queue_begins", "list_voided"],
        ["queue_begins", "list_voided"],
        [],
    ]


def test_a_list_that_a_colleague_changes_is_told_to_the_others_of_the_unit(place):
    first, _second, batch = proposed(place, place.call(makers.chain(steps=TOGETHER)))

    actions.reconsider(first.pk, actor=place.colleague, at=AT[1])

    assert Batch.objects.get(pk=batch.pk).state == "void"
    assert letters(place.endorser, place.colleague) == [["queue_begins", "list_voided"], ["queue_begins"]]


def test_the_unit_is_told_that_the_office_returned_one_of_its_list(place):
    call = place.call()
    passage, other = place.recommended(call), place.recommended(call)
    forwarded(place, passage)

    applying.actions.return_for_correction(
        passage.application_id, applying.correction(), actor=place.officer, at=AT[2]
    )

    assert letters(place.endorser, place.colleague) == [["queue_begins", "sent_back"]] * 2
    said = letter("sent_back", place.endorser).variables
    assert (said["number"], said["ordinal"]) == (passage.application.number, "1")
    assert other.application.number != said["number"]


def test_the_unit_of_a_list_is_told_once_that_it_was_received_though_it_is_received_one_by_one(place):
    call = place.call()
    first, second, third = (place.recommended(call) for _ in range(3))
    forwarded(place, first)

    actions.receive([first.pk, second.pk], actor=place.officer, at=AT[2])
    assert letters(place.endorser, place.colleague) == [["queue_begins", "list_received"]] * 2
    actions.receive([third.pk], actor=place.officer, at=AT[3])

    assert letters(place.endorser, place.colleague) == [["queue_begins", "list_received"]] * 2
    said = letter("list_received", place.endorser).variables
    assert (said["ordinal"], said["by"]) == ("1", place.association.organisation.name)


def test_every_unit_through_which_it_went_is_told_that_it_was_received(place):
    call, city = two_stages(place)
    passage = place.recommended(call)
    forwarded(place, passage)
    actions.recommend(passage.pk, "同意", actor=city, at=AT[2])
    actions.forward(makers.fresh(passage).queue_id, actor=city, at=AT[3])

    actions.receive([passage.pk], actor=place.officer, at=AT[4])

    assert [each[-1] for each in letters(place.endorser, city)] == ["list_received", "list_received"]


# ---------------------------------------------------------------------------------------------- office


def test_the_office_is_told_that_a_list_was_forwarded_to_it_and_how_many(place):
    call, second_officer = place.call(), make.officer(place.association)
    elsewhere = make.officer(make.association())
    first = place.recommended(call)
    place.recommended(call)

    forwarded(place, first)

    told = letters(place.officer, second_officer, elsewhere)
    assert told == [["list_arrived"], ["list_arrived"], []]
    said = letter("list_arrived", place.officer).variables
    assert (said["count"], said["by"], said["call"]) == ("2", place.county_body.name, call.title)


def test_a_list_that_goes_to_the_next_unit_is_not_told_to_the_office(place):
    call, _city = two_stages(place)

    forwarded(place, place.recommended(call))

    assert letters(place.officer) == [[]]


# ------------------------------------------------------------------------------------------- too late


def test_a_letter_about_what_is_over_does_not_go_any_more(place):
    passage = place.recommended(place.call())
    batch = forwarded(place, passage)
    waiting = [
        letter("queue_begins", place.endorser),
        letter("list_arrived", place.officer),
        letter("filed", applicant_of(passage)),
    ]
    assert [why_over(row, AT[2]) for row in waiting] == ["case_moved_on", "", ""]

    actions.recall(batch.pk, "漏报一项", actor=place.endorser, at=AT[2])

    assert [why_over(row, AT[3]) for row in waiting] == ["", "case_moved_on", "case_moved_on"]
