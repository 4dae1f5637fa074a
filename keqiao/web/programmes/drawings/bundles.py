"""Bundles as links between categories, with the places of their boxes and lines in a drawing."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.programme import Programme, walk
from keqiao.core.programme.selection import Bundle
from keqiao.core.programme.types import Category

WIDTH: Final = 680
BOX_WIDTH: Final = 250
LINE_HEIGHT: Final = 20
PADDING: Final = 12
GAP: Final = 12
EDGE: Final = 1
CHARACTERS: Final = 15  # Chinese characters of 15 units in a box
LINES_MAX: Final = 3

SELECTED = {
    "absorb": gettext_lazy("入选后，子项目并入本项目，不再单独评审"),
    "keep": gettext_lazy("入选后，子项目仍单独保留"),
}
NOT_SELECTED = {
    "review": gettext_lazy("未入选时，子项目各自参加评审"),
    "withdraw": gettext_lazy("未入选时，子项目一并退出"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A category in the drawing with its upper left corner; ``id`` is empty where the call only names it."""

    id: str
    name: str
    x: int
    y: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """As high as its lines."""
        return len(self.lines) * LINE_HEIGHT + 2 * PADDING

    @property
    def width(self) -> int:
        """All boxes are equally wide."""
        return BOX_WIDTH

    @property
    def middle(self) -> int:
        """Where lines meet it."""
        return self.y + self.height // 2

    @property
    def text(self) -> list[tuple[int, int, str]]:
        """Its lines, each with the place of its baseline."""
        first = self.y + PADDING + LINE_HEIGHT - 5
        return [
            (self.x + PADDING, first + number * LINE_HEIGHT, line) for number, line in enumerate(self.lines)
        ]


@dataclass(frozen=True, slots=True)
class BundleShown:
    """A category that brings others with it: its box, theirs, the lines between, and what follows either way."""

    parent: Box
    children: tuple[Box, ...]
    height: int
    outcomes: tuple[str, ...]
    open_list: bool
    invented: bool

    @property
    def drawn_width(self) -> int:
        """The width of the drawing with room for the edges of its boxes."""
        return WIDTH + 2 * EDGE

    @property
    def drawn_height(self) -> int:
        """The height of the drawing with room for the edges of its boxes."""
        return self.height + 2 * EDGE

    @property
    def lines(self) -> list[str]:
        """The paths from the parent to each child."""
        start = BOX_WIDTH
        bend = (start + WIDTH - BOX_WIDTH) // 2
        ends = WIDTH - BOX_WIDTH
        return [f"M{start} {self.parent.middle}H{bend}V{child.middle}H{ends}" for child in self.children]

    @property
    def in_words(self) -> str:
        """The drawing as one sentence."""
        names = "、".join(child.name for child in self.children)
        return _("申报“%(parent)s”须同时申报：%(children)s") % {"parent": self.parent.name, "children": names}


def bundles_shown(programme: Programme) -> tuple[BundleShown, ...]:
    """Return every bundle of a call in the order of its categories."""
    categories = [category for _path, category in walk(programme)]
    names = {category.id: category.name for category in categories}
    return tuple(_bundle(each, each.bundle, names) for each in categories if each.bundle is not None)


def _bundle(category: Category, bundle: Bundle, names: dict[str, str]) -> BundleShown:
    y, boxes = 0, []
    for child in bundle.children:
        name = names.get(child.category or "", child.name)
        boxes.append(_box(child.category or "", name, WIDTH - BOX_WIDTH, y))
        y += boxes[-1].height + GAP
    height = max(y - GAP, _box(category.id, category.name, 0, 0).height)
    parent = _box(category.id, category.name, 0, 0)
    centred = _box(category.id, category.name, 0, (height - parent.height) // 2)
    return BundleShown(
        parent=centred,
        children=tuple(boxes),
        height=height,
        outcomes=tuple(_outcomes(bundle, names)),
        open_list=bundle.open_list,
        invented=bundle.invented,
    )


def _outcomes(bundle: Bundle, names: dict[str, str]) -> list[str]:
    said = [str(SELECTED[bundle.on_selected]), str(NOT_SELECTED[bundle.on_not_selected])]
    if several := bundle.which_of_several:
        named = "、".join(names.get(each, each) for each in several.categories) or _("其中同一类")
        said.append(
            _("在%(where)s申报 %(n)s 项的，须注明以哪一项并入") % {"where": named, "n": several.applied}
        )
    return said


def _box(identifier: str, name: str, x: int, y: int) -> Box:
    return Box(identifier, name, x, y, _in_lines(name))


def _in_lines(name: str) -> tuple[str, ...]:
    """A name cut into lines that fit a box; what is too long ends in dots (its full name is beside the drawing)."""
    lines = [name[at : at + CHARACTERS] for at in range(0, len(name), CHARACTERS)] or [""]
    if len(lines) > LINES_MAX:
        lines = [*lines[: LINES_MAX - 1], f"{lines[LINES_MAX - 1][:-1]}…"]
    return tuple(lines)
