"""YAML as plain values with the line of every part, for files that people write and strangers upload.

Only what a definition needs: mappings with text keys, lists, texts, whole and decimal numbers, dates, yes
and no. Anchors, aliases, tags of one's own and repeated keys are faults, so that a small file cannot grow
in memory and nothing is silently overwritten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from keqiao.core.findings import Finding, Value, Weight

At = tuple[str | int, ...]

MOST_CHARACTERS = 4_000_000
DEEPEST = 40
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding about a file, with the 1-based line it is about (1 where the file has no such part)."""

    finding: Finding
    line: int


@dataclass(slots=True)
class YamlText:
    """What a YAML text says: its values, the line of each part (by keys from the top), and its faults."""

    value: Any = None
    lines: dict[At, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, at: At) -> int:
        """The line of the part at ``at``, or of the nearest part around it."""
        for length in range(len(at), -1, -1):
            if at[:length] in self.lines:
                return self.lines[at[:length]]
        return 1

    def fault(self, code: str, line: int, **values: Value) -> None:
        """Note a fault that makes the file unusable."""
        self.faults.append(Fault(Finding(code, Weight.REFUSE, values), line))


def read_yaml(text: str) -> YamlText:
    """Read ``text``; what is wrong with it stands in ``faults``, nothing is raised."""
    found = YamlText()
    if len(text) > MOST_CHARACTERS:
        found.fault("definition.too_long", 1, characters=len(text), limit=MOST_CHARACTERS)
        return found
    try:
        if _has_safe_structure(text, found):
            node = YAML(typ="safe", pure=True).compose(text)
            found.value = _value(node, (), found) if node is not None else None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        found.fault("definition.not_yaml", mark.line + 1 if mark else 1, problem=_one_line(error.problem))
    except YAMLError as error:
        found.fault("definition.not_yaml", 1, problem=_one_line(error))
    return found


def _one_line(problem: object) -> str:
    return " ".join(str(problem).split())


def _has_safe_structure(text: str, found: YamlText) -> bool:
    """Look at the events first: depth, anchors and aliases, before anything is built."""
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            found.fault("definition.alias", line, name=str(event.anchor))
            return False
        depth += _step(event)
        if depth > DEEPEST:
            found.fault("definition.too_deep", line, limit=DEEPEST)
            return False
    return True


def _step(event: object) -> int:
    name = type(event).__name__
    if name in {"MappingStartEvent", "SequenceStartEvent"}:
        return 1
    return -1 if name in {"MappingEndEvent", "SequenceEndEvent"} else 0


def _value(node: Node, at: At, found: YamlText) -> Any:
    found.lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return dict(_entries(node, at, found))
    if isinstance(node, SequenceNode):
        return [_value(part, (*at, number), found) for number, part in enumerate(node.value)]
    return _scalar(node, found)


def _entries(node: MappingNode, at: At, found: YamlText) -> Iterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = str(key_node.value) if isinstance(key_node, ScalarNode) else ""
        if not key:
            found.fault("definition.key_not_text", line)
        elif key in seen:
            found.fault("definition.key_repeated", line, name=key, first=seen[key])
        else:
            seen[key] = line
            found.lines[(*at, key)] = line
            yield key, _value(value_node, (*at, key), found)


def _whole(text: str) -> int:
    return int(text.replace("_", ""), 10)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace("_", ""))


def _yes_or_no(text: str) -> bool:
    return text.lower() == "true"


def _nothing(_text: str) -> None:
    return None


_SCALARS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": _whole,
    "float": _decimal,
    "bool": _yes_or_no,
    "null": _nothing,
    "timestamp": date.fromisoformat,
}


def _scalar(node: Node, found: YamlText) -> Any:
    """The value of a scalar; a number or date that cannot be one is a fault and stays text."""
    kind = str(node.tag).removeprefix(_TAG)
    text = str(node.value)
    read = _SCALARS.get(kind)
    if read is None:
        found.fault("definition.tag", node.start_mark.line + 1, name=str(node.tag))
        return text
    try:
        return read(text)
    except (ValueError, InvalidOperation):
        found.fault("definition.not_a_value", node.start_mark.line + 1, value=text)
        return text
