"""The papers of the chain: their words, their lists, and the figures of GB/T 9704-2012 read from the files."""

import io
from pathlib import Path
from zipfile import ZipFile

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn
from lxml import etree

from keqiao.core.workdays import Closing, Noticed
from keqiao.writers.letters import Budgeted, Field, Listed, Result, closing_statement, listing, result_letter
from keqiao.writers.letters.listing import in_wan
from keqiao.writers.notice.blocks import Grid, words_of
from tests.writers.letters.papers import ITEMS, PAPERS, PERIOD, WAN, award, notice, plain, result, task
from tests.writers.test_notice_word import MM, ORDER, W, fonts, paragraph, setting


def parts_of(paper, folder):
    """The XML parts of the Word file by name."""
    path = folder / "paper.docx"
    paper.docx(path)
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return {Path(name).stem: etree.fromstring(archive.read(name)) for name in names}


def lines(paper):
    """The paragraphs of a paper with their marks, without its tables."""
    return [f"{block.mark}{block.text}" for block in paper.blocks if not isinstance(block, Grid)]


def cells(grid):
    """The words of a table."""
    return [["\n".join(map(words_of, cell.paragraphs)) for cell in row] for row in grid.rows]


def tables(paper):
    """The tables of a paper."""
    return [cells(block) for block in paper.blocks if isinstance(block, Grid)]


@pytest.fixture(params=PAPERS)
def parts(request, tmp_path):
    """The XML parts of each paper in turn."""
    return parts_of(PAPERS[request.param](), tmp_path)


def test_every_paper_has_the_type_area_of_156_by_225_mm(parts):
    section = parts["document"].find(f"{W}body/{W}sectPr")
    margins = section.find(f"{W}pgMar")

    assert [round(int(section.find(f"{W}pgSz").get(f"{W}{each}")) / MM) for each in "wh"] == [210, 297]
    sides = ("top", "right", "bottom", "left")
    assert [round(int(margins.get(f"{W}{each}")) / MM) for each in sides] == [37, 26, 35, 28]


def test_every_page_holds_22_lines_of_28_characters(parts):
    grid = parts["document"].find(f"{W}body/{W}sectPr/{W}docGrid")
    style = next(each for each in parts["styles"].iter(f"{W}style") if each.get(f"{W}styleId") == "Normal")
    character = (16 * 20 + int(style.find(f"{W}rPr/{W}spacing").get(f"{W}val"))) / MM

    assert round(22 * int(grid.get(f"{W}linePitch")) / MM) == 225
    assert 28 * character <= 156 < 29 * character


def test_body_text_is_fangsong_of_size_3_and_pages_are_numbered_outside(parts):
    style = next(each for each in parts["styles"].iter(f"{W}style") if each.get(f"{W}styleId") == "Normal")
    feet = [parts[name] for name in sorted(parts) if name.startswith("footer")]

    assert style.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312"
    assert style.find(f"{W}rPr/{W}sz").get(f"{W}val") == "32"
    assert ["".join(t.text or "" for t in foot.iter(f"{W}t", f"{W}instrText")) for foot in feet] == [
        "— PAGE —"
    ] * 2
    assert {setting(foot.find(f"{W}p"), "jc", "val") for foot in feet} == {"left", "right"}
    assert fonts(feet[0])[0] == ("宋体", "28")


def test_the_properties_of_every_paragraph_stand_in_the_order_that_word_wants(parts):
    for properties in parts["document"].iter(f"{W}pPr"):
        places = [ORDER.index(etree.QName(each).localname) for each in properties]
        assert places == sorted(places)


