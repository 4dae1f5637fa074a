"""A form that a notice attaches: its labels, and in each blank what it takes."""

from keqiao.readers.programmes import demonstration, load
from keqiao.writers.notice.blocks import Grid
from keqiao.writers.notice.tables import form_table


def words(grid: Grid) -> list[tuple[str, ...]]:
    return [
        tuple("".join(said.words for sentence in cell.paragraphs for said in sentence) for cell in row)
        for row in grid.rows
    ]


def test_the_form_of_jining_is_attached_with_its_options_parts_and_limits():
    grid = form_table(load("jining-2023").forms[0], ())

    assert grid is not None
    assert words(grid) == [
        ("申报项目", ""),
        ("项目类别", "□A类 □B类"),
        ("申报单位", ""),
        ("通讯地址", ""),
        ("单位负责人", "（姓名、单位、职务、手机、邮箱）"),
        ("项目联系人", "（姓名、单位、职务、手机、邮箱）"),
        ("承办条件说明", "（限200字以内）"),
        ("实施方案", "（限500字以内）"),
        ("预期成效", "（限200字以内）"),
        ("申报单位意见", "（公章）    年  月  日"),
        ("市科协意见", "（公章）    年  月  日"),
    ]


def test_headings_are_no_blanks_and_a_table_names_its_columns():
    form = next(form for form in demonstration("henan-2023").forms if form.id == "tuoju-shenbaoshu")
    grid = form_table(form, ())

    assert grid is not None
    rows = dict(words(grid))
    assert "托举计划" not in rows
    assert rows["半年计划"] == "（阶段目标、培养措施、高端学术交流、集中指导时间、预期成果）"
