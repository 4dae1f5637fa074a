"""Money and places of a category: fixed amounts, ranges, ceilings, envelopes, numbers of awards."""

import re
from collections.abc import Sequence
from typing import Any

from keqiao.core.guides.clauses import split, veiled
from keqiao.core.guides.facts import Confidence, Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.numerals import plain_number
from keqiao.core.guides.quantities.amounts import Amount, read_amounts
from keqiao.core.guides.quantities.counts import ABOUT, AT_LEAST, AT_MOST, Count, CountGrammar
from keqiao.core.guides.tree import Category

_PLACE_UNITS = frozenset({"种", "题", "户", "个", "项", "名", "家", "人", "所", "支", "篇", "位", "组", "部"})
_HEADING = re.compile(r"\(([^()]*[万亿]?元)\)$")
_GRANT = re.compile(r"资助|支持|补助|奖补|经费|资金|给予|奖励")
_NOT_GRANT = re.compile(r"自筹|配套|匹配|产值|收入|注册资本|合同|罚|缴|劳务费|讲课费")
_SHARED_CEILING = re.compile(r"(?:分别|依次|均)(?:资助|支持|补助|给予)?(?:不(?:得)?超过|最高|不高于)")
_GRADE = re.compile(r"(?:[特一二三四甲乙丙]等|[ABCD]类|[一二三]档|[一二三]级)(?:奖)?(?:为|:|给予|资助)?$")
_PER_UNIT = re.compile(r"每[个家]?(?:申报)?(?:单位|学会)|限报|限申报|同一单位")
_AWARDS = re.compile(
    r"(?:共|设|拟|计划|择优|评选|遴选|支持|资助|立项|确定|认定)(?:资助|支持|立项|遴选|评选|设立|设|推荐|认定)?(?:不超过|约)?$"
)


def read_money(category: Category, counts: CountGrammar) -> list[Fact]:
    """Return funding and places of one category as facts of the kinds ``funding`` and ``slots``."""
    pieces = category.slots.get("money", [])
    amounts = [(piece, amount) for piece in pieces for amount in _grants(piece, labelled=True)]
    envelope = _envelope(category)
    if not amounts:
        amounts = _unlabelled(category)
    places = _places(category, counts, pieces)
    found = [*places]
    if amounts or envelope:
        found.insert(0, _funding(category, amounts, envelope, places))
    return found


def _grants(piece: Piece, *, labelled: bool) -> list[Amount]:
    found = []
    for amount in read_amounts(piece.text):
        clause = re.split(r"[,;。]", piece.text[: amount.start])[-1]
        if _NOT_GRANT.search(clause) or not (labelled or _GRANT.search(piece.text)):
            continue
        found.append(amount)
    return found


def _unlabelled(category: Category) -> list[tuple[Piece, Amount]]:
    """Where no label says money, a sentence with a verb of granting does (``每个项目资助3万元``)."""
    return [
        (sentence, amount)
        for slot in ("content", "places", "also:money", "requirements", "procedure")
        for piece in category.slots.get(slot, [])
        for sentence in split(piece, "。;")
        for amount in _grants(sentence, labelled=False)
        if amount.per or amount.total or slot == "also:money"
    ]


def _envelope(category: Category) -> tuple[Piece, Amount] | None:
    """``（200万元）`` behind a heading is what the whole category may cost."""
    for heading in category.slots.get("heading", []):
        line = heading.line.text
        if match := _HEADING.search(line.rstrip(" :")):
            amounts = read_amounts(match.group(1))
            if amounts:
                return Piece(heading.line, match.start(1), match.end(1)), amounts[0]
    return None


