"""A definition in YAML as a programme; every fault with its line."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.programme.types import Programme
from keqiao.core.programme.validation import validate
from keqiao.readers import ready_forms
from keqiao.readers.fact_kinds import fact_words
from keqiao.readers.yaml_lines import At, Fault, YamlText, read_yaml

_CODES = {
    "missing": "definition.missing",
    "extra_forbidden": "definition.unknown_name",
    "union_tag_invalid": "definition.unknown_kind",
    "union_tag_not_found": "definition.kind_missing",
    "string_pattern_mismatch": "definition.characters",
    "string_too_short": "definition.empty_text",
    "string_too_long": "definition.text_too_long",
    "literal_error": "definition.not_one_of",
    "too_short": "definition.list_too_short",
    "number_needed": "definition.number_needed",
    "int_type": "definition.number_needed",
    "int_parsing": "definition.number_needed",
    "decimal_type": "definition.number_needed",
    "decimal_parsing": "definition.number_needed",
    "date_type": "definition.not_a_date",
    "date_parsing": "definition.not_a_date",
    "date_from_datetime_parsing": "definition.not_a_date",
    "time_parsing": "definition.time_form",
    "date_unknown": "definition.not_a_date",
    "date_form": "definition.not_a_date",
    "time_form": "definition.time_form",
    "min_above_max": "definition.min_above_max",
    "places_unstated": "definition.places_unstated",
    "condition_empty": "definition.condition_empty",
    "value_unstated": "definition.value_unstated",
    "field_needed": "definition.field_needed",
    "denominator_needed": "definition.denominator_needed",
    "weights_do_not_add_up": "definition.weights_do_not_add_up",
    "closing_marks_cross": "definition.closing_marks_cross",
}
_NOT_A_NAME = "definition.not_a_list_or_map"
_SHAPES = {"model_type", "model_attributes_type", "tuple_type", "list_type", "dict_type"}


class UnsoundDefinition(ValueError):
    """A text is no definition. ``faults`` say what is wrong, each with its line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"line {fault.line}: {fault.finding.code}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class CheckedDefinition:
    """The programme of a text (None where its form is unsound), and its faults and doubts in the order of
    lines."""

    programme: Programme | None
    faults: tuple[Fault, ...]

    @property
    def is_sound(self) -> bool:
        """Does nothing stand against using it?"""
        return not any(fault.finding.weight is Weight.REFUSE for fault in self.faults)


def programme_from_yaml(text: str) -> Programme:
    """The programme that ``text`` defines; its form is checked, its sense is not (see
    ``check_definition``).

    Raises:
        UnsoundDefinition: the text is not YAML, or not a definition.
    """
    programme, yaml = _read(text)
    if programme is None:
        raise UnsoundDefinition(tuple(yaml.faults))
    return programme


def check_definition(text: str, *, for_publication: bool = False) -> CheckedDefinition:
    """Check form and sense of a definition; nothing is raised."""
    programme, yaml = _read(text)
    if programme is not None:
        for finding in validate(programme, for_publication=for_publication, words=fact_words()):
            yaml.faults.append(Fault(finding, yaml.line_of(finding.at)))
    return CheckedDefinition(programme, tuple(sorted(yaml.faults, key=lambda fault: fault.line)))


def _read(text: str) -> tuple[Programme | None, YamlText]:
    yaml = read_yaml(text)
    if yaml.faults:
        return None, yaml
    if not isinstance(yaml.value, dict):
        yaml.fault("definition.not_a_definition", 1)
        return None, yaml
    _fill_ready_forms(yaml)
    if yaml.faults:
        return None, yaml
    try:
        return Programme.model_validate(yaml.value), yaml
    except ValidationError as error:
        yaml.faults.extend(_faults(error, yaml))
        return None, yaml


def _fill_ready_forms(yaml: YamlText) -> None:
    """Copy into the definition the ready-made forms that it only names, so that it holds the whole of them."""
    forms = yaml.value.get("forms")
    for number, form in enumerate(forms if isinstance(forms, list) else ()):
        if not isinstance(form, dict) or "ready_made" not in form or "fields" in form:
            continue
        if form["ready_made"] in ready_forms.shipped():
            forms[number] = ready_forms.adapted(form, form)
        else:
            line = yaml.line_of(("forms", number, "ready_made"))
            known = "、".join(ready_forms.shipped())
            yaml.fault(
                "definition.not_one_of",
                line,
                name="ready_made",
                value=str(form["ready_made"]),
                expected=known,
            )


def _faults(error: ValidationError, yaml: YamlText) -> list[Fault]:
    """One fault for each place: a union reports every alternative that failed, of which the first is
    enough."""
    found: dict[At, Fault] = {}
    for details in error.errors(include_url=False):
        at, value = _where(details["loc"], yaml.value)
        key = (*at, str(details["loc"][-1])) if details["type"] == "missing" else at
        if key not in found:
            finding = Finding(_code(details), Weight.REFUSE, _values(details, at, value), at=at)
            found[key] = Fault(finding, yaml.line_of(at))
    return list(found.values())


def _where(location: tuple[str | int, ...], value: Any) -> tuple[At, Any]:
    """The keys of a location that lead into ``value``; names of types between them are passed over."""
    at: list[str | int] = []
    for step in location:
        parts = dict(enumerate(value)) if isinstance(value, list) else value
        if isinstance(parts, dict) and step in parts:
            value = parts[step]
            at.append(step)
    return tuple(at), value


def _code(details: ErrorDetails) -> str:
    if details["type"] in _SHAPES:
        return _NOT_A_NAME
    return _CODES.get(details["type"], "definition.wrong_value")


def _values(details: ErrorDetails, at: At, value: Any) -> dict[str, Value]:
    """What the sentence of a fault says: the name, the value as written, what is expected."""
    if details["type"] == "missing":
        return {"name": str(details["loc"][-1])}
    context = details.get("ctx", {})
    expected = context.get("expected") or context.get("expected_tags") or ""
    name = next((str(step) for step in reversed(at) if isinstance(step, str)), "")
    return {"name": name, "value": _short(value), "expected": str(expected).replace("'", "")}


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("type", value.get("kind", "{…}"))
    text = "…" if isinstance(value, list) else str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
