"""From outline to category tree: which headings are categories, and which words belong to which slot of which."""

import re

from keqiao.core.guides.blocks import Table
from keqiao.core.guides.heads import bare_name
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.outline import Node
from keqiao.core.guides.tables import add_table, columns, form_cells
from keqiao.core.guides.tree import Category, folded
from keqiao.core.guides.vocabulary import Vocabulary

_EVIDENCE = frozenset(
    {"applicants", "conditions", "requirements", "money", "places", "targets", "completion"}
)
_NAMED_CONTENT = frozenset({"targets", "content", "places"})
_NO_NAME = re.compile(
    r"(?:指标|要求|标准|任务|目标|措施|成果|效益|条件|内容|材料|原则|方式|程序|说明|事项|管理|方面|领域|机制|方向|时间)$"
)
_ANNOUNCES = re.compile(r"分为.{0,6}[类种项]$|如下$|包括$|以下.{0,6}[类种项]$")
_PROJECT_NAME = re.compile(r"(?:项目|工程|计划|专项|行动|课题|选题|类|基地|活动|大赛|建设)(?:\([^()]*\))?$")
_ASPECT = re.compile(r"^(?:一是|二是|三是|四是|五是|注|其中)")


class CategoryBuilder:
    """Walks outlines and fills the tree below ``root`` (whose own slots hold what is said of the whole call)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.root = Category("")
        self.forms: list[Table] = []

    def add_part(self, outline: Node, top: Category, *, guide: bool) -> None:
        """Read one part's outline below ``top``; in a guide every heading may be a category."""
        top.put("general", outline.content)
        self._tables(outline, top)
        names_only = (
            guide and bool(outline.children) and all(_is_name_only(child) for child in outline.children)
        )
        self._children(outline, top, free=guide, held=names_only)

    def _children(self, node: Node, category: Category, *, free: bool, held: bool = False) -> None:
        """``held``: the children stand in a container, so their headings are categories without other evidence."""
        candidates = [child for child in node.children if self._may_be_category(child, held=held)]
        proven = [child for child in candidates if held or self._has_evidence(child)]
        kinds = {child.kind for child in proven} if free or held else set()
        if not held and not category.name and _is_lone_holder(proven, node.children):
            candidates = []
        for child in node.children:
            if child in candidates and (
                child in proven or (child.kind in kinds and not self._is_other(child))
            ):
                self._category(child, category, held=held)
            else:
                self._slot(child, category, free=free)

    def _tables(self, node: Node, category: Category) -> None:
        """Project tables make children; other tables are forms, kept for their limits."""
        for table in node.tables:
            if not add_table(table, category, self.vocabulary):
                self.forms.append(table)
                category.put("table", [piece for _, piece in form_cells(table)])

    def _is_other(self, node: Node) -> bool:
        return node.title == "" or _NO_NAME.search(node.title) is not None

    def _may_be_category(self, node: Node, *, held: bool) -> bool:
        title = node.title
        if not title or node.slots or _ASPECT.match(title) or _ANNOUNCES.search(title):
            return False
        if self.vocabulary.is_section(title) or self.vocabulary.is_container(title):
            return False
        colon = bool(node.head and node.head.colon and node.content)
        return held or not colon or self._has_evidence(node)

    def _has_evidence(self, node: Node) -> bool:
        if any(
            columns(table, self.vocabulary) for below in (node, *node.descendants()) for table in below.tables
        ):
            return True
        return any(
            _EVIDENCE.intersection(below.slots) or self.vocabulary.is_container(below.title)
            for below in node.descendants()
        ) or bool(_ENVELOPE.search(node.title))

    def _category(self, node: Node, parent: Category, *, held: bool) -> None:
        assert node.head is not None and node.head.title is not None  # noqa: S101, PT018 - looked at before
        title = node.head.title
        name = bare_name(title.written)
        mark = node.head.mark
        made = parent.child(name, title, mark.printed.strip("、. ") if mark else "")
        made.part = made.part or parent.part
        made.put("heading", [title])
        made.put("content", node.content)
        self._tables(node, made)
        listed = held and bool(node.children) and all(_is_name_only(child) for child in node.children)
        listed = listed or _is_list_of_blocks(node) or _is_list_of_topics(node)
        self._children(node, made, free=True, held=listed)

    def _slot(self, node: Node, category: Category, *, free: bool) -> None:
        self._tables(node, category)
        if self._is_container(node):
            category.put("general", node.content)
            self._children(node, category, free=True, held=True)
            return
        if node.slots and self._holds_named_blocks(node):
            self._labelled(node, category, children=False)
            self._children(node, category, free=True, held=True)
            return
        if not node.slots and any(self._has_evidence(child) for child in node.children if child.title):
            category.put("general", node.content)
            self._children(node, category, free=free)
            return
        self._labelled(node, category, children=True)

    def _is_container(self, node: Node) -> bool:
        """A container holds headings only; the same word with text behind it is a label (``项目内容：…``)."""
        if not self.vocabulary.is_container(node.title) or not node.children:
            return False
        titled = [child for child in node.children if child.title and not child.slots]
        return len(titled) == len(node.children) and not (node.head and node.head.colon and node.content)

    def _holds_named_blocks(self, node: Node) -> bool:
        """Tell whether a label's list items are categories: blocks of their own, or two or more ``名称：内容``."""
        items = [child for child in node.children if child.title and not child.slots]
        if not items:
            return False
        if any(self._has_evidence(child) for child in items):
            return True
        named = [child for child in items if child.content and not _NO_NAME.search(child.title)]
        return (
            bool(_NAMED_CONTENT.intersection(node.slots))
            and len(named) >= 2
            and len(named) == len(node.children)
        )

    def _labelled(self, node: Node, category: Category, *, children: bool) -> None:
        """Put a label's words into its slots (and, below a category, nested labels into theirs)."""
        target = category
        if node.head and node.head.prefix and (named := self._prefixed(node.head.prefix, category)):
            target = named
        slot = _main_slot(node.slots) or "general"
        if slot == "general" and node.head and node.head.title and not node.slots:
            target.put("general" if category.parent is None else "content", [node.head.title])
        target.put(slot, node.content)
        for also in node.slots:
            if also != slot:
                target.put(f"also:{also}", node.content)
        if children:
            for child in node.children:
                self._below_label(child, target, slot)

    def _below_label(self, node: Node, target: Category, slot: str) -> None:
        """List items below a label belong to its slot; labels below it open their own."""
        self._tables(node, target)
        if node.slots:
            self._labelled(node, target, children=True)
            return
        if node.content:
            target.put(slot, [_whole(node), *node.content[1:]])
        elif node.head and node.head.title:
            target.put(slot, [node.head.title])
        for child in node.children:
            self._below_label(child, target, slot)

    def _prefixed(self, prefix: str, category: Category) -> Category | None:
        """``全域科普试点项目内容与绩效：`` below ``科普示范县培育或全域科普试点`` belongs to a child of that name.

        ``一般课题成果要求：`` belongs to the category of that name beside this one.
        """
        names = re.split(r"或者?|和|与|及|、", bare_name(category.name))
        wanted = folded(re.sub(r"\([^()]*\)", "", prefix))
        for name in names:
            if len(names) > 1 and wanted == folded(name):
                return category.child(name)
        beside = category.parent.children if category.parent else []
        return next((known for known in (*category.children, *beside) if wanted == folded(known.name)), None)


