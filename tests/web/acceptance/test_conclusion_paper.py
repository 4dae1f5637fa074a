"""The conclusion on a project as a paper: what it says, and who fetches it once there is one."""

import io

import docx
import pytest
from django.urls import reverse

from tests.web.acceptance.makers import Closed

pytestmark = pytest.mark.django_db
PLACE = "acceptance:conclusion_file"


def fetched(client, who, closed: Closed, form: str = "docx"):
    client.force_login(who)
    return client.get(reverse(PLACE, args=[closed.acceptance_pk, form]))


def said(answer) -> list[str]:
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(each.text for each in document.paragraphs), *cells]


@pytest.mark.parametrize(("act", "word"), [("pass", "通过"), ("fail", "不通过")])
def test_a_conclusion_goes_to_the_unit_with_what_was_given(client, act, word):
    closed = Closed().handed_in().concluded(act, "指标按实际认定")

    words = said(fetched(client, closed.applicant, closed))

    assert words[:2] == ["结项验收结论书", f"{closed.unit.name}："]
    assert words[2].endswith(f"验收结论：{word}。")
    assert words[3] == "验收意见：指标按实际认定"
    assert len([each for each in words if each.endswith("分）")]) == len(closed.row.found["rows"])


def test_there_is_none_before_the_conclusion_and_others_find_nothing(client):
    closed, other = Closed().handed_in(), Closed()
    assert fetched(client, closed.officer, closed).status_code == 404

    closed.concluded("fail", "指标没有完成")

    assert fetched(client, closed.officer, closed, "pdf").content.startswith(b"%PDF")
    assert fetched(client, closed.officer, closed, "xlsx").status_code == 404
    assert fetched(client, other.officer, closed).status_code == 404
    client.force_login(closed.officer)
    page = client.get(reverse("acceptance:acceptance", args=[closed.acceptance_pk])).content.decode()
    assert f'href="{reverse(PLACE, args=[closed.acceptance_pk, "docx"])}"' in page
