"""What the experts say reaches the unit with its result where the call tells it: never before, never with a name."""

from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from docx import Document

from keqiao.web.allocation.actions import move
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.audit import log
from keqiao.web.notifications.models import Message
from keqiao.web.parties.models import Person
from keqiao.web.public_notice import actions, approving
from keqiao.web.public_notice.models import ResultLetter
from tests.web import make
from tests.web.applications.pages import words_of
from tests.web.public_notice import makers
from tests.web.review import rounds

pytestmark = pytest.mark.django_db
KIND, CRITICAL = "组织有力，\n特色鲜明。", "经费测算偏高。"


def judged(told: bool, *comments: str) -> Any:
    """An application with these comments in the sheets of a closed round, each of another expert."""
    call = rounds.call({"comments_told": told}, rules=[makers.FIVE_DAYS])
    officer = make.officer(call.association)
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association, f"评委{'甲乙'[n]}") for n in range(len(comments))]
    found = rounds.opened(call, officer)
    tasks = rounds.invited(found, officer, *((each, application) for each in experts))
    for task, words in zip(tasks, comments, strict=True):
        rounds.sealed(task, comment=words)
    rounds.closed(found)
    return application


@transaction.atomic
def approved(application: Any, officer: Any, leader: Any) -> Selection:
    said = {"association": application.association, "call": application.call}
    decision = Decision.objects.create(
        **said, revision=application.revision, digest="d" * 64, approved_at=makers.NOW,
        made_by=officer, made_at=makers.NOW,
    )  # fmt: skip
    row = Selection.objects.create(
        **said,
        decision=decision,
        application=application,
        rank=1,
        amount_fen=3_000_000,
        decided_at=makers.NOW,
    )
    log.record("ranked", row, actor=officer, role="officer", at=makers.NOW)
    move(row, "propose", role="officer", actor=officer, at=makers.NOW)
    return move(row, "approve", role="leader", actor=leader, at=makers.NOW)


def awarded(application: Any) -> ResultLetter:
    """The letter about an application that was awarded."""
    officer, leader = makers.people(application.call)
    notice = makers.posted([approved(application, officer, leader)], officer, leader)
    over = makers.after(notice)
    actions.end_due(over)
    actions.conclude(notice.pk, actor=officer, at=over)
    award = actions.draft_award(application.call_id, actions.AwardWording("立项通知"), actor=officer, at=over)
    makers.agreed(approving.ISSUE, award, leader, officer=officer, at=over)
    return ResultLetter.objects.get(application=application)


def page_of(application: Any) -> str:
    unit = Client()
    unit.force_login(application.created_by)
    return words_of(unit.get(reverse("applications:detail", args=[application.pk])))


def test_comments_reach_the_unit_with_its_letter_and_not_before():
    application = judged(True, KIND, CRITICAL)
    assert "组织有力" not in page_of(application)

    letter = awarded(application)

    assert letter.comments == ["组织有力， 特色鲜明。", "经费测算偏高。"]
    page = page_of(application)
    assert "组织有力， 特色鲜明。" in page
    assert not {"评委甲", "评委乙"} & {name for name in ("评委甲", "评委乙") if name in page}
    unit = Client()
    unit.force_login(application.created_by)
    word = unit.get(reverse("public_notice:letter", args=[letter.pk, "docx"]))
    lines = [each.text for each in Document(BytesIO(word.content)).paragraphs]
    assert [line for line in lines if line in ("评审意见如下：", *letter.comments)] == [
        "评审意见如下：",
        *letter.comments,
    ]
    assert not Message.objects.filter(variables__icontains="经费测算").exists()


def test_the_order_of_comments_does_not_tell_who_wrote_them():
    assert awarded(judged(True, KIND, CRITICAL)).comments == awarded(judged(True, CRITICAL, KIND)).comments


def test_a_comment_that_names_an_expert_of_the_round_is_left_out():
    assert awarded(judged(True, "同意评委乙的意见。", CRITICAL)).comments == ["经费测算偏高。"]


def test_comments_are_told_although_the_name_of_an_expert_was_erased():
    application = judged(True, KIND, CRITICAL)
    Person.objects.filter(name="评委甲").update(name="")

    assert awarded(application).comments == ["组织有力， 特色鲜明。", "经费测算偏高。"]


def test_where_the_call_does_not_tell_comments_nobody_reads_them():
    application = judged(False, KIND, CRITICAL)

    assert awarded(application).comments == []
    assert "组织有力" not in page_of(application)


@pytest.mark.parametrize("told", [True, False])
def test_an_expert_knows_before_writing_whether_the_unit_reads_it(told):
    call = rounds.call({"comments_told": told})
    officer = make.officer(call.association)
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    (task,) = rounds.invited(rounds.opened(call, officer), officer, (expert, application))
    rounds.accepted(task)
    client = Client()
    client.force_login(rounds.account(expert))

    page = words_of(client.get(reverse("review:task", args=[task.pk])))

    assert ("结果公布后评语会告知申报单位" in page) is told
