"""Random papers with long, short and odd words, and what LibreOffice makes of them."""

import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document as DocumentType

from keqiao.writers.letters import Field, Listed, OfficialPaper
from keqiao.writers.letters.listing import in_wan
from tests.writers.letters.papers import PAPERS, WAN, award, notice

NAMES = (
    "科普",
    "示范",
    "基地",
    "青少年",
    "𠮷野家",
    "Ａ＆Ｂ",
    "<b>&amp;",
    "{{ x }}",
    "=1+1",
    "“双引号”",
    "e\u0301",
    "服务站",
)
LONGEST = 60


@dataclass(frozen=True)
class Written:
    """A paper as Word file, with words that have to stand in it."""

    path: Path
    words: tuple[str, ...]


def random_items(chance: random.Random) -> list[Listed]:
    """From one to some dozens of projects."""
    return [
        Listed(
            title="".join(chance.choices(NAMES, k=chance.randint(1, 12))) + f"第{number}号",
            unit=f"江州市{chance.choice(NAMES)}学会",
            category=chance.choice(("学术交流", "科技服务", "")),
            leader=chance.choice(("王某某", "Ann Lee", "")),
            amount_fen=chance.choice((None, 5 * WAN, 7_500_000, 1_234_567)),
        )
        for number in range(1, chance.choice((1, 2, 5, LONGEST)) + 1)
    ]


def written(folder: Path, size: int, seed: int) -> Iterator[Written]:
    """``size`` Word files: every second one a random list, the others one of each paper."""
    kinds = list(PAPERS)
    for number in range(size):
        chance = random.Random(f"{seed}-{number}")
        path = folder / f"paper{number}.docx"
        if number % 2:
            paper, words = PAPERS[kinds[number // 2 % len(kinds)]](), ()
        else:
            items = random_items(chance)
            paper = _listed(chance, items)
            words = tuple(f"第{each}号" for each in range(1, len(items) + 1))
            words += tuple(in_wan(item.amount_fen) for item in items if item.amount_fen)
        paper.docx(path)
        yield Written(path, words)


def _listed(chance: random.Random, items: list[Listed]) -> OfficialPaper:
    fields = tuple(chance.sample([Field.TITLE, Field.UNIT, Field.CATEGORY, Field.LEADER], k=4))
    shown = (
        Field.NUMBER,
        *(each for each in fields if each is Field.TITLE or chance.random() < 0.7),
        Field.AMOUNT,
    )
    return notice(items, shown) if chance.random() < 0.5 else award(items)


def through_office(program: str, folder: Path, files: list[Written]) -> None:
    """Let LibreOffice open each file and save it anew."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder / "again"),
    ]
    paths = [str(each.path) for each in files]
    subprocess.run([*command, *paths], capture_output=True, timeout=570, check=False)


def faults_in(folder: Path, file: Written) -> Iterator[str]:
    """What is wrong with one file once LibreOffice has opened it: not opened, another page, words lost or changed."""
    again = folder / "again" / file.path.name
    if not again.is_file():
        yield "not opened"
        return
    saved = docx.Document(str(again))
    section = saved.sections[0]
    if (round(section.page_width.mm), round(section.page_height.mm)) != (210, 297):
        yield "another size of page"
    said = texts(saved)
    yield from (f"lost: {words}" for words in file.words if not any(words in text for text in said))
    if said != texts(docx.Document(str(file.path))):
        yield "other words"


def texts(document: DocumentType) -> list[str]:
    """The words of all paragraphs, and of all cells row by row."""
    rows = (row for table in document.tables for row in table.rows)
    return [*(each.text for each in document.paragraphs), *(cell.text for row in rows for cell in row.cells)]
