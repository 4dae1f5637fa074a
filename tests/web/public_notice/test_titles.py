"""A title that the call confers in one category goes into its own register, and nobody else gets it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keqiao.web.approvals.models import Approval
from keqiao.web.programmes.models import Offer
from keqiao.web.public_notice import actions, approving
from keqiao.web.public_notice.models import Award, AwardTitle
from keqiao.web.registers.actions.recognitions import NewScheme, open_register
from keqiao.web.registers.actions.writing import By
from keqiao.web.registers.models import Recognition
from tests.web.applications import makers as applications
from tests.web.applications.pages import words_of
from tests.web.public_notice import makers

pytestmark = pytest.mark.django_db
TITLE = "2026年度市级科普创作基地"
FIVE_DAYS = {"days": 5, "day_kind": "calendar"}
CATEGORIES = [
    {"id": "base", "name": "创作基地专项", "outcome": {"kind": "recognition", "title": TITLE}},
    {"id": "tour", "name": "科普巡展专项"},
]


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The first project is in the category that confers a title, the second in the other one; both are confirmed."""
    call = makers.call(rules=[], categories=CATEGORIES)
    offers = [Offer.objects.get(call=call, node=each["id"]) for each in CATEGORIES]
    turns = iter(offers)
    monkeypatch.setattr(applications, "offer", lambda _call: next(turns))
    rows = makers.selections(call, approved=2, reserve=0)
    officer, leader = makers.people(call)
    makers.posted(rows, officer, leader, at=timezone.now() - timedelta(days=10), **FIVE_DAYS)
    actions.end_due(timezone.now())
    actions.conclude(rows[0].notice_items.get().notice_id, actor=officer, at=timezone.now())
    return rows


@pytest.fixture
def people(rows: list[Any]) -> tuple[Any, Any]:
    return makers.people(rows[0].call)


@pytest.fixture
def office(people: tuple[Any, Any]) -> Client:
    client = Client()
    client.force_login(people[0])
    return client


def register(rows: list[Any], people: tuple[Any, Any], name: str) -> Any:
    wanted = NewScheme(name, "title", "organisation")
    return open_register(rows[0].association_id, wanted, by=By(people[0], timezone.now()))


def form_of(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value not in (None, "", False)}


def issued(award: Award, people: tuple[Any, Any]) -> None:
    makers.agreed(approving.ISSUE, award, people[1], officer=people[0], at=timezone.now())


def test_a_title_goes_to_those_of_its_category_and_the_form_proposes_its_register(office, rows, people):
    bases, others = register(rows, people, "市级科普创作基地"), register(rows, people, "巡展单位")
    sent = form_of(office.get(reverse("public_notice:new_award", args=[rows[0].call_id])))

    assert sent["scheme_of_title_0"] == str(bases.pk)

    office.post(reverse("public_notice:new_award", args=[rows[0].call_id]), {**sent, "procedure": "公示"})
    award = Award.objects.get()
    again = form_of(office.get(reverse("public_notice:edit_award", args=[award.pk])))
    assert again["scheme_of_title_0"] == str(bases.pk)
    office.post(reverse("public_notice:issue", args=[award.pk]))
    asked = Approval.objects.get(kind=approving.ISSUE)
    leader = Client()
    leader.force_login(people[1])
    seen = words_of(leader.get(reverse("approvals:detail", args=[asked.pk])))
    assert f"“{TITLE}”：市级科普创作基地" in seen
    makers.approvals.approve(asked.pk, actor=people[1], at=timezone.now())

    held = Recognition.objects.get()
    assert (held.scheme_id, held.party_id) == (bases.pk, rows[0].application.unit_id)
    assert not others.recognitions.exists()
    page = words_of(office.get(reverse("public_notice:award", args=[award.pk])))
    assert f"“{TITLE}”已登记到名册：市级科普创作基地" in page


def test_the_register_of_the_rest_does_not_take_those_with_a_title_of_their_own(rows, people):
    others = register(rows, people, "巡展单位")
    wording = actions.AwardWording("立项通知", scheme_id=others.pk)
    award = actions.draft_award(rows[0].call_id, wording, actor=people[0], at=timezone.now())
    issued(award, people)

    assert [each.party_id for each in Recognition.objects.all()] == [rows[1].application.unit_id]


def test_a_register_that_is_chosen_anew_stands_in_the_place_of_the_former(rows, people):
    first, second = register(rows, people, "甲"), register(rows, people, "乙")
    by = {"actor": people[0], "at": timezone.now()}
    award = actions.draft_award(
        rows[0].call_id, actions.AwardWording("立项通知", titles=((TITLE, first.pk),)), **by
    )
    actions.edit_award(
        award.pk, award.version, actions.AwardWording("立项通知", titles=((TITLE, second.pk),)), **by
    )

    assert [each.scheme_id for each in AwardTitle.objects.all()] == [second.pk]


def test_no_register_is_proposed_where_two_have_names_that_stand_in_the_title(office, rows, people):
    register(rows, people, "科普创作基地")
    register(rows, people, "市级科普创作基地")
    sent = form_of(office.get(reverse("public_notice:new_award", args=[rows[0].call_id])))

    assert "scheme_of_title_0" not in sent
