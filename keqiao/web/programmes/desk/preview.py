"""What the form of a part says in words before it is saved."""

from dataclasses import dataclass
from typing import Any

from keqiao.core.programme.rules.base import Rule
from keqiao.core.programme.targets import Target
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.parts import NEW, Part, with_new_entry, with_value
from keqiao.web.programmes.wording.labels import language_now
from keqiao.web.programmes.wording.parts import PartWords, Said
from keqiao.web.programmes.wording.rules import rule_sentence
from keqiao.web.programmes.wording.targets import target_sentence


@dataclass(frozen=True, slots=True)
class Preview:
    """``sentence``: how Keqiao takes a rule or a target ("" for anything else); ``rows``: field by field."""

    sentence: str
    rows: list[Said]


def preview_of(part: Part, definition: Values, value: Any) -> Preview:
    """Return what ``part`` would say with this value, which its form has found to be sound."""
    if part.entry == NEW:
        changed, part = with_new_entry(definition, Part(part.node, part.slot), value)
    else:
        changed = with_value(definition, part, value)
    words = PartWords(changed)
    return Preview(sentence_of(words.stated(part)), words.rows(part))


def sentence_of(stated: Any) -> str:
    """Return a rule or a target as a sentence in the language of the page; "" for anything else."""
    if isinstance(stated, Rule):
        return rule_sentence(stated, language_now())
    return target_sentence(stated, language_now()) if isinstance(stated, Target) else ""
