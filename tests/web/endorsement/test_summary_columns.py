"""A call that states a summary table of its own gets that one; other calls get the general columns."""

import pytest

from keqiao.web.endorsement.summary import About, Listed, summary_of
from keqiao.web.programmes.models import Revision
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
OWN = {
    "id": "s1",
    "title": "选题汇总表",
    "purpose": "summary",
    "fields": [
        {
            "id": "topics",
            "kind": "table",
            "label": "推荐选题",
            "columns": [
                {"id": "topic", "label": "选题名称"},
                {"id": "proposer", "label": "推荐人"},
                {"id": "phone", "label": "联系电话"},
                {"id": "office", "label": "主管处室"},
            ],
        }
    ],
}
FORM = {"id": "f1", "title": "申报书", "fields": makers.FIELDS}


def summary(**statements):
    call = makers.call(**statements)
    application = makers.submitted(call)
    revision = Revision.objects.get(call=call)
    about = About("甲县科协", call.title, "", revision.pk, makers.offer(call).node)
    listed = [Listed(application, application.submissions.get(), 1, "同意推荐")]
    return summary_of(about, listed, {})


def test_the_columns_of_the_calls_own_table_hold_and_what_nobody_knows_stays_empty():
    said = makers.ANSWERS
    table = summary(forms=[FORM, OWN], materials=[{"name": "选题汇总表", "form": "s1"}])

    assert table.title == "选题汇总表"
    assert [column.label for column in table.columns] == [
        "序号",
        "选题名称",
        "推荐人",
        "联系电话",
        "主管处室",
    ]
    assert table.rows == (("1", said["project"], said["leader"]["name"], said["leader"]["phone"], ""),)


def test_a_call_without_a_table_of_its_own_gets_the_general_columns():
    table = summary()

    assert table.title.endswith("推荐汇总表")
    assert [column.label for column in table.columns][:3] == ["序号", "推荐排序", "项目名称"]
    assert table.total == "合计 1 项"
