"""Words typed into forms come out of Word and PDF as the plain words they are (T1, T2 of the threats).

Each value is typed into a row of a form: template languages, field codes, formulas, markup, control signs, signs that
turn the direction, signs beyond the first plane, very long ones. The Word file must say each of them and hold no other
kind of element and no other part than with harmless words; the PDF must say each whose signs stand in reading order
(〓 where there is no type), and hold no annotation, no script and no file. Planted: words are not escaped in Word; a
sign is swallowed in PDF.
"""

import argparse
import io
import random
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber
from lxml import etree

from keqiao.core.forms.paper import Paper, paper_of
from keqiao.readers.word.package import W
from keqiao.writers.forms import controls, portable
from keqiao.writers.forms.portable import set_form
from keqiao.writers.forms.word import write_word
from keqiao.writers.pdf import type_missing_for
from keqiao.writers.pdf.fonts import GETA
from tests.writers.forms.specifications import asking

FULL, SMALL, PIECE = 10_000, 200, 1_000
FAULTS = ("unescaped", "swallowed")
IN_ONE_FORM = 50
LONGEST = 5_000
SHOWN = 10
PAYLOADS = (
    "{{ 7*7 }}", "{{ a.__class__.__mro__[1].__subclasses__() }}", "{% for x in y %}", "{%tr for r in rows %}",
    "{# note #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "@{7*7}", "[[${7*7}]]", "#read(\"/etc/passwd\")",
    "#import \"fonts.typ\"", "#eval(\"1\")", "$ x^2 $", "*b* _i_ `raw` = title", "@cite <label>", "\\u{41} \\n",
    "// /* */", "]]>", "<![CDATA[x]]>", "<!--", "-->", "<b>&amp;</b>", "&lt;&#60;&#x3c;", "<?xml version=\"1.0\"?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;", "</w:t></w:r><w:r><w:t>", "<w:instrText>DATE",
    "</w:t><w:fldSimple w:instr=\"DATE\"/>", "{ DATE }", "{ DDEAUTO cmd \"/c calc\" }", "{ INCLUDETEXT \"x\" }",
    "=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "＝１＋１", "=cmd|' /C calc'!A0", "%PDF-1.7",
    "/Title (x) Tj", "/OpenAction << /S /JavaScript >>", "endobj", "<script>alert(1)</script>", "javascript:alert(1)",
    "'\"`", "\\", "%s%n", "../../etc/passwd", "\x00\x01\x08\x0b\x1f\x7f\x85\x9f", "a\r\nb\tc", "\u2028\u2029",
)  # fmt: skip
STRAIGHT = "{}#$*_<>&\\@=/'\"[]()%~^|-+.:;,!?甲乙丙㐀〇１Ａ０Ωé·—…“”①㎡℃ \n\tabz09"
CROOKED = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200d\u200e\u200f"
    "\ufeffעبا́̈🎬🚀𠮷𓀀\ufffe\ud800\udfff\U000e0041"
)
"""Signs whose order or whose number changes on paper: they are compared in Word only."""
FORM = asking(
    {"id": "text", "kind": "long_text", "label": "正文"},
    {"id": "rows", "kind": "table", "label": "名单", "columns": [{"id": "name", "label": "姓名"}]},
)


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.typed_words")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    plant(asked.fault)
    chance = random.Random(asked.seed)
    values = [value(chance, number) for number in range(asked.size)]
    faults = [*files(values)]
    for line in faults[:SHOWN]:
        print(f"typed_words: {line}")
    crooked = sum(not is_straight(each) for each in values)
    print(
        f"typed_words: {len(faults) or 'no'} faults; values={len(values)} in_word={len(values)}"
        f" in_pdf={len(values) - crooked} longest={max(map(len, values))} seed={asked.seed}"
    )
    return 1 if faults else 0


def plant(fault: str | None) -> None:
    """Plant a fault, which must be noticed."""
    if fault == "unescaped":
        controls.escape = str  # type: ignore[assignment]
    if fault == "swallowed":
        whole = portable._lines
        portable._lines = lambda words, width: whole(words.replace("#", ""), width)


