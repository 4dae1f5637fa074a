"""Correction and extension notices as files: the same words as Word and as plain text."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from keqiao.core.programme.types import Programme
from tests.web import make

TITLE = "关于组织申报2026年度科普项目的通知"
NUMBER = "河科协〔2026〕12号"

EXTENSION = (
    "河洛市科学技术协会",
    "关于延长2026年度科普项目申报时间的通知",
    "各有关单位：",
    f"我会印发的《{TITLE}》（{NUMBER}）申报工作正在进行。经研究，申报截止时间由2026年6月30日延长至2026年7月15日17:00。",
    "其他事项不变。",
    "河洛市科学技术协会",
    "2026年6月20日",
)
CORRECTION = (
    "河洛市科学技术协会",
    f"关于《{TITLE}》的更正通知",
    "各有关单位：",
    f"我会印发的《{TITLE}》（{NUMBER}）有关内容有误，现更正如下：",
    "一、申报截止时间由2026年6月30日延长至2026年7月15日。",
    "二、科普讲座项目“资金支持标准：3万元/项”更正为“资金支持标准：5万元/项”。",
    "三、科普讲座项目“每个单位限报2项”更正为“每个单位限报1项”。",
    "其余内容不变，仍按原通知执行。",
    "河洛市科学技术协会",
    "2026年6月20日",
)
SUPPLEMENT = (
    "河洛市科学技术协会",
    f"关于《{TITLE}》的补充通知",
    f"《{TITLE}》（{NUMBER}）印发后，根据需要补充如下：",
    "一、增加“科普研学”项目，资助标准2万元/项。",
    "二、推荐单位汇总上报时间延长一周。",
    "三、申报时间另行通知。",
    "河洛市科学技术协会",
    "2026年6月20日",
)
PUBLICITY = (
    "河洛市科学技术协会",
    "关于2026年度科普项目拟立项名单的公示",
    "经评审，现对拟立项的12个项目予以公示，公示期5个工作日。",
    "河洛市科学技术协会",
    "2026年8月1日",
)


def as_text(lines: tuple[str, ...]) -> bytes:
    """A notice as a plain text file."""
    return "\n".join(lines).encode()


def as_word(lines: tuple[str, ...]) -> bytes:
    """A notice as Word: title centred, signature and date at the right."""
    document = Document()
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph(line)
        if number < 2:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif number >= len(lines) - 2:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()


def programme(**statements: object) -> Programme:
    """The call that the notices are about: two categories, one deadline."""
    lecture = {
        "id": "c1",
        "name": "科普讲座",
        "funding": {"kind": "fixed", "amount_fen": 30_000_00},
        "places": {"count": 4},
        "per_unit_limit": {"max": 2},
    }
    base = {
        "id": "c2",
        "name": "科普基地",
        "funding": {"kind": "fixed", "amount_fen": 100_000_00},
        "places": {"count": 2},
        "per_unit_limit": {"max": 2},
    }
    stated = {"document_number": NUMBER, "issuers": ["河洛市科学技术协会"], "categories": [lecture, base]}
    return make.definition(TITLE, **{**stated, **statements})
