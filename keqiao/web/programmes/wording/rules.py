"""Words what a definition's rules and targets say, in Chinese and English, for pages.

A rule is said in parts: each part stands in ``keqiao/data/messages/rule.yaml`` and is used where the rule states
what it needs. Words of the document stay as they were written, in either language.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import Formatter
from typing import Any

from keqiao.core.programme.rules import AnyOf, AnyRule
from keqiao.core.programme.targets import Target
from keqiao.readers.messages import Language, sentences
from keqiao.web.programmes.wording.facts import SIGNS

CODED = ("attr", "action", "deliver", "late")
"""Fields whose values are codes; ``word.<field>.<value>`` says them."""

COMMAS = {"zh": "、", "en": ", "}
BETWEEN = {"zh": "；", "en": "; "}
ANY_OF = {"zh": "／", "en": " / "}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what a type of rule can say: the values it needs, or the field and the value it is for."""

    said: Mapping[str, str]
    needs: frozenset[str] = frozenset()
    field: str = ""
    value: str = ""

    def fits(self, rule: Any, values: Mapping[str, str]) -> bool:
        """Does the rule state what this part says?"""
        if self.field:
            return str(getattr(rule, self.field)).lower() == self.value
        return self.needs <= values.keys()


def rule_kind(rule: AnyRule, language: Language) -> str:
    """What this type of rule is about, in a few words."""
    return sentences()[f"rule.{rule.type}.kind"][language]


def rule_sentence(rule: AnyRule, language: Language) -> str:
    """How Keqiao takes a rule, from its typed values; one that states only its words is taken as worded."""
    said = [_one(each, language) for each in (rule.of if isinstance(rule, AnyOf) else (rule,))]
    return ANY_OF[language].join(filter(None, said)) or sentences()["rule.as_worded"][language]


def target_condition(target: Target) -> str:
    """What a target asks for, as a figure: ≥ 50 家. The same in both languages."""
    return quantity(target.comparator, target.value, target.unit)


def _one(rule: Any, language: Language) -> str:
    values = _values(rule, language)
    fitting = (part for part in (*_parts(rule.type), *_parts("every")) if part.fits(rule, values))
    said = BETWEEN[language].join(part.said[language].format_map(values).strip() for part in fitting)
    return said[:1].upper() + said[1:] if language == "en" else said


@cache
def _parts(kind: str) -> tuple[Part, ...]:
    head = f"rule.{kind}."
    return tuple(
        _part(code.removeprefix(head), said)
        for code, said in sentences().items()
        if code.startswith(head) and not code.endswith(".kind")
    )


def _part(name: str, said: Mapping[str, str]) -> Part:
    if "=" in name:
        field, value = name.split("=")
        return Part(said, field=field, value=value)
    return Part(said, frozenset(field for _, field, _, _ in Formatter().parse(said["zh"]) if field))


def _values(rule: Any, language: Language) -> dict[str, str]:
    """What the rule states, ready to be put into sentences."""
    found = {name: _said(name, stated, language) for name, stated in _stated(rule)}
    if (value := getattr(rule, "value", None)) is not None and (op := getattr(rule, "op", None)):
        found["quantity"] = quantity(op, value, getattr(rule, "unit", None))
    if rule.type == "material":
        found.setdefault("unit", "")
    return found


def _stated(rule: Any) -> Iterator[tuple[str, Any]]:
    for name in type(rule).model_fields:
        stated = getattr(rule, name)
        if stated is not None and not isinstance(stated, bool | dict) and stated != ():
            yield name, stated


def _said(name: str, stated: Any, language: Language) -> str:
    if name == "steps":
        return " → ".join(step.words for step in stated)
    if isinstance(stated, tuple):
        return COMMAS[language].join(_word(name, each, language) for each in stated)
    return _word(name, stated, language)


def _word(name: str, value: Any, language: Language) -> str:
    code = f"word.{name}.{value}"
    if name in CODED and code in sentences():
        return sentences()[code][language]
    return value.isoformat() if isinstance(value, date) else str(value)


def quantity(op: str, value: Any, unit: str | None) -> str:
    """Return a figure with its comparison: ≥ 50 家."""
    return " ".join(filter(None, (SIGNS[op], str(value), unit)))


def all_parts(kinds: Iterable[str]) -> dict[str, tuple[Part, ...]]:
    """The parts of each of these types of rule (for checks)."""
    return {kind: _parts(kind) for kind in kinds}
