"""Small documents for tests of the guides: text as lines, tables as rows of cells."""

from collections.abc import Sequence
from typing import Any

from keqiao.core.guides.blocks import Block, Cell, Paragraph, Place, SourceDocument, Table
from keqiao.core.guides.flat import flat
from keqiao.core.guides.lines import Piece, paragraph_lines
from keqiao.core.guides.reading import Reading, read_call
from keqiao.core.guides.tree import Category
from keqiao.readers.vocabulary import guide_vocabulary

Rows = Sequence[Sequence[str | None]]
"""The rows of a table; ``None`` is covered by the cell above."""


def document(*blocks: str | Rows) -> SourceDocument:
    """A document of paragraphs (each line of a string is one) and tables."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, str):
            lines = [line for line in block.strip().split("\n") if line.strip()]
            made += [
                Paragraph(line, Place(len(made) + n, line=len(made) + n + 1)) for n, line in enumerate(lines)
            ]
        else:
            made.append(table(block, len(made)))
    return SourceDocument("call.txt", "txt", tuple(made))


def table(rows: Rows, block: int = 0) -> Table:
    """A table whose covered cells hold the words of the cell above."""
    made: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows):
        cells = []
        for column, words in enumerate(row):
            above = made[-1][column].paragraphs if words is None else ()
            own = tuple(
                Paragraph(line, Place(block, number, column, n))
                for n, line in enumerate((words or "").split("\n"))
            )
            cells.append(Cell(above or own, number, column, inherited=words is None))
        made.append(tuple(cells))
    return Table(tuple(made), Place(block))


def piece(text: str) -> Piece:
    """A line of text as a piece."""
    return paragraph_lines(Paragraph(text, Place(0, line=1)))[0].piece()


def category(name: str = "科普小屋", **slots: str | Sequence[str]) -> Category:
    """A category with words in its slots."""
    made = Category("").child(name)
    for slot, words in slots.items():
        made.put(slot, [piece(text) for text in ([words] if isinstance(words, str) else words)])
    return made


def read(*blocks: str | Rows) -> Reading:
    """The reading of a small document."""
    return read_call(document(*blocks), guide_vocabulary())


def export(*blocks: str | Rows) -> dict[str, Any]:
    """The flat export of a small document."""
    return flat(read(*blocks))


def paths(*blocks: str | Rows) -> list[str]:
    """The categories of a small document, each as its path with slashes."""
    return ["/".join(found["path"]) for found in export(*blocks)["categories"]]


def rule_types(*blocks: str | Rows) -> set[str]:
    """The types of all rules that a small document states."""
    return {fact.value["type"] for fact in read(*blocks).of("rule")}


NOTICE = """
浦州市科学技术协会
浦科协〔2024〕15号
关于申报2024年度科普行动项目的通知
各县区科协：
现将有关事项通知如下。
一、项目类别
（一）科普小屋
1.申报对象：各县（市、区）科协。
2.项目内容与绩效：开展科普讲座不少于6场，每场参与人数不少于40人；制作科普视频3部。
3.资金支持标准：4万元/项。
4.项目数量：5个。
（二）流动展车
1.申报对象：市级学会、高校科协。
2.项目内容与绩效：巡展不少于12场次。
3.资金支持标准：不超过8万元/项。
4.项目数量：2-3个。
二、申报要求
请于4月15日17:00前将纸质材料一式三份报送至市科协科普部。
三、联系方式
联系人：方小满
联系电话：0999-2345678
电子邮箱：kepu@example.com
附件：1.申报书
浦州市科学技术协会
2024年3月1日
"""
"""A whole invented notice with two categories."""
