"""What is asked of projects: rooms above register which targets their kind of project has, and in what setting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from keqiao.core.programme.facts import Number
from keqiao.core.programme.targets import Target
from keqiao.core.targets import Term


@dataclass(frozen=True, slots=True)
class SettingFacts:
    """What the room of a project knows of its setting; what it does not say is unknown and never guessed.

    ``term``: first and last day. ``year``: that of the call. ``region_id``: where the project is, which gives the base
    figures and the area it lies in. ``areas``, ``area_counts``, ``promised``, ``tolerance_percent``, ``payer`` and
    ``shares_of_one_payer`` as ``core.targets.Setting`` has them; ``figures`` go before those of the region.
    """

    term: Term | None = None
    year: int | None = None
    region_id: int | None = None
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    area_counts: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, Number] = field(default_factory=dict)
    promised: Mapping[str, Number] = field(default_factory=dict)
    tolerance_percent: Number | None = None
    payer: str | None = None
    shares_of_one_payer: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The targets of one project, in what setting, and the digest of the definition that states them."""

    targets: Sequence[Target]
    facts: SettingFacts
    definition_digest: str


AskedOf = Callable[[UUID, datetime], Asked | None]
_kinds: dict[str, AskedOf] = {}


def register(kind: str, asked_of: AskedOf) -> None:
    """Make known what is asked of a kind of project. Called by its room, once, when the program starts.

    Raises:
        ImproperlyConfigured: another room has registered this kind.
    """
    if _kinds.setdefault(kind, asked_of) is not asked_of:
        raise ImproperlyConfigured(f"two rooms say what is asked of projects of kind {kind}")


def asked_of(kind: str, pk: UUID, at: datetime) -> Asked | None:
    """Return what is asked of a project, or nothing where nobody knows."""
    known = _kinds.get(kind)
    return known(pk, at) if known is not None else None


def words_asked(targets: Sequence[Target]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the words that targets ask for, by kind of record and field: what people choose from when they record."""
    found: dict[str, dict[str, list[str]]] = {}
    for target in targets:
        if target.measure is None:
            continue
        fields = found.setdefault(target.measure.facts, {})
        for condition in target.measure.where:
            fields.setdefault(condition.of, []).extend(condition.among)
    return {
        kind: {name: tuple(dict.fromkeys(words)) for name, words in fields.items()}
        for kind, fields in found.items()
    }
