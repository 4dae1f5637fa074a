"""The pages: begin, send, receipts, change, settle through their forms; who sees which; constant queries."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.grants.models import Grant, Receipt, Settlement
from keqiao.web.grants.terms import fingerprint
from tests.web.grants import makers
from tests.web.grants.makers import Place

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"


def signed_in(client: Client, who) -> Client:
    client.force_login(who)
    return client


def post(client: Client, name: str, *args, **data):
    return client.post(reverse(f"grants:{name}", args=args), data, follow=True)


def test_an_officer_sees_what_waits_and_lets_it_begin(client):
    call = makers.call()
    makers.selected(call)
    signed_in(client, makers.make.officer(call.association))

    assert "流动科技馆进乡镇" in client.get(reverse("grants:begin", args=[call.pk])).content.decode()
    page = post(client, "begin", call.pk, expected=1, pattern="{call}-P{number:03}", shares="60,40")

    grant = Grant.objects.get()
    assert grant.number in page.content.decode()
    assert grant.instalments.count() == 2


def test_an_agreement_is_drafted_sent_and_signed(client):
    place = Place()
    signed_in(client, place.officer)
    fields = {
        "begins_on": "2026-06-01",
        "ends_on": "2027-03-31",
        "sign_by": "2026-07-01",
        "rules": "成果注明来源。",
    }
    fields |= {"name_1": "首期", "amount_1": "20000", "condition_1": "signed"}
    fields |= {"name_2": "末期", "amount_2": "10000", "condition_2": "acceptance"}
    post(client, "draft", place.pk, **fields)
    assert list(place.grant.instalments.values_list("name", "amount_fen")) == [
        ("首期", 2_000_000),
        ("末期", 1_000_000),
    ]

    post(client, "act", place.pk, "send")
    assert place.grant.state == "sent"
    refused = post(client, "act", place.pk, "sign", digest=fingerprint(place.grant))
    assert refused.status_code == 409

    place.stamped()
    post(client, "act", place.pk, "sign", digest=fingerprint(place.grant))
    assert place.grant.state in ("signed", "running")


def test_the_unit_hands_a_receipt_in_and_the_office_judges_it(client):
    place = Place().signed().paid()
    signed_in(client, place.applicant)
    upload = makers.SimpleUploadedFile("f.pdf", PAPER, "application/pdf")
    fields = {
        "number": "F1",
        "line": "讲师费",
        "words": "讲课费",
        "spent_on": "2026-05-20",
        "claimed": "900.50",
    }
    page = post(client, "receipt", place.pk, **fields, file=upload)
    receipt = Receipt.objects.get()
    assert ("F1" in page.content.decode(), receipt.claimed_fen) == (True, 90_050)

    signed_in(client, place.officer)
    assert post(client, "judge", receipt.pk, admitted="800", reason="").status_code == 409
    post(client, "judge", receipt.pk, admitted="800", reason="超标准")
    receipt.refresh_from_db()
    assert (receipt.admitted_fen, receipt.reason) == (80_000, "超标准")


def test_the_unit_asks_for_a_change_and_settles(client):
    place = Place().signed().paid()
    signed_in(client, place.applicant)
    post(client, "change", place.pk, title="流动科技馆", words="更准确", line_0="10000", line_1="20000")
    change = place.grant.changes.get()
    assert change.wanted == {"title": "流动科技馆"}
    post(client, "change_act", change.pk, "submit")
    assert place.grant.changes.get().state == "submitted"

    post(client, "settlement", place.pk)
    row = Settlement.objects.get()
    post(client, "settlement_act", row.pk, "submit", words="")
    row.refresh_from_db()
    assert row.state == "submitted"


def test_sums_to_be_changed_are_written_in_yuan_with_no_more_places_than_they_have(client):
    place = Place()
    grant, row = place.grant, place.instalment()
    row.amount_fen, row.name = 2_000_050, "首期"
    row.save(update_fields=["amount_fen", "name"])
    signed_in(client, place.officer)

    page = client.get(reverse("grants:draft", args=[grant.pk]))
    assert str(page.context["form"]["amount_1"].value()) == "20000.5"
    row.amount_fen = 2_000_000
    row.save(update_fields=["amount_fen"])
    page = client.get(reverse("grants:draft", args=[grant.pk]))
    assert str(page.context["form"]["amount_1"].value()) == "20000"


def test_a_list_names_sums_as_it_writes_them_and_its_file_has_them_in_yuan(client):
    place = Place()
    signed_in(client, place.officer)
    address = reverse("grants:call", args=[place.call.pk])

    page = client.get(address).content.decode()
    assert ('data-label="金额"' in page, "金额（元）" in page) == (True, False)
    first, row = csv.reader(io.StringIO(client.get(f"{address}?export=csv").content.decode("utf-8-sig")))
    assert dict(zip(first, row, strict=True))["金额（元）"] == "30000"


@pytest.mark.parametrize(("who", "name", "status"), [("applicant", "draft", 404), ("finance", "draft", 404)])
def test_others_do_not_draft(client, who, name, status):
    place = Place().sent()
    signed_in(client, getattr(place, who))

    assert client.get(reverse(f"grants:{name}", args=[place.pk])).status_code == status


def test_a_grant_is_not_there_for_others(client):
    place, other = Place().signed(), Place().signed()
    for who in (other.applicant, other.officer, other.finance):
        signed_in(client, who)
        for name in ("grant", "agreement"):
            assert client.get(reverse(f"grants:{name}", args=[place.pk])).status_code == 404


def test_a_list_asks_as_much_for_three_as_for_one(client):
    place = Place()
    signed_in(client, place.officer)
    address = reverse("grants:call", args=[place.call.pk])
    client.get(address)
    one = asked(client, address)
    for _number in range(2):
        makers.selected(place.call)
    post(client, "begin", place.call.pk, expected=2, pattern="{call}-P{number:03}", shares="100")

    assert Grant.objects.filter(call=place.call).count() == 3
    assert asked(client, address) == one


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
