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


class Band(Model):
    """A grade of a criterion (优, 良, 一般, 差) and the points it stands for, both ends included."""

    name: Text
    least: Number = Field(ge=0)
    most: Number = Field(ge=0)


class Criterion(Model):
    """One line of a scorecard; its ``points`` are divided among ``parts`` where it has any.

    ``bands``: the points given have to lie in one of them. Only what is scored itself has bands, not the sum of parts.
    """

    id: Identifier
    name: Text
    points: Number = Field(gt=0)
    guidance: Text | None = None
    bands: tuple[Band, ...] = ()
    parts: tuple["Criterion", ...] = ()


class Veto(Model):
    """A statement that puts an application out whatever its points (一票否决), once enough experts make it."""

    id: Identifier
    name: Text


class TieBreak(Model):
    """What decides between equal totals, one after the other.

    ``criterion``: the points of the criterion with that id. ``preference``: who meets a preference of the call, the
    stronger one first. ``recommendations``: how many of the experts recommend. ``vote``: a vote that the office holds.
    """

    by: Literal["criterion", "preference", "recommendations", "vote"]
    criterion: Identifier | None = None


class Scorecard(Fact):
    """What reviewers score, in points, and how the total of an application is made of their sheets.

    ``item_decimals``: digits after the point that a reviewer may give. ``integrity``: the question that comes first;
    who answers yes gives no points at all, and the office is told. ``vetoes_needed``: how many experts have to state a
    veto. ``comment_min_chars``: the least a reviewer writes, None: nothing need be written. ``comments_told``: units
    read the comments with their results, without names. ``experts``: sheets each application gets, from ``of_one_body``
    experts at most who work for the same body, None: any number. ``joined``: the mean
    of all, or without one highest and one lowest total (``trimmed_mean``) where there are at least ``trim_from``.
    ``decimals`` and ``rounding`` make the total that is shown; ``ranked_by`` says whether that one counts for order and
    pass mark, or the exact one. ``pass_mark`` is the least total that may be selected. Fewer than ``least_applicants``
    under review is told: many calls are then opened again.
    """

    criteria: tuple[Criterion, ...] = Field(min_length=1)
    item_decimals: int = Field(default=0, ge=0, le=2)
    integrity: Text | None = None
    vetoes: tuple[Veto, ...] = ()
    vetoes_needed: int = Field(default=1, ge=1)
    comment_min_chars: int | None = Field(default=None, ge=1, le=2000)
    recommendation: bool = False
    comments_told: bool = False
    experts: int | None = Field(default=None, ge=1, le=99)
    of_one_body: int | None = Field(default=None, ge=1, le=99)
    joined: Literal["mean", "trimmed_mean"] = "mean"
    trim_from: int = Field(default=5, ge=3, le=99)
    decimals: int = Field(default=2, ge=0, le=4)
    rounding: Literal["half_up", "truncated"] = "half_up"
    ranked_by: Literal["shown", "exact"] = "shown"
    pass_mark: Number | None = None
    tie_breaks: tuple[TieBreak, ...] = ()
    least_applicants: int = Field(default=3, ge=1)