def _funding(
    category: Category,
    amounts: Sequence[tuple[Piece, Amount]],
    envelope: tuple[Piece, Amount] | None,
    places: Sequence[Fact],
) -> Fact:
    if graded := _graded(category, amounts):
        return graded
    unit = next(((p, a) for p, a in amounts if a.per), None)
    totals = [(p, a) for p, a in amounts if not a.per]
    if unit is None and amounts and not (totals and totals[0][1].total):
        unit, totals = totals[0], totals[1:]
    if unit is None:
        piece, amount = envelope or totals[0]
        value: dict[str, Any] = {"kind": "envelope", "per": "category", "total_yuan": _yuan(amount.high_fen)}
        return Fact("funding", category.path, value, _words(piece, amount))
    piece, amount = unit
    value = {"kind": "fixed", "per": "project"}
    if amount.ceiling or _SHARED_CEILING.search(re.split(r"[;。]", piece.line.text[: piece.start])[-1]):
        value |= {"kind": "ceiling", "max_yuan": _yuan(amount.high_fen)}
    elif amount.low_fen != amount.high_fen:
        value |= {"kind": "range", "min_yuan": _yuan(amount.low_fen), "max_yuan": _yuan(amount.high_fen)}
    else:
        value["amount_yuan"] = _yuan(amount.low_fen)
    larger = [a for _, a in totals if a.high_fen >= amount.high_fen]
    if larger or envelope:
        total = larger[0] if larger else envelope[1] if envelope else amount
        value["total_yuan"] = _yuan(total.high_fen)
    sure = amount.per or any(f.value.get("count") == 1 for f in places)
    note = "" if sure else "funding.per_not_stated"
    return Fact(
        "funding",
        category.path,
        value,
        _words(piece, amount),
        Confidence.CERTAIN if sure else Confidence.INFERRED,
        note,
    )


def _graded(category: Category, amounts: Sequence[tuple[Piece, Amount]]) -> Fact | None:
    """``特等25万元、一等15万元、二等8万元`` is a range from the lowest grade to the highest."""
    grades = [(p, a) for p, a in amounts if _GRADE.search(p.text[: a.start])]
    if len(grades) < 2 or len(grades) != len(amounts):
        return None
    low, high = min(a.low_fen for _, a in grades), max(a.high_fen for _, a in grades)
    value = {"kind": "range", "min_yuan": _yuan(low), "max_yuan": _yuan(high), "per": "project"}
    piece, first, last = grades[0][0], grades[0][1], grades[-1][1]
    words = piece.part(first.start, last.end) if grades[-1][0] is piece else piece
    return Fact("funding", category.path, value, words, Confidence.INFERRED, "funding.grades_as_range")


def _places(category: Category, counts: CountGrammar, money: Sequence[Piece]) -> list[Fact]:
    for piece in category.slots.get("places", []):
        if found := [c for c in counts.read(piece.text) if c.unit in _PLACE_UNITS]:
            return [_place(category, piece, found[0])]
    for piece in money:
        for count in counts.read(piece.text):
            clause = re.split(r"[,;。]", piece.text[: count.start])[-1]
            if (
                count.unit in _PLACE_UNITS
                and not re.search(r"[每各/]\D{0,3}$", clause)
                and not _PER_UNIT.search(clause)
            ):
                return [_place(category, piece, count)]
    return _announced_places(category, counts)


def _announced_places(category: Category, counts: CountGrammar) -> list[Fact]:
    """``共支持10个项目``, ``拟遴选5家``, ``数量控制在15项以内``: the number of awards inside running text."""
    for slot in ("content", "targets", "requirements", "conditions", "procedure"):
        for piece in category.slots.get(slot, []):
            for count in counts.read(piece.text):
                if count.unit in _PLACE_UNITS and _is_announced(piece.text, count):
                    return [_place(category, piece, count)]
    return []


def _is_announced(text: str, count: Count) -> bool:
    before, behind = veiled(text[: count.start]), text[count.end : count.end + 6]
    if not _AWARDS.search(before) or _PER_UNIT.search(before[-20:]):
        return False
    ends = re.match(r"左右|项目|课题|[,;。]|$|单位|基地|学会", behind)
    return bool(ends and re.search(r"资助|支持|立项|遴选|评选|拟|设|名额|数量", before[-8:]))


def _place(category: Category, piece: Piece, count: Count) -> Fact:
    value: dict[str, Any] = {}
    if count.high is not None:
        value = {"min": plain_number(count.value), "max": plain_number(count.high)}
    elif count.comparator == AT_MOST:
        value = {"max": plain_number(count.value)}
    elif count.comparator == AT_LEAST:
        value = {"min": plain_number(count.value)}
    else:
        value = {"count": plain_number(count.value)}
    soft = count.comparator == ABOUT or count.soft
    return Fact(
        "slots", category.path, value, piece.part(count.start, count.end),
        Confidence.SOFT if soft else Confidence.CERTAIN,
    )  # fmt: skip


def _words(piece: Piece, amount: Amount) -> Piece:
    return piece.part(amount.start, amount.end)


def _yuan(fen: int) -> int | float:
    return fen // 100 if fen % 100 == 0 else fen / 100
