"""Ask one rule, written as a definition writes it, about one case."""

from typing import Any

from pydantic import TypeAdapter

from keqiao.core.programme.rules import AnyRule
from keqiao.core.rules.answers import Judged
from keqiao.core.rules.asking import Frame
from keqiao.core.rules.evaluators import ask
from keqiao.core.rules.facts import Case
from keqiao.core.rules.judging import About, judge
from keqiao.core.rules.kinds import Setting
from keqiao.core.rules.prepared import Preparing
from keqiao.core.rules.regions import Region
from keqiao.core.rules.table import TYPES
from keqiao.readers.rule_words import rule_words

RULE = TypeAdapter[Any](AnyRule)
HENAN = Region("河南省", "province")


def rule(type_: str, **parameters: Any) -> Any:
    """A rule with an id and a summary of its own."""
    return RULE.validate_python({"type": type_, "id": "r1", "summary": "某项要求", **parameters})


def frame(**facts: Any) -> Frame:
    """A category of a call of the province Henan in 2023."""
    words = rule_words()
    usual = {
        "words": words,
        "setting": Setting(words.applicants, HENAN),
        "call": "call",
        "year": 2023,
        "path": ("top", "leaf"),
        "stated_at": ("top", "leaf"),
        "names": ("大类", "小类"),
    }
    return Frame(**(usual | facts))


def asked(what: Any, case: Case, **facts: Any) -> Judged:
    """The answer of the rule, in a frame with these facts."""
    asking = ask(what, frame(**facts))
    prepare = Preparing(rule_words(), frozenset({1, 2, 3, 5}), frozenset({what.id}))
    return judge(About(what.id, what.type, what.strength), asking, TYPES[what.type].when).judged(
        prepare(case)
    )
