"""Records by project, kind and by what they are, so that a target looks only at those that may concern it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from keqiao.core.programme.fact_words import FactWords
from keqiao.core.programme.targets import ItemCondition
from keqiao.core.targets.keys import key_of_words
from keqiao.core.targets.records import Record

_UNKNOWN = ""


class Index:
    """All records that are at hand, in any order; built once, asked for every project.

    Raises:
        ValueError: two records have the same id.
    """

    def __init__(self, records: Iterable[Record], words: FactWords) -> None:
        self.words = words
        self._of_kind: dict[tuple[str, str], list[Record]] = defaultdict(list)
        self._selected: dict[tuple[str, str, str, str], list[Record]] = defaultdict(list)
        seen: set[str] = set()
        for record in sorted(records, key=lambda record: record.id):
            if record.id in seen:
                raise ValueError(f"two records have the id {record.id}")
            seen.add(record.id)
            for project in {record.project, *record.shared_with}:
                self._enter(project, record)

    def _enter(self, project: str, record: Record) -> None:
        self._of_kind[project, record.kind].append(record)
        kind = self.words.kinds.get(record.kind)
        for name in kind.fields if kind else ():
            if self.words.fields[name].selects:
                for key in {key_of_words(word) for word in record.words(name)} or {_UNKNOWN}:
                    self._selected[project, record.kind, name, key].append(record)

    def may_concern(self, project: str, kind: str, where: Iterable[ItemCondition]) -> Sequence[Record]:
        """Records of ``project`` that the first selecting condition of ``where`` does not rule out, each once."""
        for condition in where:
            field = self.words.fields.get(condition.of)
            if condition.among and field and field.selects:
                keys = dict.fromkeys([*map(key_of_words, condition.among), _UNKNOWN])
                found = [self._selected.get((project, kind, condition.of, key), []) for key in keys]
                return list({record.id: record for records in found for record in records}.values())
        return self._of_kind.get((project, kind), [])
