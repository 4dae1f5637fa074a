"""The endorsing part of the file: each side is shown what its own pages show, and no decision before it is told."""

import pytest
from django.test import Client
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.config.middleware.viewer_scope import scope_of
from keqiao.web.endorsement import actions
from keqiao.web.endorsement.in_the_file import parts
from keqiao.web.scope import working_as
from keqiao.web.ui.in_file import Case
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return Place()


def told(passage, viewer, *, side=""):
    """The words of the part, behind the walls of the viewer."""
    row = makers.fresh(passage).application
    about = ("applications.application", str(row.pk))
    case = Case(about, row, viewer, later(days=1), is_own=side == "own", is_office=side == "office")
    with working_as(scope_of(viewer, NOW)):
        (part,) = parts(case)
    return [str(entry.words) for entry in part.entries], part.entries


def own(passage):
    return told(passage, passage.application.created_by, side="own")


def test_what_is_recommended_is_told_to_the_unit_when_the_list_goes_on_and_not_before(place):
    passage = place.recommended(place.call())
    before = ["进入上报环节", "等待办理：县（市、区）科协审核盖章、统一报送至市科协"]
    assert own(passage)[0] == before
    inside = [*before, "审核意见：推荐"]
    assert sorted(told(passage, place.officer, side="office")[0]) == sorted(inside)

    actions.forward(passage.queue_id, actor=place.endorser, at=later(hours=1))

    words, entries = own(passage)
    assert words == ["进入上报环节", "审核意见：推荐", "随第 1 批上报"]
    assert [entry.note for entry in entries][1:] == ["同意推荐", ""]


def test_what_is_declined_is_told_to_the_unit_with_the_list_and_not_before(place):
    call = place.call()
    passage = place.submitted(call)
    actions.decline(passage.pk, "材料不实", actor=place.endorser, at=NOW)
    assert "审核意见：不推荐" in told(passage, place.endorser)[0]
    assert "审核意见：不推荐" in told(passage, place.officer, side="office")[0]
    assert "审核意见：不推荐" not in own(passage)[0]

    other = place.recommended(call)
    actions.forward(other.queue_id, actor=place.endorser, at=later(hours=1))

    words, entries = own(passage)
    assert (words[-1], entries[-1].note) == ("审核意见：不推荐", "材料不实")


def test_people_of_the_endorsing_unit_are_named_to_itself_only(place):
    place.endorser.display_name = "赵审核"
    place.endorser.save(update_fields=["display_name"])
    passage = place.recommended(place.call())
    actions.forward(passage.queue_id, actor=place.endorser, at=later(hours=1))

    def who(viewer, side=""):
        return {str(entry.who) for entry in told(passage, viewer, side=side)[1]}

    assert "渑池县科学技术协会 赵审核" in who(place.endorser)
    for viewer, side in ((place.officer, "office"), (passage.application.created_by, "own")):
        assert who(viewer, side) == {"", "渑池县科学技术协会"}


def test_a_list_that_was_not_forwarded_and_the_rank_are_known_inside_only(place):
    make.organisation("渑池县财政局", kind="government_body", region=place.county)
    steps = [*makers.COUNTY["steps"][:1], {**makers.COUNTY["steps"][1], "together_with": ["同级财政部门"]}]
    passage = place.recommended(place.call(makers.chain(steps=steps)))
    batch = actions.propose(passage.queue_id, actor=place.endorser, at=later(hours=1))
    words, entries = told(passage, place.endorser)
    assert (words[-1], entries[-1].note) == ("列入第 1 批名单（待会签）", "排序第 1 位")
    assert not any("批" in each for each in own(passage)[0])

    actions.agree_on_paper(batch.pk, "已盖章", actor=place.endorser, at=later(hours=2))
    actions.forward(passage.queue_id, actor=place.endorser, at=later(hours=3))
    words, entries = own(passage)
    assert (words[-1], entries[-1].note, entries[-1].link) == ("随第 1 批上报", "", "")


def test_an_endorser_further_on_is_told_what_was_forwarded_to_it(place):
    steps = [
        {"words": "县科协审核", "by": "县（市、区）科协", "act": "check"},
        {"words": "会同审核", "by": "原推荐单位", "act": "check"},
    ]
    passage = place.submitted(place.call(makers.chain(steps=steps)))
    next_unit = make.organisation("渑池县教育局", kind="government_body", region=place.county)
    reader = make.holder(Role.ENDORSER, next_unit)
    actions.recommend(passage.pk, "县里同意", actor=place.endorser, at=NOW)
    assert "审核意见：推荐" not in told(passage, reader)[0]
    actions.forward(passage.queue_id, actor=place.endorser, at=later(hours=1))

    actions.assign(passage.pk, actions.Assigned(next_unit.pk), actor=place.officer, at=later(hours=2))

    words, entries = told(passage, reader)
    assert ("审核意见：推荐" in words, "随第 1 批上报" in words) == (True, True)
    assert "县里同意" in [entry.note for entry in entries]


def test_the_part_stands_on_the_page_and_not_where_nobody_endorses(place, client: Client):
    passage = place.recommended(place.call())
    direct = applying.submitted(applying.call())

    def titles(application):
        client.force_login(application.created_by)
        page = client.get(reverse("filing:file", args=[application.pk]))
        return [str(part.title) for part in page.context["parts"]]

    assert "上报" in titles(passage.application)
    assert "上报" not in titles(direct)
