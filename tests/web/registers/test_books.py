"""The list of a book: what is asked of its columns, and the sum of money under it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web import make
from tests.web.registers import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def association(client):
    found = make.association()
    client.force_login(make.officer(found))
    return found


def listed(client, association, code: str, **asked: str):
    return client.get(reverse("registers:book", args=[association.pk, code]), asked)


def test_money_is_added_up_for_all_rows_found_and_not_only_those_of_the_page(client, association):
    unit = make.organisation()
    for number in range(51):
        makers.past_project(
            association, unit, title=f"项目{number}", amount_fen=1_000_000, year=2020 + number % 2
        )

    def total(**asked: str) -> dict[str, int | None]:
        return {
            column.name: money
            for column, money in listed(client, association, "past", **asked).context["sums"]
        }

    assert {name: money for name, money in total().items() if money} == {"amount": 51_000_000}
    assert total(q="年度:2021")["amount"] == 25_000_000
    assert ">51万元</td>" in listed(client, association, "past").content.decode()
    assert listed(client, association, "holdings").context["sums"] == []


def test_a_book_is_asked_by_its_columns_whatever_the_unit_is_called(client, association):
    one, other = make.organisation("果树学会"), make.organisation("苹果学会")
    makers.past_project(association, one, title="甲", amount_fen=5_000_000)
    makers.past_project(association, other, title="乙")

    def titles(asked: str) -> list[str]:
        return sorted(row.title for row in listed(client, association, "past", q=asked).context["list"].page)

    assert titles("承担单位:果树") == ["甲"]
    assert titles("经费>=5万元") == ["甲"]
    assert titles("无:经费") == ["乙"]
    assert titles("-单位:果树 年度:2022") == ["乙"]


def test_the_proof_of_a_count_is_fetched_by_officers_of_the_association_only(client, association):
    line = makers.account(association, make.organisation())
    proof = SimpleUploadedFile("截图.pdf", b"%PDF-1.7\n%%EOF\n")
    said = {"kind": "members", "value": "31", "on": "2026-01-31", "source": "后台截图", "file": proof}
    client.post(reverse("registers:line", args=["platforms", line.pk]), said)

    address = reverse("files:download", args=[line.counts.get().file_id])
    assert address in client.get(reverse("registers:line", args=["platforms", line.pk])).content.decode()
    assert client.get(address).status_code == 200
    client.force_login(make.officer(make.association()))
    assert client.get(address).status_code == 404
