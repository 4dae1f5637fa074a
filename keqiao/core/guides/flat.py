"""The flat export of a reading: one document, a flat list of categories, each fact with its words and place."""

from collections.abc import Iterable
from typing import Any

from keqiao.core.guides.arithmetic import check_sums
from keqiao.core.guides.coverage import gaps, unused_numbers
from keqiao.core.guides.facts import Confidence, Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.reading import Reading
from keqiao.core.guides.tree import Category

_LISTS = {
    "preference": ("preference", "words"),
    "material": ("materials", "name"),
    "deliverable": ("deliverables", "name"),
}
_VALUES = {
    "applicants": ("applicant_kinds", "kinds"), "per_unit_limit": ("per_unit_limit", "max"),
    "spending": ("expenditure_scope", "items"), "endorsement": ("endorsement", "steps"),
}  # fmt: skip
_KPI = ("metric_zh", "comparator", "value", "unit", "per", "scope", "alternative_group", "optional")


def flat(reading: Reading) -> dict[str, Any]:
    """Return ``reading`` in the shape of the flat export; keys are left out where nothing is stated."""
    return {
        "document": _document(reading),
        "categories": [_category(reading, category) for category in reading.categories],
        "report": report(reading),
    }


def report(reading: Reading) -> dict[str, Any]:
    """Return what the officer needs beside the facts: each fact with its place, what was left over, sums, gaps."""
    facts = [_placed(number, fact) for number, fact in enumerate(reading.facts, 1)]
    return {
        "facts": facts,
        "doubts": [fact for fact in facts if fact["confidence"] != Confidence.CERTAIN.value],
        "unused": [{"words": p.written.strip(), "place": place(p)} for p in unused_numbers(reading)],
        "arithmetic": [
            {
                "path": list(c.path),
                "code": c.code,
                "values": c.values,
                "words": c.words.written.strip(),
                "place": place(c.words),
            }
            for c in check_sums(reading)
        ],
        "gaps": [{"path": list(path), "slot": slot} for path, slot in gaps(reading)],
    }


def place(piece: Piece) -> dict[str, Any]:
    """Return where a piece stands: block, cell, paragraph, line, page, and the span in the words as written."""
    at = piece.line.place
    start, end = piece.line.normal.written_span(piece.start, piece.end)
    return {
        "block": at.block, "row": at.row, "column": at.column, "paragraph": at.paragraph,
        "line": at.line, "page": at.page, "start": start, "end": end,
    }  # fmt: skip


def _document(reading: Reading) -> dict[str, Any]:
    heading = reading.heading
    document: dict[str, Any] = {"kind": heading.kind, "title": heading.title}
    document |= _stated(
        issuers=heading.issuers,
        document_number=heading.document_number,
        issue_date=heading.issue_date.isoformat() if heading.issue_date else "",
        region=heading.region,
        year=heading.year,
        attachments=heading.attachments,
    )
    document |= _deadlines(reading)
    copies = reading.of("copies")
    if copies:
        document["copies"] = {"paper": copies[0].value["paper"]}
    channels = dict.fromkeys(c for fact in reading.of("channels") for c in fact.value["channels"])
    document |= _stated(
        channels=list(channels),
        contacts=[{**fact.value, "cite": cite(fact)} for fact in reading.of("contact") if len(fact.path) < 2],
        general_rules=[_rule(fact) for fact in reading.of("rule") if len(fact.path) == 0 or _is_track(fact)],
    )
    return document


def _is_track(fact: Fact) -> bool:
    return len(fact.path) == 1 and fact.value["type"] in ("deadline", "filing", "period")


def _deadlines(reading: Reading) -> dict[str, Any]:
    if not reading.deadlines:
        return {}
    tracks = {path[0]: due.moment.iso() for path, due in reversed(reading.deadlines) if path}
    whole = [due.moment.iso() for path, due in reading.deadlines if not path]
    values = whole or list(dict.fromkeys(tracks.values()))
    found: dict[str, Any] = {}
    if whole or len(values) == 1:
        found["deadline"] = values[0]
    if len(tracks) > 1:
        found["deadlines_by_track"] = tracks
    return found


def _category(reading: Reading, category: Category) -> dict[str, Any]:
    path = category.path
    mine = [fact for fact in reading.facts if fact.path == path]
    value: dict[str, Any] = {"path": list(path)}
    value |= _stated(code=category.code, cite=_heading_cite(category))
    for fact in mine:
        _add(value, fact)
    conditions = [_rule(f) for f in mine if f.kind == "rule" and not _is_track(f)]
    value |= _stated(conditions=conditions)
    if path and len(path) > 1:
        value |= _stated(contacts=[{**f.value, "cite": cite(f)} for f in mine if f.kind == "contact"])
    return value


def stated_by(facts: Iterable[Fact]) -> dict[str, Any]:
    """Return what facts of one category state: rules under ``conditions``, contacts under ``contacts``."""
    value: dict[str, Any] = {}
    for fact in facts:
        _add(value, fact)
        if fact.kind == "rule":
            value.setdefault("conditions", []).append(_rule(fact))
        elif fact.kind == "contact":
            value.setdefault("contacts", []).append({**fact.value, "cite": cite(fact)})
    return value


def _add(value: dict[str, Any], fact: Fact) -> None:
    if fact.kind in _LISTS:
        name, key = _LISTS[fact.kind]
        value.setdefault(name, []).append(fact.value[key])
        return
    match fact.kind:
        case "funding" | "slots" | "bundle":
            value[fact.kind] = dict(fact.value)
        case "completion" | "term" | "deadline":
            value |= fact.value
        case "target":
            target = {key: fact.value[key] for key in _KPI if key in fact.value}
            value.setdefault("kpis", []).append({**target, "cite": cite(fact)})
        case kind if kind in _VALUES:
            name, key = _VALUES[kind]
            value[name] = fact.value[key]


def _rule(fact: Fact) -> dict[str, Any]:
    formal = {key: value for key, value in fact.value.items() if key != "summary"}
    summary = fact.value.get("summary") or fact.words.written.strip()
    return {"summary_zh": summary, "text_summary_zh": summary, "formal": formal, "cite": cite(fact)}


def cite(fact: Fact) -> str:
    """Return where the words stand and the words themselves (``L12「…」``)."""
    place = fact.words.line.place
    where = f"L{place.line}" if place.line else f"第{place.block + 1}段"
    if place.row >= 0:
        where += f" 表格第{place.row + 1}行第{place.column + 1}列"
    return f"{where}「{fact.words.written.strip()}」"


def _heading_cite(category: Category) -> str:
    if category.named is None:
        return ""
    return cite(Fact("heading", category.path, {}, category.named))


def _placed(number: int, fact: Fact) -> dict[str, Any]:
    return {
        "id": f"f{number}", "path": list(fact.path), "kind": fact.kind, "value": dict(fact.value),
        "confidence": fact.confidence.value, "note": fact.note,
        "words": fact.words.written.strip(), "place": place(fact.words),
    }  # fmt: skip


def _stated(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}
