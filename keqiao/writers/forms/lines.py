"""Puts answers into the gaps of an office's own lines: 项目名称：______ keeps its words, the room is the blank."""

import copy
from collections.abc import Iterator, Sequence
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from keqiao.core.forms.paper.gaps import gaps_in

_PLAIN: Final = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:sym"): "□"}
_PASSED_BY: Final = frozenset(
    qn(name)
    for name in (
        *("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:instrText", "w:rt"),
        *("w:drawing", "w:pict", "w:object", "w:tbl"),
    )
)
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

Atom = tuple[Any, Any, str]
"""A run, an element in it, and the words of the element."""


def body_paragraphs(parent: Any) -> Iterator[Any]:
    """The paragraphs outside tables in the order they are counted in when a document is read."""
    for child in parent:
        if child.tag == qn("w:p"):
            yield child
        elif child.tag not in _PASSED_BY:
            yield from body_paragraphs(child)


def open_gap(holder: Any, number: int) -> tuple[Any, str] | None:
    """Take the gap with this number out of a paragraph or cell; later ones first.

    Returns the run behind which the answer belongs and the words of the gap; None where there is no such gap.
    """
    paragraphs = [holder] if holder.tag == qn("w:p") else holder.findall(qn("w:p"))
    for paragraph in paragraphs:
        atoms = list(_atoms(paragraph))
        words = "".join(text for _run, _child, text in atoms)
        gaps = gaps_in(words)
        if number < len(gaps):
            gap = gaps[number]
            return _cut(atoms, gap.start, gap.end), words[gap.start : gap.end]
        number -= len(gaps)
    return None


def _atoms(parent: Any, run: Any = None) -> Iterator[Atom]:
    for child in parent:
        if child.tag == qn("w:t"):
            yield run, child, child.text or ""
        elif child.tag in _PLAIN:
            yield run, child, _PLAIN[child.tag]
        elif child.tag == qn("w:br"):
            yield run, child, "\n" if child.get(qn("w:type"), "textWrapping") == "textWrapping" else ""
        elif child.tag not in _PASSED_BY and child.tag != _FALLBACK and not _is_hidden(child):
            yield from _atoms(child, child if child.tag == qn("w:r") else run)


def _is_hidden(element: Any) -> bool:
    hidden = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}") if element.tag == qn("w:r") else None
    return hidden is not None and hidden.get(qn("w:val"), "1") not in ("0", "false", "off")


def _cut(atoms: Sequence[Atom], start: int, end: int) -> Any:
    """Take these characters away; the run that they began in ends there and is returned."""
    opened: Any = None
    begin = 0
    for run, child, text in atoms:
        first, last = max(start - begin, 0), min(end - begin, len(text))
        begin += len(text)
        if first >= last:
            continue
        if opened is None:
            opened = run
            _split(run, child, text[:first], text[last:])
        else:
            _set(child, text[last:])
    return opened


def _split(run: Any, child: Any, before: str, behind: str) -> None:
    """End the run with the words before; what followed stands in a new run."""
    new = OxmlElement("w:r")
    properties = run.find(qn("w:rPr"))
    if properties is not None:
        new.append(copy.deepcopy(properties))
    following = [*child.itersiblings()]
    if behind:
        new.append(_text(behind))
    new.extend(following)
    _set(child, before)
    run.addnext(new)


def _set(child: Any, words: str) -> None:
    if words:
        child.text = words
        child.set(qn("xml:space"), "preserve")
    else:
        child.getparent().remove(child)


def _text(words: str) -> Any:
    made = OxmlElement("w:t")
    _set(made, words)
    return made