def _is_list_of_blocks(node: Node) -> bool:
    """Tell whether a heading's list items are two or more ``名称：内容``, beside labels of the heading itself."""
    items = [child for child in node.children if not child.slots]
    named = [
        c for c in items if c.title and c.content and c.head and c.head.colon and not _NO_NAME.search(c.title)
    ]
    return len(named) >= 2 and len(named) == len(items) and len({child.kind for child in named}) == 1


def _is_lone_holder(proven: list[Node], siblings: list[Node]) -> bool:
    """Tell whether one heading among headings about procedure holds all categories (``支持方向``, ``项目安排``).

    It has no facts of its own, and its title does not end like the name of a project.
    """
    if len(proven) != 1 or len([node for node in siblings if node.title]) < 2:
        return False
    holder = proven[0]
    own = any(_EVIDENCE.intersection(child.slots) for child in holder.children)
    return not own and not _PROJECT_NAME.search(holder.title)


def _is_list_of_topics(node: Node) -> bool:
    """Tell whether a heading's list items are the topics it offers: three or more names of studies."""
    items = [child for child in node.children if not child.slots]
    return len(items) >= 3 and all(_TOPIC.search(child.title) for child in items)


def _is_name_only(node: Node) -> bool:
    """Tell whether a list item is nothing but a short name, perhaps with names below it."""
    if not node.title or node.slots or node.content or len(node.title) > 45:
        return False
    return all(_is_name_only(child) for child in node.children)


_ENVELOPE = re.compile(r"\([^()]*\d{1,9}(?:\.\d{1,4})?[万亿]?元\)$")
_TOPIC = re.compile(r"(?:研究|对策|机制|路径|样本|探索|专题|课题|调查)$")
_SLOT_ORDER = (
    "applicants",
    "conditions",
    "requirements",
    "targets",
    "content",
    "money",
    "places",
    "completion",
    "deadline",
)


def _main_slot(slots: tuple[str, ...]) -> str:
    """Of several slots on one label the first in this order takes the words; the others look at them too."""
    for slot in _SLOT_ORDER:
        if slot in slots:
            return slot
    return slots[0] if slots else ""


def _whole(node: Node) -> Piece:
    """Return a list item's line from behind its mark: title and content together."""
    piece = node.content[0]
    start = node.head.title.start if node.head and node.head.title else piece.start
    return Piece(piece.line, min(start, piece.start), piece.end)
