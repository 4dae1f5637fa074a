"""Recognisers of rules, built from the phrases of ``data/vocabulary/rules.yaml``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from keqiao.core.guides.numerals import NUMBER
from keqiao.core.guides.rules.parameters import PARAMETERS, Parameters

_MOST = "|".join(
    (
        r"不(?:得)?(?:超过|多于)",
        r"限(?:报|申报|申请)?",
        r"最多(?:可)?(?:申报|申请|承担)?",
        r"只能(?:申报|申请|承担)?",
        r"仅(?:能|限)?(?:申报|申请|承担)?",
    )
)


@dataclass(frozen=True)
class RuleWords:
    """One entry of the phrase file: type of rule, name of its parameters, where it is looked for, its phrases.

    ``examples`` holds an invented sentence for each phrase; a test reads them all.
    """

    type: str
    reads: str
    in_parts: bool
    also_in_content: bool
    phrases: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Recogniser:
    """A rule type with its compiled phrases and the reader of its parameters."""

    words: RuleWords
    patterns: tuple[re.Pattern[str], ...]
    parameters: Parameters

    def match(self, text: str) -> re.Match[str] | None:
        """Return the first phrase that ``text`` holds, or None."""
        return next((match for pattern in self.patterns if (match := pattern.search(text))), None)


@lru_cache(maxsize=4)
def recognisers(rules: tuple[RuleWords, ...], roles: tuple[str, ...]) -> Sequence[Recogniser]:
    """Compile the phrases; ``{n}``, ``{most}``, ``{role}`` and ``{roles}`` are filled in."""
    names = "|".join(sorted(roles, key=len, reverse=True))
    parts = {
        "{n}": f"(?:{NUMBER})",
        "{most}": f"(?:{_MOST})",
        "{roles}": names,
        "{role}": f"(?P<role>{names})",
    }
    return tuple(
        Recogniser(
            words, tuple(re.compile(_filled(p, parts)) for p in words.phrases), PARAMETERS[words.reads]
        )
        for words in rules
    )


def _filled(phrase: str, parts: dict[str, str]) -> str:
    for name, pattern in parts.items():
        phrase = phrase.replace(name, pattern)
    return phrase
