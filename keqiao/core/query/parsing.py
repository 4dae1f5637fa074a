"""Reads what was typed into the tree, and says about every part that it did not understand why, and what would do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches

from keqiao.core.findings import Value
from keqiao.core.query.fields import Field, Fields
from keqiao.core.query.tokens import Token, tokens
from keqiao.core.query.tree import All, Any, Missing, Node, Not, Words
from keqiao.core.query.values import MOST_SUGGESTIONS, Misread, compared

LONGEST = 500  # characters
DEEPEST = 10  # brackets
ABSENT = frozenset({"无", "没有", "缺", "no"})
PRESENT = frozenset({"有", "has"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A part that was not understood and is left out: its sentence, its place (``end`` exclusive), what would do."""

    code: str
    values: dict[str, Value]
    start: int
    end: int
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was understood, and what was not. Without faults the tree is all that was typed."""

    tree: Node
    faults: tuple[Fault, ...] = ()


def parse(typed: str, fields: Fields) -> Asked:
    """Read ``typed`` for a list with these keys.

    Words beside each other must all fit; ``或`` stands between alternatives, ``-`` or ``非`` before what must not fit,
    brackets group. ``key:value`` (several values with commas: one is enough), ``key>value``, ``key:low..high``,
    ``无:key`` and ``有:key`` ask one column.
    """
    if len(typed) > LONGEST:
        return Asked(All(), (Fault("query.too_long", {"most": LONGEST}, LONGEST, len(typed)),))
    reader = _Reader(tokens(typed), fields)
    tree = reader.alternatives(0)
    return Asked(tree, tuple(sorted(reader.faults, key=lambda fault: (fault.start, fault.end))))


@dataclass
class _Reader:
    pieces: list[Token]
    fields: Fields
    at: int = 0
    faults: list[Fault] = field(default_factory=list)

    def alternatives(self, depth: int) -> Node:
        parts = [self._together(depth)]
        while (piece := self._next("or")) is not None:
            left_is_empty = parts[-1] == All()
            parts.append(self._together(depth))
            if left_is_empty or parts[-1] == All():
                self._fault("query.or_without_sides", piece)
        parts = [part for part in parts if part != All()]
        if not parts:
            return All()
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _together(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.at < len(self.pieces):
            kind = self.pieces[self.at].kind
            if kind == "or" or (kind == "close" and depth > 0):
                break
            if (part := self._part(depth)) is not None:
                parts.append(part)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _part(self, depth: int) -> Node | None:
        piece = self.pieces[self.at]
        self.at += 1
        readers: dict[str, Callable[[Token, int], Node | None]] = {
            "not": self._negated,
            "open": self._grouped,
            "word": self._word_or_key,
            "quoted": self._quoted,
            "comma": lambda _piece, _depth: None,
        }
        if piece.kind in readers:
            return readers[piece.kind](piece, depth)
        self._fault("query.bracket_alone" if piece.kind == "close" else "query.sign_without_key", piece)
        return None

    def _negated(self, piece: Token, depth: int) -> Node | None:
        if self.at >= len(self.pieces) or self.pieces[self.at].kind in ("or", "close"):
            self._fault("query.nothing_negated", piece)
            return None
        part = self._part(depth)
        return None if part is None else Not(part)

    def _grouped(self, piece: Token, depth: int) -> Node | None:
        if depth >= DEEPEST:
            self._fault("query.too_deep", piece, most=DEEPEST)
            self.at = len(self.pieces)
            return None
        part = self.alternatives(depth + 1)
        if self._next("close") is None:
            self._fault("query.bracket_open", piece)
        return None if part == All() else part

    def _quoted(self, piece: Token, _depth: int) -> Node | None:
        if not piece.closed:
            self._fault("query.quotation_open", piece)
        text = piece.text.strip()
        return Words(text, whole=True) if text else None

    def _word_or_key(self, piece: Token, _depth: int) -> Node | None:
        sign = self._next("sign")
        return Words(piece.text) if sign is None else self._keyed(piece, sign)

    def _keyed(self, key: Token, sign: Token) -> Node | None:
        values = self._values()
        end = values[-1].end if values else sign.end
        if not values:
            self._fault("query.value_missing", key, end=end, key=key.text)
            return None
        asked = self.fields.called(key.text)
        if asked is None and key.text.casefold() in ABSENT | PRESENT:
            return self._about_presence(key, values)
        if asked is None:
            self._unknown_key(key, end)
            return None
        try:
            return compared(asked, sign.text, tuple(value.text for value in values))
        except Misread as wrong:
            self.faults.append(Fault(wrong.code, wrong.values, key.start, end, wrong.suggestions))
            return None

    def _about_presence(self, word: Token, values: list[Token]) -> Node | None:
        parts: list[Node] = []
        for value in values:
            asked = self.fields.called(value.text)
            if asked is None:
                self._unknown_key(value, value.end)
            elif not asked.optional:
                self._fault("query.never_missing", value, key=asked.words[0])
            else:
                parts.append(Missing(asked) if word.text.casefold() in ABSENT else Not(Missing(asked)))
        return None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))

    def _values(self) -> list[Token]:
        """The values behind a sign: one, or several with commas between them."""
        found: list[Token] = []
        while (value := self._next("word", "quoted")) is not None:
            if not value.closed:
                self._fault("query.quotation_open", value)
            found.append(value)
            if self._next("comma") is None:
                break
        return found

    def _next(self, *kinds: str) -> Token | None:
        """Take the next piece if it is of one of these kinds."""
        if self.at < len(self.pieces) and self.pieces[self.at].kind in kinds:
            self.at += 1
            return self.pieces[self.at - 1]
        return None

    def _unknown_key(self, piece: Token, end: int) -> None:
        suggestions = like(piece.text, self.fields)
        known = "、".join(suggestions or tuple(one.words[0] for one in self.fields))
        values: dict[str, Value] = {"typed": piece.text, "known": known}
        self.faults.append(Fault("query.key_unknown", values, piece.start, end, suggestions))

    def _fault(self, code: str, piece: Token, *, end: int | None = None, **values: Value) -> None:
        self.faults.append(Fault(code, values, piece.start, piece.end if end is None else end))


def like(word: str, fields: Fields) -> tuple[str, ...]:
    """The keys that somebody who typed ``word`` may have meant, the likeliest first, by their usual names."""
    names: dict[str, Field] = {name: one for one in fields for name in (*one.words, one.name)}
    near = [name for name in names if word.casefold() in name.casefold()]
    near += get_close_matches(word, names, n=MOST_SUGGESTIONS, cutoff=0.5)
    return tuple(dict.fromkeys(names[name].words[0] for name in near))[:MOST_SUGGESTIONS]
