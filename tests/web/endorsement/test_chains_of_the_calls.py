"""The chains of the five calls run through: the documents' own steps, units of the kinds they name."""

import pytest

from keqiao.readers import programmes
from keqiao.web.accounts.roles import Role
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement import actions, queries
from keqiao.web.endorsement.models import Batch
from keqiao.web.parties.models import Tie, TieKind
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place

pytestmark = pytest.mark.django_db


def stated(call, chain):
    """A chain as the definition of a call states it, for applicants of any kind unless it names them."""
    found = next(each for node in nodes(call) for each in node.endorsement if each.id == chain)
    return found.model_dump(mode="json", exclude_none=True, exclude={"source", "reading"})


def nodes(call):
    """The programme and all its categories."""
    todo = [programmes.load(call)]
    while todo:
        node = todo.pop()
        todo += node.categories
        yield node


def test_sanmenxia_the_original_recommender_takes_what_it_recommended_before():
    place = Place()
    recommender = make.organisation("三门峡市教育局", kind="government_body")
    teacher = make.holder(Role.ENDORSER, recommender)
    call = place.call(stated("sanmenxia-2023", "jiditineng.e1"))
    unit = place.unit()
    Tie.objects.create(
        party=unit, organisation=recommender, kind=TieKind.RECOMMENDER, valid_from="2024-01-01", source="测试"
    )

    passage = makers.passage_of(applying.submitted(call, applying.applicant(unit)))
    unknown = place.submitted(call)

    assert (passage.taker, passage.manner) == (recommender, "queue")
    assert (unknown.taker, unknown.manner) == (None, "unassigned")
    actions.recommend(passage.pk, "同意", actor=teacher, at=NOW)
    actions.forward(passage.queue_id, actor=teacher, at=NOW)
    assert makers.fresh(passage).state == "filed"
    assigned = actions.Assigned(recommender.pk)
    actions.assign(unknown.pk, assigned, actor=place.officer, at=NOW)
    assert makers.fresh(unknown).queue == passage.queue


def test_sanmenxia_leaders_and_the_government_sign_one_sheet_of_paper():
    place = Place()
    call = place.call(stated("sanmenxia-2023", "xianyu.e1"))
    passage = place.submitted(call)

    (stage,) = queries.way_of(passage.application_id, NOW)
    assert (stage.steps, stage.is_on_paper) == (("分管领导审核", "主要领导签署同意", "加盖政府公章"), True)
    with pytest.raises(Refused):
        actions.sign_on_paper(passage.pk, actions.Paper(), actor=place.officer, at=NOW)
    applicant = passage.application.created_by
    actions.sign_on_paper(passage.pk, actions.Paper("已签字盖章"), actor=applicant, at=NOW)

    assert makers.fresh(passage).state == "filed"
    actions.receive([passage.pk], actor=place.officer, at=NOW)


def test_henan_the_letter_of_the_party_committee_comes_on_paper():
    place = Place()
    passage = place.submitted(place.call(stated("henan-2023", "shidianshi.e1")))

    assert passage.manner == "paper"
    actions.sign_on_paper(passage.pk, actions.Paper("推荐函已收到"), actor=place.officer, at=NOW)
    assert makers.fresh(passage).state == "filed"


def test_jining_the_opinion_of_the_association_itself_does_not_hold_up_filing():
    place = Place()
    steps = [
        {"words": "申报单位意见并盖章", "by": "申报单位", "act": "opinion", "seal": "单位公章"},
        {"words": "市科协意见并盖章", "by": "市科协", "act": "opinion", "seal": "单位公章"},
    ]
    place.association.organisation.region = place.city
    place.association.organisation.level = "prefecture"
    place.association.organisation.save()

    assert place.submitted(place.call(makers.chain(steps=steps))) is None


@pytest.fixture
def hunan():
    """A city whose association endorses together with the finance bureau; a province's association runs the call."""
    place = Place()
    place.city_body = make.organisation(
        "长沙市科学技术协会", kind="association", level="prefecture", region=place.city
    )
    place.city_person = make.holder(Role.ENDORSER, place.city_body)
    place.bureau = make.organisation("长沙市财政局", kind="government_body", region=place.city)
    chain = {**stated("hunan-2022", "shizhou"), "applies_to": []}
    place.of_call = place.call(chain)
    place.passage = place.submitted(place.of_call)
    actions.recommend(place.passage.pk, "同意推荐", actor=place.city_person, at=NOW)
    place.passage = makers.fresh(place.passage)
    return place


def forward(place):
    return actions.forward(place.passage.queue_id, actor=place.city_person, at=NOW)


def test_hunan_the_finance_bureau_agrees_to_exactly_the_list_that_is_forwarded(hunan):
    treasurer = make.holder(Role.FINANCE, hunan.bureau)
    with pytest.raises(Refused) as refused:
        forward(hunan)
    assert [each.code for each in refused.value.findings] == ["endorsement.co_signer_not_asked"]

    batch = actions.propose(hunan.passage.queue_id, actor=hunan.city_person, at=NOW)
    with pytest.raises(Refused):
        forward(hunan)
    actions.agree(batch.pk, actor=treasurer, at=NOW)
    sent = forward(hunan)

    assert (sent.pk, sent.state, makers.fresh(hunan.passage).state) == (batch.pk, "forwarded", "filed")


def test_hunan_a_list_that_changes_after_it_was_agreed_to_is_void(hunan):
    treasurer = make.holder(Role.FINANCE, hunan.bureau)
    batch = actions.propose(hunan.passage.queue_id, actor=hunan.city_person, at=NOW)
    actions.agree(batch.pk, actor=treasurer, at=NOW)

    other = hunan.submitted(hunan.of_call)
    assert Batch.objects.get(pk=batch.pk).state == "agreed"
    actions.recommend(other.pk, "同意推荐", actor=hunan.city_person, at=NOW)

    assert Batch.objects.get(pk=batch.pk).state == "void"
    with pytest.raises(Refused):
        actions.agree(batch.pk, actor=treasurer, at=NOW)


def test_hunan_a_bureau_without_people_agrees_on_paper_and_one_with_people_does_not(hunan):
    batch = actions.propose(hunan.passage.queue_id, actor=hunan.city_person, at=NOW)

    with pytest.raises(Batch.DoesNotExist):
        actions.refuse(batch.pk, "再议", actor=make.user(), at=NOW)
    actions.agree_on_paper(batch.pk, "汇总表已盖财政局公章", actor=hunan.city_person, at=NOW)
    forward(hunan)
    assert makers.fresh(hunan.passage).state == "filed"


def test_hunan_a_refused_list_is_proposed_again(hunan):
    treasurer = make.holder(Role.FINANCE, hunan.bureau)
    batch = actions.propose(hunan.passage.queue_id, actor=hunan.city_person, at=NOW)
    with pytest.raises(Refused):
        actions.agree_on_paper(batch.pk, "已盖章", actor=hunan.city_person, at=NOW)

    actions.refuse(batch.pk, "配套资金未落实", actor=treasurer, at=NOW)

    again = actions.propose(hunan.passage.queue_id, actor=hunan.city_person, at=NOW)
    assert (again.ordinal, Batch.objects.get(pk=batch.pk).state) == (2, "refused")