def test_the_title_the_addressees_the_attachment_and_the_signature_have_their_places(tmp_path):
    parts = parts_of(award(), tmp_path)
    title, mark, day = (paragraph(parts, words) for words in ("关于公布", "附件", "2023年5月9日"))

    assert (fonts(title), setting(title, "jc", "val")) == ([("方正小标宋简体", "44")], "center")
    assert paragraph(parts, "各市级学会：").find(f"{W}pPr/{W}ind") is None
    assert fonts(paragraph(parts, "一、签订任务书")) == [("黑体", "32")] * 2
    assert setting(paragraph(parts, "请各承担单位"), "ind", "firstLineChars") == "200"
    assert (setting(day, "jc", "val"), setting(day, "ind", "rightChars")) == ("right", "400")
    listed = [p for p in parts["document"].iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert (len(listed), fonts(listed[0])) == (1, [("黑体", "32")])
    assert setting(mark, "ind", "leftChars") == "600"  # in the list: two characters in, hanging by its lead


def test_a_public_notice_says_what_how_long_and_where_to():
    said = lines(notice())

    assert said[:4] == [
        "江州市科学技术协会",
        "江州市财政局",
        "江科协发〔2023〕9号",
        "关于2023年度学会能力提升项目拟立项名单的公示",
    ]
    assert said[4] == (
        "根据《关于申报2023年度学会能力提升项目的通知》，经形式审查、专家评审，"
        "拟对“青年科学家论坛”等3个项目予以立项，现予以公示。"
    )
    assert said[5] == "公示时间：2022年9月28日至2022年10月9日（5个工作日）。"
    assert said[7:12] == [
        "受理单位：江州市科协学会部",
        "联系电话：0395-1234567",
        "监督电话：0395-7654321",
        "通讯地址：江州市人民路1号",
        "电子邮箱：xuehui@example.org",
    ]
    assert said[12] == "附件：拟立项项目名单"


def test_only_allowed_fields_stand_in_the_list():
    assert "王某某" in str(tables(notice()))  # it can be shown
    fields = (Field.NUMBER, Field.TITLE, Field.UNIT)
    shown = notice(fields=fields)

    assert tables(shown) == [
        [
            ["序号", "项目名称", "承担单位"],
            ["1", "青年科学家论坛", "江州市农学会"],
            ["2", "科技小院服务行动", "江州市畜牧学会"],
            ["3", "数字学会平台建设", "江州市计算机学会"],
        ]
    ]
    everything = str([*lines(shown), *tables(shown)])
    assert [hidden for hidden in ("王某某", "10万元", "25.5", "内部备注") if hidden in everything] == []


def test_amounts_add_up_to_the_fen():
    rows = cells(listing(ITEMS, (Field.NUMBER, Field.TITLE, Field.AMOUNT)))

    assert [row[-1] for row in rows] == ["金额（万元）", "10", "7.5", "8", "25.5"]
    assert rows[-1] == ["合计", "", "25.5"]
    assert (in_wan(1_234_500), in_wan(1_230_000), in_wan(None), in_wan(0)) == ("1.2345万元", "1.23", "", "0")


def test_a_list_has_each_field_once():
    for fields in ((), (Field.TITLE, Field.TITLE)):
        with pytest.raises(ValueError, match="each of its fields once"):
            listing(ITEMS, fields)


def test_an_award_notice_names_the_basis_the_money_and_the_duties():
    said = lines(award())

    assert said[5] == (
        "根据江科协发〔2023〕3号，经形式审查、专家评审、公示，决定对3个项目予以立项，支持经费共25.5万元"
        "（名单见附件）。现将有关事项通知如下。"
    )
    assert [line for line in said if line.startswith(("一、", "二、", "三、", "四、", "五、"))] == [
        "一、签订任务书",
        "二、规范使用经费",
        "三、按期组织实施",
        "四、标注支持来源",
        "五、联系方式",
    ]


def test_awards_without_money_name_none():
    without = [Listed("选题", "江州市农学会")]

    assert lines(award(without))[5] == (
        "根据江科协发〔2023〕3号，经形式审查、专家评审、公示，决定对1个项目予以立项（名单见附件）。"
        "现将有关事项通知如下。"
    )


TOPICS = (
    Listed("县域科普资源共享", "江州市农学会", is_topic=True),
    Listed("青年人才托举", "江州市医学会", is_topic=True),
)


def test_topics_go_into_a_catalogue_and_neither_money_nor_an_award_is_named():
    said = lines(award(TOPICS))
    assert said[5] == (
        "根据江科协发〔2023〕3号，经形式审查、专家评审、公示，决定将2个选题列入选题目录（名单见附件）。"
        "现将有关事项通知如下。"
    )
    assert [line for line in said if line.startswith(("一、", "二、"))] == ["一、联系方式"]
    assert tables(award(TOPICS))[0][0] == ["序号", "选题名称", "类别", "推荐单位", "负责人"]
    noticed = lines(notice(TOPICS))
    assert "拟将“县域科普资源共享”等2个选题列入选题目录，现予以公示。" in noticed[4]
    everything = "".join([*said[4:], *str(tables(award(TOPICS))), *noticed[4:]])
    assert [words for words in ("立项", "万元", "项目名称", "任务书") if words in everything] == []


def test_projects_and_topics_of_one_call_have_lists_of_their_own():
    both = award((*ITEMS, *TOPICS))

    assert (
        "决定对3个项目予以立项，支持经费共25.5万元，将2个选题列入选题目录（名单见附件）。" in lines(both)[5]
    )
    assert [len(rows) for rows in tables(both)] == [1 + 3 + 1, 1 + 2]
    noticed = lines(notice((*ITEMS, *TOPICS)))
    assert "拟对“青年科学家论坛”等3个项目予以立项，将“县域科普资源共享”等2个选题列入选题目录" in noticed[4]
    assert [line for line in noticed if "拟入选选题名单" in line] != []


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (TOPICS, ("某通知拟入选名单已于", "名单内共1个，可以作出入选决定1个。")),
        ((*ITEMS, *TOPICS), ("某通知拟立项和拟入选名单已于", "名单内共1个，可以作出决定1个。")),
    ],
)
def test_the_statement_on_the_end_names_what_was_listed(items, said):
    quiet = Closing(PERIOD, 0, (), (), (), (), (), {"甲": Noticed.CLEAR})
    written = lines(closing_statement(plain("说明"), "某通知", quiet, items))

    assert (written[1].startswith(said[0]), written[3]) == (True, said[1])


