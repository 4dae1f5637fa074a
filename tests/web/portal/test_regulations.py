"""Under a rule that asks for a regulation the public reads what that demands, and finds its text."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from keqiao.web.programmes.actions import publish, start_from_definition
from keqiao.web.regulations.actions import Heading, VersionText, add_regulation
from tests.web import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
RULE = {
    "id": "p.r1",
    "type": "conform",
    "summary": "达到基本要求",
    "to": "《基地办法》",
    "regulation": "banfa",
}


def published_with(association, entry):
    programme = make.definition(rules=[RULE], regulations=[entry])
    officer = make.officer(association)
    call = start_from_definition(association.pk, programme, actor=officer, at=AT)
    publish(call.pk, 1, actor=officer, at=AT, note="测试")
    call.refresh_from_db()
    return call


def named_under_the_rule(client, call):
    page = client.get(reverse("portal:call", args=[call.slug]))
    [(_origin, [rule])] = page.context["page"].whole.rules
    return rule.regulation, page.content.decode()


def test_what_the_call_took_over_from_the_library_stands_under_the_rule_with_a_way_to_its_text(client):
    association = make.association()
    text = VersionText(document_number="三科协〔2023〕8号", by_kind=(("高校", ("有科研平台",)),))
    version = add_regulation(
        association.pk, Heading("基地办法", ("科协",)), text, actor=make.officer(association), at=AT
    )
    kinds = [{"of": "高校", "items": ["有科研平台"]}]
    entry = {"id": "banfa", "title": "基地办法", "by_kind": kinds, "library": version.reference}

    named, page = named_under_the_rule(client, published_with(association, entry))

    assert named.address == reverse("regulations:public", args=[version.regulation_id, 1])
    assert client.get(named.address).status_code == 200
    assert "有科研平台" in page


def test_a_regulation_that_only_the_notice_names_has_no_page(client):
    entry = {"id": "banfa", "title": "基地办法", "reading": "要求没有写出。"}

    named, page = named_under_the_rule(client, published_with(make.association(), entry))

    assert (named.said.title, named.address) == ("基地办法", "")
    assert "要求没有写出。" in page
    assert "/regulations/" not in page
