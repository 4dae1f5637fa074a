"""Web pages as government sites write them."""

import pytest

from keqiao.core.guides.blocks import Paragraph
from keqiao.readers.document import read_document
from tests.readers.shown import grids, lines


def page(tmp_path, body: str, *, head: str = "", encoding: str = "utf-8"):
    path = tmp_path / "a.html"
    path.write_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return path


def test_blocks_inside_blocks_are_paragraphs_in_order(tmp_path):
    body = "<div>一、对象<div><p>各学会。</p>二、<span>标准</span><b>5万元</b></div>三、时间</div>"

    assert lines(page(tmp_path, body)) == ["一、对象", "各学会。", "二、标准5万元", "三、时间"]


def test_a_single_break_is_soft_and_two_breaks_or_an_indent_begin_a_paragraph(tmp_path):
    body = "<p>关于申报<br>项目的通知</p><p>甲。<br/><br/>乙。<br>\u3000\u3000丙。</p>"

    assert lines(page(tmp_path, body)) == ["关于申报\n项目的通知", "甲。", "乙。", "\u3000\u3000丙。"]


def test_many_lines_divided_by_breaks_only_are_paragraphs(tmp_path):
    assert lines(page(tmp_path, "<td>一、甲<br>二、乙<br>三、丙<br>四、丁</td>")) == [
        "一、甲",
        "二、乙",
        "三、丙",
        "四、丁",
    ]


def test_scripts_menus_forms_and_hidden_parts_are_left_out(tmp_path):
    body = (
        "<script>x='<p>坏</p>'</script><style>p{}</style><nav>首页</nav><div class='top-nav'>栏目</div>"
        "<ul id='breadcrumb'><li>位置</li></ul><p style='display:none'>暗</p><p hidden>暗</p><!-- 注 -->"
        "<p>正文</p><footer>版权</footer><div class='share'>分享</div><select><option>选</option></select>"
    )

    assert lines(page(tmp_path, body)) == ["正文"]


def test_entities_and_zero_width_characters_are_resolved(tmp_path):
    assert lines(page(tmp_path, "<p>资&#8203;金&ldquo;5&rdquo;万元&amp;以上&#65306;</p>")) == [
        "资金“5”万元&以上："
    ]


def test_spans_of_rows_and_columns_are_inherited(tmp_path):
    body = (
        "<table><thead><tr><th>类别<th>名称<th>金额</thead><tbody><tr><td rowspan=2>科普<td>讲座<td>5万元"
        "<tr><td>展览<td>3万元<tr><td colspan='2'>合计<td>8万元</tbody></table>"
    )

    assert grids(page(tmp_path, body)) == [
        [
            ["类别", "名称", "金额"],
            ["科普", "讲座", "5万元"],
            ["^科普", "展览", "3万元"],
            ["合计", "^合计", "8万元"],
        ]
    ]


def test_a_notice_inside_a_layout_table_is_running_text(tmp_path):
    inner = "<table><tr><td>序号<td>名称<tr><td>1<td>讲座</table>"
    found = read_document(page(tmp_path, f"<table><tr><td><p>一、甲</p>{inner}<p>二、乙</p></table>")).blocks

    assert [b.text if isinstance(b, Paragraph) else b.kind for b in found] == [
        "layout",
        "一、甲",
        "data",
        "二、乙",
    ]


def test_items_of_an_ordered_list_carry_the_number_that_a_browser_shows(tmp_path):
    assert lines(page(tmp_path, "<ol start=3><li>甲<li>乙</ol><ol type=A><li>丙</ol><ul><li>丁</ul>")) == [
        "3. 甲",
        "4. 乙",
        "A. 丙",
        "丁",
    ]


def test_headings_and_alignment_are_told(tmp_path):
    title, date = read_document(
        page(tmp_path, "<h2 style='text-align: center'>指南</h2><p align=right>2023年3月1日</p>")
    ).blocks

    assert (title.level, title.centred, title.bold, date.right, date.level) == (2, True, True, True, 0)


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("gb18030", ""),
        ("utf-16", ""),
    ],
)
def test_the_encoding_is_found_even_where_the_page_is_silent_or_wrong(tmp_path, encoding, stated):
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={stated}">' if stated else ""
    body = "<p>关于申报二〇二三年度科普项目的通知，请各单位认真组织。</p>"

    assert lines(page(tmp_path, body, head=head, encoding=encoding)) == [
        "关于申报二〇二三年度科普项目的通知，请各单位认真组织。"
    ]
