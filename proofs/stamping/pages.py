"""Invented signature pages in print, set by the product; where seals belong is read off the print."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pypdfium2
from PIL import Image

from keqiao.writers.signature_page import Box, SignatureSheet, set_signature_page

PER_MM = 8  # dots: about 200 to the inch
POINTS_PER_MM = 72 / 25.4
SEALED = "（盖章）"
SIGNED = "签名："
TITLES = (
    "流动科技馆进乡镇巡展",
    "青少年科学工作室建设",
    "农技协服务站提升",
    "院士专家工作站",
    "科普示范社区创建",
)
UNITS = ("江州市科学技术馆", "东山县第一中学", "南湖区农技推广中心", "江州学院", "云溪镇人民政府")
WHO = ("申报单位", "推荐单位", "县（市、区）科协", "分管领导", "主要领导", "县（市、区）人民政府")
SPACE = "　" * 8
ROW_MM = 12  # boxes of one row have their lines at heights that differ by less


@dataclass(frozen=True)
class Printed:
    """A page in print: what its codes should say, and the middles of the places for seals, in millimetres.

    ``others`` are places where nothing is to be sealed, among the words.
    """

    picture: Image.Image
    page: UUID
    fingerprint: str
    boxes: int
    wanted: tuple[tuple[int, float, float], ...]


def printed(chance: random.Random) -> Printed:
    """One invented page with one to six boxes."""
    count = chance.randint(1, 6)
    sealed = [chance.random() < 0.6 for _ in range(count)]
    sheet = SignatureSheet(
        page=UUID(int=chance.getrandbits(128), version=4),
        fingerprint=f"{chance.getrandbits(256):064x}",
        title="签字盖章页",
        under="二〇二六年度科普专项资金项目",
        rows=(
            ("项目名称", chance.choice(TITLES)),
            ("申报单位", chance.choice(UNITS)),
            ("申请经费", "20 万元"),
        ),
        pledge="本页签章单位对申报材料的真实性、完整性负责。内容改动后须重新打印本页签章。",
        boxes=[_box(who, is_sealed=is_sealed) for who, is_sealed in zip(WHO, sealed, strict=False)],
        fingerprint_label="指纹（SHA-256）",
        note="请拍照或扫描后上传，四角的码须完整。",
        at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    with pypdfium2.PdfDocument(set_signature_page(sheet).pdf) as document:
        page = document[0]
        middles = _places_of(page, SIGNED)
        picture = page.render(scale=PER_MM / POINTS_PER_MM).to_pil().convert("RGB")
    wanted = tuple((number, *middles[number]) for number in range(count) if sealed[number])
    return Printed(picture, sheet.page, sheet.fingerprint, count, wanted)


def _box(who: str, *, is_sealed: bool) -> Box:
    lines = [f"{SIGNED}{SPACE}", *([f"{SEALED}{SPACE}"] if is_sealed else []), "　　年　　月　　日"]
    return Box(who, "审核意见", lines)


def _places_of(page: pypdfium2.PdfPage, words: str) -> list[tuple[float, float]]:
    """Where words stand on a page, in the order of the boxes: middles in millimetres from the upper left corner."""
    height = page.get_height()
    text = page.get_textpage()
    found, search = [], text.search(words)
    while (place := search.get_next()) is not None:
        left, bottom, right, top = text.get_charbox(place[0])
        found.append(((left + right) / 2 / POINTS_PER_MM + 14, (height - (top + bottom) / 2) / POINTS_PER_MM))
    rows: list[list[tuple[float, float]]] = []
    for middle in sorted(found, key=lambda each: each[1]):
        if not rows or middle[1] - rows[-1][0][1] > ROW_MM:
            rows.append([])
        rows[-1].append(middle)
    return [middle for row in rows for middle in sorted(row)]
