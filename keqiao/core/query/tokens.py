"""Cuts what was typed into pieces: words, quoted words, keys with their signs, brackets, and the word for "or"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "quoted", "sign", "open", "close", "or", "not", "comma"]

OR_WORDS = frozenset({"或", "或者", "or", "|"})
NOT_WORDS = frozenset({"非", "not"})
SIGNS = {":": ":", "=": ":", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "≥": ">=", "≤": "<="}
CLOSING_MARKS = {'"': '"', "“": "”", "「": "」"}

_PIECE = re.compile(r'>=|<=|[:=<>≥≤(),、|]|[^\s:=<>≥≤(),、|"“「]+')


@dataclass(frozen=True, slots=True)
class Token:
    """A piece with the characters it was typed at (``end`` exclusive). ``closed`` is false for an open quotation.

    ``spaced``: a minus here would mean "not" (white space, a bracket or another minus stood before it).
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    closed: bool = True
    spaced: bool = True


def tokens(typed: str) -> list[Token]:
    """The pieces of ``typed``. Full-width signs count as the narrow ones; inside quotation marks nothing is changed."""
    return list(_pieces(narrowed(typed), typed))


def narrowed(typed: str) -> str:
    """Return ``typed`` with full-width letters, digits and signs made narrow, each character at its place."""
    return "".join(_narrow(character) for character in typed)


def _narrow(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return (
        plain
        if (len(plain) == 1 and "\uff01" <= character <= "\uff5e") or character == "\u3000"
        else character
    )


def _pieces(text: str, typed: str) -> Iterator[Token]:
    at, spaced = 0, True
    while at < len(text):
        if text[at].isspace():
            at, spaced = at + 1, True
            continue
        token = _quoted(text, typed, at, spaced=spaced) or _plain(text, at, spaced=spaced)
        yield token
        at, spaced = token.end, token.kind in ("not", "open")


def _quoted(text: str, typed: str, start: int, *, spaced: bool) -> Token | None:
    closing = CLOSING_MARKS.get(text[start])
    if closing is None:
        return None
    end = text.find(closing, start + 1)
    inside = typed[start + 1 : end] if end >= 0 else typed[start + 1 :]
    return Token("quoted", inside, start, end + 1 if end >= 0 else len(text), end >= 0, spaced)


def _plain(text: str, start: int, *, spaced: bool) -> Token:
    if spaced and text[start] in "-!" and start + 1 < len(text) and not text[start + 1].isspace():
        return Token("not", text[start], start, start + 1, spaced=spaced)
    found = _PIECE.match(text, start)
    piece = found.group() if found else text[start]
    return Token(_kind(piece), SIGNS.get(piece, piece), start, start + len(piece), spaced=spaced)


def _kind(piece: str) -> TokenKind:
    if piece in SIGNS:
        return "sign"
    if piece.casefold() in OR_WORDS:
        return "or"
    if piece.casefold() in NOT_WORDS:
        return "not"
    signs: dict[str, TokenKind] = {"(": "open", ")": "close", ",": "comma", "、": "comma"}
    return signs.get(piece, "word")