def test_a_result_letter_about_a_topic_says_that_it_is_listed():
    for selected, words in ((True, "已列入选题目录"), (False, "未能入选")):
        letter = result_letter(plain("告知书"), Result("某通知", "县域科普", selected, 0, is_topic=True))
        assert lines(letter)[1] == f"你单位申报某通知的“县域科普”{words}。"


def test_an_agreement_has_targets_budget_and_a_place_for_each_signature():
    facts, promises, budget, signatures = tables(task())

    assert facts[4:] == [
        ["甲方（主管单位）", "江州市科学技术协会"],
        ["乙方（承担单位）", "江州市农学会\n王某某，0395-1234567"],
        ["丙方（推荐单位）", "江州市农业农村局"],
    ]
    assert promises[1:] == [
        ["1", "主题报告", "不少于6场次", "签到表"],
        ["2", "参与人数", "不少于200人次", ""],
    ]
    assert budget[-1] == ["合计", "5", "1", ""]
    assert [row[0].split("\n")[0] for row in signatures] == [
        "甲方（盖章）：江州市科学技术协会",
        "乙方（盖章）：江州市农学会",
        "丙方（盖章）：江州市农业农村局",
    ]
    assert "支持经费5万元（大写：伍万元整），单位：万元。" in lines(task())
    assert "（二）尾款2万元，结项验收通过后拨付。" in lines(task())


def test_no_page_of_an_agreement_ends_between_a_seal_and_its_date(tmp_path):
    task().docx(tmp_path / "task.docx")

    rows = [row for table in docx.Document(str(tmp_path / "task.docx")).tables for row in table.rows]
    signing = [row for row in rows if "（盖章）" in row.cells[0].text]
    assert len(signing) == 3
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in signing)


def test_an_agreement_that_pays_more_than_its_budget_is_not_written():
    with pytest.raises(ValueError, match="come to 1000000 fen more than the budget"):
        task(budget=(Budgeted("场地费", 4 * WAN),))


def test_an_agreement_whose_instalment_was_given_up_says_what_is_not_paid():
    assert "（三）其余1万元不再拨付。" in lines(task(budget=(Budgeted("场地费", 6 * WAN),)))
    assert not [words for words in lines(task()) if "不再拨付" in words]


def test_the_statement_on_the_end_counts_objections_and_items():
    assert lines(PAPERS["closed"]())[1:4] == [
        "2023年度学会能力提升项目拟立项名单已于2022年9月28日至2022年10月9日公示，公示期满。",
        "共收到异议5件，其中成立1件、不成立1件、不予受理1件、正在处理1件、逾期提出1件。",
        "名单内共3个，可以作出立项决定1个；异议成立、不再立项1个；异议尚在处理、暂缓决定1个。",
    ]
    quiet = Closing(PERIOD, 0, (), (), (), (), (), {"甲": Noticed.CLEAR})
    assert lines(closing_statement(plain("说明"), "某项目", quiet))[2:4] == [
        "公示期间没有收到异议。",
        "名单内共1个，可以作出立项决定1个。",
    ]


def test_a_result_letter_names_money_only_to_who_gets_it():
    assert lines(result())[2:4] == [
        "你单位申报2023年度学会能力提升项目的“数字学会平台建设”未能立项。",
        "列第6位，名额5个。",
    ]
    assert lines(result(selected=True))[2] == (
        "你单位申报2023年度学会能力提升项目的“数字学会平台建设”已予立项，支持经费8万元。"
    )


@pytest.mark.parametrize("name", PAPERS)
def test_the_pdf_says_the_same_and_the_same_values_give_the_same_bytes(name):
    paper = PAPERS[name]()
    set_ = paper.pdf()
    with pdfplumber.open(io.BytesIO(set_.pdf)) as pdf:
        said = "".join(page.extract_text() for page in pdf.pages).replace(" ", "").replace("\n", "")
        sizes = {(round(page.width), round(page.height)) for page in pdf.pages}

    assert sizes == {(595, 842)}
    assert set_.missing == ""
    assert PAPERS[name]().pdf().pdf == set_.pdf
    words = [cell for table in tables(paper) for row in table for cell in row]
    assert [w for w in words if w.split("\n")[0].replace(" ", "").replace("\u3000", "")[:3] not in said] == []
