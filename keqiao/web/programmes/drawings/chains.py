"""The ways of applications through those who endorse them, as numbered steps for each kind of applicant."""

from dataclasses import dataclass
from datetime import date

from keqiao.core.programme import Programme, named_nodes
from keqiao.core.programme.endorsement import EndorsementChain, EndorsementStep
from keqiao.web.programmes.wording.labels import choice_label
from keqiao.web.ui.templatetags.shell import cn_date


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step: its words, who takes it and what it is, with what paper, by when, together with whom."""

    words: str
    by: str
    act: str
    seal: str
    letter: str
    together_with: tuple[str, ...]
    until: str
    may_return: bool


@dataclass(frozen=True, slots=True)
class ChainShown:
    """A chain with the node that states it. ``applies_to`` is empty where it holds for all applicants."""

    node: str
    name: str
    id: str
    applies_to: tuple[str, ...]
    steps: tuple[StepShown, ...]
    most: int | None
    ranked: bool
    invented: bool


def chains_shown(programme: Programme) -> tuple[ChainShown, ...]:
    """Return every chain of a call, those of the whole call first."""
    return tuple(
        _chain(node, name, chain)
        for node, name, terms in named_nodes(programme)
        for chain in terms.endorsement
    )


def _chain(node: str, name: str, chain: EndorsementChain) -> ChainShown:
    return ChainShown(
        node=node,
        name=name,
        id=chain.id,
        applies_to=chain.applies_to,
        steps=tuple(map(_step, chain.steps)),
        most=chain.per_endorser_max,
        ranked=chain.ranked,
        invented=chain.invented,
    )


def _step(step: EndorsementStep) -> StepShown:
    day = step.deadline
    return StepShown(
        words=step.words,
        by=step.by or "",
        act=choice_label(EndorsementStep, "act", step.act) if step.act else "",
        seal=step.seal or "",
        letter=step.letter or "",
        together_with=step.together_with,
        until=cn_date(day) if isinstance(day, date) else day or "",
        may_return=step.may_return,
    )
