"""Amounts and counts shared out among named categories: lists with 分别 and 依次, one figure for several names, 各."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from keqiao.core.guides.clauses import sentences, split
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.quantities.amounts import read_amounts
from keqiao.core.guides.quantities.counts import CountGrammar
from keqiao.core.guides.tree import Category

_PLACES = frozenset("个项名家人所支篇部件")
_SHARED_OUT = re.compile(
    r"分别|依次|各(?=[\d一二两三四五六七八九十])|每[项个]|/[项个]|资助|支持|补助|给予|立项|[：:]"
)


_LIMITS = re.compile(r"限报|限申报|只能|选报|每个?(?:申报)?单位|每人")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    category: Category | None = None


def share_out(pieces: Sequence[Piece], known: Iterable[Category], counts: CountGrammar) -> list[Piece]:
    """Hand amounts and counts to the categories named before them; return the pieces that were not used up.

    ``甲、乙、丙分别资助3万元/项、6万元/项、8万元/项，立项数量依次为4项、4项、2项`` pairs by position; lists of unequal
    length are left alone.
    """
    names = sorted(((c, _plain(c.name)) for c in known if len(_plain(c.name)) >= 2), key=lambda x: -len(x[1]))
    kept: list[Piece] = []
    for piece in pieces:
        unused: list[Piece] = []
        for sentence in sentences(piece):
            shared = [_share(part, names, counts) for part in split(sentence, ";")]
            if not any(shared):
                unused.append(sentence)
        kept += unused if len(unused) < len(list(sentences(piece))) else [piece]
    return kept


def _share(part: Piece, names: Sequence[tuple[Category, str]], counts: CountGrammar) -> bool:
    found = _named(part, names)
    if not found or not _SHARED_OUT.search(part.text) or _LIMITS.search(part.text):
        return False
    amounts = [_Token(a.start, a.end) for a in read_amounts(part.text)]
    inside = [range(a.start, a.end) for a in amounts]
    places = [
        _Token(c.start, c.end)
        for c in counts.read(part.text)
        if c.unit in _PLACES
        and not any(c.start in span for span in inside)
        and not _per(part.text, c.start, c.end)
    ]
    paid = _pair(part, found, amounts, _put("money"))
    placed = _pair(part, found, places, _put("places"))
    return paid or placed


def _per(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in ("每", "/") or text[end : end + 1] == "/"


def _named(part: Piece, names: Sequence[tuple[Category, str]]) -> list[_Token]:
    text = re.sub(r"[“”]", "\u00b7", part.text)
    taken: list[_Token] = []
    for category, name in names:
        for match in re.finditer(re.escape(name), text):
            if not any(t.start < match.end() and match.start() < t.end for t in taken):
                taken.append(_Token(match.start(), match.end(), category))
    return sorted(taken, key=lambda token: token.start)


def _pair(
    part: Piece, names: Sequence[_Token], figures: Sequence[_Token], put: Callable[[Category, Piece], None]
) -> bool:
    """Walk names and figures in order; figures belong to the names before them, pairwise or one for all."""
    done = False
    group: list[Category] = []
    values: list[_Token] = []
    start = 0
    for token in [*sorted([*names, *figures], key=lambda t: t.start), _Token(len(part.text), len(part.text))]:
        if token.category is None and token.start < len(part.text):
            values.append(_Token(start, token.end))
        elif values:
            done |= _assign(part, group, values, put)
            group, values = [], []
        if token.category is not None:
            group.append(token.category)
        start = token.end
    return done


def _assign(
    part: Piece, group: Sequence[Category], values: Sequence[_Token], put: Callable[[Category, Piece], None]
) -> bool:
    if not group or len(values) not in (1, len(group)):
        return False
    for index, category in enumerate(group):
        value = values[index if len(values) > 1 else 0]
        put(category, part.part(value.start, value.end).stripped())
    return True


def _put(slot: str) -> Callable[[Category, Piece], None]:
    def put(category: Category, words: Piece) -> None:
        if not category.slots.get(slot):
            category.put(slot, [words])

    return put


def _plain(name: str) -> str:
    return re.sub(r"[“”]", "\u00b7", name).strip("\u00b7").removesuffix("项目")
