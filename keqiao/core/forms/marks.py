"""Choices as they stand on paper: ``■A类 □B类``, ``A类（√） B类（ ）``, ``√A类``, or just the words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PICKED, OPEN = "■", "□"
OTHER = "其他"
"""What stands before words that are no option."""

LONGEST = 4_000
"""Characters of a cell with options; what is longer is no choice."""

_ON = "■☑☒▣◼⬛✓✔√●☆★"
_OFF = "□☐▢◻⬜口○◯"
_MARK = re.compile(rf"[{_ON}{_OFF}]️?|[（(\[【]\s*(?P<inside>[√✓✔■xX×vV☑]?)\s*[）)\]】]")
_BETWEEN = re.compile(r"[、，,;；/|\n\t]|\s{2,}")
_BLANKS = " \t\n　_＿"


class NotAChoice(ValueError):
    """The words do not say which options are meant."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class _Option:
    start: int
    end: int
    words: str


def parse_choice(text: str, options: Sequence[str], *, other: bool = False) -> list[str]:
    """The options picked in ``text``, in their own order, and behind them what is written for "other".

    Raises:
        NotAChoice: something stands there that is neither a mark nor an option, or a mark could belong to two.
    """
    text = text.strip()
    if text in options:
        return [text]
    if len(text) > LONGEST:
        raise NotAChoice(text[:LONGEST])
    head, said = _split_other(text) if other else (text, None)
    found = list(_options_in(head, options))
    marks = list(_marks_in(head, found))
    picked = _marked(head, found, marks) if marks else _named(head, options, other=other)
    found_words = [*picked, *([said] if said is not None else [])]
    return [option for option in options if option in found_words] + [
        each for each in found_words if each not in options
    ]


def written_choice(picked: Sequence[str], options: Sequence[str], *, other: bool = False) -> str:
    """All options with their boxes, the picked ones filled: ``■A类 □B类 ■其他：社区``."""
    free = [each for each in picked if each not in options]
    has_words = other or bool(free)
    listed = [option for option in options if not (has_words and option == OTHER)]
    boxes = [f"{PICKED if option in picked else OPEN}{option}" for option in listed]
    if has_words:
        boxes.append(f"{PICKED if free or OTHER in picked else OPEN}{OTHER}：{'；'.join(free)}")
    return " ".join(boxes)


def _split_other(text: str) -> tuple[str, str | None]:
    """The text before "other", and what is written there; None where its box is open."""
    for found in reversed(list(re.finditer(rf"(?P<box>[{_ON}{_OFF}])\s*{OTHER}[:：]?", text))):
        said = text[found.end() :].strip(_BLANKS)
        if found[0][-1] not in ":：" and said[:1] in ("（", "(") and said[-1:] in ("）", ")"):
            said = said[1:-1].strip(_BLANKS)
        if found["box"] in _ON:
            return text[: found.start()].rstrip(), said or OTHER
        if not said:
            return text[: found.start()].rstrip(), None
    return text, None


def _options_in(text: str, options: Sequence[str]) -> Iterator[_Option]:
    """Where options stand, the longest first where one begins like another; in the order of the text."""
    if not options:
        return
    longest_first = sorted(options, key=len, reverse=True)
    for found in re.finditer("|".join(map(re.escape, longest_first)), text):
        yield _Option(found.start(), found.end(), found[0])


def _marks_in(text: str, options: Sequence[_Option]) -> Iterator[_Mark]:
    for found in _MARK.finditer(text):
        if any(option.start <= found.start() < option.end for option in options):
            continue
        inside = found["inside"]
        yield _Mark(found.start(), found.end(), found[0][0] in _ON if inside is None else bool(inside))


def _marked(text: str, options: Sequence[_Option], marks: Sequence[_Mark]) -> list[str]:
    """The options with a filled mark. Each mark belongs to the option that it touches, else as the first one does."""
    if not options or _rest(text, [*options, *marks]):
        raise NotAChoice(text)
    leads = marks[0].start < options[0].start
    return [_owner(text, mark, options, leads=leads).words for mark in marks if mark.is_on]


def _owner(text: str, mark: _Mark, options: Sequence[_Option], *, leads: bool) -> _Option:
    before = max(
        (each for each in options if each.end <= mark.start), key=lambda each: each.end, default=None
    )
    after = min(
        (each for each in options if each.start >= mark.end), key=lambda each: each.start, default=None
    )
    if before is None or after is None:
        found = before or after
        if found is None:
            raise NotAChoice(text)
        return found
    touches = before.end == mark.start, after.start == mark.end
    if touches == (True, False):
        return before
    if touches == (False, True):
        return after
    return after if leads else before


def _named(text: str, options: Sequence[str], *, other: bool) -> list[str]:
    """Options that are just written down, one or several with a mark between them."""
    words = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if not all(word in options for word in words):
        words = text.split() if all(word in options for word in text.split()) else [text] if text else []
    strange = [word for word in words if word not in options]
    if len(strange) > int(other):
        raise NotAChoice(text)
    return [option for option in options if option in words] + strange


def _rest(text: str, spans: Sequence[_Mark | _Option]) -> str:
    """What is neither mark nor option nor a separator."""
    kept = list(text)
    for span in spans:
        kept[span.start : span.end] = " " * (span.end - span.start)
    return re.sub(r"[\s、，,;；/|_＿:：]", "", "".join(kept))
