"""Rules of a flat reading as rules of a definition."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from keqiao.core.programme.reading_names import DAY_KINDS, RULE_PARAMETERS
from keqiao.core.programme.rules import AnyRule, SimpleRule
from keqiao.readers.reading.values import exact, mapping, source, text

Data = dict[str, Any]

_ADAPTER: TypeAdapter[AnyRule] = TypeAdapter(AnyRule)
_MODELS = {get_args(m.model_fields["type"].annotation)[0]: m for m in get_args(get_args(SimpleRule)[0])}
_OTHER_NAMES = {"history": {"years": "years_back"}, "period": {"date": "finish_by"}}
_DAY_KIND_OF = {word: kind for kind, word in DAY_KINDS.items()} | {"日": "calendar", "自然日": "calendar"}
_WHEN_UNSAID = {"attr": "other", "mode": "required", "action": "join", "role": "负责人"}


def rule_from(flat: Mapping[str, Any], identifier: str) -> AnyRule:
    """One entry of ``general_rules`` or ``conditions`` as a rule.

    A parameter that the type does not know, or whose value does not fit, is kept in ``details``. A rule
    that lacks a parameter it needs, or has an unknown type, becomes a declaration; in both cases it
    ``needs_answer``.
    """
    formal = dict(exact(mapping(flat.get("formal"))))
    kind = str(formal.pop("type", ""))
    summary = (
        text(flat.get("text_summary_zh")) or text(flat.get("summary_zh")) or text(flat.get("cite")) or kind
    )
    head: Data = {"id": identifier, "summary": summary or "（未写明）", "source": source(flat.get("cite"))}
    if kind == "any":
        return _alternatives(formal, head)
    if kind not in _MODELS:
        return _declaration(kind, formal, head)
    return _built(kind, _renamed(kind, formal), head)


def _renamed(kind: str, formal: Data) -> Data:
    names = {theirs: ours for ours, theirs in RULE_PARAMETERS.get(kind, {}).items()} | _OTHER_NAMES.get(
        kind, {}
    )
    renamed = {names.get(key, key): value for key, value in formal.items() if value is not None}
    if "day_kind" in renamed:
        renamed["day_kind"] = _DAY_KIND_OF.get(str(renamed["day_kind"]), renamed["day_kind"])
    if isinstance(renamed.get("hour"), int):
        renamed["hour"] = f"{renamed['hour']:02d}:00"
    return renamed


def _built(kind: str, parameters: Data, head: Data) -> AnyRule:
    details: Data = {}
    for key in [key for key in parameters if key not in _MODELS[kind].model_fields]:
        details[key] = parameters.pop(key)
    mended = False
    for _ in range(len(parameters) + len(_MODELS[kind].model_fields)):
        data = head | parameters | {"type": kind, "details": _details(details), "needs_answer": mended}
        try:
            return _ADAPTER.validate_python(data)
        except ValidationError as error:
            mended = True
            if not _mend(error, parameters, details, head):
                break
    return _declaration(kind, parameters | details, head)


def _mend(error: ValidationError, parameters: Data, details: Data, head: Data) -> bool:
    """Move what does not fit out of the way; False where something is missing that cannot be told."""
    for fault in error.errors():
        key = str(fault["loc"][1]) if len(fault["loc"]) > 1 else ""
        if fault["type"] == "missing":
            if key not in _WHEN_UNSAID and key not in _NAMED_BY_THE_SUMMARY:
                return False
            parameters[key] = _WHEN_UNSAID.get(key, head["summary"])
        elif key in parameters:
            value = parameters.pop(key)
            if isinstance(value, tuple) and fault["type"] == "string_type":
                parameters[key] = text(value)
            else:
                details[key] = value
        elif key != "details" and not (key == "" or key in details):
            return False
    return True


_NAMED_BY_THE_SUMMARY = {
    "name",
    "what",
    "to",
    "into",
    "metric",
    "register_name",
    "field",
    "where",
    "platform",
}


def _details(values: Data) -> Data:
    """What ``details`` can hold: yes or no, whole numbers, texts and lists of texts."""
    return {key: _detail(value) for key, value in values.items() if _detail(value) not in (None, "", ())}


def _detail(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, tuple):
        return tuple(found for part in value if (found := text(str(part))))
    return text(str(value))


def _declaration(kind: str, parameters: Data, head: Data) -> AnyRule:
    told = _details(parameters | ({"stated_type": kind} if kind else {}))
    data = head | {"type": "declared", "needs_answer": True, "details": told}
    return _ADAPTER.validate_python(data)


def _alternatives(formal: Data, head: Data) -> AnyRule:
    parts = [part for part in formal.pop("of", ()) if isinstance(part, Mapping)]
    if len(parts) < 2:
        return _declaration("any", formal, head)
    built = tuple(
        rule_from({"formal": part, "summary_zh": part.get("metric") or head["summary"]}, f"{head['id']}.{n}")
        for n, part in enumerate(parts, start=1)
    )
    known = {key: formal[key] for key in ("hedge", "subject", "when", "unless") if formal.get(key)}
    return _ADAPTER.validate_python(head | known | {"type": "any", "of": built})
