"""The pages of acceptances: who finds what, filling in without scripts, faults at their place, the table as a file."""

from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from keqiao.web.acceptance.models import CreditEntry
from tests.web import make
from tests.web.acceptance.makers import BAN, Closed
from tests.web.grants.makers import DAY, later

pytestmark = pytest.mark.django_db
PAPERS = [{"name": "总结报告", "source": {"clause": "二3"}}]


@pytest.fixture
def closed(db):
    return Closed(deliverables=PAPERS)


def page(client, who, name, *args):
    client.force_login(who)
    return client.get(reverse(f"acceptance:{name}", args=args))


def test_unit_office_and_leader_read_it_and_nobody_else(client, closed):
    address = reverse("acceptance:acceptance", args=[closed.acceptance_pk])
    for who, status in (
        (closed.applicant, 200),
        (closed.officer, 200),
        (closed.leader, 200),
        (make.officer(make.association()), 404),
        (make.user(), 404),
    ):
        client.force_login(who)
        assert client.get(address).status_code in ({status} if status == 200 else {403, 404}), who


def test_the_unit_fills_in_and_finds_every_fault_at_its_place(client, closed):
    client.force_login(closed.applicant)
    address = reverse("acceptance:acceptance", args=[closed.acceptance_pk])

    refused = client.post(address, {"act": "submit", "finished_on": "", "summary": "经费晚到"})

    said = refused.content.decode()
    assert refused.status_code == 409
    assert "请填写完成日期" in said
    assert "缺少“总结报告”" in said
    assert "经费晚到" in said
    assert closed.row.state == "due"


def test_a_paper_is_uploaded_without_scripts(client, closed):
    paper = closed.row.papers.get()
    client.force_login(closed.applicant)
    with BytesIO(b"%PDF-1.4\nx\n%%EOF\n") as content:
        content.name = "zongjie.pdf"
        sent = client.post(reverse("acceptance:paper", args=[paper.pk]), {"file": content})

    assert sent.status_code == 302
    assert closed.row.papers.get().file.name == "zongjie.pdf"


def test_the_table_comes_as_workbook_and_as_word(client, closed):
    book = page(client, closed.officer, "table", closed.acceptance_pk, "xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    word = page(client, closed.officer, "table", closed.acceptance_pk, "docx")
    (grid,) = docx.Document(BytesIO(word.content)).tables

    assert any("活动" in row for row in rows)
    assert [cell.text for cell in grid.rows[0].cells][:3] == ["一级指标", "二级指标", "三级指标"]
    assert page(client, closed.officer, "table", closed.acceptance_pk, "exe").status_code == 404


def test_the_office_asks_for_a_conclusion_on_its_page(client, closed):
    closed.handed_in()
    client.force_login(closed.officer)
    address = reverse("acceptance:act", args=[closed.acceptance_pk, "fail"])

    assert client.post(address, {"reason": ""}).status_code == 422
    asked = client.post(address, {"reason": "没有开展"})
    assert asked.status_code == 302
    assert "/approvals/" in asked.url
    assert page(client, closed.applicant, "act", closed.acceptance_pk, "fail").status_code in {403, 404}


def test_a_row_that_waits_for_a_word_is_called_by_its_name(client, closed):
    said = page(client, closed.officer, "acceptance", closed.acceptance_pk)

    waiting = [dict(each.values)["name"] for each in said.context["reasons"] if "key" in each.values]
    assert "按期完成" in waiting
    assert all(waiting)
    assert "“”" not in said.content.decode()


def test_points_are_given_on_a_page(client, closed):
    closed.handed_in()
    client.force_login(closed.officer)
    address = reverse("acceptance:points", args=[closed.acceptance_pk])

    assert client.get(address).status_code == 200
    refused = client.post(address, {"points:timeliness": "5"})
    assert refused.status_code == 409
    assert "没有写理由" in refused.content.decode()
    assert client.post(address, {"points:timeliness": "5", "why:timeliness": "晚了两天"}).status_code == 302


def test_lists_ask_the_same_number_of_queries(client, closed):
    client.force_login(closed.officer)
    addresses = [reverse("acceptance:calls"), reverse("acceptance:call", args=[closed.call.pk])]
    counted = [_queries(client, address) for address in addresses]
    Closed(call=closed.call)
    client.force_login(closed.officer)

    assert [_queries(client, address) for address in addresses] == counted


def _queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_whom_an_entry_is_about_reads_and_answers_it(client):
    failed = Closed(rules=[{"id": "r1", **BAN}]).concluded("fail", "没有开展")
    entry = CreditEntry.objects.get(hit="unit")
    CreditEntry.objects.update(answer_by=later())  # the page goes by the clock of the machine

    assert page(client, failed.applicant, "entry", entry.pk).status_code == 200
    answered = client.post(reverse("acceptance:words", args=[entry.pk, "answer"]), {"words": "台风"})
    assert answered.status_code == 302
    assert page(client, make.user(), "entry", entry.pk).status_code == 404
    own = page(client, failed.applicant, "own").content.decode()
    assert "验收不合格，单位和负责人禁报三年" in own
    assert str(DAY.year + 3) in page(client, failed.applicant, "entry", entry.pk).content.decode()
