"""The form in which changes between two definitions are shown: lines of nodes, and what is only counted."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from keqiao.core.programme import Path
from keqiao.core.programme.differences import Change, Difference

KIND_WORDS: dict[Change, str | Promise] = {
    Change.ADDED: gettext_lazy("新增"),
    Change.REMOVED: gettext_lazy("删去"),
    Change.CHANGED: gettext_lazy("调整"),
    Change.MOVED: gettext_lazy("调整次序"),
}
FOLDED_WORDS: dict[str, str | Promise] = {
    "source": gettext_lazy("依据标注"),
    "reading": gettext_lazy("读法说明"),
    "needs_answer": gettext_lazy("待确认标记"),
    "invented": gettext_lazy("演示标记"),
    "written": gettext_lazy("写法"),
}

IMPORTANT = (
    *("deadline", "opens", "completion", "term"),
    *("funding", "places", "per_unit_limit"),
    *("applicants", "beneficiary", "open_to_applicants", "categories"),
)
"""What applicants have to know at once, in this order; rules and targets follow."""
LINES_OF_A_NOTICE = 3
NEXT = ("rules", "targets", "bundle", "materials", "filing", "endorsement", "offices", "office_list")
ORDER = {slot: number for number, slot in enumerate((*IMPORTANT, *NEXT))}


Spot = tuple[Path, str]
"""A node of a definition: the path of a category (``()``: the whole call) and "", or ``()`` and the id of a track."""


@dataclass(frozen=True, slots=True)
class Line:
    """One change for people: what it is about (申报截止), which kind, what stood before and stands now.

    ``note`` says by how much a day moved. ``slot`` is the statement it belongs to, ``told`` the differences of
    the core that it words.
    """

    slot: str
    what: str
    change: Change
    before: str
    after: str
    told: tuple[Difference, ...]
    note: str = ""

    @property
    def kind(self) -> str | Promise:
        """The kind of change in words."""
        return KIND_WORDS[self.change]

    @property
    def is_important(self) -> bool:
        """Is it about days, money, places, or who may apply?"""
        return self.slot in IMPORTANT


@dataclass(frozen=True, slots=True)
class Folded:
    """Differences that say nothing about the call itself; ``kind`` is one of ``FOLDED_WORDS``."""

    kind: str
    told: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """The changes of one node: the whole call, a track or a category, named from the top."""

    spot: Spot
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes between two definitions, by node in the order of the call."""

    places: tuple[PlaceChanged, ...] = ()
    folded: tuple[Folded, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.places or self.folded)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return sum(len(place.lines) for place in self.places)

    @property
    def important(self) -> list[tuple[PlaceChanged, Line]]:
        """The lines that applicants have to know at once, the most urgent first, with their nodes."""
        found = [(place, line) for place in self.places for line in place.lines if line.is_important]
        return sorted(found, key=lambda pair: ORDER[pair[1].slot])

    @property
    def first(self) -> list[tuple[PlaceChanged, Line]]:
        """The few lines that a notice has room for: the important ones, or else whatever comes first."""
        every = [(place, line) for place in self.places for line in place.lines]
        return (self.important or every)[:LINES_OF_A_NOTICE]

    @property
    def folded_words(self) -> str:
        """Say how many small changes there are, and of which kind; "" where there are none."""
        if not self.folded:
            return ""
        kinds = [small.kind for small in self.folded]
        counted = "、".join(
            f"{FOLDED_WORDS[kind]} {kinds.count(kind)}" for kind in FOLDED_WORDS if kind in kinds
        )
        words = ngettext(
            "另有 %(n)s 处标注变化（%(counted)s）", "另有 %(n)s 处标注变化（%(counted)s）", len(kinds)
        )
        return words % {"n": len(kinds), "counted": counted}

    def within(self, path: Path, track: str = "") -> "Changes":
        """Return only what holds for the category at ``path`` filed in ``track``: its own changes, and those above."""
        spots = {(path[:depth], "") for depth in range(len(path) + 1)} | {((), track)}
        return Changes(tuple(place for place in self.places if place.spot in spots))
