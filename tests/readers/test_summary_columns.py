"""Columns of summary tables: known by their labels."""

from keqiao.readers.ready_forms import load
from keqiao.readers.summary_columns import summary_columns


def test_the_general_table_has_the_columns_that_offices_ask_for():
    labels = [column.zh for column in summary_columns().general]

    assert labels == [
        *("序号", "推荐排序", "项目名称", "类别", "申报单位", "负责人", "联系电话"),
        *("申请经费（万元）", "推荐意见", "备注"),
    ]


def test_columns_of_a_call_are_known_by_their_labels_and_keep_them():
    columns = summary_columns().named(["选题名称", "推荐人", "电话", "主管部门"])

    assert [(column.key, column.zh) for column in columns] == [
        ("title", "选题名称"),
        ("leader", "推荐人"),
        ("phone", "电话"),
        ("own3", "主管部门"),
    ]
    assert [column.is_known for column in columns] == [True, True, True, False]


def test_every_column_of_the_table_of_topics_is_known():
    form = load("xuanti-huizong").form
    (table,) = (field for field in form.fields if field.kind == "table")

    columns = summary_columns().named(column.label for column in table.columns)

    assert [column.key for column in columns] == ["title", "category", "leader", "phone", "note"]


def test_no_label_stands_for_two_columns():
    columns = summary_columns()

    assert all(columns.by_label[column.zh] == key for key, column in columns.by_key.items())
