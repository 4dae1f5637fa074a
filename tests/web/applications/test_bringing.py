"""What a new draft holds before anybody typed: from the registers, the call and last year, and each with its mark."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keqiao.web.applications import queries
from keqiao.web.applications.bringing import brought_in
from keqiao.web.applications.models import Application
from keqiao.web.parties.models import TieKind
from tests.web import make
from tests.web.applications import makers
from tests.web.parties import rolls

pytestmark = pytest.mark.django_db

FIELDS: list[dict[str, Any]] = [
    *makers.FIELDS,
    {"id": "unit", "kind": "unit", "label": "申报单位", "role": "applicant",
     "parts": ["name", "kind", "legal_person", "address"]},
    {"id": "contact", "kind": "person", "label": "联系人", "fills": "person",
     "parts": ["name", "employer", "phone", "email"]},
    {"id": "county", "kind": "region", "label": "所在县", "fills": "unit.region"},
    {"id": "category", "kind": "text", "label": "类别", "fills": "category.name"},
    {"id": "call", "kind": "text", "label": "通知", "fills": "call.title"},
    {"id": "days", "kind": "date", "label": "日期", "required": False},
    {"id": "targets", "kind": "targets", "label": "指标"},
]  # fmt: skip


def call(association: Any, title: str = "2026年度科普项目申报通知", **statements: Any) -> Any:
    form = {"id": "f1", "title": "申报书", "fields": FIELDS}
    said = {"deadline": {"on": "2099-06-30"}, **statements}
    return make.published_call(association, make.definition(title, forms=[form], form="f1", **said))


def applicant() -> Any:
    """Somebody of a unit of which the register knows kind, region and legal representative."""
    unit = makers.unit(region=make.region("411221", "渑池县", "county"))
    rolls.tie(rolls.person("赵知行"), unit, TieKind.LEGAL_REPRESENTATIVE)
    actor = makers.applicant(unit)
    rolls.tie(rolls.person(actor.display_name, phone="13800000009"), unit)
    return actor


def submitted(draft: Application) -> None:
    """Have an application look as it does once it was submitted, whatever the rules say of it."""
    said = {"state": "submitted", "submitted_at": makers.NOW, "number": str(draft.pk)[:8], "key": "k"}
    Application.objects.filter(pk=draft.pk).update(**said)


def begun(client: Client, opened: Any, actor: Any) -> Application:
    client.force_login(actor)
    unit = next(iter(actor.organisations_as("applicant", timezone.now())))
    said = {"unit": str(unit), "take_over": "on"}
    client.post(reverse("applications:begin", args=[makers.offer(opened).pk]), said)
    return Application.objects.filter(call=opened).latest("created_at")


def test_a_new_draft_holds_what_the_registers_and_the_call_know(client: Client):
    actor, association = applicant(), make.association()
    opened = call(association)

    draft = begun(client, opened, actor)

    answers = queries.answers_of(draft)
    assert {part: answers["unit"][part] for part in ("name", "kind", "legal_person")} == {
        "name": draft.unit.name, "kind": "学会（协会、研究会）", "legal_person": "赵知行",
    }  # fmt: skip
    assert answers["contact"]["phone"] == "13800000009"
    assert (answers["county"], answers["category"], answers["call"]) == ("411221", "科普活动", opened.title)
    assert answers["targets"][0]["value"] == 5


def test_each_answer_that_was_brought_in_says_from_where_until_it_is_changed(client: Client):
    actor = applicant()
    draft = begun(client, call(make.association()), actor)
    page = client.get(reverse("applications:fill", args=[draft.pk])).content.decode()

    for source in ("单位登记", "账号和人员登记", "通知"):
        assert f"已从{source}带入，请核对" in page
    answers = queries.answers_of(draft)
    makers.actions.save(
        makers.actions.Edit(draft.pk, draft.version, {**answers, "county": "410000"}),
        actor=actor,
        at=timezone.now(),
    )
    request = client.get(reverse("applications:fill", args=[draft.pk])).wsgi_request
    request.arrived_at = timezone.now()
    marked = brought_in(request, makers.fresh(draft), queries.answers_of(makers.fresh(draft)))
    assert set(marked) == {"unit", "contact", "category", "call", "targets"}


def test_last_years_words_come_from_the_same_category_of_the_same_association(client: Client):
    actor, association = applicant(), make.association()
    last, other = call(association, "2025年度"), call(make.association(), "别处")
    for opened, words in ((last, "去年在六个乡镇巡展"), (other, "别处的项目")):
        answers = {
            "summary": words,
            "days": "2025-05-01",
            "account": "保密账号",
            "unit": {"address": "某路1号"},
        }
        submitted(makers.draft(opened, actor, **answers))

    draft = begun(client, call(association), actor)

    answers = queries.answers_of(draft)
    assert answers["summary"] == "去年在六个乡镇巡展"
    assert (answers["unit"]["address"], answers["unit"]["name"]) == ("某路1号", draft.unit.name)
    assert {"days", "account"} & answers.keys() == set()
    page = client.get(reverse("applications:fill", args=[draft.pk])).content.decode()
    assert "已从上次申报带入，请核对" in page
    assert "已从单位登记、上次申报带入，请核对" in page


def test_another_category_is_not_last_years(client: Client):
    actor, association = applicant(), make.association()
    category = {"id": "other", "name": "学术会议", "funding": {"kind": "none"}}
    last = call(association, "2025年度", categories=[category])
    submitted(makers.draft(last, actor))

    assert "summary" not in queries.answers_of(begun(client, call(association), actor))
