"""Correction and extension notices as files, the same words as Word and as plain text; uploaded, read and merged."""

from datetime import UTC, datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from keqiao.core.programme.types import Programme
from keqiao.web.programmes import actions
from keqiao.web.programmes.amendments import reading as amendment_reading
from keqiao.web.programmes.amendments.page import amendment_page
from keqiao.web.programmes.models import Amendment
from tests.web import make

NOW = datetime(2026, 6, 20, tzinfo=UTC)

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


def upload(client, call, lines, *, word: bool = False, name: str = "programmes:amendment_new"):
    content = as_word(lines) if word else as_text(lines)
    file = SimpleUploadedFile("通知.docx" if word else "通知.txt", content)
    return client.post(reverse(name), {"association": call.association_id, "file": file})


def uploaded(client, call, lines=CORRECTION, *, word: bool = False) -> Amendment:
    """A notice that was uploaded and read."""
    answer = upload(client, call, lines, word=word)
    amendment = Amendment.objects.get()
    assert answer.headers["Location"] == reverse("programmes:amendment", args=[amendment.pk])
    amendment_reading.read(amendment.pk, NOW)
    amendment.refresh_from_db()
    return amendment


def page_of(amendment: Amendment):
    return amendment_page(Amendment.objects.select_related("call", "file", "revision").get(pk=amendment.pk))


def accept_all(amendment: Amendment, officer) -> None:
    actions.accept_plain(amendment.pk, actor=officer, at=NOW)


def merged(amendment: Amendment, officer):
    accept_all(amendment, officer)
    return actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)
