"""How it is decided and what is given: preferences, bundles, regimes, outcomes, scorecards."""

from typing import Literal

from pydantic import Field

from keqiao.core.programme.facts import Fact, Identifier, Model, Number, Text, Texts


class Preference(Fact):
    """Who is lifted, and how strongly: at equal merit (``tie_break``), as a rule (``priority``), or
    重点支持 (``key_support``).
    """

    words: Text
    strength: Literal["tie_break", "priority", "key_support"] = "priority"


class BundleChild(Model):
    """A category that has to be applied for as well: its printed name, and its id where the programme has
    it.
    """

    name: Text
    category: Identifier | None = None


class WhichOfSeveral(Model):
    """Where ``applied`` applications stand in one child category: the marked one is absorbed, the rest is
    reviewed.
    """

    categories: tuple[Identifier, ...] = ()
    applied: int = Field(default=2, ge=2)


class Bundle(Fact):
    """An application that brings others with it (试点).

    All ``children`` have to be applied for; ``open_list``: the list ends in 等, others may be added. If it
    is selected, its children become its sub-projects and leave review; if not, they are reviewed on their
    own.
    """

    children: tuple[BundleChild, ...] = Field(min_length=1)
    open_list: bool = False
    on_selected: Literal["absorb", "keep"] = "absorb"
    on_not_selected: Literal["review", "withdraw"] = "review"
    which_of_several: WhichOfSeveral | None = None


class Regime(Fact):
    """``list``: the category's items are fixed; ``self_proposed``: applicants propose, inside ``range``.

    ``outside_range_if`` states when a proposal may lie outside the range.
    """

    kind: Literal["list", "self_proposed"]
    range: Texts = ()
    outside_range_if: Text | None = None


OutcomeKind = Literal["grant", "hosting_right", "topic", "recognition", "award", "honour", "match"]


class Outcome(Fact):
    """What a selected applicant gets: money, the right to host, a listed topic, a title, a prize, an
    honour, a match.

    ``title`` is the status that is conferred (2023年度…基地), ``role`` what the winner becomes (承办,
    协办).
    """

    kind: OutcomeKind
    title: Text | None = None
    role: Texts = ()


class Criterion(Model):
    """One line of a scorecard; its ``points`` are divided among ``parts`` where it has any."""

    id: Identifier
    name: Text
    points: Number = Field(gt=0)
    guidance: Text | None = None
    parts: tuple["Criterion", ...] = ()


class Scorecard(Fact):
    """What reviewers score, in points; ``pass_mark`` is the least total that may be selected."""

    criteria: tuple[Criterion, ...] = Field(min_length=1)
    pass_mark: Number | None = None