def value(chance: random.Random, number: int) -> str:
    """What somebody might type: payloads in turn, whole or among other signs, now and then very long."""
    if number < len(PAYLOADS):
        return PAYLOADS[number]
    signs = STRAIGHT if chance.random() < 0.7 else STRAIGHT + CROOKED * 2
    length = LONGEST if chance.random() < 0.002 else chance.randint(0, 40)
    words = [*chance.choices(signs, k=length)]
    for payload in chance.choices(PAYLOADS, k=chance.randint(0, 2)):
        words.insert(chance.randint(0, len(words)), payload)
    return "".join(words) or "甲"


def files(values: list[str]) -> Iterator[str]:
    """Set the values, form by form; tell what is wrong."""
    with tempfile.TemporaryDirectory(prefix="keqiao-typed-") as folder:
        path = Path(folder) / "form.docx"
        write_word(paper(["甲\n乙\t丙"] * 2), path)
        tags, parts = shape(path)
        for begin in range(0, len(values), IN_ONE_FORM):
            some = values[begin : begin + IN_ONE_FORM]
            try:
                write_word(paper(some), path)
            except etree.XMLSyntaxError as error:
                yield f"Word: not well-formed: {error}"
                continue
            yield from (f"Word: {each}" for each in in_word(path, some, tags, parts))
            yield from (f"PDF: {each}" for each in in_pdf(some))


def paper(values: list[str]) -> Paper:
    """A form with these values, each between two signs that none of them has."""
    rows = [{"name": f"『{each}』"} for each in values]
    return paper_of(
        FORM, {"rows": rows, "text": "".join(f"『{each}』" for each in values[:1])}, to_fill=False
    )


def shape(path: Path) -> tuple[set[str], set[str]]:
    """The kinds of elements in a Word file, and its parts."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        return {element.tag for element in root.iter()}, set(archive.namelist())


def in_word(path: Path, values: list[str], tags: set[str], parts: set[str]) -> Iterator[str]:
    """What is wrong with a Word file: other elements, other parts, other words."""
    found, names = shape(path)
    yield from (f"another element: {tag}" for tag in sorted(found - tags))
    yield from (f"another part: {name}" for name in sorted(names ^ parts))
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    said = "".join(text.text or "" for text in root.iter(W + "t"))
    yield from differing(said, [values[0], *values], kept_by_word)


def in_pdf(values: list[str]) -> Iterator[str]:
    """What is wrong with the PDF of the values whose signs stay in order; the others are only set."""
    set_form(paper(values))
    straight = [each for each in values if is_straight(each)] or ["甲"]
    printed = set_form(paper(straight))
    with pdfplumber.open(io.BytesIO(printed.pdf)) as document:
        said = "".join(glyph["text"] for page in document.pages for glyph in page.chars if _is_typed(glyph))
        if any(page.annots for page in document.pages):
            yield "an annotation"
        active = {"OpenAction", "AA", "Names", "AcroForm", "JavaScript"} & set(document.doc.catalog)
        yield from (f"in the catalogue: {each}" for each in sorted(active))
    yield from differing(
        re.sub("(序号)?姓名", "", plain(said)), [straight[0], *straight], kept_by_pdf
    )  # heads


def _is_typed(glyph: dict[str, object]) -> bool:
    """Not of the foot of the page."""
    return float(str(glyph["bottom"])) < 297 / 25.4 * 72 - 25 / 25.4 * 72


def differing(said: str, values: list[str], kept: Callable[[str], str]) -> Iterator[str]:
    """The values that a file does not say as they were typed."""
    found = re.findall("『(.*?)』", plain(said), re.DOTALL)
    wanted = sorted(plain(kept(each)) for each in values)
    if sorted(found) != wanted:
        lacking = [each for each in wanted if each not in found]
        yield f"{len(found)} values for {len(wanted)}; lacking {[each[:80] for each in lacking[:2]]!r}"


def plain(words: str) -> str:
    """Words without gaps, which paper does not keep."""
    return re.sub(r"[\s\u200b\u2060]", "", words)


def kept_by_word(words: str) -> str:
    """What XML can hold."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", words)


def kept_by_pdf(words: str) -> str:
    """What can be printed, 〓 where there is no type."""
    shown = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", "", words)  # the last two end lines
    return shown.translate({ord(sign): GETA for sign in type_missing_for(shown)})


def is_straight(words: str) -> bool:
    """Do all signs stand in the PDF in the order in which they were typed?"""
    return not set(words) & set(CROOKED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
