"""What could stand where the cursor is: keys, and the values of a key with a closed list."""

from collections.abc import Mapping
from dataclasses import dataclass

from keqiao.core.query.fields import ORDERED, Choice, Field, Fields, Kind, choices_of
from keqiao.core.query.tokens import Token, tokens

Examples = Mapping[Kind, tuple[str, ...]]

MOST = 8
EXAMPLES: Examples = {
    Kind.NUMBER: ("10..20", "10.."),
    Kind.MONEY: ("5万元..10万元", "5万元.."),
    Kind.DAY: ("2023", "2023-04", "2023-04-30.."),
}
ENGLISH_EXAMPLES: Examples = {**EXAMPLES, Kind.MONEY: ("50000..100000", "50000..")}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Text to stand in place of the characters from ``start`` to ``end`` (exclusive) of what was typed."""

    text: str
    start: int
    end: int


def complete(typed: str, cursor: int, fields: Fields, examples: Examples = EXAMPLES) -> tuple[Proposal, ...]:
    """What may be meant at ``cursor`` (characters before it), the fitting ones first, at most eight.

    ``examples`` are proposed where a number, an amount or a day is asked for.
    """
    before = tokens(typed[:cursor])
    key, begun = _begun(before, len(typed[:cursor]))
    if key is None:
        found = [f"{field.words[0]}:" for field in fields if _fits(begun.text, (field.name, *field.words))]
        return _proposals(found, begun)
    field = fields.called(key.text)
    if field is None:
        return ()
    return _proposals(_values(field, begun.text, examples), begun)


def _begun(before: list[Token], cursor: int) -> tuple[Token | None, Token]:
    """The key whose value is being typed, if any, and the piece at the cursor (empty where none has begun)."""
    empty = Token("word", "", cursor, cursor)
    has_piece = bool(before) and before[-1].kind in ("word", "quoted") and before[-1].end == cursor
    piece = before[-1] if has_piece else empty
    rest = before[:-1] if has_piece else before
    while len(rest) > 1 and rest[-1].kind == "comma" and rest[-2].kind in ("word", "quoted"):
        rest = rest[:-2]
    if len(rest) > 1 and rest[-1].kind == "sign" and rest[-2].kind == "word":
        return rest[-2], piece
    return None, piece


def _values(field: Field, begun: str, examples: Examples) -> list[str]:
    if field.kind in ORDERED:
        return [example for example in examples[field.kind] if not begun]
    fitting: list[Choice] = [
        choice for choice in choices_of(field) if _fits(begun, (choice.code, *choice.words))
    ]
    return [choice.words[0] for choice in fitting]


def _fits(begun: str, words: tuple[str, ...]) -> bool:
    return any(begun.casefold() in word.casefold() for word in words)


def _proposals(texts: list[str], piece: Token) -> tuple[Proposal, ...]:
    first = sorted(texts, key=lambda text: not text.casefold().startswith(piece.text.casefold()))
    return tuple(Proposal(text, piece.start, piece.end) for text in first[:MOST])
