"""The receipt as PDF: one page that says everything by which a submission can be checked."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pdfplumber

from keqiao.writers.receipts import Slip, set_receipt

SLIP = Slip(
    title="提交回执",
    issuer="江州市科学技术协会",
    number="科普-2026-0007",
    rows=[("项目名称", "流动科技馆进乡镇#{panic()}"), ("收到时间", "2026年6月1日 10:00:00")],
    digest_label="内容摘要（SHA-256）",
    digest="0123456789abcdef" * 4,
    note="任何改动都会使它不同。",
    address="https://keqiao.example.org/r/0f",
    at=datetime(2026, 6, 1, 2, tzinfo=UTC),
)


def pages(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return ["".join("".join(glyph["text"] for glyph in page.chars).split()) for page in opened.pages]


def test_it_is_one_page_with_number_facts_and_the_whole_digest():
    (words,) = pages(set_receipt(SLIP).pdf)

    said = (SLIP.number, SLIP.digest, SLIP.issuer, "流动科技馆进乡镇#{panic()}", "2026年6月1日10:00:00")
    assert [each for each in said if each not in words] == []


def test_the_same_receipt_gives_the_same_bytes_and_another_time_others():
    assert set_receipt(SLIP).pdf == set_receipt(SLIP).pdf
    assert set_receipt(SLIP).pdf != set_receipt(replace(SLIP, at=SLIP.at.replace(day=2))).pdf
