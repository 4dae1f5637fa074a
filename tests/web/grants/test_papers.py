"""Papers of a grant besides its agreement: a change and its answer, the settlement table; who fetches them."""

import io

import docx
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from keqiao.web.grants.actions import changes, receipts, settling
from keqiao.web.grants.actions.changes import Wanted
from keqiao.web.grants.asking import ask
from keqiao.writers.notice.watermark import DRAFT
from tests.web.grants.makers import Place

pytestmark = pytest.mark.django_db
LINES = {"讲师费": 2_000_000, "印刷费": 1_000_000}


def fetched(client, who, name, *args):
    client.force_login(who)
    return client.get(reverse(f"grants:{name}", args=args))


def said(answer) -> list[str]:
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(each.text for each in document.paragraphs), *cells]


def cells(answer) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def title(answer) -> str:
    return cells(answer)[0][0]


def asked(place: Place, **wanted):
    row = changes.write(place.pk, Wanted(**wanted), "改印科普手册", **place.by("applicant"))
    changes.submit(row.pk, **place.by("applicant"))
    return row


def settled(place: Place):
    receipt = place.receipt("F1", "讲师费", 900_000)
    row = settling.open_settlement(place.pk, **place.by("applicant"))
    receipts.admit(receipt.pk, 800_000, "超标准", **place.by("finance"))
    return row


def test_a_change_is_the_units_letter_until_the_office_answers_it(client):
    place = Place().signed()
    row = asked(place, lines=LINES)

    words = said(fetched(client, place.officer, "change_paper", row.pk, "docx"))

    assert words[:2] == ["关于申请项目变更的函", f"{place.grant.association.organisation.name}："]
    assert "变更理由：改印科普手册" in words
    assert words[words.index("场地费") :][:2] == ["场地费", "1万元 → 0元"]
    assert words[words.index("印刷费") :][:2] == ["印刷费", "0元 → 1万元"]


@pytest.mark.parametrize(
    ("decide", "title", "answer"),
    [
        ("refuse", "关于不同意项目变更的批复", "批复意见：名称以公示为准"),
        ("take_note", "关于项目变更备案的函", "批复意见：管理办法第九条"),
    ],
)
def test_the_answer_to_a_change_goes_to_the_unit(client, decide, title, answer):
    place = Place().signed()
    row = asked(place, title="流动科技馆")
    getattr(changes, decide)(row.pk, answer.partition("：")[2], **place.by("officer"))

    words = said(fetched(client, place.applicant, "change_paper", row.pk, "docx"))

    assert words[:2] == [title, f"{place.unit.name}："]
    assert answer in words
    assert "流动科技馆进乡镇 → 流动科技馆" in words


def test_an_approved_change_is_answered_as_pdf_too(client):
    place = Place().signed()
    row = asked(place, lines=LINES)
    place.agreed(ask("grants.change", row.pk, "", **place.by("officer")), "leader")

    answer = fetched(client, place.finance, "change_paper", row.pk, "pdf")

    assert answer.content.startswith(b"%PDF")
    assert said(fetched(client, place.finance, "change_paper", row.pk, "docx"))[0] == "关于同意项目变更的批复"


def test_a_draft_of_a_change_is_no_paper_and_others_find_nothing(client):
    place, other = Place().signed(), Place()
    row = changes.write(place.pk, Wanted(title="流动科技馆"), "更准确", **place.by("applicant"))
    assert fetched(client, place.applicant, "change_paper", row.pk, "docx").status_code == 404

    changes.submit(row.pk, **place.by("applicant"))

    assert fetched(client, place.applicant, "change_paper", row.pk, "docx").status_code == 200
    assert fetched(client, place.applicant, "change_paper", row.pk, "xlsx").status_code == 404
    assert fetched(client, other.officer, "change_paper", row.pk, "docx").status_code == 404


def test_the_settlement_table_counts_line_by_line(client):
    place = Place().signed().paid()
    change = asked(place, lines=LINES)
    place.agreed(ask("grants.change", change.pk, "", **place.by("officer")), "leader")
    row = settled(place)

    answer = fetched(client, place.officer, "settlement_file", row.pk, "xlsx")

    by_line = {each[0]: each[1:6] for each in cells(answer)}
    assert by_line["讲师费"] == [2, 0, 0.8, 1.2, 0]
    assert by_line["印刷费"] == [0, 1, 0, 1, 0]
    assert by_line["场地费"] == [1, -1, 0, 0, 0.5]
    assert by_line["合计"] == [3, 0, 0.8, 2.2, 0.5]


def test_the_settlement_table_is_a_draft_until_it_is_admitted(client):
    place = Place().signed().paid()
    row = settled(place)
    settling.submit(row.pk, "", **place.by("applicant"))
    assert (
        title(fetched(client, place.officer, "settlement_file", row.pk, "xlsx"))
        == f"项目经费决算表（{DRAFT}）"
    )

    place.agreed(ask("grants.admit", row.pk, "", **place.by("officer")), "finance")

    assert title(fetched(client, place.officer, "settlement_file", row.pk, "xlsx")) == "项目经费决算表"


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_settlement_table_is_word_and_pdf_too_and_only_for_those_of_the_grant(client, form, begins):
    place, other = Place().signed().paid(), Place()
    row = settled(place)

    answer = fetched(client, place.applicant, "settlement_file", row.pk, form)

    assert answer.content.startswith(begins)
    assert fetched(client, other.applicant, "settlement_file", row.pk, form).status_code == 404
    assert fetched(client, place.applicant, "settlement_file", row.pk, "txt").status_code == 404


def test_the_page_of_a_grant_leads_to_its_papers(client):
    place = Place().signed().paid()
    change, row = asked(place, title="流动科技馆"), settled(place)

    page = fetched(client, place.officer, "grant", place.pk).content.decode()

    for name, pk, form in (("change_paper", change.pk, "docx"), ("settlement_file", row.pk, "xlsx")):
        assert f'href="{reverse(f"grants:{name}", args=[pk, form])}"' in page
